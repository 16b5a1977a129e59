/** 银行审定: of exactly what was shown, by one who collected nothing; confirmed, lowered, raised or rejected. */
import { lineOn } from '../../src/credit';
import { decide } from '../../src/credit/decide';
import { businessDate } from '../../src/platform/dates';
import { aHousehold, refusedByDatabase } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aConfirmedRating,
  BANK,
  checked,
  inputsOf,
  openCredit,
  people,
  refused,
  reviewed,
} from './bank';

describeEachDatabase('The bank decides on a rating', (open) => {
  let county: County;
  let householdId: string;
  beforeAll(async () => {
    county = await openCredit(open);
  });
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    ({ householdId } = await aHousehold(county));
  });

  const line = async (date: string) =>
    (await lineOn(county.platform.db.reader(), householdId, businessDate(date)))?.lineFen ?? null;
  const row = async (ratingId: string) => {
    const [found] = await county.platform.db
      .reader()
      .rows('SELECT * FROM rating WHERE id = :ratingId', { ratingId });
    return found as Record<string, unknown>;
  };
  const weak = { inputs: inputsOf({ INCOME_PLAN: 'FALLS_SHORT', SKILL: 'NONE' }) };

  test('confirmed as computed, the line holds from this day to the end of its validity', async () => {
    const rating = await checked(county, householdId);
    expect(await line('2018-03-01')).toBeNull();
    const { ratingId, contentDigest, by } = rating;
    const done = await county.do(by.approver, decide, {
      ratingId,
      contentDigest,
      outcome: 'confirm',
    });
    expect(done).toEqual({
      ratingId,
      state: 'confirmed',
      stage: 'township',
      grade: 'B',
      gradeName: '较好',
      line: '40000.00',
      validUntil: '2020-02-29',
      contentDigest,
      version: 4,
    });
    expect(await line('2018-02-28')).toBeNull();
    expect(await line('2018-03-01')).toBe(4_000_000);
    expect(await line('2020-02-29')).toBe(4_000_000);
    expect(await line('2020-03-01')).toBeNull();
    expect(await row(ratingId)).toMatchObject({ bank_id: BANK, decided_by: by.approver.id });
    const states = await county.platform.db
      .reader()
      .rows('SELECT state, open_key FROM rating_case WHERE id = :id', { id: rating.caseId });
    expect(states).toEqual([{ state: 'closed', open_key: null }]);
  });

  test('the next rating in force takes over; each past day keeps its line', async () => {
    const first = await aConfirmedRating(county, householdId);
    county.clock.set('2018-09-01');
    await aConfirmedRating(county, householdId, weak);
    expect(await line('2018-08-31')).toBe(4_000_000);
    expect(await line('2018-09-01')).toBe(2_000_000);
    expect(await row(first.ratingId)).toMatchObject({
      state: 'superseded',
      superseded_on: '2018-09-01',
      current_key: null,
    });
  });

  test('lowered with a reason: first, computed and final grade are kept apart', async () => {
    const { ratingId, contentDigest, by } = await checked(county, householdId);
    const lower = { ratingId, contentDigest, outcome: 'lower', grade: 'C' };
    await refused(county, 'credit.reason-missing', () => county.do(by.approver, decide, lower));
    const reason = '征信显示在外担保';
    const done = await county.do(by.approver, decide, { ...lower, reason });
    expect(done).toMatchObject({ state: 'confirmed', grade: 'C', line: '20000.00' });
    expect(await row(ratingId)).toMatchObject({
      first_grade: 'B',
      first_line_fen: 4_000_000,
      computed_grade: 'B',
      computed_line_fen: 4_000_000,
      grade: 'C',
      grade_name: '一般',
      line_fen: 2_000_000,
      decision_reason: reason,
    });
    expect(await line('2018-03-01')).toBe(2_000_000);
  });

  test.each([
    ['an unknown grade', { grade: 'Z' }],
    ['a better grade', { grade: 'A' }],
    ['a line above the computed one', { line: '40000.01' }],
    ['a line above what the lower grade may have', { grade: 'C', line: '30000.01' }],
    ['nothing lower at all', { line: '40000.00' }],
  ])('lowering to %s is refused', async (_name, asked) => {
    const { ratingId, contentDigest, by } = await checked(county, householdId);
    const input = { ratingId, contentDigest, outcome: 'lower', reason: '审慎', ...asked };
    await refused(county, 'credit.decision-invalid', () => county.do(by.approver, decide, input));
  });

  test('raised within the band it waits for a second person and gives no line yet', async () => {
    const { ratingId, contentDigest, by } = await checked(county, householdId);
    const raise = { ratingId, contentDigest, outcome: 'raise', line: '50000.00' };
    await refused(county, 'credit.reason-missing', () => county.do(by.approver, decide, raise));
    const done = await county.do(by.approver, decide, { ...raise, reason: '产业前景好' });
    expect(done).toMatchObject({ state: 'proposed', stage: 'raise', line: '40000.00' });
    expect(await line('2018-03-01')).toBeNull();
  });

  test.each([
    ['beyond the band', '50000.01', 'credit.raise-too-high'],
    ['to what was computed', '40000.00', 'credit.raise-too-high'],
  ])('raising %s is refused', async (_name, asked, code) => {
    const { ratingId, contentDigest, by } = await checked(county, householdId);
    const input = { ratingId, contentDigest, outcome: 'raise', reason: '产业好', line: asked };
    await refused(county, code, () => county.do(by.approver, decide, input));
  });

  test('rejected with a reason: no line, the file is closed, the household may be rated anew', async () => {
    const { ratingId, contentDigest, by } = await checked(county, householdId);
    const reject = { ratingId, contentDigest, outcome: 'reject' };
    await refused(county, 'credit.reason-missing', () => county.do(by.approver, decide, reject));
    const done = await county.do(by.approver, decide, { ...reject, reason: '资料不实' });
    expect(done).toMatchObject({ state: 'rejected', validUntil: null });
    expect(await line('2018-03-01')).toBeNull();
    expect((await aConfirmedRating(county, householdId)).state).toBe('confirmed');
  });

  test('a proposal alone changes nothing of the line in force', async () => {
    await aConfirmedRating(county, householdId);
    await checked(county, householdId, { inputs: inputsOf({ SKILL: 'NONE' }) });
    expect(await line('2018-03-01')).toBe(4_000_000);
  });

  test('before the township has agreed, or once decided, it is refused', async () => {
    const early = await reviewed(county, householdId);
    const input = {
      ratingId: early.ratingId,
      contentDigest: early.contentDigest,
      outcome: 'confirm',
    };
    await refused(county, 'credit.not-proposed', () => county.do(early.by.approver, decide, input));
    const other = (await aHousehold(county)).householdId;
    const { ratingId, contentDigest, by } = await aConfirmedRating(county, other);
    const again = { ratingId, contentDigest, outcome: 'confirm' };
    await refused(county, 'credit.not-proposed', () => county.do(by.second, decide, again));
  });

  test('nobody who collected, computed or signed before decides, whatever their permissions', async () => {
    const by = people(county);
    const all = ['credit.decide', 'credit.collect', 'credit.compute', 'credit.enter-appraisal'];
    const banker = { ...by.approver, permissions: new Set(all) };
    const collector = { ...by, collector: banker };
    const rated = await checked(county, householdId, { by: collector });
    const input = {
      ratingId: rated.ratingId,
      contentDigest: rated.contentDigest,
      outcome: 'confirm',
    };
    await refused(county, 'credit.same-person', () => county.do(banker, decide, input));
    const township = { ...by.approver, id: by.township.id };
    await refused(county, 'credit.same-person', () => county.do(township, decide, input));
  });

  test('who only entered a sheet does not decide either', async () => {
    const by = people(county);
    const rating = await checked(county, householdId, { by });
    const { ratingId, contentDigest, caseId } = rating;
    const clerk = { ...by.approver, id: county.platform.newId() };
    await county.system((work) =>
      work.tx.exec(
        `INSERT INTO appraisal_sheet (id, case_id, appraiser_key, appraiser_name, mode, witness_name,
           entered_by, entered_by_name, knows_household, options, points_hundredths, given_on, given_at)
         VALUES (:id, :caseId, '补', '补', 'PAPER', '见证', :by, '录入', 1, '{}', 0, '2018-03-01', 1)`,
        { id: work.newId(), caseId, by: clerk.id },
      ),
    );
    const input = { ratingId, contentDigest, outcome: 'confirm' };
    await refused(county, 'credit.collector-decides', () => county.do(clerk, decide, input));
  });

  test('the database itself keeps two steps from one person, and the rater from deciding', async () => {
    const { ratingId, by } = await checked(county, householdId);
    const twice = county.system((work) =>
      work.tx.exec(
        `INSERT INTO rating_step (rating_id, seq, step, outcome, person_id, person_name,
           content_digest, grade, line_fen, taken_on, taken_at)
         VALUES (:ratingId, 9, 'decide', 'confirm', :person, '重复', :digest, 'B', 0, '2018-03-01', 1)`,
        { ratingId, person: by.township.id, digest: 'a'.repeat(64) },
      ),
    );
    expect(await refusedByDatabase(twice)).toBe('unique');
    const own = county.system((work) =>
      work.tx.exec(
        `UPDATE rating SET decided_by = rated_by, decided_on = '2018-03-01', state = 'confirmed',
                valid_until = '2020-02-29', open_key = NULL, current_key = household_id
          WHERE id = :ratingId`,
        { ratingId },
      ),
    );
    expect(await refusedByDatabase(own)).toBe('check');
    const changed = county.system((work) =>
      work.tx.exec('DELETE FROM rating_step WHERE rating_id = :ratingId', { ratingId }),
    );
    expect(await refusedByDatabase(changed)).toBe('append-only');
  });

  test('other content than the shown, or figures changed behind the back of the system, are refused', async () => {
    const { ratingId, contentDigest, by } = await checked(county, householdId);
    const other = { ratingId, contentDigest: '0'.repeat(64), outcome: 'confirm' };
    await refused(county, 'credit.content-changed', () => county.do(by.approver, decide, other));
    await county.system((work) =>
      work.tx.exec('UPDATE rating SET line_fen = 10000000 WHERE id = :ratingId', { ratingId }),
    );
    const attempt = county.do(by.approver, decide, { ratingId, contentDigest, outcome: 'confirm' });
    await expect(attempt).rejects.toThrow(/differs from what was proposed/);
  });

  test('without permission, outside a bank, from another county, or for nothing it is refused', async () => {
    const { ratingId, contentDigest, by } = await checked(county, householdId);
    const input = { ratingId, contentDigest, outcome: 'confirm' };
    await refused(county, 'platform.not-permitted', () => county.do(by.township, decide, input));
    const office = county.actor({ permissions: ['credit.decide'] });
    await refused(county, 'credit.not-bank', () => county.do(office, decide, input));
    const far = people(county, '450226000000').approver;
    await refused(county, 'platform.absent', () => county.do(far, decide, input));
    const nothing = { ...input, ratingId: '0'.repeat(26) };
    await refused(county, 'credit.rating-absent', () => county.do(by.approver, decide, nothing));
  });

  test('of approvers who decide at once, one wins and the others change nothing', async () => {
    const { ratingId, contentDigest } = await checked(county, householdId);
    const results = await Promise.allSettled(
      [1, 2, 3].map(() =>
        county.do(people(county).approver, decide, { ratingId, contentDigest, outcome: 'confirm' }),
      ),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(2);
    for (const { reason } of lost) {
      expect(['credit.not-proposed', 'platform.stale']).toContain(reason.code);
    }
    expect(await line('2018-03-01')).toBe(4_000_000);
  });
});
