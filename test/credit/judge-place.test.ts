/** 评定信用村、信用乡镇: of a year that is over, by figures that nobody types, once. */
import { usePlaceEvidence } from '../../src/credit';
import { confirmPlace } from '../../src/credit/confirm-place';
import { freezeLine } from '../../src/credit/freeze-line';
import { judgePlace } from '../../src/credit/judge-place';
import { showPlace } from '../../src/credit/place-award.queries';
import { villagesOf } from '../../src/identity';
import { fen } from '../../src/platform/money';
import { aHousehold, TOWNSHIP } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, banker, countyman, openLines, refused, townsman } from './lines';

describeEachDatabase('Judging a village or township', (open) => {
  let county: County;
  let villages: string[];
  let village: string;
  let asked: string[];
  beforeAll(async () => {
    county = await openLines(open);
    const all = await villagesOf(county.platform.db.reader(), TOWNSHIP);
    villages = all.map(({ code }) => code);
  });
  let taken = 0;
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    // Each test has a village of its own.
    village = villages[taken] as string;
    taken += 1;
    asked = [];
    usePlaceEvidence({
      placeLoans: async (_sql, prefix, date) => {
        asked.push(`${prefix} ${date}`);
        return {
          borrowers: 10,
          cleanBorrowers: 9,
          balanceFen: fen(100_000),
          badBalanceFen: fen(0),
        };
      },
    });
  });
  const judge = (changes: object = {}, actor = countyman(county, 'credit.judge-place')) =>
    county.do(actor, judgePlace, { region: village, year: 2018, ...changes });
  const members = async (awardId: string) => {
    const shown = await county.ask(countyman(county, 'credit.read'), showPlace, { awardId });
    return shown.figures.members;
  };

  test('credit households are those whose line was in force at the end of the year with a grade that counts', async () => {
    for (const grade of ['A', 'B', 'C']) await aLine(county, { grade, regionCode: village });
    const { householdId } = await aLine(county, { regionCode: village });
    await county.do(banker(county, 'credit.freeze-line'), freezeLine, {
      householdId,
      reason: '试',
    });
    await aHousehold(county, undefined, { regionCode: village });
    county.clock.set('2019-01-01');
    // Given after the year's end, so it does not count for that year.
    await aLine(county, { regionCode: village });
    const done = await judge();
    expect(await members(done.awardId)).toEqual({ part: 2, whole: 6 });
    expect(done).toMatchObject({ state: 'judged', outcome: 'not-met' });
    expect(asked).toEqual([`${village} 2018-12-31`, `${village} 2017-12-31`]);
  });

  test('seven of ten households make a credit village', async () => {
    for (let n = 0; n < 7; n += 1) await aLine(county, { grade: 'A', regionCode: village });
    for (let n = 0; n < 3; n += 1) await aHousehold(county, undefined, { regionCode: village });
    county.clock.set('2019-01-31');
    expect(await judge()).toMatchObject({ outcome: 'met' });
  });

  test('a village without households and borrowers is told to be unknown', async () => {
    const nothing = { borrowers: 0, cleanBorrowers: 0, balanceFen: fen(0), badBalanceFen: fen(0) };
    usePlaceEvidence({ placeLoans: async () => nothing });
    county.clock.set('2019-01-31');
    expect(await judge()).toMatchObject({ outcome: 'unknown' });
  });

  test('a township counts the confirmed credit villages of the year among all its villages', async () => {
    await aLine(county, { grade: 'A', regionCode: village });
    county.clock.set('2019-01-31');
    const { awardId, contentDigest } = await judge();
    const before = await judge({ region: TOWNSHIP });
    expect(await members(before.awardId)).toEqual({ part: 0, whole: villages.length });
    const confirm = (id: string, digest: string, decision: string) =>
      county.do(countyman(county, 'credit.confirm-place'), confirmPlace, {
        awardId: id,
        contentDigest: digest,
        decision,
        reason: '核对',
      });
    await confirm(awardId, contentDigest, 'confirm');
    await confirm(before.awardId, before.contentDigest, 'reject');
    const after = await judge({ region: TOWNSHIP });
    expect(await members(after.awardId)).toEqual({ part: 1, whole: villages.length });
  });

  test('once for a place and year, and only when the year is over', async () => {
    county.clock.set('2018-12-31');
    expect(await refused(county, () => judge())).toBe('credit.place-year');
    county.clock.set('2019-01-01');
    await judge();
    expect(await refused(county, () => judge())).toBe('credit.place-judged');
    county.clock.set('2020-01-01');
    expect(await judge({ year: 2019 })).toMatchObject({ state: 'judged' });
  });

  test('a county, a foreign place, and somebody without permission are refused', async () => {
    county.clock.set('2019-01-31');
    expect(await refused(county, () => judge({ region: '450328000000' }))).toBe(
      'identity.region-unknown',
    );
    expect(await refused(county, () => judge({ region: '450226100003' }))).toBe('platform.absent');
    const clerk = townsman(county, 'credit.read');
    expect(await refused(county, () => judge({}, clerk))).toBe('platform.not-permitted');
  });
});
