/** Withdrawing, and how an upheld objection ends an application. */
import {
  issueCertificate,
  oneApplication,
  onObjectionUpheld,
  signersOf,
  submitApplication,
  withdrawApplication,
} from '../../src/applications';
import {
  checkObjection,
  decideObjection,
  objectionUpheld,
  oneNotice,
  publicNotice,
  raiseObjection,
  useSigners,
} from '../../src/notices';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  broughtTo,
  form,
  OTHER_VILLAGE,
  openStory,
  people,
  postEverywhere,
  refused,
  type Story,
  submitted,
  TOWNSHIP,
} from './story';

describeEachDatabase('Withdrawing an application', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
    story.platform.events.on(objectionUpheld, onObjectionUpheld);
    useSigners('application', signersOf);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  const withdrawal = (applicationId: string, version: number) => ({
    applicationId,
    version,
    reason: '家庭计划有变',
  });

  test('When it is withdrawn during the notice, then the page is gone and the household is free', async () => {
    const { applicationId, version, by, household, noticeId } = await broughtTo(story, 'county');
    await postEverywhere(story, noticeId);
    await story.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
    const input = withdrawal(applicationId, version);
    const done = await story.do(by.enterer, withdrawApplication, input);
    expect(done).toMatchObject({ state: 'withdrawn' });
    expect(await story.refusal(story.ask(PUBLIC_ACTOR, publicNotice, { noticeId }))).toBe(
      'notices.notice-absent',
    );
    const again = form(story, household);
    await story.do(people(story).enterer, submitApplication, again);
    await refused(story, 'applications.closed', () =>
      story.do(by.enterer, withdrawApplication, withdrawal(applicationId, done.version)),
    );
  });

  test('When one of two on a posted sheet is withdrawn, then the other comes to its certificate', async () => {
    const [one, two] = [await broughtTo(story, 'county'), await broughtTo(story, 'county')];
    const { noticeId } = two;
    expect(one.noticeId).toBe(noticeId);
    await postEverywhere(story, noticeId);
    const input = withdrawal(one.applicationId, one.version);
    await story.do(one.by.enterer, withdrawApplication, input);
    const page = await story.ask(PUBLIC_ACTOR, publicNotice, { noticeId });
    expect(page.items).toHaveLength(1);
    const shown = async ({ applicationId, by }: typeof one) =>
      (await story.ask(by.county, oneApplication, { applicationId })).notice;
    expect(await shown(one)).toMatchObject({ noticeId, state: 'stopped', over: false });
    expect(await shown(two)).toMatchObject({ noticeId, state: 'running' });
    story.clock.stepDays(12);
    const { applicationId, version } = two;
    await story.do(two.by.approver, issueCertificate, { applicationId, version });
  });

  test('When the wrong person, version or no reason comes, then it is refused', async () => {
    const { applicationId, version, by } = await submitted(story);
    const input = withdrawal(applicationId, version);
    await refused(story, 'platform.not-permitted', () =>
      story.do(by.township, withdrawApplication, input),
    );
    const elsewhere = story.actor({ permissions: ['applications.submit'], region: OTHER_VILLAGE });
    await refused(story, 'platform.absent', () => story.do(elsewhere, withdrawApplication, input));
    await refused(story, 'platform.stale', () =>
      story.do(by.enterer, withdrawApplication, { ...input, version: 9 }),
    );
    await refused(story, 'platform.invalid-input', () =>
      story.do(by.enterer, withdrawApplication, { ...input, reason: '' }),
    );
  });

  test('When an objection is upheld, then the application is refused with the finding', async () => {
    const { applicationId, by, noticeId } = await broughtTo(story, 'county');
    await postEverywhere(story, noticeId);
    await story.do(PUBLIC_ACTOR, raiseObjection, { noticeId, level: 'village', content: '已迁出' });
    const permissions = ['notices.decide-objection', 'notices.read'];
    const judge = story.actor({ permissions, region: PLACES.county });
    const { objections } = await story.ask(judge, oneNotice, { noticeId });
    const objectionId = objections[0]?.id;
    const check = { objectionId, outcome: 'founded', checkText: '入户核查，已迁出两年' };
    const checks = { permissions: ['notices.check-objection'], region: TOWNSHIP };
    const checkedBefore = story.actor({ ...checks, id: by.township.id });
    await refused(story, 'notices.own-act', () => story.do(checkedBefore, checkObjection, check));
    const own = story.actor({ id: by.county.id, permissions, region: PLACES.county });
    const decision = { objectionId, outcome: 'upheld', answerText: '经核实，该户已迁出本村' };
    await refused(story, 'notices.own-act', () => story.do(own, decideObjection, decision));
    await refused(story, 'notices.check-first', () => story.do(judge, decideObjection, decision));
    await story.do(story.actor(checks), checkObjection, check);
    await story.do(judge, decideObjection, decision);
    const shown = await story.ask(by.county, oneApplication, { applicationId });
    expect(shown).toMatchObject({
      state: 'refused',
      closeReason: '异议成立：经核实，该户已迁出本村',
      notice: { state: 'stopped', upheld: true },
    });
  });
});
