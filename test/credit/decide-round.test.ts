/** The bank confirms all plain ratings of a round at once; what may not pass is left and told. */
import { checkRound } from '../../src/credit/check-round';
import { checkTownship } from '../../src/credit/check-township';
import { lineOn } from '../../src/credit/credit-line.queries';
import { decideRound } from '../../src/credit/decide-round';
import { reviewRound } from '../../src/credit/review-round';
import { reviewVillage } from '../../src/credit/review-village';
import type { Actor } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import { VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { BANK, openCredit, people } from './bank';
import { refused, runTasks, taskOf } from './rounds';
import { aComputedRound, leftOf, ratingOf, type Village } from './signing-rounds';

describeEachDatabase('Deciding a round at the bank', (open) => {
  let county: County;
  let village: Village;
  beforeAll(async () => {
    county = await openCredit(open);
    village = await aComputedRound(county, VILLAGE);
    const { by, roundId, raised } = village;
    await county.do(by.village, reviewRound, { roundId });
    await runTasks(county);
    await county.do(by.township, checkRound, { roundId });
    await runTasks(county);
    // The ground that was raised is found not true, one by one.
    let rating = await ratingOf(county, raised);
    const step = () => ({ ratingId: rating.id, contentDigest: rating.contentDigest });
    await county.do(by.village, reviewVillage, { ...step(), outcome: 'agree' });
    rating = await ratingOf(county, raised);
    const findings = [{ code: 'WILFUL_DEFAULT', confirmed: false, reason: '已还清' }];
    await county.do(by.township, checkTownship, { ...step(), outcome: 'agree', findings });
  });
  afterAll(() => county.close());
  const run = (actor: Actor = village.by.approver, more: object = {}) =>
    county.do(actor, decideRound, { roundId: village.roundId, ...more });

  test('not allowed, not of a bank, from elsewhere, or with other figures seen: it is refused', async () => {
    await refused(county, 'platform.not-permitted', () => run(village.by.township));
    const official = county.actor({ permissions: ['credit.decide'] });
    await refused(county, 'credit.not-bank', () => run(official));
    await refused(county, 'platform.absent', () => run(people(county, '450328103000').approver));
    await refused(county, 'credit.round-seen', () => run(undefined, { line: '0.00' }));
  });

  test('who collected for the file, or signed before, decides on none', async () => {
    const org = { id: BANK, kind: 'bank' } as const;
    for (const [person, reason] of [
      [village.by.village, 'SAME-PERSON'],
      [village.by.collector, 'SAME-PERSON'],
    ] as const) {
      const both = county.actor({ permissions: ['credit.decide'], id: person.id, org });
      const { records, left } = await run(both, {});
      expect(records).toBe(0);
      expect(left).toContainEqual({ reason, count: 2 });
    }
    await runTasks(county);
  });

  test('plain ratings come into force with their lines; one on which a veto was raised is left', async () => {
    const { runId, taskId, line } = await run(undefined, { records: 2, line: '80000.00' });
    expect(line).toBe('80000.00');
    await runTasks(county);
    expect(await taskOf(county, taskId)).toMatchObject({ state: 'done', done: 2, failed: 0 });
    expect(await leftOf(county, village, runId)).toEqual(
      new Map([[village.raised, 'VETO-RAISED']]),
    );
    for (const householdId of village.plain) {
      expect((await ratingOf(county, householdId)).state).toBe('confirmed');
      const sql = county.platform.db.reader();
      expect(await lineOn(sql, householdId, businessDate('2018-03-01'))).toMatchObject({
        ...{ grade: 'B', lineFen: 4_000_000, state: 'in-force' },
      });
    }
    expect(await ratingOf(county, village.raised)).toMatchObject({
      ...{ state: 'proposed', stage: 'township', grade: 'B' },
    });
    const entries = await county.platform.db.reader().rows(
      `SELECT DISTINCT e.act AS act, e.actor_name AS name FROM audit_entry e
         JOIN audit_subject s ON s.entry_id = e.id
        WHERE s.subject_kind = 'credit-line' AND s.subject_id IN (:ids)`,
      { ids: village.plain },
    );
    expect(entries).toEqual([{ act: 'credit.round-decide', name: '银行审批人' }]);
  });
});
