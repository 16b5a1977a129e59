/** 撤销评级档案: with a reason, while it is collected; nothing is removed. */
import { cancelCase } from '../../src/credit/cancel-case';
import { openCase } from '../../src/credit/open-case';
import { aHousehold } from '../households/register';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { collected, computed, openCredit, type People, people, refused } from './bank';

describeEachDatabase('Cancelling a file', (open) => {
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

  const cancel = (caseId: string, actor = by.collector) =>
    county.do(actor, cancelCase, { caseId, reason: '评议表混入他户' });

  test('the file keeps all that was collected, and the household may be rated anew', async () => {
    const { caseId } = await collected(county, householdId, { by });
    const entries = await county.snapshot('rating_case_item', 'appraisal_sheet');
    expect((await cancel(caseId)).state).toBe('cancelled');
    expect(await county.snapshot('rating_case_item', 'appraisal_sheet')).toBe(entries);
    expect((await county.do(by.collector, openCase, { householdId })).state).toBe('collecting');
  });

  test('once computed, without permission, from elsewhere, or for nothing it is refused', async () => {
    const { caseId } = await computed(county, householdId, { by });
    await refused(county, 'credit.not-collecting', () => cancel(caseId));
    await refused(county, 'platform.not-permitted', () => cancel(caseId, by.reader));
    const far = people(county, '450328103000').collector;
    await refused(county, 'platform.absent', () => cancel(caseId, far));
    await refused(county, 'credit.case-absent', () => cancel('0'.repeat(26)));
  });
});
