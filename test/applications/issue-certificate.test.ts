/** The certificate: after the notice, by a county approver who took no other step, numbered without gaps. */
import { issueCertificate, oneApplication } from '../../src/applications';
import { isAppendOnlyViolation } from '../../src/platform/db/database';
import { refusedByDatabase } from '../households/register';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { broughtTo, openStory, postEverywhere, refused, type Story } from './story';

describeEachDatabase('Issuing a certificate', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  test('When the notice is over, then it is issued with the next number of county and year', async () => {
    const first = await broughtTo(story, 'posted');
    const { applicationId, version, by } = first;
    const done = await story.do(by.approver, issueCertificate, { applicationId, version });
    expect(done).toMatchObject({
      state: 'certified',
      certificateNumber: 'DKZ450328-2018-00001',
      next: '现应办理：银行审定',
      signatures: 5,
    });
    story.clock.set('2018-03-01');
    const second = await broughtTo(story, 'posted');
    const next = await story.do(second.by.approver, issueCertificate, {
      applicationId: second.applicationId,
      version: second.version,
    });
    expect(next.certificateNumber).toBe('DKZ450328-2018-00002');
    const shown = await story.ask(by.approver, oneApplication, { applicationId });
    expect(shown.certificateNumber).toBe('DKZ450328-2018-00001');
  });

  test('When the notice hangs nowhere, or its last day is today, then it is refused', async () => {
    const { applicationId, version, by, noticeId } = await broughtTo(story, 'county');
    const input = { applicationId, version };
    const attempt = () => story.do(by.approver, issueCertificate, input);
    await refused(story, 'notices.not-posted-everywhere', attempt);
    await postEverywhere(story, noticeId);
    await refused(story, 'notices.still-running', attempt);
    story.clock.set('2018-03-06T23:59:59+08:00');
    await refused(story, 'notices.still-running', attempt);
    story.clock.set('2018-03-07T00:00:00+08:00');
    expect((await attempt()).state).toBe('certified');
  });

  test('When the days are over and a board has no photo, then it is refused', async () => {
    const { applicationId, version, by, noticeId } = await broughtTo(story, 'county');
    await postEverywhere(story, noticeId, { bare: true });
    story.clock.set('2018-03-13');
    await refused(story, 'notices.photo-missing', () =>
      story.do(by.approver, issueCertificate, { applicationId, version }),
    );
  });

  test('When the re-checker issues it, then it is refused, by rule and by the database', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'posted');
    const permissions = ['applications.issue-certificate', 'applications.county-recheck'];
    const same = story.actor({ id: by.county.id, permissions });
    await refused(story, 'applications.same-actor', () =>
      story.do(same, issueCertificate, { applicationId, version }),
    );
    const second = story.system((work) =>
      work.tx.exec(
        `INSERT INTO application_signer (application_id, actor_id, step)
         VALUES (:applicationId, :actor, 'certificate')`,
        { applicationId, actor: by.county.id },
      ),
    );
    expect(await refusedByDatabase(second)).toBe('unique');
    const unsigned = story.system((work) =>
      work.tx.exec(
        `INSERT INTO application_step (application_id, step, position, lap, actor_id, actor_name, outcome,
            done_on, done_at, seen_version, content_digest, findings)
         VALUES (:applicationId, 'certificate', 5, 1, :actor, 'x', 'passed', '2018-03-13', 1, 4, :digest, '[]')`,
        { applicationId, actor: by.county.id, digest: '0'.repeat(64) },
      ),
    );
    await expect(unsigned).rejects.toThrow(/foreign key/i);
    const change = story.system((work) =>
      work.tx.exec(`UPDATE application_step SET outcome = 'refused' WHERE application_id = :id`, {
        id: applicationId,
      }),
    );
    expect(isAppendOnlyViolation(await change.catch((error) => error))).toBe(true);
  });

  test('When the wrong person, place, order or version comes, then it is refused', async () => {
    const { applicationId, version, by } = await broughtTo(story, 'posted');
    const input = { applicationId, version };
    const permissions = ['applications.issue-certificate'];
    await refused(story, 'platform.not-permitted', () =>
      story.do(by.county, issueCertificate, input),
    );
    const foreign = story.actor({ permissions, region: PLACES.otherCounty });
    await refused(story, 'platform.absent', () => story.do(foreign, issueCertificate, input));
    const below = story.actor({ permissions, region: '450328100000' });
    await refused(story, 'applications.wrong-level', () =>
      story.do(below, issueCertificate, input),
    );
    await refused(story, 'platform.stale', () =>
      story.do(by.approver, issueCertificate, { ...input, version: version - 1 }),
    );
    story.clock.set('2018-03-01');
    const early = await broughtTo(story, 'township');
    const unready = { applicationId: early.applicationId, version: early.version };
    await refused(story, 'applications.out-of-order', () =>
      story.do(by.approver, issueCertificate, unready),
    );
  });

  test('When ten approvers issue it at the same moment, then one certificate exists', async () => {
    const { applicationId, version } = await broughtTo(story, 'posted');
    const attempts = Array.from({ length: 10 }, () => {
      const approver = story.actor({ permissions: ['applications.issue-certificate'] });
      return story.do(approver, issueCertificate, { applicationId, version });
    });
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const rows = await story.platform.db
      .reader()
      .rows('SELECT number FROM certificate WHERE application_id = :applicationId', {
        applicationId,
      });
    expect(rows).toHaveLength(1);
  });
});
