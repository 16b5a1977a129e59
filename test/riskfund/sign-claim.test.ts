/** Signing: three seats, any order, each once, each by another person, never the claimant, under what was seen. */
import type { Actor } from '../../src/platform/authority';
import {
  DatabaseBusy,
  isAppendOnlyViolation,
  isCheckViolation,
  isForeignKeyViolation,
  isUniqueViolation,
} from '../../src/platform/db/errors';
import { insertRow } from '../../src/platform/db/store';
import { Problem } from '../../src/platform/problems';
import { claimsOf } from '../../src/riskfund';
import { FundSignature } from '../../src/riskfund/fund.entity';
import { SEATS, type Seat } from '../../src/riskfund/terms';
import { officer } from '../subsidies/lending';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  banker,
  CLAIM_DAY,
  claimed,
  expectLawful,
  fill,
  openFund,
  refusedUnchanged,
  signer,
  signs,
  TABLES,
} from './distress';

type Claim = Awaited<ReturnType<typeof claimed>>['claim'];

describeEachDatabase('Signing a claim', (open) => {
  let county: County;

  beforeAll(async () => {
    county = await openFund(open);
    await fill(county);
  }, 60_000);

  const refused = (claim: Claim, seat: Seat, by?: Actor) =>
    refusedUnchanged(county, () => signs(county, claim, seat, by), TABLES);

  test.each([[SEATS], [[...SEATS].reverse()], [[SEATS[1], SEATS[0], SEATS[2]]]])(
    'in the order %s the third makes it signed',
    async (order) => {
      const { claim } = await claimed(county);
      const states = [];
      for (const seat of order) {
        const told = await signs(county, claim, seat as Seat);
        states.push([told.state, told.missingSeats.length]);
      }
      expect(states).toEqual([
        ['submitted', 2],
        ['submitted', 1],
        ['signed', 0],
      ]);
      await expectLawful(county);
    },
  );

  test('each seat once and each person once', async () => {
    const { claim } = await claimed(county);
    const one = signer(county, 'poverty-office');
    await signs(county, claim, 'poverty-office', one);
    expect(await refused(claim, 'poverty-office')).toBe('riskfund.seat-taken');
    expect(await refused(claim, 'poverty-office', one)).toBe('riskfund.signed-already');
    const moved = { ...signer(county, 'finance-bureau'), id: one.id };
    expect(await refused(claim, 'finance-bureau', moved)).toBe('riskfund.signed-already');
  });

  test('never the claimant, no other body, nobody without the permission, nobody elsewhere', async () => {
    const { claim, by } = await claimed(county);
    const turned = { ...signer(county, 'finance-bureau'), id: by.id };
    expect(await refused(claim, 'finance-bureau', turned)).toBe('riskfund.claimant-signs');
    const inspector = officer(county, 'inspection', 'riskfund.sign');
    expect(await refused(claim, 'poverty-office', inspector)).toBe('riskfund.no-seat');
    const lender = banker(county, ['riskfund.sign']);
    expect(await refused(claim, 'poverty-office', lender)).toBe('riskfund.no-seat');
    const reader = officer(county, 'finance-bureau', 'riskfund.read');
    expect(await refused(claim, 'finance-bureau', reader)).toBe('platform.not-permitted');
    const stranger = county.actor({
      permissions: ['riskfund.sign'],
      region: '450226000000',
      org: { id: 'org-finance', kind: 'finance-bureau' },
    });
    expect(await refused(claim, 'finance-bureau', stranger)).toBe('platform.absent');
  });

  test('only under the content that stands', async () => {
    const { claim } = await claimed(county);
    const other = { ...claim, contentDigest: '0'.repeat(64) };
    expect(await refused(other, 'finance-bureau')).toBe('riskfund.content-changed');
    const none = { ...claim, id: '01J00000000000000000000000' };
    expect(await refused(none, 'finance-bureau')).toBe('riskfund.claim-absent');
  });

  test('is over once all have signed', async () => {
    const { claim } = await claimed(county);
    for (const seat of SEATS) await signs(county, claim, seat);
    expect(await refused(claim, 'poverty-office')).toBe('riskfund.not-open');
  });

  test('50 signatures at the same moment: exactly one of each seat', async () => {
    const { claim, loan } = await claimed(county);
    const people = Array.from({ length: 50 }, (_, n) => SEATS[n % SEATS.length]!);
    const done = await Promise.allSettled(people.map((seat) => signs(county, claim, seat)));
    const signed = done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(signed).toHaveLength(3);
    expect(signed.filter(({ state }) => state === 'signed')).toHaveLength(1);
    const refusals = done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    // Fifty at once on one row may be more than a loaded machine lets through in time: busy, never half done.
    const told = refusals.filter((reason) => !(reason instanceof DatabaseBusy));
    const codes = told.map((reason) => (reason instanceof Problem ? reason.code : String(reason)));
    const lawful = ['riskfund.seat-taken', 'riskfund.not-open'];
    expect(codes.filter((code) => !lawful.includes(code))).toEqual([]);
    const [face] = await claimsOf(county.platform.db.reader(), loan.id);
    expect(face?.state).toBe('signed');
    expect(face?.signatures.map(({ seat }) => seat).sort()).toEqual([...SEATS].sort());
    await expectLawful(county);
  }, 120_000);

  test('the database itself refuses a second seat, a second hand, the claimant and another content', async () => {
    const { claim, by } = await claimed(county);
    await signs(county, claim, 'poverty-office');
    const [first] = await county.platform.db
      .reader()
      .rows<{ actor_id: string }>('SELECT actor_id FROM fund_signature WHERE claim_id = :id', {
        id: claim.id,
      });
    const good: FundSignature = {
      ...{ claimId: claim.id, seat: 'finance-bureau', actorId: 'x', actorName: '甲' },
      ...{ claimedBy: by.id, contentDigest: claim.contentDigest },
      ...{ signedOn: CLAIM_DAY as FundSignature['signedOn'] },
      signedAt: county.clock.now(),
    };
    const attempt = (changes: object) =>
      county
        .system((work) => insertRow(work.tx, FundSignature, { ...good, ...changes }))
        .catch((error: unknown) => error);
    expect(isUniqueViolation(await attempt({ seat: 'poverty-office' }))).toBe(true);
    expect(isUniqueViolation(await attempt({ actorId: first!.actor_id }))).toBe(true);
    expect(isCheckViolation(await attempt({ actorId: by.id }))).toBe(true);
    expect(isCheckViolation(await attempt({ seat: 'bank' }))).toBe(true);
    expect(isForeignKeyViolation(await attempt({ contentDigest: '0'.repeat(64) }))).toBe(true);
    expect(isForeignKeyViolation(await attempt({ claimedBy: 'y' }))).toBe(true);
    const changed = await county
      .system((work) => work.tx.exec("UPDATE fund_signature SET actor_id = 'z'"))
      .catch((error: unknown) => error);
    expect(isAppendOnlyViolation(changed)).toBe(true);
  });
});
