/** The proof of the loan book names the first loan that does not agree, whatever was changed behind its back. */
import { proveLoans, proveLoansStep } from '../../src/loans';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { businessDate } from '../../src/platform/dates';
import { NightRunner } from '../../src/platform/jobs/runner';
import { describeEachDatabase } from '../support/databases';
import { withoutTriggers } from '../support/triggers';
import { type BadBook, openBadBook, recovered, writtenOff } from './bad-loans';
import { banker, lent, onDay, repaid, rowOf, signed } from './book';

/** One byte changed: where, what the proof names, by how many fen, and how it is undone. */
const TAMPERINGS: [what: string, done: string, named: string, fen: number, undone: string][] = [
  ...(
    [
      ['outstanding_fen', '本金余额'],
      ['interest_due_fen', '应收利息'],
      ['penalty_due_fen', '应收罚息'],
      ['overpaid_fen', '多收待退'],
      ['recovered_fen', '核销未收回'],
    ] as const
  ).map(
    ([column, named]): [string, string, string, number, string] =>
      [
        `${column} of the loan`,
        `UPDATE loan SET ${column} = ${column} + 7 WHERE id = 'LOAN'`,
        ...[named, 7, `UPDATE loan SET ${column} = ${column} - 7 WHERE id = 'LOAN'`],
      ] as [string, string, string, number, string],
  ),
  [
    'what was written off, in both figures of the loan',
    `UPDATE loan SET written_off_fen = written_off_fen + 7, recovered_fen = recovered_fen + 7 WHERE id = 'LOAN'`,
    ...(['核销金额', 7] as const),
    `UPDATE loan SET recovered_fen = recovered_fen - 7, written_off_fen = written_off_fen - 7 WHERE id = 'LOAN'`,
  ],
  ...(
    [
      ['repayment', 'principal_fen', '本金余额'],
      ['repayment', 'interest_fen', '应收利息'],
      ['repayment', 'penalty_fen', '应收罚息'],
      ['repayment', 'overpaid_fen', '多收待退'],
      ['recovery', 'principal_fen', '核销未收回'],
      ['write-off', 'principal_fen', '本金余额'],
    ] as const
  ).map(([kind, column, named]): [string, string, string, number, string] => [
    `${column} of a ${kind}`,
    `UPDATE loan_event SET ${column} = ${column} + 7, amount_fen = amount_fen + 7
      WHERE loan_id = 'LOAN' AND kind = '${kind}' AND voided_by IS NULL`,
    named,
    7,
    `UPDATE loan_event SET ${column} = ${column} - 7, amount_fen = amount_fen - 7
      WHERE loan_id = 'LOAN' AND kind = '${kind}' AND voided_by IS NULL`,
  ]),
  [
    'an event voided by hand',
    `UPDATE loan_event SET voided_by = 'BY-HAND' WHERE loan_id = 'LOAN' AND kind = 'recovery' AND voided_by IS NULL`,
    ...(['核销未收回', 100_000] as const),
    `UPDATE loan_event SET voided_by = NULL WHERE loan_id = 'LOAN' AND voided_by = 'BY-HAND'`,
  ],
  ...(
    [
      ['NORMAL', '应收利息'],
      ['PENALTY', '应收罚息'],
    ] as const
  ).map(([kind, named]): [string, string, string, number, string] => [
    `an amount of ${kind} interest`,
    `UPDATE loan_interest SET amount_fen = amount_fen + 1 WHERE loan_id = 'LOAN'
        AND kind = '${kind}' AND period_code = 'PERIOD' AND part_no = 1`,
    named,
    1,
    `UPDATE loan_interest SET amount_fen = amount_fen - 1 WHERE loan_id = 'LOAN'
        AND kind = '${kind}' AND period_code = 'PERIOD' AND part_no = 1`,
  ]),
  ...(
    [
      ['LOAN_PRINCIPAL', '本金余额'],
      ['WRITTEN_OFF', '核销未收回'],
    ] as const
  ).map(([account, named]): [string, string, string, number, string] => [
    `the balance ${account}`,
    `UPDATE ledger_balance SET balance_fen = balance_fen + 9 WHERE account = '${account}' AND sub = 'LOAN'`,
    named,
    9,
    `UPDATE ledger_balance SET balance_fen = balance_fen - 9 WHERE account = '${account}' AND sub = 'LOAN'`,
  ]),
  ...(
    [
      ['INTEREST_RECEIVABLE', '应收利息'],
      ['PENALTY_RECEIVABLE', '应收罚息'],
    ] as const
  ).map(([account, named]): [string, string, string, number, string] => [
    `a balance ${account} that was never posted`,
    // What is booked and paid at once leaves no row behind.
    `INSERT INTO ledger_balance (book, account, sub, shard, balance_fen)
     SELECT book, '${account}', sub, 0, 9 FROM ledger_balance WHERE account = 'WRITTEN_OFF' AND sub = 'LOAN'`,
    named,
    9,
    `DELETE FROM ledger_balance WHERE account = '${account}' AND sub = 'LOAN'`,
  ]),
  [
    'a balance of no loan',
    `INSERT INTO ledger_balance (book, account, sub, shard, balance_fen) VALUES ('bank:nowhere', 'OVERPAYMENT', 'GHOST', 0, -3)`,
    ...(['OVERPAYMENT', 3] as const),
    `DELETE FROM ledger_balance WHERE sub = 'GHOST'`,
  ],
];

describeEachDatabase('The proof of the loan book', (open) => {
  let book: BadBook;
  let loanId: string;
  let loans: number;
  beforeAll(async () => {
    book = await openBadBook(open);
    onDay(book, '2018-06-15');
    await signed(book);
    const reversed = await lent(book);
    await repaid(book, reversed, '60000.00');
    const running = await lent(book);
    onDay(book, '2018-10-08');
    const late = await repaid(book, running, '100.00');
    await repaid(book, running, '200.00', '2018-07-01');
    await book.do(banker(book, 'loans.reverse-event'), reverseLoanEvent, {
      ...{ loanId: running.loanId, eventId: late.repaymentId, reason: '串户' },
    });
    onDay(book, '2018-06-15');
    const lost = await writtenOffAfterRepayment();
    loanId = lost.loanId;
    loans = 4;
  }, 60_000);

  /** A loan with a repayment, a write-off and a recovery. */
  async function writtenOffAfterRepayment() {
    const lost = await writtenOff(book);
    await repaid(book, lost, '3000.00', '2023-07-01');
    await recovered(book, lost, '1000.00');
    return lost;
  }
  const sql = () => book.platform.db.reader();

  test('finds all in order, in chunks of any size, and counts them', async () => {
    for (const chunk of [1, 2, 3, 1000]) {
      expect(await proveLoans(sql(), chunk)).toEqual({ loans, fault: null });
    }
  });

  test.each(TAMPERINGS)('tells of %s', async (_what, done, named, fen, undone) => {
    const rows = await sql().rows<{ periodCode: string; kind: string }>(
      `SELECT MAX(period_code) AS periodCode, kind FROM loan_interest
        WHERE loan_id = :loanId AND voided_by IS NULL AND part_no = 1 GROUP BY kind`,
      { loanId },
    );
    const kind = done.includes("'PENALTY'") ? 'PENALTY' : 'NORMAL';
    const period = rows.find((row) => row.kind === kind)!.periodCode;
    const own = (statement: string) =>
      statement.replaceAll("'LOAN'", `'${loanId}'`).replaceAll("'PERIOD'", `'${period}'`);
    await withoutTriggers(book.platform.db, [own(done)]);
    const { fault } = await proveLoans(sql(), 2);
    await withoutTriggers(book.platform.db, [own(undone)]);
    expect(fault).toMatchObject({ what: named, differenceFen: fen });
    if (!done.includes('GHOST')) {
      const { number } = await rowOf(book, { loanId });
      expect(fault).toMatchObject({ loanId, number });
    }
    expect((await proveLoans(sql())).fault).toBeNull();
  });

  test('bars the night until it is in order', async () => {
    const step = { ...proveLoansStep, name: `${proveLoansStep.name}-test` };
    const runner = new NightRunner(book.platform, [step], { holder: 'test' });
    const change = (by: string) =>
      withoutTriggers(book.platform.db, [
        `UPDATE loan SET outstanding_fen = outstanding_fen ${by} WHERE id = '${loanId}'`,
      ]);
    await change('+ 5');
    const failed = await runner.runNight(businessDate('2023-08-01'));
    expect(failed.steps[0]).toMatchObject({ state: 'failed' });
    await change('- 5');
    const done = await runner.runNight(businessDate('2023-08-01'));
    expect(done.steps[0]).toMatchObject({ state: 'done', note: `贷款 ${loans} 笔，全部相符` });
  });
});
