/** 修改记录: who edited what, from where, by hand or in bulk; people found by name. */
import { listEdits, listHouseholdEdits } from '../../src/households/edits.queries';
import { EditStore, standsBy } from '../../src/households/edits.store';
import { listMembers } from '../../src/households/people.queries';
import { setSubsidyAccount } from '../../src/households/set-subsidy-account';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aHousehold,
  editor,
  FOREIGN_VILLAGE,
  OTHER_VILLAGE,
  openRegister,
  TOWNSHIP,
  VILLAGE,
} from './register';

test('a place stands by a village when it is its township, lies in it or above it', () => {
  for (const place of [VILLAGE, '450328100201', TOWNSHIP, '450328000000', '450000000000']) {
    expect(standsBy(place, VILLAGE)).toBe(true);
  }
  for (const place of [OTHER_VILLAGE, '450328103000', '450226000000']) {
    expect(standsBy(place, VILLAGE)).toBe(false);
  }
});

describeEachDatabase('The edits of the register', (open) => {
  let county: County;
  let one: Awaited<ReturnType<typeof aHousehold>>;
  beforeAll(async () => {
    county = await openRegister(open);
    one = await aHousehold(county);
    await aHousehold(county, undefined, { regionCode: FOREIGN_VILLAGE });
    await county.do(editor(county), setSubsidyAccount, {
      ...{ householdId: one.householdId, version: 1, source: '存折', memberId: one.headId },
    });
    await county.system(async (work) => {
      const edit = { householdId: one.householdId, regionCode: VILLAGE, fields: ['status'] };
      const actor = { ...editor(county, OTHER_VILLAGE), name: '外地人员' };
      const elsewhere = { ...work, actor, newId: () => work.newId() };
      await new EditStore(elsewhere, 'households.import', work.newId()).add(edit);
    });
  });

  const inspector = () => county.actor({ permissions: ['households.read-edits'] });
  const acts = async (input: object = {}) =>
    (await county.ask(inspector(), listEdits, input)).items.map((edit) => edit.act);

  test('newest first, within the region', async () => {
    expect(await acts()).toEqual([
      'households.import',
      'households.set-subsidy-account',
      'households.register',
    ]);
  });

  test('those from elsewhere, those in bulk, those since a day', async () => {
    expect(await acts({ outside: true })).toEqual(['households.import']);
    expect(await acts({ bulk: true })).toEqual(['households.import']);
    expect(await acts({ bulk: false, outside: false })).toHaveLength(2);
    expect(await acts({ since: '2018-03-02' })).toEqual([]);
    expect(await acts({ region: OTHER_VILLAGE })).toEqual([]);
  });

  test('of one household, with fields and editor', async () => {
    const reader = county.actor({ permissions: ['households.read'] });
    const { householdId } = one;
    const page = await county.ask(reader, listHouseholdEdits, { householdId, size: 1 });
    expect(page.items).toMatchObject([
      { fields: ['status'], editorName: '外地人员', editorRegion: OTHER_VILLAGE, bulk: true },
    ]);
    expect(page.next).not.toBeNull();
  });

  test('no edit is changed or removed', async () => {
    const attempt = county.system((work) => work.tx.exec('DELETE FROM household_edit'));
    await expect(attempt).rejects.toThrow('append-only');
  });

  test('people by name and by initials, of the region only', async () => {
    const reader = county.actor({ permissions: ['households.read'] });
    const names = async (input: object) =>
      (await county.ask(reader, listMembers, input)).items.map((row) => row.name);
    expect(await names({ initials: 'lx' })).toEqual([`廖秀英${one.n}`]);
    expect(await names({ name: '韦大', present: true })).toEqual([`韦大明${one.n}`]);
    expect(await county.refusal(names({}))).toBe('platform.invalid-input');
  });
});
