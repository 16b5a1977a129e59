/** The certificate's end: revoked by the county, run out, used; and what anybody sees of it. */
import {
  certifiedBy,
  listNotLent,
  oneApplication,
  revokeCertificate,
} from '../../src/applications';
import { certificatePaper, verificationPage } from '../../src/applications/certificate-page';
import { printedCertificate, verifyCertificate } from '../../src/applications/certificates.queries';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import type { BusinessDate } from '../../src/platform/dates';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { broughtTo, openStory, refused, type Story } from './story';

describeEachDatabase('Revoking a certificate', (open) => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(open);
  });
  beforeEach(() => story.clock.set('2018-03-01'));

  async function certified() {
    const underway = await broughtTo(story, 'certified');
    const { applicationId, by } = underway;
    const shown = await story.ask(by.approver, oneApplication, { applicationId });
    return { ...underway, certificateNumber: shown.certificateNumber as string };
  }

  const revoker = () => story.actor({ permissions: ['applications.revoke-certificate'] });

  const verified = async (number: string) => {
    const sql = story.platform.db.reader();
    const row = await sql.one<{ code: string }>(
      'SELECT code AS code FROM certificate WHERE number = :number',
      { number },
    );
    return story.ask(PUBLIC_ACTOR, verifyCertificate, { code: row?.code });
  };

  test('When the county revokes it, then the application ends, and everybody can see it', async () => {
    const { certificateNumber, applicationId, by } = await certified();
    expect((await verified(certificateNumber)).certificate).toMatchObject({ state: 'valid' });
    const input = { certificateNumber, reason: '查实家庭成员为财政供养人员' };
    const done = await story.do(revoker(), revokeCertificate, input);
    expect(done).toMatchObject({ state: 'refused', applicationId });
    expect((await verified(certificateNumber)).certificate).toMatchObject({ state: 'revoked' });
    const { requireValid } = await certifiedBy(story.platform.db.reader(), certificateNumber);
    expect(() => requireValid('2018-03-20' as BusinessDate)).toThrow('贷款证已撤销');
    await refused(story, 'applications.closed', () =>
      story.do(revoker(), revokeCertificate, input),
    );
    const { items } = await story.ask(by.approver, listNotLent, { why: 'REFUSED' });
    expect(items[0]).toMatchObject({ id: applicationId, why: 'REFUSED' });
    expect(items[0]?.reason).toContain('财政供养人员');
  });

  test('When permission, place or reason is wrong, then it is refused', async () => {
    const { certificateNumber, by } = await certified();
    const input = { certificateNumber, reason: '理由' };
    await refused(story, 'platform.not-permitted', () =>
      story.do(by.approver, revokeCertificate, input),
    );
    const permissions = ['applications.revoke-certificate'];
    const away = story.actor({ permissions, region: PLACES.otherCounty });
    await refused(story, 'platform.absent', () => story.do(away, revokeCertificate, input));
    await refused(story, 'platform.invalid-input', () =>
      story.do(revoker(), revokeCertificate, { ...input, reason: ' ' }),
    );
    await refused(story, 'applications.certificate-absent', () =>
      story.do(revoker(), revokeCertificate, { ...input, certificateNumber: 'DKZ-NONE' }),
    );
  });

  test('When its days have run out, then it is expired from the next day on', async () => {
    const { certificateNumber, applicationId, by } = await certified();
    const { expiresOn } = await story.ask(by.approver, printedCertificate, {
      number: certificateNumber,
    });
    expect(expiresOn).toBe('2018-06-11');
    story.clock.set('2018-06-11T23:59:59+08:00');
    expect((await verified(certificateNumber)).certificate).toMatchObject({ state: 'valid' });
    story.clock.set('2018-06-12T00:00:00+08:00');
    expect((await verified(certificateNumber)).certificate).toMatchObject({ state: 'expired' });
    const { items } = await story.ask(by.approver, listNotLent, { why: 'EXPIRED' });
    expect(items[0]).toMatchObject({
      id: applicationId,
      reason: '贷款证 2018-06-11 到期未用',
    });
  });

  test('When anybody reads the code, then the page shows what stands on the paper and no more', async () => {
    const { certificateNumber, by } = await certified();
    const answer = await verified(certificateNumber);
    expect(Object.keys(answer.certificate ?? {}).sort()).toEqual(
      ['amount', 'expiresOn', 'name', 'number', 'state', 'village'].sort(),
    );
    const page = verificationPage(answer).text;
    expect(page).toContain('贷款证有效');
    expect(page).toContain('韦*');
    expect(page).not.toMatch(/韦大明|\d{15}|138077/);
    const unknown = await story.ask(PUBLIC_ACTOR, verifyCertificate, { code: certificateNumber });
    expect(unknown).toEqual({ certificate: null });
    expect(verificationPage(unknown).text).toContain('查无此证');
    const paper = await story.ask(by.approver, printedCertificate, { number: certificateNumber });
    const at = { origin: 'https://xinfu.example.cn', newKey: () => 'key' };
    const printed = certificatePaper(paper as never, at).text;
    expect(printed).toContain('人民币（大写）伍万元整（¥50000.00）');
    expect(printed).toContain(certificateNumber);
    expect(printed).not.toContain('https://xinfu.example.cn/certificate/null');
  });
});
