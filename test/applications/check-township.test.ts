/** The township's check. */
import { checkTownship, listApplications, oneApplication } from '../../src/applications';
import { changeStatus, householdFor } from '../../src/households';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { broughtTo, openStory, passing, refused, type Story, submitted, TOWNSHIP } from './story';

describeEachDatabase('Checking at the township', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  test('When borrower, use and amount are checked, then the county is next', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'village');
    const done = await story.do(by.township, checkTownship, passing(applicationId, version));
    expect(done).toMatchObject({ state: 'township-checked', signatures: 3 });
    const list = await story.ask(by.county, listApplications, { state: 'township-checked' });
    expect(list.items[0]).toMatchObject({ id: applicationId, next: '现应办理：县级复查' });
  });

  test('When it is refused with a reason, then it ends there', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'village');
    const refusal = { applicationId, version, outcome: 'refuse' };
    await refused(story, 'applications.reason-missing', () =>
      story.do(by.township, checkTownship, refusal),
    );
    const reason = '用途不实';
    const done = await story.do(by.township, checkTownship, { ...refusal, reason });
    expect(done.state).toBe('refused');
    await refused(story, 'applications.closed', () =>
      story.do(
        story.actor({ permissions: ['applications.township-check'], region: TOWNSHIP }),
        checkTownship,
        passing(applicationId, done.version),
      ),
    );
  });

  test('When something was not checked, then it does not pass', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'village');
    await refused(story, 'applications.checks-missing', () =>
      story.do(by.township, checkTownship, {
        ...passing(applicationId, version),
        checked: ['BORROWER', 'USE'],
      }),
    );
  });

  test('When the household left the list meanwhile, then it does not pass; a refusal keeps why', async () => {
    const { applicationId, version, by, household } = await broughtTo(story, 'village');
    const office = story.actor({ permissions: ['households.change-status'] });
    story.clock.set('2018-03-02');
    const seen = await householdFor(story.platform.db.reader(), household.householdId);
    await story.do(office, changeStatus, {
      householdId: household.householdId,
      status: 'REMOVED',
      fromOn: '2018-03-02',
      source: '龙扶发〔2018〕3号',
      version: seen.version,
    });
    await refused(story, 'applications.not-eligible', () =>
      story.do(by.township, checkTownship, passing(applicationId, version)),
    );
    const shown = await story.ask(by.township, oneApplication, { applicationId });
    const kind = shown.eligibility.find(({ code }) => code === 'HOUSEHOLD_KIND');
    expect(kind).toMatchObject({ outcome: 'fail', asOf: '2018-03-02' });
    await story.do(by.township, checkTownship, {
      applicationId,
      version,
      outcome: 'refuse',
      reason: '该户已移出名单',
    });
  });

  test('When the step is not due, or was done, then it is refused', async () => {
    const early = await submitted(story);
    await refused(story, 'applications.out-of-order', () =>
      story.do(early.by.township, checkTownship, passing(early.applicationId, early.version)),
    );
    const late = await broughtTo(story, 'township');
    const colleague = story.actor({
      permissions: ['applications.township-check'],
      region: TOWNSHIP,
    });
    await refused(story, 'applications.out-of-order', () =>
      story.do(colleague, checkTownship, passing(late.applicationId, late.version)),
    );
    await refused(story, 'platform.stale', () =>
      story.do(colleague, checkTownship, passing(late.applicationId, late.version - 1)),
    );
  });

  test('When the wrong person tries, then it is refused', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'village');
    const input = passing(applicationId, version);
    const permissions = ['applications.township-check'];
    await refused(story, 'platform.not-permitted', () => story.do(by.county, checkTownship, input));
    const elsewhere = story.actor({ permissions, region: '450328103000' });
    await refused(story, 'platform.absent', () => story.do(elsewhere, checkTownship, input));
    const above = story.actor({ permissions, region: PLACES.county });
    await refused(story, 'applications.wrong-level', () => story.do(above, checkTownship, input));
    const again = story.actor({ id: by.village.id, permissions, region: TOWNSHIP });
    await refused(story, 'applications.same-actor', () => story.do(again, checkTownship, input));
  });
});
