/** 处理申诉: by somebody without a part in the decision; upheld, it asks for a new rating and writes no grade. */

import { cancelLine } from '../../src/credit/cancel-line';
import { listLines } from '../../src/credit/credit-line-screens.queries';
import { decideAppeal } from '../../src/credit/decide-appeal';
import { fileAppeal } from '../../src/credit/file-appeal';
import { aHousehold, refusedByDatabase } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aLine, banker, countyman, lastPeriod, openLines, refused, villager } from './lines';

describeEachDatabase('Deciding an appeal', (open) => {
  let county: County;
  let householdId: string;
  let appealId: string;
  let memberId: string;
  const rater = 'RATER00000000000000000000A';
  beforeAll(async () => {
    county = await openLines(open);
  });
  const file = async (against: object) => {
    const input = { householdId, memberId, reason: '不公', ...against };
    ({ appealId } = await county.do(villager(county, 'credit.file-appeal'), fileAppeal, input));
  };
  beforeEach(async () => {
    county.clock.set('2018-03-01');
    ({ householdId, headId: memberId } = await aHousehold(county));
    const { ratingId } = await aLine(county, { householdId, ratedBy: rater });
    await file({ ratingId });
  });
  const decide = (outcome = 'upheld', actor = countyman(county, 'credit.decide-appeal')) =>
    county.do(actor, decideAppeal, { appealId, outcome, reason: '核查清楚' });

  test('upheld, the line stays and waits for review, and a new rating is asked for', async () => {
    const ratings = await county.snapshot('rating');
    expect(await decide()).toMatchObject({ state: 'upheld', reRate: true, lineReview: true });
    expect(await county.snapshot('rating')).toBe(ratings);
    expect(await lastPeriod(county, householdId)).toMatchObject({ seq: 1, totalFen: 4_000_000 });
    const page = await county.ask(banker(county, 'credit.read'), listLines, { due: 'review' });
    expect(page.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ householdId, reviewDueOn: '2018-03-01' })]),
    );
    expect(await refused(county, () => decide())).toBe('credit.appeal-decided');
  });

  test('rejected, nothing else changes', async () => {
    const lines = await county.snapshot('credit_line', 'credit_line_period');
    expect(await decide('rejected')).toMatchObject({
      state: 'rejected',
      reRate: false,
      lineReview: false,
    });
    expect(await county.snapshot('credit_line', 'credit_line_period')).toBe(lines);
  });

  test('upheld against a cancellation, only the new rating is left', async () => {
    const officer = banker(county, 'credit.cancel-line');
    await county.do(officer, cancelLine, { householdId, reason: '试' });
    await file({ lineSeq: 2 });
    const canceller = { ...countyman(county, 'credit.decide-appeal'), id: officer.id };
    expect(await refused(county, () => decide('upheld', canceller))).toBe('credit.appeal-signer');
    expect(await decide()).toMatchObject({ reRate: true, lineReview: false });
  });

  test('who rated, or filed the appeal, does not decide it', async () => {
    const signer = county.actor({ id: rater, permissions: ['credit.decide-appeal'] });
    expect(await refused(county, () => decide('upheld', signer))).toBe('credit.appeal-signer');
    const written = county.system((work) =>
      work.tx.exec(
        `UPDATE credit_appeal SET decided_by = filed_by, state = 'upheld', decided_on = filed_on,
                decision_reason = '试' WHERE id = :appealId`,
        { appealId },
      ),
    );
    expect(await refusedByDatabase(written)).toBe('check');
  });

  test('without permission, from another county, or for nothing it is refused', async () => {
    expect(await refused(county, () => decide('upheld', countyman(county, 'credit.read')))).toBe(
      'platform.not-permitted',
    );
    const stranger = county.actor({
      permissions: ['credit.decide-appeal'],
      region: '450226000000',
    });
    expect(await refused(county, () => decide('upheld', stranger))).toBe('platform.absent');
    appealId = '0'.repeat(26);
    expect(await refused(county, () => decide())).toBe('credit.appeal-absent');
  });
});
