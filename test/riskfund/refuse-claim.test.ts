/** Sending a claim back: by a seat, with a reason of the terms, before it is paid; the reserve is free again. */
import type { Actor } from '../../src/platform/authority';
import { claimCompensation, refuseClaim } from '../../src/riskfund';
import { SEATS, type Seat } from '../../src/riskfund/terms';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  banker,
  claimant,
  claimed,
  expectLawful,
  fill,
  openFund,
  paidClaim,
  refusedUnchanged,
  signedClaim,
  signer,
  signs,
  TABLES,
} from './distress';

describeEachDatabase('Refusing a claim', (open) => {
  let county: County;

  beforeAll(async () => {
    county = await openFund(open);
    await fill(county);
  }, 60_000);

  const refuse = (
    claim: { id: string },
    changes: object = {},
    by: Actor = signer(county, SEATS[1]),
  ) =>
    county.do(by, refuseClaim, {
      ...{ claimId: claim.id, reason: 'OFF_PURPOSE', note: '资金转借他人使用', ...changes },
    });
  const refused = (claim: { id: string }, changes?: object, by?: Actor) =>
    refusedUnchanged(county, () => refuse(claim, changes, by), TABLES);

  test('frees what was reserved, and the bank may claim anew', async () => {
    const { claim, loan } = await claimed(county);
    const before = await county.snapshot('fund');
    expect(await refuse(claim)).toMatchObject({
      ...{ state: 'refused', stateName: '已退回', refusedSeat: 'finance-bureau' },
      ...{ refusalCode: 'OFF_PURPOSE', refusalNote: '资金转借他人使用' },
    });
    expect(await county.snapshot('fund')).not.toBe(before);
    await expectLawful(county);
    expect(await refused(claim)).toBe('riskfund.not-refusable');
    const late = () => signs(county, claim, 'poverty-office');
    expect(await refusedUnchanged(county, late, TABLES)).toBe('riskfund.not-open');
    const again = await county.do(claimant(county), claimCompensation, { loanId: loan.id });
    expect(again.id).not.toBe(claim.id);
    await expectLawful(county);
  });

  test('is possible until it is paid, not after', async () => {
    const { claim } = await signedClaim(county);
    expect(await refuse(claim, { reason: 'OUTDATED', note: '已还一半' })).toMatchObject({
      state: 'refused',
    });
    await expectLawful(county);
    const paid = await paidClaim(county);
    expect(await refused(paid.claim)).toBe('riskfund.not-refusable');
  });

  test('is refused for other reasons, to other bodies, to the claimant', async () => {
    const { claim, by } = await claimed(county);
    expect(await refused(claim, { reason: 'NO_MOOD' })).toBe('riskfund.unknown-refusal');
    expect(await refused(claim, { note: ' ' })).toBe('platform.invalid-input');
    expect(await refused(claim, {}, banker(county, ['riskfund.sign']))).toBe('riskfund.no-seat');
    expect(await refused(claim, {}, claimant(county))).toBe('platform.not-permitted');
    const turned = { ...signer(county, 'poverty-office' as Seat), id: by.id };
    expect(await refused(claim, {}, turned)).toBe('riskfund.claimant-signs');
    const org = { id: 'org-finance', kind: 'finance-bureau' } as const;
    const permissions = ['riskfund.sign'];
    const stranger = county.actor({ permissions, region: '450226000000', org });
    expect(await refused(claim, {}, stranger)).toBe('platform.absent');
  });

  test('the last signature and a refusal at the same moment: one of them holds', async () => {
    const { claim } = await claimed(county);
    await signs(county, claim, 'poverty-office');
    await signs(county, claim, 'platform-company');
    const done = await Promise.allSettled([signs(county, claim, 'finance-bureau'), refuse(claim)]);
    // The signature may come first and the refusal after it, for a signed claim may still be sent back.
    expect(done.some(({ status }) => status === 'fulfilled')).toBe(true);
    await expectLawful(county);
  });
});
