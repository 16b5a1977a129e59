/** Returned to the household and entered anew: other content, and no signature under the former one counts. */
import {
  amendApplication,
  checkTownship,
  oneApplication,
  recheckCounty,
  recordVillageReview,
  signersOf,
} from '../../src/applications';
import { describeEachDatabase } from '../support/databases';
import {
  broughtTo,
  form,
  OTHER_VILLAGE,
  openStory,
  passing,
  refused,
  type Story,
  villageReview,
} from './story';

describeEachDatabase('Amending a returned application', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  const reason = '用途说明过于笼统';
  const back = (applicationId: string, version: number, returnTo: string) => ({
    ...{ applicationId, version, outcome: 'return', returnTo, reason },
  });

  /** The form of an application as it is amended: less money, and what it is for said better. */
  const better = (household: { householdId: string; memberIds: string[] }) => {
    const { householdId: _, bankId: __, productCode: ___, ...wish } = form(story, household);
    return { ...wish, amount: '30000.00', useDetail: '购鸡苗 300 羽、饲料两吨' };
  };

  async function returned() {
    const { applicationId, version, by, household } = await broughtTo(story, 'village');
    const sent = await story.do(
      by.township,
      checkTownship,
      back(applicationId, version, 'applicant'),
    );
    return { applicationId, by, household, sent };
  }

  test('When the township returns it, then the village must wait, and the household may amend it', async () => {
    const { applicationId, by, household, sent } = await returned();
    expect(sent).toMatchObject({
      state: 'submitted',
      next: '已退回，待申请人补正',
      stepDueOn: null,
      signatures: 0,
    });
    const vote = () =>
      story.do(by.village, recordVillageReview, villageReview(applicationId, sent.version));
    await refused(story, 'applications.out-of-order', vote);
    const input = { applicationId, version: sent.version, ...better(household) };
    const done = await story.do(by.enterer, amendApplication, input);
    expect(done).toMatchObject({
      state: 'submitted',
      next: '现应办理：村民主评议',
      stepDueOn: '2018-03-05',
      signatures: 1,
    });
    expect(done.changed.map(({ code }) => code)).toEqual(['CEILING']);
    const shown = await story.ask(by.enterer, oneApplication, { applicationId });
    expect(shown).toMatchObject({ amount: '30000.00', signatures: ['submit'] });
    expect(shown.steps.map(({ step, outcome, lap }) => [step, outcome, lap])).toEqual([
      ['submit', 'passed', 1],
      ['village-review', 'passed', 1],
      ['township-check', 'returned', 1],
      ['submit', 'passed', 2],
    ]);
    expect(shown.steps[2]).toMatchObject({ reason, returnedTo: 'submit' });
    await refused(story, 'applications.out-of-order', () =>
      story.do(by.enterer, amendApplication, { ...input, version: done.version }),
    );
  });

  test('When it is amended, then the whole chain is walked again, each by who walked it or anew', async () => {
    const { applicationId, by, household, sent } = await returned();
    const input = { applicationId, version: sent.version, ...better(household) };
    let { version } = await story.do(by.enterer, amendApplication, input);
    const early = () => story.do(by.township, checkTownship, passing(applicationId, version));
    await refused(story, 'applications.out-of-order', early);
    const vote = villageReview(applicationId, version);
    ({ version } = await story.do(by.village, recordVillageReview, vote));
    ({ version } = await story.do(by.township, checkTownship, passing(applicationId, version)));
    const done = await story.do(by.county, recheckCounty, passing(applicationId, version));
    expect(done).toMatchObject({ state: 'county-checked', signatures: 4 });
    const signers = await signersOf(story.platform.db.reader(), applicationId);
    expect(signers).toEqual([by.enterer.id, by.village.id, by.township.id, by.county.id]);
    const rows = await story.platform.db.reader().rows<{ digest: string; lap: number }>(
      `SELECT content_digest AS digest, lap AS lap FROM application_step
        WHERE application_id = :applicationId ORDER BY position`,
      { applicationId },
    );
    expect(new Set(rows.filter(({ lap }) => lap === 1).map(({ digest }) => digest)).size).toBe(1);
    expect(new Set(rows.filter(({ lap }) => lap === 2).map(({ digest }) => digest)).size).toBe(1);
    expect(new Set(rows.map(({ digest }) => digest)).size).toBe(2);
  });

  test('When the county returns it to the step before, then the township alone checks again', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'township');
    const sent = await story.do(
      by.county,
      recheckCounty,
      back(applicationId, version, 'step-before'),
    );
    expect(sent).toMatchObject({
      ...{ state: 'village-reviewed', noticeId: null, signatures: 2 },
      next: '现应办理：乡镇审核',
    });
    const other = story.actor({
      permissions: ['applications.township-check'],
      region: by.township.region,
    });
    const checked = await story.do(other, checkTownship, passing(applicationId, sent.version));
    const input = passing(applicationId, checked.version);
    const both = story.actor({
      id: by.township.id,
      permissions: ['applications.county-recheck'],
    });
    await refused(story, 'applications.same-actor', () => story.do(both, recheckCounty, input));
    expect(await story.do(by.county, recheckCounty, input)).toMatchObject({
      state: 'county-checked',
      signatures: 4,
    });
  });

  test('When a return has no reason or no goal, or comes too late, then it is refused', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'village');
    const input = back(applicationId, version, 'applicant');
    const attempt = (changes: object) => () =>
      story.do(by.township, checkTownship, { ...input, ...changes });
    await refused(story, 'applications.reason-missing', attempt({ reason: undefined }));
    await refused(story, 'applications.return-nowhere', attempt({ returnTo: undefined }));
    await attempt({})();
    await refused(story, 'platform.stale', attempt({}));
  });

  test('When who reviewed it, another village or another member amends it, then it is refused', async () => {
    const { applicationId, by, household, sent } = await returned();
    const input = { applicationId, version: sent.version, ...better(household) };
    const permissions = ['applications.submit'];
    const reviewer = story.actor({ id: by.village.id, permissions, region: by.village.region });
    await refused(story, 'applications.same-actor', () =>
      story.do(reviewer, amendApplication, input),
    );
    const elsewhere = story.actor({ permissions, region: OTHER_VILLAGE });
    await refused(story, 'platform.absent', () => story.do(elsewhere, amendApplication, input));
    await refused(story, 'platform.not-permitted', () =>
      story.do(by.township, amendApplication, input),
    );
    await refused(story, 'applications.witness-unfit', () =>
      story.do(by.enterer, amendApplication, { ...input, witnessName: by.enterer.name }),
    );
    await refused(story, 'applications.not-eligible', () =>
      story.do(by.enterer, amendApplication, { ...input, amount: '50000.01' }),
    );
  });
});
