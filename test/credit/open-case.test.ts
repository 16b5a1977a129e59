/** 建立评级档案: one open file of a household, under the card of the day. */
import { collect } from '../../src/credit/collect';
import { openCase } from '../../src/credit/open-case';
import { aHousehold, refusedByDatabase } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aConfirmedRating, checked, openCredit, people, refused } from './bank';

describeEachDatabase('Opening the file of a rating', (open) => {
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

  test('the file names the household and the card of the day', async () => {
    const { collector } = people(county);
    const done = await county.do(collector, openCase, { householdId });
    expect(done).toEqual({
      caseId: expect.any(String),
      state: 'collecting',
      scorecardRowId: 'scorecard-default',
      provisional: true,
      version: 1,
    });
    const [row] = await rows('SELECT * FROM rating_case WHERE id = :id', { id: done.caseId });
    expect(row).toMatchObject({
      household_id: householdId,
      region_code: '450328100200',
      state: 'collecting',
      opened_on: '2018-03-01',
      opened_by: collector.id,
      open_key: householdId,
      round_id: null,
    });
  });

  test('of officers who open one at once, one wins and the others get a conflict', async () => {
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map(() => county.do(people(county).collector, openCase, { householdId })),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code)).toEqual(Array(3).fill('credit.rating-open'));
    expect(lost.map(({ reason }) => reason.kind)).toEqual(Array(3).fill('conflict'));
    const found = await rows('SELECT id FROM rating_case WHERE household_id = :householdId', {
      householdId,
    });
    expect(found).toHaveLength(1);
  });

  test('while a file is open or its rating waits, another is refused; afterwards not', async () => {
    const { collector } = people(county);
    const again = () => county.do(collector, openCase, { householdId });
    await county.do(collector, openCase, { householdId });
    await refused(county, 'credit.rating-open', again);
    ({ householdId } = await aHousehold(county));
    await checked(county, householdId);
    await refused(county, 'credit.rating-open', again);
    ({ householdId } = await aHousehold(county));
    await aConfirmedRating(county, householdId);
    expect((await again()).state).toBe('collecting');
  });

  test('a proposal from before there were files counts as open', async () => {
    await county.system((work) =>
      work.tx.exec(
        `INSERT INTO rating (id, household_id, household_code, head_name, region_code,
           scorecard_row_id, score_hundredths, grade, grade_name, line_fen, validity_months, rated_on,
           rated_by, rated_by_name, state, open_key, content_digest)
         VALUES (:id, :householdId, 'OLD', '旧', '450328100200', 'scorecard-default', 8000, 'B', '较好',
           4000000, 24, '2018-01-01', 'X', '旧', 'proposed', :householdId, :digest)`,
        { id: work.newId(), householdId, digest: 'a'.repeat(64) },
      ),
    );
    const attempt = () => county.do(people(county).collector, openCase, { householdId });
    await refused(county, 'credit.rating-open', attempt);
  });

  test('without permission, from another township, for nobody, or without a card it is refused', async () => {
    const { reader, collector } = people(county);
    await refused(county, 'platform.not-permitted', () =>
      county.do(reader, openCase, { householdId }),
    );
    const far = people(county, '450328103000').collector;
    await refused(county, 'platform.absent', () => county.do(far, openCase, { householdId }));
    const nobody = { householdId: '0'.repeat(26) };
    await refused(county, 'households.household-absent', () =>
      county.do(collector, openCase, nobody),
    );
    county.clock.set('2013-11-30');
    const early = await county.refusal(county.do(collector, openCase, { householdId }));
    county.clock.set('2018-03-01');
    expect(early).toBe('policy.no-row-in-force');
  });

  test('the database itself keeps one open file of a household', async () => {
    const { collector } = people(county);
    const first = await county.do(collector, openCase, { householdId });
    const copy = county.system((work) =>
      work.tx.exec(
        `INSERT INTO rating_case (id, household_id, household_code, head_name, region_code,
           scorecard_row_id, state, opened_on, opened_by, opened_by_name, open_key)
         SELECT :id, household_id, household_code, head_name, region_code, scorecard_row_id, state,
           opened_on, opened_by, opened_by_name, open_key FROM rating_case WHERE id = :caseId`,
        { id: work.newId(), caseId: first.caseId },
      ),
    );
    expect(await refusedByDatabase(copy)).toBe('unique');
    const unlocked = county.system((work) =>
      work.tx.exec('UPDATE rating_case SET open_key = NULL WHERE id = :caseId', {
        caseId: first.caseId,
      }),
    );
    expect(await refusedByDatabase(unlocked)).toBe('check');
    const { caseId } = first;
    const entry = { caseId, version: 1, items: [{ item: 'SKILL', level: 'SKILLED' }] };
    await county.do(collector, collect, entry);
    const removed = county.system((work) =>
      work.tx.exec('DELETE FROM rating_case_item WHERE case_id = :caseId', { caseId }),
    );
    expect(await refusedByDatabase(removed)).toBe('append-only');
  });
});
