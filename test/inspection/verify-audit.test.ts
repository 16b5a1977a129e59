/** The inspector's proof and the trail: what belongs to a story, who may read it, and what the look itself leaves. */
import { verifyAuditAct } from '../../src/inspection';
import { storyScope } from '../../src/inspection/trail';
import { dailyHeads, findEntries, storyOf } from '../../src/inspection/trail.queries';
import { verifyAuditStep } from '../../src/inspection/verify-audit.job';
import { sealWaiting } from '../../src/platform/audit/sealer';
import { businessDate } from '../../src/platform/dates';
import { type County, openCounty, PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { addToCounter, makeCounter } from '../support/toys';
import { withoutTriggers } from '../support/triggers';

describeEachDatabase('inspection.verify-audit', (open) => {
  let county: County;
  const inspector = (region: string = PLACES.county) =>
    county.actor({ permissions: ['inspection.read', 'inspection.verify'], region });

  beforeAll(async () => {
    county = await openCounty(open);
    const maker = county.actor({ permissions: ['toys.make', 'toys.add'], name: '建者' });
    const adder = county.actor({ permissions: ['toys.add'], name: '加者' });
    await county.do(maker, makeCounter, { name: 'one', region: '450328100001' });
    county.clock.stepMs(1000);
    await county.do(adder, addToCounter, { name: 'one', amount: '1' });
    await county.refusal(county.do(maker, addToCounter, { name: 'one', amount: '1' }));
    await sealWaiting(county.platform, 'tester');
  });
  afterAll(() => county.close());

  test('when the record is whole, then it says so, gives the head, and the look is itself recorded', async () => {
    const found = await county.do(inspector(), verifyAuditAct, {});
    expect(found).toMatchObject({ ok: true, fault: null, seals: 1, entries: 3 });
    const again = await county.do(inspector(), verifyAuditAct, { lastHead: found.head });
    expect(again).toMatchObject({ ok: true, waiting: 1 });
  });

  test('when the head kept before no longer stands, then it is a fault', async () => {
    const lastHead = { n: 1, hash: 'f'.repeat(64) };
    const found = await county.do(inspector(), verifyAuditAct, { lastHead });
    expect(found).toMatchObject({ ok: false, fault: { seal: 1 } });
  });

  test('when entries have waited for more than a minute, then it is a fault; fresh ones are none', async () => {
    county.clock.stepMs(61_000);
    expect((await county.do(inspector(), verifyAuditAct, {})).fault?.what).toMatch(/仍未封存/);
    await sealWaiting(county.platform, 'tester');
    expect((await county.do(inspector(), verifyAuditAct, {})).ok).toBe(true);
  });

  test('when somebody without the post asks, then it is refused and nothing but the refusal is kept', async () => {
    const clerk = county.actor({ permissions: ['inspection.read'] });
    const before = await county.snapshot('audit_seal', 'idempotency');
    expect(await county.refusal(county.do(clerk, verifyAuditAct, {}))).toBe(
      'platform.not-permitted',
    );
    expect(await county.snapshot('audit_seal', 'idempotency')).toBe(before);
  });

  test('a story tells in order who did what, and belongs to its county', async () => {
    const { lines } = await county.ask(inspector(), storyOf, { kind: 'counter', id: 'one' });
    expect(lines.map((line) => [line.actorName, line.act, line.outcome])).toEqual([
      ['建者', 'toys.make', 'done'],
      ['加者', 'toys.add', 'done'],
    ]);
    const stranger = inspector(PLACES.otherCounty);
    const attempt = county.ask(stranger, storyOf, { kind: 'counter', id: 'one' });
    expect(await county.refusal(attempt)).toBe('inspection.nothing-known');
  });

  test('entries are found by act, outcome and day', async () => {
    const refused = await county.ask(inspector(), findEntries, {
      outcome: 'refused',
      act: 'toys.add',
    });
    expect(refused.items).toHaveLength(1);
    const day = await county.ask(inspector(), findEntries, { from: '2018-03-02' });
    expect(day.items).toEqual([]);
  });

  test('the night keeps the day’s head and stops when what was sealed since the last head is wrong', async () => {
    const night = (date: string) =>
      county.system((work) => {
        if (verifyAuditStep.kind !== 'once') throw new Error('a proof is one transaction');
        return verifyAuditStep.run(work, businessDate(date));
      });
    await night('2018-03-01');
    const { items } = await county.ask(inspector(), dailyHeads);
    expect(items.map((head) => head.day)).toEqual(['2018-03-01']);
    county.clock.stepMs(61_000);
    await sealWaiting(county.platform, 'tester');
    await withoutTriggers(county.platform.db, [
      `UPDATE audit_entry SET actor_name = '他人' WHERE act = 'inspection.verify-audit'`,
    ]);
    await expect(night('2018-03-02')).rejects.toThrow(/审计链有误/);
  });
});

const household = { kind: 'household', id: 'H' };
const application = { kind: 'application', id: 'A' };
const loan = { kind: 'loan', id: 'L' };

test('a loan’s story reaches one step up: its application, and the household’s own affairs', () => {
  expect(storyScope(loan, [loan, application, household])).toEqual({
    whole: [loan, application],
    households: ['H'],
  });
});

test('a household’s story is its own entries, without a step up', () => {
  expect(storyScope(household, [loan])).toEqual({ whole: [household], households: [] });
});
