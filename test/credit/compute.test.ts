/** 测算评级: from what was collected, the loan book and the register, frozen with the rating, alone as in a batch. */
import { cancelCase } from '../../src/credit/cancel-case';
import { collect } from '../../src/credit/collect';
import { compute } from '../../src/credit/compute';
import { computeCases } from '../../src/credit/compute-cases';
import { useEvidence } from '../../src/credit/evidence';
import { inputsOf as frozenInputs } from '../../src/credit/new-rating';
import { openCase } from '../../src/credit/open-case';
import { Rating, RatingContentRow } from '../../src/credit/rating.entity';
import { RatingCase } from '../../src/credit/rating-case.entity';
import { changeTraits } from '../../src/households/change-traits';
import { findRow, listRows } from '../../src/platform/db/store';
import type { Problem } from '../../src/platform/problems';
import { openWork } from '../../src/platform/work';
import { aHousehold, refusedByDatabase } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  collected,
  computed,
  fixedEvidence,
  inputsOf,
  openCredit,
  type People,
  people,
  records,
  refused,
} from './bank';
import { NO_LOANS, SHEETS, sheetOf } from './cards';

describeEachDatabase('Computing a rating', (open) => {
  let county: County;
  let by: People;
  let householdId: string;
  beforeAll(async () => {
    county = await openCredit(open);
    by = people(county);
  });
  beforeEach(async () => {
    ({ householdId } = await aHousehold(county));
  });

  const reader = () => county.platform.db.reader();
  const rating = async (id: string) => (await findRow(reader(), Rating, { id })) as Rating;
  const content = async (ratingId: string) =>
    (await findRow(reader(), RatingContentRow, { ratingId })) as RatingContentRow;

  test('the proposal has score, first grade, computed grade and line, and names its card', async () => {
    const done = await computed(county, householdId, { by });
    expect(done).toMatchObject({
      state: 'proposed',
      stage: 'computed',
      // 20 + 12 + 17.60 + 4 (workers not known) + 13 + 15
      score: '81.60',
      firstGrade: 'B',
      grade: 'B',
      line: '40000.00',
      scorecardRowId: 'scorecard-default',
      version: 1,
    });
    expect(await rating(done.ratingId)).toMatchObject({
      caseId: done.caseId,
      householdId,
      firstLineFen: 4_000_000,
      computedGrade: 'B',
      ratedBy: by.collector.id,
      openKey: householdId,
      bankId: null,
    });
    const steps = await reader().rows(
      'SELECT step, outcome, person_id FROM rating_step WHERE rating_id = :id',
      { id: done.ratingId },
    );
    expect(steps).toEqual([{ step: 'compute', outcome: 'computed', person_id: by.collector.id }]);
  });

  test('able workers are counted from the register of the day', async () => {
    const home = await aHousehold(county);
    const clerk = county.actor({ permissions: ['households.edit'] });
    let version = 1;
    for (const memberId of home.memberIds) {
      const { householdId: homeId } = home;
      const change = { householdId: homeId, memberId, version, labour: 'ORDINARY', source: '核实' };
      const input = { ...change, fromOn: '2018-03-01' };
      ({ version } = await county.do(clerk, changeTraits, input));
    }
    const done = await computed(county, home.householdId, { by });
    expect([done.score, done.grade]).toEqual(['85.60', 'A']);
    const { inputs } = await content(done.ratingId);
    expect(inputs.register).toEqual({ ableWorkers: 2, adultsInAge: 2 });
  });

  test('a good repayment record lifts the score, a bad one lowers it; an unsettled bad loan is a veto', async () => {
    records.set(householdId, { ...NO_LOANS, loans: 2 });
    expect((await computed(county, householdId, { by })).score).toBe('86.60');
    const late = (await aHousehold(county)).householdId;
    records.set(late, { ...NO_LOANS, loans: 1, everOverdue: true, longestOverdueDays: 45 });
    const second = await computed(county, late, { by });
    expect([second.score, second.grade]).toEqual(['61.60', 'C']);
    const bad = (await aHousehold(county)).householdId;
    records.set(bad, { ...NO_LOANS, loans: 1, unsettledBad: true });
    const third = await computed(county, bad, { by });
    expect([third.firstGrade, third.grade, third.line]).toEqual(['A', 'D', '0.00']);
  });

  test('the evidence is asked for this household on the business date', async () => {
    const asked: unknown[] = [];
    useEvidence({
      ...fixedEvidence(records),
      repaymentRecords: async (_sql, ids, date) => {
        asked.push([ids, date]);
        return new Map(ids.map((id) => [id, NO_LOANS]));
      },
    });
    await computed(county, householdId, { by });
    useEvidence(fixedEvidence(records));
    expect(asked).toEqual([[[householdId], '2018-03-01']]);
  });

  test('of an item the latest entry counts', async () => {
    const file = await collected(county, householdId, { by });
    const { caseId, version } = file;
    const items = [{ item: 'SKILL', level: 'SKILLED' }];
    const after = await county.do(by.collector, collect, { caseId, version, items });
    const input = { caseId, version: after.version };
    expect((await county.do(by.collector, compute, input)).score).toBe('83.60');
  });

  test('one voice for a veto changes no grade; it waits for the township', async () => {
    const inputs = inputsOf();
    inputs.appraisals[0] = {
      ...sheetOf(18, '反对者'),
      veto: { code: 'WILFUL_DEFAULT', reason: '借钱不还' },
    };
    const done = await computed(county, householdId, { by, inputs });
    expect([done.firstGrade, done.grade, done.line]).toEqual(['B', 'B', '40000.00']);
    const { result } = await content(done.ratingId);
    expect(result.raised).toEqual([
      { code: 'WILFUL_DEFAULT', name: '恶意拖欠', reasons: ['借钱不还'] },
    ]);
  });

  const refusal = async (inputs: ReturnType<typeof inputsOf>): Promise<Problem> => {
    const { caseId, version } = await collected(county, householdId, { by, inputs });
    const attempt = () => county.do(by.collector, compute, { caseId, version });
    const problem = await attempt().catch((error: Problem) => error);
    await refused(county, (problem as Problem).code, attempt);
    return problem as Problem;
  };

  test('with fewer than five valid sheets it is refused; void sheets do not fill up', async () => {
    const inputs = inputsOf({}, SHEETS.slice(1));
    inputs.appraisals.push(
      { ...sheetOf(20, '亲戚'), related: '舅舅' },
      { ...sheetOf(20, '过客'), knowsHousehold: false },
    );
    expect((await refusal(inputs)).code).toBe('credit.appraisers-too-few');
  });

  test('void sheets beside five valid ones change nothing of the score', async () => {
    const inputs = inputsOf();
    inputs.appraisals.push({ ...sheetOf(0, '亲戚'), related: '舅舅' });
    const done = await computed(county, householdId, { by, inputs });
    expect(done.score).toBe('81.60');
    expect((await content(done.ratingId)).result.sheets).toMatchObject({
      counted: 5,
      relatives: 1,
    });
  });

  test('an item left out is refused; said to be not known, it has points of its own', async () => {
    const inputs = inputsOf();
    inputs.items = inputs.items.filter(({ item }) => item !== 'SKILL');
    const problem = await refusal(inputs);
    expect(problem.code).toBe('credit.inputs-invalid');
    expect(problem.info.fields?.[0]?.reason).toContain('技能');
    ({ householdId } = await aHousehold(county));
    const done = await computed(county, householdId, {
      by,
      inputs: inputsOf({ SKILL: 'NOT_KNOWN' }),
    });
    expect(done.score).toBe('78.60');
  });

  test('what went in is frozen: the database refuses to change or remove it', async () => {
    const { ratingId } = await computed(county, householdId, { by });
    expect((await content(ratingId)).inputs).toMatchObject({
      appraisals: inputsOf().appraisals,
      assets: inputsOf().assets,
      findings: [],
    });
    expect((await content(ratingId)).evidence).toEqual(NO_LOANS);
    for (const sql of [
      "UPDATE rating_content SET inputs = '{}' WHERE rating_id = :ratingId",
      'DELETE FROM rating_content WHERE rating_id = :ratingId',
    ]) {
      const attempt = county.system((work) => work.tx.exec(sql, { ratingId }));
      expect(await refusedByDatabase(attempt)).toBe('append-only');
    }
  });

  test('rated alone or in a batch: the same text and the same digest, ids aside', async () => {
    const cases: string[] = [];
    for (const level of ['SKILLED', 'NONE', 'NOT_KNOWN']) {
      const home = (await aHousehold(county)).householdId;
      cases.push(
        (await collected(county, home, { by, inputs: inputsOf({ SKILL: level }) })).caseId,
      );
    }
    const { platform } = county;
    const ratings = async (size: number) => {
      const made: Rating[] = [];
      // Rolled back, so that the same files can be computed both ways.
      await platform.db.inTransaction(
        async (tx) => {
          const work = openWork(platform, tx, by.collector, 'test');
          const files = await listRows(tx, RatingCase, { id: cases });
          for (let at = 0; at < files.length; at += size) {
            for (const one of await computeCases(work, files.slice(at, at + size))) {
              if (one.rating) made.push(one.rating);
            }
          }
        },
        { rollback: true },
      );
      return made.map(({ id, ...rest }) => ({ ...rest, told: id.length }));
    };
    const alone = await ratings(1);
    expect(alone).toHaveLength(3);
    expect(new Set(alone.map((one) => one.contentDigest)).size).toBe(3);
    expect(await ratings(3)).toEqual(alone);
  });

  test('in a batch a file that is not ready is given back, the others are rated', async () => {
    const ready = await collected(county, householdId, { by });
    const other = (await aHousehold(county)).householdId;
    const bare = await county.do(by.collector, openCase, { householdId: other });
    const done = await county.system(async (work) =>
      computeCases(work, await listRows(work.tx, RatingCase, { id: [ready.caseId, bare.caseId] })),
    );
    const outcome = new Map(
      done.map((one) => [one.ratingCase.id, one.problem?.code ?? one.rating?.state]),
    );
    expect(outcome.get(ready.caseId)).toBe('proposed');
    expect(outcome.get(bare.caseId)).toBe('credit.inputs-invalid');
    const states = await listRows(reader(), RatingCase, { id: [ready.caseId, bare.caseId] });
    expect(states.map((one) => one.state).sort()).toEqual(['collecting', 'computed']);
  });

  test('the order of entry does not change what is frozen', () => {
    const entry = (item: string, seq: number) => ({ item, seq, level: 'X', quantity: null });
    const facts = (items: object[]) =>
      ({ items, sheets: [], register: {} }) as unknown as Parameters<typeof frozenInputs>[0];
    const one = frozenInputs(facts([entry('A', 1), entry('B', 2)]));
    expect(frozenInputs(facts([entry('B', 1), entry('A', 2)]))).toEqual(one);
  });

  test('of two who compute at once one wins; what was added unseen is not rated', async () => {
    const { caseId, version } = await collected(county, householdId, { by });
    const early = { caseId, version: version - 1 };
    await refused(county, 'platform.stale', () => county.do(by.collector, compute, early));
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => county.do(people(county).collector, compute, { caseId, version })),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(2);
    for (const { reason } of lost) {
      expect(['platform.stale', 'credit.not-collecting']).toContain(reason.code);
    }
  });

  test('cancelled, without permission, from elsewhere, or nothing: it is refused', async () => {
    const { caseId, version } = await collected(county, householdId, { by });
    const input = { caseId, version };
    const run = (actor: People['collector'], what: object) => () => county.do(actor, compute, what);
    await refused(county, 'platform.not-permitted', run(by.village, input));
    await refused(county, 'platform.absent', run(people(county, '450328103000').collector, input));
    await refused(
      county,
      'credit.case-absent',
      run(by.collector, { ...input, caseId: '0'.repeat(26) }),
    );
    await county.do(by.collector, cancelCase, { caseId, reason: '户主外出' });
    await refused(county, 'credit.not-collecting', run(by.collector, input));
  });
});
