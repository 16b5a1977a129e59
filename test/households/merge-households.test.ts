/** 并户: everybody of one household joins another; on no day does anybody stand in both. */
import { membersOn, statusOn } from '../../src/households';
import { changeTraits } from '../../src/households/change-traits';
import { mergeHouseholds } from '../../src/households/merge-households';
import { revealMember } from '../../src/households/reveal-member';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aHousehold,
  editor,
  FOREIGN_VILLAGE,
  idNumber,
  openRegister,
  refusedUnchanged,
} from './register';

describeEachDatabase('Merging households', (open) => {
  let county: County;
  let one: Awaited<ReturnType<typeof aHousehold>>;
  let other: Awaited<ReturnType<typeof aHousehold>>;
  beforeAll(async () => {
    county = await openRegister(open);
  });
  beforeEach(async () => {
    one = await aHousehold(county);
    other = await aHousehold(county);
  });

  const form = (changes: object = {}) => ({
    householdId: one.householdId,
    version: 1,
    source: '并户申请',
    intoId: other.householdId,
    intoVersion: 1,
    fromOn: '2018-02-01',
    relations: [
      { memberId: one.headId, relation: 'SIBLING' },
      { memberId: one.memberIds[1], relation: 'OTHER' },
    ],
    ...changes,
  });
  const sql = () => county.platform.db.reader();
  const names = async (id: string, date: string) =>
    (await membersOn(sql(), id, businessDate(date))).map((member) => member.name);

  test('all members belong to the other one from that day on; the emptied one leaves the list', async () => {
    const done = await county.do(editor(county), mergeHouseholds, form());
    expect(done).toMatchObject({ version: 2, intoVersion: 2 });
    expect(await names(one.householdId, '2018-01-31')).toHaveLength(2);
    expect(await names(one.householdId, '2018-02-01')).toEqual([]);
    expect(await names(other.householdId, '2018-01-31')).toHaveLength(2);
    expect(await names(other.householdId, '2018-02-01')).toEqual([
      `韦大明${other.n}`,
      `廖秀英${other.n}`,
      `韦大明${one.n}`,
      `廖秀英${one.n}`,
    ]);
    const status = async (date: string) =>
      (await statusOn(sql(), one.householdId, businessDate(date)))?.status;
    expect([await status('2018-01-31'), await status('2018-02-01')]).toEqual([
      'REGISTERED_POOR',
      'REMOVED',
    ]);
  });

  test('what is sealed can be opened in the new row, and what is known goes along', async () => {
    await county.do(editor(county), changeTraits, {
      ...{ householdId: one.householdId, version: 1, source: '调查', memberId: one.headId },
      ...{ fromOn: '2018-01-01', labour: 'SKILLED' },
    });
    const done = await county.do(editor(county), mergeHouseholds, form({ version: 2 }));
    const [memberId] = done.memberIds;
    const inspector = county.actor({ permissions: ['households.reveal'] });
    const clear = await county.do(inspector, revealMember, { memberId, reason: '核对号码' });
    expect(clear).toMatchObject({ idNumber: idNumber(2 * one.n + 1), account: '6214831234567890' });
    const members = await membersOn(sql(), other.householdId, businessDate('2018-02-01'));
    expect(members.find(({ id }) => id === memberId)).toMatchObject({
      ...{ labour: 'SKILLED', relation: 'SIBLING', joinedOn: '2018-02-01' },
    });
  });

  test.each([
    ['in the future', { fromOn: '2018-03-02' }, 'households.day-in-future'],
    ['before the heads', { fromOn: '2016-01-01' }, 'households.period-overlap'],
    ['of an older version', { version: 0 }, 'platform.stale'],
    ['into an older version', { intoVersion: 0 }, 'platform.stale'],
    ['without all relations', { relations: [] }, 'households.relations-incomplete'],
    ['into nothing', { intoId: '0'.repeat(26) }, 'households.household-absent'],
  ])('a merger %s is refused', async (_, changes, code) => {
    expect(await refusedUnchanged(county, editor(county), mergeHouseholds, form(changes))).toBe(
      code,
    );
  });

  test('into itself, into another county, without permission, from elsewhere: refused', async () => {
    const foreign = await aHousehold(county, undefined, { regionCode: FOREIGN_VILLAGE });
    const refused = (actor: Parameters<typeof refusedUnchanged>[1], changes: object = {}) =>
      refusedUnchanged(county, actor, mergeHouseholds, form(changes));
    expect(await refused(editor(county), { intoId: one.householdId })).toBe(
      'households.same-household',
    );
    expect(await refused(editor(county), { intoId: foreign.householdId })).toBe(
      'households.household-absent',
    );
    expect(await refused(county.actor({ permissions: ['households.edit'] }))).toBe(
      'platform.not-permitted',
    );
    expect(await refused(editor(county, '450226000000'))).toBe('platform.absent');
  });
});
