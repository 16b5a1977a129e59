/** Entering an application: who may, for whom, one at a time. */
import { oneApplication, submitApplication } from '../../src/applications';
import { isCheckViolation } from '../../src/platform/db/database';
import { aHousehold } from '../households/register';
import { describeEachDatabase } from '../support/databases';
import {
  aLine,
  aRatedHousehold,
  form,
  OTHER_VILLAGE,
  openStory,
  people,
  refused,
  type Story,
} from './story';

describeEachDatabase('Submitting an application', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  test('When a village worker enters it, then it waits for the village review', async () => {
    const household = await aRatedHousehold(story);
    const by = people(story);
    const done = await story.do(by.enterer, submitApplication, form(story, household));
    expect(done).toMatchObject({
      state: 'submitted',
      next: '现应办理：村民主评议',
      stepDueOn: '2018-03-05',
      version: 1,
    });
    expect(done.number).toMatch(/^SQ450328-2018-\d{5}$/);
    const { applicationId } = done;
    const shown = await story.ask(by.enterer, oneApplication, { applicationId });
    expect(shown).toMatchObject({
      amount: '50000.00',
      relation: '户主',
      bankName: '龙胜农村商业银行',
      late: false,
      notice: null,
      villageReview: null,
    });
    expect(shown.steps).toMatchObject([{ step: 'submit', outcome: 'passed', seenVersion: 1 }]);
    // As of today its own application does not stand in its way.
    expect(shown.eligibility.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  });

  test('When the spouse borrows, then the relation is taken from the register', async () => {
    const household = await aRatedHousehold(story);
    const by = people(story);
    const input = { ...form(story, household), memberId: household.memberIds[1] };
    const { applicationId } = await story.do(by.enterer, submitApplication, input);
    const shown = await story.ask(by.enterer, oneApplication, { applicationId });
    expect(shown.relation).toBe('配偶');
  });

  test('When the household has one already, then the second is refused, also at the same moment', async () => {
    const household = await aRatedHousehold(story);
    const by = people(story);
    const other = people(story);
    const input = form(story, household);
    const outcomes = await Promise.allSettled([
      story.do(by.enterer, submitApplication, input),
      story.do(other.enterer, submitApplication, input),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await refused(story, 'applications.household-busy', () =>
      story.do(other.enterer, submitApplication, input),
    );
  });

  test('When the database is asked directly, then it refuses a second one too', async () => {
    const household = await aRatedHousehold(story);
    const by = people(story);
    const { applicationId } = await story.do(by.enterer, submitApplication, form(story, household));
    const copy = story.system((work) =>
      work.tx.exec(`UPDATE application SET busy_household_id = NULL WHERE id = :applicationId`, {
        applicationId,
      }),
    );
    expect(isCheckViolation(await copy.catch((error) => error))).toBe(true);
  });

  test('When permission or village is wrong, then it is refused', async () => {
    const household = await aRatedHousehold(story);
    const by = people(story);
    const input = form(story, household);
    await refused(story, 'platform.not-permitted', () =>
      story.do(by.township, submitApplication, input),
    );
    const elsewhere = story.actor({ permissions: ['applications.submit'], region: OTHER_VILLAGE });
    await refused(story, 'platform.absent', () => story.do(elsewhere, submitApplication, input));
  });

  test('When a rule fails, then the refusal names it', async () => {
    const by = people(story);
    const household = await aRatedHousehold(story);
    const good = form(story, household);
    const wrong: object[] = [
      { amount: '50000.01' },
      { termMonths: 37 },
      { useCode: 'HOUSE_BUILDING' },
      { productCode: 'FPXD', bankId: story.platform.newId() },
      { amount: '0' },
    ];
    for (const changes of wrong) {
      await refused(story, 'applications.not-eligible', () =>
        story.do(by.enterer, submitApplication, { ...good, ...changes }),
      );
    }
    const unrated = await aHousehold(story, 90);
    await refused(story, 'applications.not-eligible', () =>
      story.do(by.enterer, submitApplication, form(story, unrated)),
    );
    await aLine(story, unrated.householdId, { COMMITMENTS: 'BLACKLISTED', SKILL: 'NONE' });
    await refused(story, 'applications.not-eligible', () =>
      story.do(by.enterer, submitApplication, form(story, unrated)),
    );
  });

  test('When witness, borrower, consent or a field is wrong, then it is refused', async () => {
    const by = people(story);
    const household = await aRatedHousehold(story);
    const stranger = await aRatedHousehold(story);
    const good = form(story, household);
    const attempt = (changes: object) => () =>
      story.do(by.enterer, submitApplication, { ...good, ...changes });
    await refused(story, 'applications.witness-unfit', attempt({ witnessName: by.enterer.name }));
    await refused(
      story,
      'applications.member-elsewhere',
      attempt({ memberId: stranger.memberIds[0] }),
    );
    const consents = { ...good.consents, publicNotice: false };
    await refused(story, 'platform.invalid-input', attempt({ consents }));
    await refused(story, 'platform.invalid-input', attempt({ useCode: '养鸡' }));
    await refused(story, 'platform.invalid-input', attempt({ unknown: 1 }));
    await refused(
      story,
      'households.household-absent',
      attempt({ householdId: story.platform.newId() }),
    );
  });

  test('When it is tried as a dry run, then nothing is kept', async () => {
    const household = await aRatedHousehold(story);
    const by = people(story);
    const before = await story.snapshot('application', 'application_step', 'application_serial');
    const input = form(story, household);
    await story.do(by.enterer, submitApplication, input, { dryRun: true });
    expect(await story.snapshot('application', 'application_step', 'application_serial')).toBe(
      before,
    );
  });
});
