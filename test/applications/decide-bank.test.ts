/** The bank's decision, and what the loans above do with it. */
import {
  applicationFor,
  decideBank,
  markContracted,
  markSettled,
  oneApplication,
  requireBankApproved,
  signersOf,
  submitApplication,
} from '../../src/applications';
import { describeEachDatabase } from '../support/databases';
import { aBank, broughtTo, form, openStory, people, refused, type Story } from './story';

describeEachDatabase('Deciding at the bank', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  const approval = (applicationId: string, version: number) => ({
    applicationId,
    version,
    outcome: 'approve',
  });

  test('When the approver of the bank approves, then a contract may be signed, once', async () => {
    const { applicationId, version, by, household } = await broughtTo(story, 'certified');
    const done = await story.do(by.bank, decideBank, approval(applicationId, version));
    expect(done).toMatchObject({ state: 'approved', next: '现应办理：签订合同', signatures: 6 });
    const reader = story.platform.db.reader();
    expect(await signersOf(reader, applicationId)).toEqual([
      by.enterer.id,
      by.village.id,
      by.township.id,
      by.county.id,
      by.approver.id,
      by.bank.id,
    ]);
    const face = await story.system((work) => requireBankApproved(work, applicationId));
    expect(face).toMatchObject({
      householdId: household.householdId,
      bankId: story.bankId,
      amountFen: 5000000,
      termMonths: 36,
      bankDecisionBy: by.bank.id,
      certificateNumber: expect.stringMatching(/^DKZ/),
    });
    const loanId = story.platform.newId();
    await story.system((work) => markContracted(work, applicationId, loanId));
    expect(await applicationFor(reader, applicationId)).toMatchObject({ state: 'contracted' });
    await refused(story, 'applications.not-approved', () =>
      story.system((work) => markContracted(work, applicationId, story.platform.newId())),
    );
  });

  test('When the loan runs, then the household is taken; when it is settled, then it may apply again', async () => {
    const { applicationId, version, by, household } = await broughtTo(story, 'certified');
    await story.do(by.bank, decideBank, approval(applicationId, version));
    await refused(story, 'applications.not-contracted', () =>
      story.system((work) => markSettled(work, applicationId)),
    );
    await story.system((work) => markContracted(work, applicationId, story.platform.newId()));
    const again = () => story.do(people(story).enterer, submitApplication, form(story, household));
    await refused(story, 'applications.household-busy', again);
    await story.system((work) => markSettled(work, applicationId));
    expect((await again()).state).toBe('submitted');
  });

  test('When the bank refuses, then it gives a reason and the notice comes down', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'certified');
    const refusal = { applicationId, version, outcome: 'refuse' };
    await refused(story, 'applications.reason-missing', () =>
      story.do(by.bank, decideBank, refusal),
    );
    const reason = '征信报告显示有逾期';
    const done = await story.do(by.bank, decideBank, { ...refusal, reason });
    expect(done.state).toBe('refused');
    const shown = await story.ask(by.bank, oneApplication, { applicationId });
    expect(shown).toMatchObject({ closeReason: reason, notice: { state: 'stopped' } });
    expect(shown.steps.at(-1)).toMatchObject({ step: 'bank-decision', outcome: 'refused', reason });
    await refused(story, 'applications.not-approved', () =>
      story.system((work) => requireBankApproved(work, applicationId)),
    );
  });

  test('When another bank, or no bank, would decide, then it is refused', async () => {
    const { applicationId, version } = await broughtTo(story, 'certified');
    const input = approval(applicationId, version);
    const permissions = ['applications.decide'];
    const otherBank = await aBank(story, '桂林银行');
    const rival = story.actor({ permissions, org: { id: otherBank, kind: 'bank' } });
    await refused(story, 'platform.absent', () => story.do(rival, decideBank, input));
    const office = story.actor({ permissions });
    await refused(story, 'applications.other-bank', () => story.do(office, decideBank, input));
  });

  test('When the wrong person, order or version comes, then it is refused', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'certified');
    const input = approval(applicationId, version);
    await refused(story, 'platform.not-permitted', () => story.do(by.approver, decideBank, input));
    const org = { id: story.bankId, kind: 'bank' as const };
    const same = story.actor({ id: by.enterer.id, permissions: ['applications.decide'], org });
    await refused(story, 'applications.same-actor', () => story.do(same, decideBank, input));
    await refused(story, 'platform.stale', () =>
      story.do(by.bank, decideBank, { ...input, version: version - 1 }),
    );
    story.clock.set('2018-03-01');
    const early = await broughtTo(story, 'posted');
    await refused(story, 'applications.out-of-order', () =>
      story.do(early.by.bank, decideBank, approval(early.applicationId, early.version)),
    );
  });

  test('When fifty attempts of two people race over one application, then each step stands once', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'certified');
    const org = { id: story.bankId, kind: 'bank' as const };
    const colleague = story.actor({ permissions: ['applications.decide'], org });
    const attempts = Array.from({ length: 50 }, (_, n) =>
      story.do(n % 2 === 0 ? by.bank : colleague, decideBank, approval(applicationId, version)),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await signersOf(story.platform.db.reader(), applicationId)).toHaveLength(6);
  });
});
