/** Computing a round: every complete file, by the rule of a single one; the others are told with what they lack. */
import { creditTasks } from '../../src/credit';
import { compute } from '../../src/credit/compute';
import { computeRound } from '../../src/credit/compute-round';
import { listRunItems, listRuns } from '../../src/credit/round-runs.queries';
import { TaskRunner } from '../../src/platform/jobs/task-runner';
import { aHousehold, VILLAGE } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { inputsOf, openCredit, type People, people, records } from './bank';
import { NO_LOANS } from './cards';
import { aRound, chief, fileOf, fillIn, ratingsOf, refused, runTasks, taskOf } from './rounds';

const SKILLS = ['SKILLED', 'TRAINED', 'NONE', 'NOT_KNOWN'] as const;

describeEachDatabase('Computing a round', (open) => {
  let county: County;
  let by: People;
  /** Four complete files, one without answers, one with four sheets. */
  let complete: string[];
  let bare: string;
  let short: string;
  let roundId: string;

  beforeAll(async () => {
    county = await openCredit(open);
    by = people(county);
    const homes: string[] = [];
    for (let n = 0; n < 6; n += 1) homes.push((await aHousehold(county)).householdId);
    [bare, short, ...complete] = homes as [string, string, ...string[]];
    records.set(complete[0] as string, { ...NO_LOANS, loans: 2 });
    ({ roundId } = await aRound(county));
    for (const [place, householdId] of complete.entries()) {
      await fillIn(county, householdId, { by, inputs: inputsOf({ SKILL: SKILLS[place] }) });
    }
    await fillIn(county, short, { by, inputs: inputsOf({}, [18, 17, 18, 17]) });
  });
  afterAll(() => county.close());

  /** What a rating says, without the ids of the rows. */
  const told = (householdId: string) =>
    county.platform.db.reader().one<Record<string, unknown>>(
      `SELECT r.content_digest AS digest, r.score_hundredths AS score, r.grade, r.rated_by AS ratedBy,
              c.inputs AS inputs, c.evidence AS evidence, c.result AS result
         FROM rating r JOIN rating_content c ON c.rating_id = r.id
        WHERE r.household_id = :householdId`,
      { householdId },
    );

  test('it is refused without permission, from elsewhere, outside the round, where nothing waits', async () => {
    const run = (actor = by.collector, input: object = { roundId }) =>
      county.do(actor, computeRound, input);
    await refused(county, 'platform.not-permitted', () => run(by.reader));
    await refused(county, 'platform.absent', () => run(people(county, '450328103000').collector));
    await refused(county, 'platform.absent', () => run(people(county, VILLAGE).collector));
    await refused(county, 'credit.round-absent', () =>
      run(by.collector, { roundId: '0'.repeat(26) }),
    );
    const part = (region: string) => () => run(by.collector, { roundId, region });
    await refused(county, 'credit.round-part', part('450328103000'));
    await refused(county, 'credit.round-empty', part('450328100201'));
  });

  test('complete files become ratings, word for word those of one by one; the others say what is missing', async () => {
    // One by one first, rolled back, by the same person on the same day.
    const alone = new Map<string, unknown>();
    for (const householdId of complete) {
      const { id: caseId, version } = await fileOf(county, householdId);
      const input = { caseId, version };
      const done = await county.do(by.collector, compute, input, { dryRun: true });
      alone.set(householdId, [done.contentDigest, done.score, done.grade]);
    }
    const {
      runId,
      taskId,
      records: waiting,
    } = await county.do(by.collector, computeRound, {
      roundId,
    });
    expect(waiting).toBe(6);
    await runTasks(county);
    expect(await taskOf(county, taskId)).toMatchObject({
      ...{ state: 'done', total: 6, done: 4, failed: 2, note: '测算 4 户，未齐备 2 户' },
    });
    for (const householdId of complete) {
      const rating = await told(householdId);
      const score = `${Number(rating?.score) / 100}`;
      const [digest, text, grade] = alone.get(householdId) as string[];
      expect([rating?.digest, Number(text), rating?.grade]).toEqual([digest, Number(score), grade]);
      expect(rating?.ratedBy).toBe(by.collector.id);
    }
    const { items } = await county.ask(by.reader, listRunItems, { runId });
    const left = new Map(items.map((item) => [item.householdId, item]));
    expect([...left.keys()].sort()).toEqual([bare, short].sort());
    expect(left.get(bare)).toMatchObject({ state: 'left', reason: 'credit.inputs-invalid' });
    expect(left.get(bare)?.detail).toContain('缺少指标');
    expect(left.get(short)).toMatchObject({
      reason: 'credit.appraisers-too-few',
      detail: '有效评议至少 5 份，现有 4 份',
    });
    expect((await fileOf(county, bare)).state).toBe('collecting');
    const runs = await county.ask(by.reader, listRuns, { roundId });
    expect(runs.items).toMatchObject([{ id: runId, step: 'compute', records: 6 }]);
  });

  test('each rating stands in the audit with its household, in the entry of its step', async () => {
    const [rating] = await ratingsOf(county, roundId);
    const entries = await county.platform.db.reader().rows<{ act: string; kinds: string }>(
      `SELECT DISTINCT e.act AS act FROM audit_entry e JOIN audit_subject s ON s.entry_id = e.id
        WHERE s.subject_kind = 'rating' AND s.subject_id = :id`,
      { id: rating?.id as string },
    );
    expect(entries).toEqual([{ act: 'credit.compute-round' }]);
  });

  test('started again it only takes what is left; completed meanwhile, that is rated, too', async () => {
    await fillIn(county, bare, { by });
    const again = await county.do(by.collector, computeRound, { roundId, region: VILLAGE });
    expect(again.records).toBe(2);
    await runTasks(county);
    expect(await taskOf(county, again.taskId)).toMatchObject({ done: 1, failed: 1 });
    expect((await ratingsOf(county, roundId)).map((one) => one.stage)).toEqual(
      Array(5).fill('computed'),
    );
  });

  test('killed within it goes on and rates nobody twice', async () => {
    const homes: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      const home = await aHousehold(county, undefined, { regionCode: '450328100201' });
      homes.push(home.householdId);
    }
    const round = await aRound(county, { region: '450328100201' });
    for (const householdId of homes) await fillIn(county, householdId, { by });
    const { taskId } = await county.do(by.collector, computeRound, { roundId: round.roundId });
    county.clock.stepMs(1);
    const { platform } = county;
    let transactions = 0;
    const db = Object.assign(Object.create(platform.db), {
      inTransaction: (...args: Parameters<typeof platform.db.inTransaction>) => {
        transactions += 1;
        // The task is taken and its first step stored; then the process is gone.
        if (transactions > 2) return Promise.reject(new Error('killed'));
        return platform.db.inTransaction(...args);
      },
    });
    const dying = new TaskRunner({ ...platform, db }, creditTasks, { holder: 'dying' });
    await expect(dying.runWaiting()).rejects.toThrow('killed');
    county.clock.stepMs(120_000);
    await runTasks(county);
    expect(await taskOf(county, taskId)).toMatchObject({ state: 'done', done: 2, failed: 0 });
    expect(await ratingsOf(county, round.roundId)).toHaveLength(2);
  });

  test('it ends when whoever started it may no longer compute', async () => {
    const home = await aHousehold(county, undefined, { regionCode: '450328100202' });
    const round = await aRound(county, { region: '450328100202', by: chief(county) });
    const leaving = people(county);
    await fillIn(county, home.householdId, { by });
    const { taskId } = await county.do(leaving.collector, computeRound, { roundId: round.roundId });
    county.disable(leaving.collector);
    await runTasks(county);
    expect((await taskOf(county, taskId)).state).toBe('cancelled');
    expect(await ratingsOf(county, round.roundId)).toEqual([]);
  });
});
