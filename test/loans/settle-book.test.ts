/** The settlement of the whole book at once: what the act would have booked, with one entry for all. */
import { settleInterest, settleInterestStep } from '../../src/loans';
import { LoanInterest } from '../../src/loans/loan.entity';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { interestSql } from '../../src/loans/settle-book.store';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import { insertRow } from '../../src/platform/db/store';
import { seededRandom } from '../../src/platform/ids';
import { NightRunner } from '../../src/platform/jobs/runner';
import { fen, interestFen } from '../../src/platform/money';
import { ppm } from '../../src/platform/rate';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  type Book,
  banker,
  expectLawful,
  type Lent,
  lent,
  night,
  onDay,
  openBook,
  type Plan,
  repaid,
  rowOf,
} from './book';

describeEachDatabase('Settling the whole book', (open) => {
  let book: Book;
  beforeEach(async () => {
    book = await openBook(open);
  });
  afterEach(() => book.close());
  const settle = (date: string) => night(book, date, settleInterestStep);
  const rows = <T extends object>(sql: string, params = {}) =>
    book.platform.db.reader().rows<T>(sql, params);

  /** What a loan is, and what was booked, without names and moments. */
  const told = async (loan: Lent) => {
    const { id, number, applicationId, householdId, memberId, runningKey, signedAt, ...row } =
      await rowOf(book, loan);
    const parts = await rows(
      `SELECT period_code, kind, part_no, from_on, until_on, days, principal_fen, amount_fen,
              booked_on, standing_from_on, voided_by
         FROM loan_interest WHERE loan_id = :id ORDER BY kind, from_on, part_no`,
      { id },
    );
    const events = await rows(
      `SELECT kind, happened_on, amount_fen, interest_fen, penalty_fen, outstanding_after_fen,
              caused_by, revision, detail, entry_key IS NULL AS silent
         FROM loan_event WHERE loan_id = :id AND kind = 'settlement' ORDER BY happened_on`,
      { id },
    );
    const balances = await rows(
      `SELECT account, SUM(balance_fen) AS fen FROM ledger_balance WHERE sub = :id
        GROUP BY account HAVING SUM(balance_fen) <> 0 ORDER BY account`,
      { id },
    );
    return { ...row, parts, events, balances };
  };

  /** Twins of the same plan: the first settled by the act, the second by the night. */
  const KINDS: readonly [what: string, plan: Plan, repays: string | null][] = [
    ['a whole quarter', {}, null],
    ['a repayment in the quarter', {}, '10197.91'],
    ['maturity in the quarter', { termMonths: 1, rate: '4.35' }, null],
    ['a broken fen', { amount: '10613.00', rate: '4.35', termMonths: 12 }, null],
  ];

  test.each(KINDS)('books of %s what the act books', async (_, plan, repays) => {
    onDay(book, '2018-06-21');
    const twins = [await lent(book, plan), await lent(book, plan)] as const;
    if (repays !== null) {
      onDay(book, '2018-07-15');
      for (const twin of twins) await repaid(book, twin, repays);
    }
    for (const date of ['2018-09-20', '2018-12-20']) {
      onDay(book, date);
      const input = { loanId: twins[0].loanId, on: date };
      await book.do(SYSTEM_ACTOR, settleInterest, input, { today: businessDate(date) });
      const { steps } = await settle(date);
      expect(steps[0]).toMatchObject({ done: 1, note: null });
      const [one, other] = [await told(twins[0]), await told(twins[1])];
      expect(other).toEqual(one);
    }
    for (const twin of twins) await expectLawful(book, twin);
  });

  test('posts one entry for a bank with two lines for each loan, and tells the audit once', async () => {
    const loans = [await lent(book), await lent(book), await lent(book)];
    await settle('2018-06-20');
    const ids = loans.map(({ loanId }) => loanId).sort();
    const entries = await rows<{ id: string; entry_key: string }>(
      `SELECT id, entry_key, book, on_date, region_code, org_id, subject_kind, subject_id
         FROM ledger_entry WHERE event = 'loans.interest-booked'`,
    );
    expect(entries).toEqual([
      expect.objectContaining({
        ...{ book: `bank:${book.bankId}`, on_date: '2018-06-20', region_code: PLACES.county },
        ...{ org_id: book.bankId, subject_kind: 'settlement', subject_id: `2018Q2/${book.bankId}` },
      }),
    ]);
    const { id, entry_key: key } = entries[0]!;
    const lines = await rows<{ account: string; sub: string; amount_fen: number }>(
      'SELECT line_no, account, sub, amount_fen FROM ledger_line WHERE entry_id = :id ORDER BY line_no',
      { id },
    );
    expect(lines).toEqual(
      ids.flatMap((sub, at) => [
        { line_no: 2 * at + 1, account: 'INTEREST_RECEIVABLE', sub, amount_fen: 3958 },
        { line_no: 2 * at + 2, account: 'INTEREST_INCOME', sub: '', amount_fen: -3958 },
      ]),
    );
    const parts = await rows<{ entry_key: string }>('SELECT entry_key FROM loan_interest');
    expect(parts.map((part) => part.entry_key)).toEqual([key, key, key]);
    const audit = await rows<{ id: string }>(
      `SELECT id, act, outcome, region_code, org_id, subject_kind, body FROM audit_entry
        WHERE act LIKE 'loans.settle-interest%'`,
    );
    expect(audit).toEqual([
      expect.objectContaining({
        ...{ outcome: 'done', region_code: PLACES.county, org_id: book.bankId },
        subject_kind: 'settlement',
        body: expect.stringContaining('"interest":"118.74","loans":3'),
      }),
    ]);
    const stories = await rows<{ id: string }>(
      `SELECT subject_id AS id FROM audit_subject
        WHERE entry_id = :id AND subject_kind = 'loan' ORDER BY subject_id`,
      { id: audit[0]!.id },
    );
    expect(stories.map((story) => story.id)).toEqual(ids);
    for (const loan of loans) await expectLawful(book, loan);
  });

  test('of many loans gives every one its own interest', async () => {
    const loans: Lent[] = [];
    for (let n = 0; n < 12; n += 1) {
      loans.push(await lent(book, { amount: `${10_000 + 613 * n}.00`, rate: '4.35' }));
    }
    const runner = new NightRunner(book.platform, [settleInterestStep], {
      ...{ holder: 'test', chunkSize: 5 },
    });
    const report = await runner.runNight(businessDate('2018-06-20'));
    expect(report.steps[0]).toMatchObject({ state: 'done', done: 12, failed: 0, note: null });
    const due = await Promise.all(
      loans.map(async (loan) => (await rowOf(book, loan)).interestDueFen),
    );
    // 6 days of 360: principal × 4.35 % × 6 ÷ 360, rounded half up.
    expect(due).toEqual(loans.map((_, n) => Math.round((1_000_000 + 61_300 * n) * 0.000725)));
    const entries = await rows(`SELECT id FROM ledger_entry WHERE event = 'loans.interest-booked'`);
    expect(entries).toHaveLength(3);
    for (const loan of loans) await expectLawful(book, loan);
  });

  test('is corrected loan by loan: a repayment taken back across it mirrors the loan’s own part', async () => {
    const loan = await lent(book);
    const other = await lent(book);
    await settle('2018-06-20');
    onDay(book, '2018-07-15');
    const { repaymentId } = await repaid(book, loan, '10197.91');
    onDay(book, '2018-07-16');
    const later = await repaid(book, other, '10000.00');
    await settle('2018-09-20');
    onDay(book, '2018-10-08');
    const reverser = banker(book, 'loans.reverse-event');
    const undo = (one: Lent, eventId: string) =>
      book.do(reverser, reverseLoanEvent, { loanId: one.loanId, eventId, reason: '串户' });
    await undo(loan, repaymentId);
    expect((await rowOf(book, loan)).interestDueFen).toBe(3958 + 60_694);
    await expectLawful(book, loan);
    await expectLawful(book, other);
    await undo(other, later.repaymentId);
    const mirrors = await rows<{ part: string; sub: string }>(
      `SELECT e.subject_id AS sub, o.entry_key AS part FROM ledger_entry e
         JOIN ledger_entry o ON o.id = e.corrects_part_of_id ORDER BY e.id`,
    );
    expect(mirrors.map(({ sub }) => sub)).toEqual([loan.loanId, other.loanId]);
    expect(new Set(mirrors.map(({ part }) => part.split('/').slice(0, 2).join('/')))).toEqual(
      new Set(['loans.settlement/2018Q3']),
    );
    for (const one of [loan, other]) {
      expect((await rowOf(book, one)).interestDueFen).toBe(3958 + 60_694);
      await expectLawful(book, one);
    }
    // A corrected loan is plain again in the next quarter.
    onDay(book, '2018-12-20');
    expect((await settle('2018-12-20')).steps[0]).toMatchObject({ done: 2, note: null });
    for (const one of [loan, other]) await expectLawful(book, one);
  });

  test('leaves a loan with a missed settlement day to the act, and says so', async () => {
    const late = await lent(book);
    onDay(book, '2018-06-25');
    const plain = await lent(book);
    const report = await settle('2018-09-20');
    expect(report.steps[0]).toMatchObject({ done: 2, note: '其中逐笔办理 1 笔' });
    expect((await rowOf(book, late)).interestDueFen).toBe(3958 + 60_694);
    for (const one of [late, plain]) await expectLawful(book, one);
  });

  test('passes over a record that cannot be settled, reports it, and settles the others', async () => {
    const loans: Lent[] = [];
    for (let n = 0; n < 9; n += 1) loans.push(await lent(book));
    const ids = loans.map(({ loanId }) => loanId).sort();
    const bad = ids[4]!;
    // A day that is booked already under another period: the table refuses to book it again.
    const on = businessDate('2018-06-15');
    await book.system((work) =>
      insertRow(work.tx, LoanInterest, {
        ...{ loanId: bad, periodCode: '2018Q1', kind: 'NORMAL', partNo: 1, fromOn: on },
        ...{ untilOn: businessDate('2018-06-16'), days: 1, principalFen: fen(1) },
        ...{ amountFen: fen(0), bookedOn: on, entryKey: null, correctionId: null },
        ...{ voidedBy: null, standingFromOn: on },
      }),
    );
    const runner = new NightRunner(book.platform, [settleInterestStep], { holder: 'test' });
    const report = await runner.runNight(businessDate('2018-06-20'));
    expect(report.steps[0]).toMatchObject({ state: 'done', done: 8, failed: 1 });
    const failures = await rows('SELECT record_key FROM job_failure');
    expect(failures).toEqual([{ record_key: bad }]);
    expect((await rowOf(book, { loanId: bad })).version).toBe(2);
    for (const loan of loans) {
      const { interestDueFen } = await rowOf(book, loan);
      expect(interestDueFen).toBe(loan.loanId === bad ? 0 : 3958);
      if (loan.loanId !== bad) await expectLawful(book, loan);
    }
  });

  test('computes in statements what the rule computes, to the fen', async () => {
    const { dialect } = book.platform.db;
    const random = seededRandom(20180920);
    const upTo = (most: number) => 1 + Math.floor(random() * most);
    const bases = [360, 364, 365] as const;
    for (let n = 0; n < 500; n += 1) {
      const principal = n % 5 === 0 ? upTo(10_000_000_000) : upTo(10_000_000);
      const basis = bases[n % 3]!;
      const [rate, days] = [n % 7 === 0 ? upTo(1_000_000) : upTo(250_000), upTo(92)];
      const [row] = await rows<{ fen: number }>(
        `SELECT ${interestSql(dialect, 'days')} AS fen
           FROM (SELECT :principal AS outstanding_fen, :rate AS rate_ppm, :days AS days,
                        :basis AS basis) x`,
        { principal, rate, days, basis },
      );
      const asked = { principalFen: fen(principal), ratePpm: ppm(rate), days, basis };
      expect({ ...asked, fen: row?.fen }).toEqual({ ...asked, fen: interestFen(asked) });
    }
  });
});
