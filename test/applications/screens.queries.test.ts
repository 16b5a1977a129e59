/** What officers see: consents with who and when, the industry, what is late, who waits, and the uncovered part of a top-up. */
import product from '../../reference/policy/loans.product.TPXD.json';
import {
  decideBank,
  listApplications,
  listNotLent,
  oneApplication,
  submitApplication,
  withdrawApplication,
} from '../../src/applications';
import { beyond } from '../../src/applications/eligibility';
import type { ProductTerms } from '../../src/applications/product';
import type { Fen } from '../../src/platform/money';
import { describeEachDatabase } from '../support/databases';
import {
  aRatedHousehold,
  broughtTo,
  form,
  OTHER_VILLAGE,
  openStory,
  people,
  refused,
  type Story,
} from './story';

test('the part of a top-up above 5万 is neither subsidised nor covered', () => {
  const terms = product.rows[0]?.value as unknown as ProductTerms;
  const parts = (amountFen: number) => Object.values(beyond(amountFen as Fen, terms));
  expect(terms.topUpCeilingFen).toBe(10_000_000);
  expect(parts(10_000_000)).toEqual([5_000_000, 5_000_000]);
  expect(parts(5_000_001)).toEqual([1, 1]);
  expect(parts(5_000_000)).toEqual([0, 0]);
  expect(parts(100)).toEqual([0, 0]);
});

describeEachDatabase('The screens of applications', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  test('When it is entered with an industry, then consents and industry are shown; an unknown one is refused', async () => {
    const { enterer } = people(story);
    const input = form(story, await aRatedHousehold(story));
    const attempt = () =>
      story.do(enterer, submitApplication, { ...input, industryCode: 'MINING' });
    await refused(story, 'applications.industry-unknown', attempt);
    const { applicationId } = await story.do(enterer, submitApplication, {
      ...{ ...input, industryCode: 'LOCAL_CHICKEN' },
    });
    const shown = await story.ask(enterer, oneApplication, { applicationId });
    expect(shown).toMatchObject({ industry: '地方特色品种鸡', unsubsidised: '0.00' });
    expect(shown.consents).toHaveLength(3);
    expect(shown.consents[0]).toEqual({
      title: '同意征信查询',
      givenBy: shown.borrower,
      recordedBy: enterer.name,
      recordedAt: '2018-03-01T09:00:00.000+08:00',
    });
  });

  test('When the day of a step has passed, then it is among the late ones, and waits among those not lent', async () => {
    const { applicationId, by } = await broughtTo(story, 'village');
    const late = async () => {
      const { items } = await story.ask(by.township, listApplications, { late: true, size: 200 });
      return items.some(({ id }) => id === applicationId);
    };
    story.clock.set('2018-03-02');
    expect(await late()).toBe(false);
    story.clock.set('2018-03-05');
    expect(await late()).toBe(true);
    const { items } = await story.ask(by.township, listNotLent, { why: 'WAITING', size: 200 });
    expect(items.find(({ id }) => id === applicationId)).toMatchObject({
      ...{ days: 4, late: true, reason: '现应办理：乡镇审核' },
    });
    const elsewhere = story.actor({ permissions: ['applications.read'], region: OTHER_VILLAGE });
    expect((await story.ask(elsewhere, listNotLent, {})).items).toEqual([]);
  });

  test('When the household asks anew after a withdrawal, then the last application speaks for it', async () => {
    const { applicationId, version, by, household } = await broughtTo(story, 'submitted');
    const reason = '家庭计划有变';
    await story.do(by.enterer, withdrawApplication, { applicationId, version, reason });
    const own = async () => {
      const { items } = await story.ask(by.enterer, listNotLent, { size: 200 });
      return items.filter(({ householdId }) => householdId === household.householdId);
    };
    expect(await own()).toMatchObject([{ why: 'WITHDRAWN', reason: `农户撤回：${reason}` }]);
    const again = form(story, household);
    await story.do(people(story).enterer, submitApplication, again);
    expect(await own()).toMatchObject([{ why: 'WAITING' }]);
  });

  test('When the decider also signed the rating in force, then the answer warns', async () => {
    const { applicationId, version, by, household } = await broughtTo(story, 'certified');
    const row = await story.platform.db
      .reader()
      .one<{ id: string }>('SELECT decided_by AS id FROM rating WHERE household_id = :id', {
        id: household.householdId,
      });
    const same = { ...by.bank, id: row?.id as string };
    const input = { applicationId, version, outcome: 'approve' };
    const done = await story.do(same, decideBank, input);
    expect(done.warnings).toEqual(['您也签过该户现行的评级授信，建议由另一位审批人审定']);
  });
});
