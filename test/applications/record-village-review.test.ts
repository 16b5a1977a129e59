/** The village's review: quorum, vote, minutes, and by another person than who entered the application. */
import { oneApplication, recordVillageReview } from '../../src/applications';
import { describeEachDatabase } from '../support/databases';
import {
  broughtTo,
  OTHER_VILLAGE,
  openStory,
  refused,
  type Story,
  submitted,
  TOWNSHIP,
  VILLAGE,
  villageReview,
} from './story';

describeEachDatabase('Recording a village review', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  test('When the vote carries, then the township is next and the minutes are kept', async () => {
    const { applicationId, version, by } = await submitted(story);
    const input = villageReview(applicationId, version);
    const done = await story.do(by.village, recordVillageReview, input);
    expect(done).toMatchObject({
      state: 'village-reviewed',
      next: '现应办理：乡镇审核',
      stepDueOn: '2018-03-02',
      signatures: 2,
      warnings: [],
      version: version + 1,
    });
    const shown = await story.ask(by.village, oneApplication, { applicationId });
    expect(shown.villageReview).toMatchObject({ votesFor: 5, aside: 1, carried: true });
    expect(shown.villageReview?.voters).toHaveLength(6);
    const audit = await story.snapshot('audit_entry');
    expect(audit).not.toContain('村民1');
    expect(audit).not.toContain('勤劳守信');
  });

  test('When the vote is lost, then the application ends with the reason, and the household is free', async () => {
    const { applicationId, version, by } = await submitted(story);
    const input = villageReview(applicationId, version);
    const lost = {
      ...input,
      voters: input.voters.map((voter, n) => ({ ...voter, vote: n < 3 ? 'against' : voter.vote })),
    };
    await refused(story, 'applications.reason-missing', () =>
      story.do(by.village, recordVillageReview, lost),
    );
    const reason = '多数村民认为该户无暇养殖';
    const done = await story.do(by.village, recordVillageReview, { ...lost, reason });
    expect(done).toMatchObject({ state: 'refused', next: '该申请不予办理' });
    const shown = await story.ask(by.village, oneApplication, { applicationId });
    expect(shown).toMatchObject({ closeReason: reason, closedOn: '2018-03-01' });
    expect(shown.villageReview?.carried).toBe(false);
  });

  test('When quorum, relatives or dates are wrong, then it is refused', async () => {
    const { applicationId, version, by } = await submitted(story);
    const input = villageReview(applicationId, version);
    const attempt = (changes: object) => () =>
      story.do(by.village, recordVillageReview, { ...input, ...changes });
    await refused(story, 'applications.quorum-missing', attempt({ voters: input.voters.slice(2) }));
    const relatives = input.voters.map((voter) => ({ ...voter, relative: true }));
    await refused(story, 'applications.relative-voted', attempt({ voters: relatives }));
    await refused(story, 'applications.review-date', attempt({ heldOn: '2018-02-28' }));
    await refused(story, 'applications.review-date', attempt({ heldOn: '2018-03-02' }));
    await refused(story, 'platform.invalid-input', attempt({ minutes: undefined }));
  });

  test('When the borrower or the head is among the voters, then it is refused', async () => {
    const { applicationId, version, by } = await submitted(story);
    const input = villageReview(applicationId, version);
    const { borrower } = await story.ask(by.village, oneApplication, { applicationId });
    const voters = [{ name: borrower, relative: false, vote: 'for' }, ...input.voters];
    await refused(story, 'applications.relative-voted', () =>
      story.do(by.village, recordVillageReview, { ...input, voters }),
    );
  });

  test('When the person who entered it records the review, then it is refused', async () => {
    const { applicationId, version, by } = await submitted(story);
    const same = story.actor({
      id: by.enterer.id,
      permissions: ['applications.village-review'],
      region: VILLAGE,
    });
    await refused(story, 'applications.same-actor', () =>
      story.do(same, recordVillageReview, villageReview(applicationId, version)),
    );
  });

  test('When permission, place or level is wrong, then it is refused', async () => {
    const { applicationId, version, by } = await submitted(story);
    const input = villageReview(applicationId, version);
    const permissions = ['applications.village-review'];
    await refused(story, 'platform.not-permitted', () =>
      story.do(by.township, recordVillageReview, input),
    );
    const elsewhere = story.actor({ permissions, region: OTHER_VILLAGE });
    await refused(story, 'platform.absent', () => story.do(elsewhere, recordVillageReview, input));
    const above = story.actor({ permissions, region: TOWNSHIP });
    await refused(story, 'applications.wrong-level', () =>
      story.do(above, recordVillageReview, input),
    );
  });

  test('When it is repeated, or an old version was seen, then it is refused', async () => {
    const { applicationId, version } = await broughtTo(story, 'village');
    const permissions = ['applications.village-review'];
    const colleague = story.actor({ permissions, region: VILLAGE });
    await refused(story, 'platform.stale', () =>
      story.do(colleague, recordVillageReview, villageReview(applicationId, version - 1)),
    );
    await refused(story, 'applications.out-of-order', () =>
      story.do(colleague, recordVillageReview, villageReview(applicationId, version)),
    );
  });
});
