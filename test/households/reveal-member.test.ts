/** 查看完整身份信息: the clear values come back, and who looked, at whom and why is kept. */
import { revealMember } from '../../src/households/reveal-member';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { aHousehold, idNumber, openRegister } from './register';

describeEachDatabase('Looking at unmasked personal data', (open) => {
  let county: County;
  let household: Awaited<ReturnType<typeof aHousehold>>;
  let secrets: string[];
  beforeAll(async () => {
    county = await openRegister(open);
  });
  beforeEach(async () => {
    household = await aHousehold(county);
    secrets = [idNumber(2 * household.n + 1), '13807731234', '6214831234567890'];
  });

  const looker = (region = '450328000000') =>
    county.actor({ permissions: ['households.reveal'], region, name: '县扶贫办李' });
  const entries = () =>
    county.platform.db.reader().rows<{ body: string; subject: string; who: string }>(
      `SELECT e.body AS body, e.subject_id AS subject, e.actor_name AS who FROM audit_entry e
        WHERE e.act = 'households.reveal-member' AND e.outcome = 'done'
          AND e.subject_id = :id`,
      { id: household.headId },
    );
  const look = (changes: object = {}) => ({
    memberId: household.headId,
    reason: '核对放款卡号',
    ...changes,
  });

  test('the values come back whole; the audit has the reason and not the values', async () => {
    const seen = await county.do(looker(), revealMember, look());
    expect(seen).toEqual({
      memberId: household.headId,
      name: `韦大明${household.n}`,
      idNumber: secrets[0],
      phone: '13807731234',
      account: '6214831234567890',
    });
    const [entry] = await entries();
    expect(entry).toMatchObject({ subject: household.headId, who: '县扶贫办李' });
    expect(entry?.body).toContain('核对放款卡号');
    const kept = await county.snapshot('audit_entry', 'idempotency');
    for (const secret of secrets) expect(kept).not.toContain(secret);
  });

  test('the story of the household shows that somebody looked', async () => {
    await county.do(looker(), revealMember, look());
    const found = await county.platform.db.reader().rows(
      `SELECT e.id FROM audit_entry e JOIN audit_subject s ON s.entry_id = e.id
        WHERE s.subject_kind = 'household' AND s.subject_id = :id
          AND e.act = 'households.reveal-member'`,
      { id: household.householdId },
    );
    expect(found).toHaveLength(1);
  });

  test('who has no phone or account shows none', async () => {
    const memberId = household.memberIds[1];
    const seen = await county.do(looker(), revealMember, look({ memberId }));
    expect(seen).toMatchObject({ phone: null, account: null });
  });

  test.each([
    ['without a reason', { reason: undefined }, 'platform.invalid-input'],
    ['with a reason of blanks', { reason: '     ' }, 'platform.invalid-input'],
    ['with too short a reason', { reason: '看' }, 'platform.invalid-input'],
    ['at nobody', { memberId: '0'.repeat(26) }, 'households.member-absent'],
  ])('looking %s is refused', async (_, changes, code) => {
    const refusal = county.refusal(county.do(looker(), revealMember, look(changes)));
    expect(await refusal).toBe(code);
    expect(await entries()).toHaveLength(0);
  });

  test('without permission, or from another county, nothing is shown', async () => {
    const reader = county.actor({ permissions: ['households.read'] });
    expect(await county.refusal(county.do(reader, revealMember, look()))).toBe(
      'platform.not-permitted',
    );
    const stranger = looker('450226000000');
    expect(await county.refusal(county.do(stranger, revealMember, look()))).toBe('platform.absent');
  });
});
