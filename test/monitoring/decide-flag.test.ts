/** A failed check from end to end: flag, frozen line, held subsidy; then a second person of the county decides. */
import { unfreezeLine } from '../../src/credit/unfreeze-line';
import { settleInterest } from '../../src/loans';
import { decideFlag, useDiverted } from '../../src/monitoring';
import { listFlags } from '../../src/monitoring/flags.queries';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { businessDate, settlementPeriod } from '../../src/platform/dates';
import type { EventType } from '../../src/platform/events';
import { proposeQuarter } from '../../src/subsidies';
import { explainLoan } from '../../src/subsidies/claim.queries';
import { aLine, lastPeriod } from '../credit/lines';
import { refusedByDatabase } from '../households/register';
import type { Book, Lent } from '../loans/book';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { carers, checked, from2019, lent, OTHER_VILLAGE, onDay, openCare, refused } from './care';

type Payload<E> = E extends EventType<infer T> ? T : never;

/** The first day of the quarter in which these loans live. */
const START = '2018-06-21';

describeEachDatabase('A failed check of use', (open) => {
  let book: Book;
  const told: Payload<typeof useDiverted>[] = [];
  beforeAll(async () => {
    book = await openCare(open, START);
    book.platform.events.on(useDiverted, async (_work, payload) => {
      told.push(payload);
    });
  });
  beforeEach(() => onDay(book, START));

  /** A loan of a household with a line, whose use was found diverted on 2018-07-20. */
  async function failed(use = 'diverted') {
    const loan = await lent(book);
    const { householdId } = await aLine(book, {
      householdId: loan.householdId,
      bankId: book.bankId,
    });
    onDay(book, '2018-07-20');
    const { lender } = carers(book);
    const check = await checked(book, lender, { loanId: loan.loanId, on: '2018-07-20', use });
    return { ...loan, householdId, lender, check, flagId: check.flag!.flagId };
  }

  const decide = (flagId: string, outcome = 'confirmed', by = carers(book).approver) =>
    book.do(by, decideFlag, { flagId, outcome, reason: '县扶贫办入户核查' });
  const unfreeze = (householdId: string) => {
    const permissions = ['credit.unfreeze-line', 'credit.read'];
    const org = { id: book.bankId, kind: 'bank' as const };
    return book.do(book.actor({ permissions, org }), unfreezeLine, {
      ...{ householdId, reason: '核查无误' },
    });
  };
  const holds = (loanId: string) =>
    book.platform.db.reader().rows(
      `SELECT from_on AS fromOn, state, lost_from_on AS lostFromOn
         FROM subsidy_hold WHERE loan_id = '${loanId}'`,
    );

  /** Settles the interest of a quarter and proposes it; what its claim for the loan leaves out. */
  async function claimed({ loanId }: Pick<Lent, 'loanId'>, periodCode = '2018Q3') {
    const { to, untilExclusive } = settlementPeriod(periodCode);
    const loans = await book.platform.db
      .reader()
      .rows<{ id: string }>(
        `SELECT id FROM loan WHERE state = 'running' AND booked_until < '${untilExclusive}'`,
      );
    for (const { id } of loans) {
      await book.do(SYSTEM_ACTOR, settleInterest, { loanId: id, on: to }, { today: to });
    }
    onDay(book, untilExclusive);
    const permissions = ['subsidies.propose', 'subsidies.read'];
    const proposer = book.actor({ permissions });
    await book.do(proposer, proposeQuarter, { county: PLACES.county, periodCode });
    const { items } = await book.ask(proposer, explainLoan, { loanId, periodCode });
    return (items[0] as { parts: { days: number; reason: string | null }[] }).parts.map(
      ({ days, reason }) => [days, reason],
    );
  }

  test('raises one flag, freezes the line and holds the subsidy in the same transaction', async () => {
    const { loanId, householdId, check, flagId, lender } = await failed();
    expect(check.flag).toEqual({
      ...{ flagId, kind: 'USE_DIVERTED', state: 'open', lineState: 'frozen' },
    });
    expect(await lastPeriod(book, householdId)).toMatchObject({ state: 'frozen', cause: 'FREEZE' });
    const held = { fromOn: '2018-07-20', state: 'held', lostFromOn: null };
    expect(await holds(loanId)).toEqual([held]);
    const { approver, rival, village } = carers(book);
    const listed = async (by: Book['officer']) => {
      const { items } = await book.ask(by, listFlags, { size: 200 });
      return items.filter((item) => item.flagId === flagId);
    };
    expect(await listed(approver)).toMatchObject([
      { loanId, state: 'open', openDays: 0, checkId: check.checkId, raisedBy: lender.id },
    ]);
    expect(await listed(village)).toHaveLength(1);
    expect(await listed(rival)).toEqual([]);
    onDay(book, '2018-08-01');
    const second = await checked(book, village, { loanId, on: '2018-08-01', use: 'lent-on' });
    expect(second.flag).toMatchObject({ flagId, kind: 'USE_DIVERTED', state: 'open' });
    expect(await holds(loanId)).toEqual([held]);
    expect(await listed(approver)).toMatchObject([{ openDays: 12 }]);
  });

  test('is followed by no thaw while it is open, and by the bank’s own afterwards', async () => {
    const { flagId, householdId } = await failed('lent-on');
    await refused(book, 'monitoring.flag-open', () => unfreeze(householdId));
    const decision = await decide(flagId, 'dismissed');
    expect(decision).toMatchObject({
      ...{ state: 'dismissed', subsidyLostFrom: null, quartersHeld: [], lineState: 'frozen' },
      next: expect.stringContaining('解冻'),
    });
    expect(await unfreeze(householdId)).toMatchObject({ state: 'in-force' });
  });

  test('dismissed: the subsidy is as if nothing had been, and a new check may raise a new flag', async () => {
    const { flagId, loanId } = await failed();
    const before = told.length;
    await decide(flagId, 'dismissed');
    expect(await holds(loanId)).toEqual([
      { fromOn: '2018-07-20', state: 'released', lostFromOn: null },
    ]);
    expect(told).toHaveLength(before);
    onDay(book, '2018-08-01');
    const again = await checked(book, carers(book).village, {
      ...{ loanId, on: '2018-08-01', use: 'diverted' },
    });
    expect(again.flag!.flagId).not.toBe(flagId);
    expect(await holds(loanId)).toHaveLength(2);
  });

  test('confirmed: the subsidy is lost from the day of the decision, and others are told', async () => {
    const { flagId, loanId, householdId } = await failed();
    onDay(book, '2018-08-10');
    const decision = await decide(flagId);
    expect(decision).toMatchObject({
      ...{ state: 'confirmed', decidedOn: '2018-08-10', subsidyLostFrom: '2018-08-10' },
      ...{ quartersHeld: [], lineState: 'frozen' },
    });
    expect(told.at(-1)).toEqual({
      ...{ flagId, kind: 'USE_DIVERTED', loanId, householdId },
      ...{ decidedOn: '2018-08-10', lostFrom: '2018-08-10' },
    });
    const lost = [{ fromOn: '2018-07-20', state: 'lost', lostFromOn: '2018-08-10' }];
    expect(await holds(loanId)).toEqual(lost);
    await refused(book, 'monitoring.flag-decided', () => decide(flagId, 'dismissed'));
    // It stays the flag of the loan: the same again raises no other and holds nothing anew.
    onDay(book, '2018-08-20');
    const more = await checked(book, carers(book).village, {
      ...{ loanId, on: '2018-08-20', use: 'diverted' },
    });
    expect(more.flag).toMatchObject({ flagId, state: 'confirmed' });
    expect(await holds(loanId)).toEqual(lost);
  });

  test('is decided by nobody who found it, and by the poverty office alone', async () => {
    const { flagId, loanId, lender } = await failed();
    const { approver, village, manager } = carers(book);
    await checked(book, village, { loanId, on: '2018-07-20', use: 'diverted' });
    const office = { id: 'office', kind: 'poverty-office' as const };
    const as = (id: string, org: object | null = office, region?: string) =>
      book.actor({
        ...{ id, permissions: ['monitoring.decide-flag'] },
        ...{ org: org as typeof office | null, ...(region ? { region } : {}) },
      });
    const attempt = (by: Book['officer']) => () => decide(flagId, 'confirmed', by);
    await refused(book, 'monitoring.own-flag', attempt(as(lender.id)));
    await refused(book, 'monitoring.own-flag', attempt(as(village.id)));
    await refused(book, 'monitoring.not-poverty-office', attempt(as('somebody', null)));
    await refused(book, 'platform.absent', attempt(as('far', office, OTHER_VILLAGE)));
    await refused(book, 'platform.not-permitted', attempt(manager));
    await refused(book, 'monitoring.flag-absent', () => decide(loanId));
    const bare = { flagId, outcome: 'confirmed' };
    await refused(book, 'platform.invalid-input', () => book.do(approver, decideFlag, bare));
    // The database says so too.
    const alone = (table: string, person: string, states: string) =>
      refusedByDatabase(
        book.system((work) =>
          work.tx.exec(`UPDATE ${table} SET ${states} WHERE loan_id = :loanId`, {
            ...{ loanId, person, today: work.today, now: work.now },
          }),
        ),
      );
    expect(
      await alone(
        'monitoring_flag',
        lender.id,
        "state = 'confirmed', decided_by = :person, decided_on = :today, decided_at = :now, reason = 'x'",
      ),
    ).toBe('check');
    expect(
      await alone(
        'subsidy_hold',
        lender.id,
        "state = 'released', ended_by = :person, ended_on = :today, ended_at = :now",
      ),
    ).toBe('check');
  });

  test('of a household without a line raises its flag all the same', async () => {
    const { loanId } = await lent(book);
    const { village } = carers(book);
    const check = await checked(book, village, {
      loanId,
      on: START,
      use: 'lent-on',
      time: '08:00',
    });
    expect(check.flag).toMatchObject({ kind: 'USE_LENT_ON', lineState: null });
    expect(await holds(loanId)).toHaveLength(1);
  });

  test('costs the days held and lost of the quarter; what was held for nothing is named', async () => {
    const confirmed = await failed();
    onDay(book, START);
    const open = await failed();
    onDay(book, '2018-08-10');
    await decide(confirmed.flagId);
    expect(await claimed(open)).toEqual([
      [29, null],
      [63, 'USE_CHECK_HELD'],
    ]);
    const proposer = book.actor({ permissions: ['subsidies.read'] });
    const ask = { loanId: confirmed.loanId, periodCode: '2018Q3' };
    const { items } = await book.ask(proposer, explainLoan, ask);
    const { parts } = items[0] as { parts: { days: number; reason: string | null }[] };
    expect(parts.map(({ days, reason }) => [days, reason])).toEqual([
      [50, null],
      [42, 'USE_DIVERTED'],
    ]);
    const decision = await decide(open.flagId, 'dismissed');
    expect(decision.quartersHeld).toEqual(['2018Q3']);
    expect(businessDate(decision.decidedOn)).toBe('2018-09-21');
  });

  test('costs the subsidy from the visit where the rules say so', async () => {
    await from2019(book, { subsidyLostFrom: 'VISIT' });
    onDay(book, '2019-01-02');
    const { loanId } = await lent(book);
    onDay(book, '2019-01-20');
    const { village, approver } = carers(book);
    const check = await checked(book, village, { loanId, on: '2019-01-15', use: 'diverted' });
    onDay(book, '2019-02-01');
    expect(await decide(check.flag!.flagId, 'confirmed', approver)).toMatchObject({
      ...{ decidedOn: '2019-02-01', subsidyLostFrom: '2019-01-15', quartersHeld: [] },
    });
    expect(await holds(loanId)).toMatchObject([{ state: 'lost', lostFromOn: '2019-01-15' }]);
  });
});
