/** Reading the register: the list, one household, and what other modules ask. */

import { householdFor, memberFor, touchHousehold } from '../../src/households';
import { changeStatus } from '../../src/households/change-status';
import { listedHousehold, showHousehold } from '../../src/households/household-screen.queries';
import { listHouseholds } from '../../src/households/register.queries';
import { ask } from '../../src/platform/query';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aHousehold,
  FOREIGN_VILLAGE,
  idNumber,
  OTHER_VILLAGE,
  openRegister,
  VILLAGE,
} from './register';

describeEachDatabase('Reading the register', (open) => {
  let county: County;
  const ids: string[] = [];
  beforeAll(async () => {
    county = await openRegister(open);
    for (let n = 1; n <= 5; n += 1) ids[n] = (await aHousehold(county, n)).householdId;
    ids[6] = (await aHousehold(county, 6, { regionCode: OTHER_VILLAGE })).householdId;
    ids[7] = (await aHousehold(county, 7, { regionCode: FOREIGN_VILLAGE })).householdId;
    const officer = county.actor({ permissions: ['households.change-status'] });
    await county.do(officer, changeStatus, {
      householdId: ids[2],
      version: 1,
      status: 'OUT_OF_POVERTY',
      fromOn: '2018-02-01',
      source: '公告',
    });
  });

  const reader = (region?: string) =>
    county.actor({ permissions: ['households.read'], ...(region ? { region } : {}) });
  const codes = async (input: object, region?: string) =>
    (await county.ask(reader(region), listHouseholds, input)).items.map((row) =>
      Number(row.code.slice(-4)),
    );

  test('a county officer sees the county, a village worker the village, nobody the neighbours', async () => {
    expect(await codes({})).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await codes({}, VILLAGE)).toEqual([1, 2, 3, 4, 5]);
    expect(await codes({ region: OTHER_VILLAGE })).toEqual([6]);
    expect(await codes({ region: FOREIGN_VILLAGE })).toEqual([]);
    expect(await codes({}, FOREIGN_VILLAGE)).toEqual([7]);
  });

  test('pages follow one another without gap or repetition', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await county.ask(reader(), listHouseholds, { size: 4, ...(after && { after }) });
      seen.push(...page.items.map((row) => row.code));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toHaveLength(6);
    expect(seen).toEqual([...new Set(seen)].sort());
  });

  test('by the beginning of the name or the code', async () => {
    expect(await codes({ name: '韦大明' })).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await codes({ name: '韦大明3' })).toEqual([3]);
    expect(await codes({ name: '大明' })).toEqual([]);
    expect(await codes({ code: '45032810020004' })).toEqual([4]);
    expect(await codes({ code: '4503281002' })).toHaveLength(6);
    // Signs that mean something to LIKE mean nothing here.
    expect(await codes({ name: '%' })).toEqual([]);
  });

  test('by the initials of the head, read as a surname', async () => {
    expect(await codes({ initials: 'wdm' })).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await codes({ initials: 'WD' }, VILLAGE)).toEqual([1, 2, 3, 4, 5]);
    expect(await codes({ initials: 'dm' })).toEqual([]);
    expect(await county.refusal(codes({ initials: '%' }))).toBe('platform.invalid-input');
  });

  test('pages by name and by initials follow one another without gap or repetition', async () => {
    for (const filter of [{ name: '韦' }, { initials: 'w' }, { code: '4503' }]) {
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const asked = { ...filter, size: 2, ...(after && { after }) };
        const page = await county.ask(reader(), listHouseholds, asked);
        seen.push(...page.items.map((row) => row.code));
        after = page.next ?? undefined;
      } while (after);
      expect(seen).toHaveLength(6);
      expect(new Set(seen).size).toBe(6);
    }
  });

  test('was this household on the list on the day of lending', async () => {
    const listed = (on: string) =>
      county.ask(reader(), listedHousehold, { householdId: ids[2], on });
    expect(await listed('2018-01-31')).toMatchObject({
      listed: true,
      statusName: '建档立卡贫困户',
    });
    expect(await listed('2018-02-01')).toMatchObject({ listed: true, status: 'OUT_OF_POVERTY' });
    expect(await listed('2015-12-31')).toMatchObject({ listed: false, status: null });
    const elsewhere = county.ask(reader(), listedHousehold, {
      householdId: ids[7],
      on: '2018-01-01',
    });
    expect(await county.refusal(elsewhere)).toBe('households.household-absent');
  });

  test('by status as of a date', async () => {
    expect(await codes({ status: 'OUT_OF_POVERTY' })).toEqual([2]);
    expect(await codes({ status: 'OUT_OF_POVERTY', on: '2018-01-31' })).toEqual([]);
    expect(await codes({ status: 'REGISTERED_POOR', on: '2018-01-31' })).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    const [first] = (await county.ask(reader(), listHouseholds, { on: '2015-01-01' })).items;
    expect(first).toMatchObject({ status: null, statusName: null, memberCount: 2 });
  });

  test('one household: place, members masked, statuses in order', async () => {
    const shown = await county.ask(reader(), showHousehold, { householdId: ids[2] });
    expect(shown).toMatchObject({
      code: '45032810020002',
      version: 2,
      registeredOn: '2018-03-01',
      place: ['广西壮族自治区', '桂林市', '龙胜各族自治县', '龙胜镇', '城关村委会'],
      members: [
        { relation: 'HEAD', relationName: '户主', phoneMasked: '138****1234', sex: 'male' },
        { relation: 'SPOUSE', accountMasked: null },
      ],
      statuses: [
        { status: 'REGISTERED_POOR', fromOn: '2016-01-01', toOn: '2018-01-31' },
        { status: 'OUT_OF_POVERTY', fromOn: '2018-02-01', toOn: null, statusName: '脱贫户' },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain(idNumber(5));
  });

  test('another county’s household is absent, as one that does not exist', async () => {
    for (const householdId of [ids[7], '0'.repeat(26)]) {
      const attempt = county.ask(reader(), showHousehold, { householdId });
      expect(await county.refusal(attempt)).toBe('households.household-absent');
    }
  });

  test('without permission nothing is read', async () => {
    const nobody = county.actor({ permissions: ['credit.read'] });
    expect(await county.refusal(ask(county.platform, listHouseholds, nobody, {}))).toBe(
      'platform.not-permitted',
    );
  });

  test('what other modules ask', async () => {
    const sql = county.platform.db.reader();
    const face = await householdFor(sql, ids[3] as string);
    expect(face).toMatchObject({
      code: '45032810020003',
      regionCode: VILLAGE,
      headName: '韦大明3',
      version: 1,
    });
    expect(await memberFor(sql, face.headMemberId)).toMatchObject({
      householdId: ids[3],
      name: '韦大明3',
      birthDate: '1978-06-15',
      sex: 'male',
      relation: 'HEAD',
      phoneMasked: '138****1234',
      leftOn: null,
    });
    expect(await county.refusal(householdFor(sql, '0'.repeat(26)))).toBe(
      'households.household-absent',
    );
    expect(await county.refusal(memberFor(sql, '0'.repeat(26)))).toBe('households.member-absent');
  });

  test('the owner row is written: of transactions that touch one household none reads the old state', async () => {
    const counts = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(() =>
        county.system(async (work) => {
          await touchHousehold(work, ids[4] as string);
          return (await householdFor(work.tx, ids[4] as string)).version;
        }),
      ),
    );
    expect(counts.sort()).toEqual([2, 3, 4, 5, 6, 7]);
    const attempt = county.system((work) => touchHousehold(work, '0'.repeat(26)));
    expect(await county.refusal(attempt)).toBe('households.household-absent');
  });
});
