/** 评级: a proposal by the card of the day, with repayment from the evidence, frozen with all that went in. */
import { useEvidence } from '../../src/credit/evidence';
import { rateHousehold } from '../../src/credit/rate-household';
import type { Problem } from '../../src/platform/problems';
import { aHousehold, refusedByDatabase } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { openCredit, rater, ratingForm, records } from './bank';
import { inputsOf, NO_LOANS, SHEETS } from './cards';

describeEachDatabase('Rating a household', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openCredit(open);
  });
  beforeEach(async () => {
    ({ householdId } = await aHousehold(county));
  });

  const rows = <T extends object>(sql: string, params = {}) =>
    county.platform.db.reader().rows<T>(sql, params);

  const refused = async (input: object, actor = rater(county)): Promise<Problem> => {
    const before = await county.snapshot('rating', 'rating_content');
    const problem = await county.do(actor, rateHousehold, input).then(
      () => {
        throw new Error('was not refused');
      },
      (error: Problem) => error,
    );
    expect(await county.snapshot('rating', 'rating_content')).toBe(before);
    return problem;
  };

  test('the proposal has score, grade and line, and names the card it used', async () => {
    const officer = rater(county);
    const done = await county.do(officer, rateHousehold, ratingForm(householdId));
    expect(done).toEqual({
      ratingId: expect.any(String),
      state: 'proposed',
      score: '85.60',
      grade: 'A',
      gradeName: '优秀',
      line: '50000.00',
      scorecardRowId: 'scorecard-national',
      provisional: true,
      contentDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      version: 1,
    });
    const [row] = await rows('SELECT * FROM rating WHERE id = :id', { id: done.ratingId });
    expect(row).toMatchObject({
      household_id: householdId,
      region_code: '450328100200',
      score_hundredths: 8560,
      grade: 'A',
      line_fen: 5_000_000,
      rated_on: '2018-03-01',
      rated_by: officer.id,
      state: 'proposed',
      decided_by: null,
      valid_until: null,
      content_digest: done.contentDigest,
    });
  });

  test('a good repayment record lifts the score, a bad one lowers it; nobody types it', async () => {
    records.set(householdId, { loans: 2, everOverdue: false, longestOverdueDays: 0 });
    const good = await county.do(rater(county), rateHousehold, ratingForm(householdId));
    expect(good.score).toBe('90.60');
    const other = (await aHousehold(county)).householdId;
    records.set(other, { loans: 1, everOverdue: true, longestOverdueDays: 45 });
    const bad = await county.do(rater(county), rateHousehold, ratingForm(other));
    expect([bad.score, bad.grade, bad.line]).toEqual(['65.60', 'C', '20000.00']);
    const inputs = inputsOf();
    inputs.items.push({ item: 'REPAYMENT_HISTORY', points: 25 });
    const third = (await aHousehold(county)).householdId;
    expect((await refused(ratingForm(third, inputs))).code).toBe('credit.evidence-typed');
  });

  test('the evidence is asked for this household on the business date', async () => {
    const asked: unknown[] = [];
    useEvidence({
      repaymentRecord: async (_sql, id, date) => {
        asked.push([id, date]);
        return NO_LOANS;
      },
    });
    await county.do(rater(county), rateHousehold, ratingForm(householdId));
    expect(asked).toEqual([[householdId, '2018-03-01']]);
    useEvidence({ repaymentRecord: async (_sql, id) => records.get(id) ?? NO_LOANS });
  });

  test('what went in is frozen: the database refuses to change or remove it', async () => {
    const { ratingId } = await county.do(rater(county), rateHousehold, ratingForm(householdId));
    const [content] = await rows<{ inputs: unknown; evidence: unknown }>(
      'SELECT inputs, evidence FROM rating_content WHERE rating_id = :ratingId',
      { ratingId },
    );
    expect(JSON.parse(String(content?.inputs))).toEqual(inputsOf());
    expect(JSON.parse(String(content?.evidence))).toEqual(NO_LOANS);
    for (const sql of [
      "UPDATE rating_content SET inputs = '{}' WHERE rating_id = :ratingId",
      'DELETE FROM rating_content WHERE rating_id = :ratingId',
    ]) {
      const attempt = county.system((work) => work.tx.exec(sql, { ratingId }));
      expect(await refusedByDatabase(attempt)).toBe('append-only');
    }
  });

  test('the names of appraisers stay out of the audit, the story of the household stays in', async () => {
    const { ratingId } = await county.do(rater(county), rateHousehold, ratingForm(householdId));
    const entries = await rows<{ body: string }>(
      `SELECT e.body AS body FROM audit_entry e JOIN audit_subject s ON s.entry_id = e.id
        WHERE s.subject_kind = 'household' AND s.subject_id = :householdId
          AND e.act = 'credit.rate-household' AND e.subject_id = :ratingId`,
      { householdId, ratingId },
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]?.body).not.toContain('评议员1');
  });

  test('a second proposal is refused until the first is decided', async () => {
    await county.do(rater(county), rateHousehold, ratingForm(householdId));
    expect((await refused(ratingForm(householdId))).code).toBe('credit.rating-open');
  });

  test('of officers who rate one household at once, one wins', async () => {
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map(() => county.do(rater(county), rateHousehold, ratingForm(householdId))),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code)).toEqual(Array(3).fill('credit.rating-open'));
    expect(
      await rows('SELECT id FROM rating WHERE household_id = :householdId', { householdId }),
    ).toHaveLength(1);
  });

  test('too few appraisers, or an item left out, is refused', async () => {
    const few = ratingForm(householdId, inputsOf({}, SHEETS.slice(1)));
    expect((await refused(few)).code).toBe('credit.appraisers-too-few');
    const form = ratingForm(householdId);
    const problem = await refused({ ...form, items: form.items.slice(1) });
    expect(problem.code).toBe('credit.inputs-invalid');
    expect(problem.info.fields?.[0]?.reason).toContain('守诺情况');
  });

  test('half points, negative points and unknown fields are refused by the shape', async () => {
    const form = ratingForm(householdId);
    const first = (points: number) => ({
      ...form,
      items: [{ item: 'COMMITMENTS', points }, ...form.items.slice(1)],
    });
    for (const input of [first(1.5), first(-1), { ...form, score: '100.00' }]) {
      expect((await refused(input)).code).toBe('platform.invalid-input');
    }
  });

  test('without permission, from another township, or for nobody it is refused', async () => {
    const form = ratingForm(householdId);
    const reader = county.actor({ permissions: ['credit.read'] });
    expect((await refused(form, reader)).code).toBe('platform.not-permitted');
    expect((await refused(form, rater(county, '450328103000'))).kind).toBe('absent');
    const nobody = ratingForm('0'.repeat(26));
    expect((await refused(nobody)).code).toBe('households.household-absent');
  });

  test('on a day without a card in force it is refused', async () => {
    county.clock.set('2014-11-30');
    const { code } = await refused(ratingForm(householdId));
    county.clock.set('2018-03-01');
    expect(code).toBe('policy.no-row-in-force');
  });
});
