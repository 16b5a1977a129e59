/** The proof finds whatever somebody with full rights over the database changed, and names it. */
import {
  balanceOf,
  fundBook,
  postEntry,
  proveBooks,
  proveBooksAgainStep,
  proveBooksStep,
} from '../../src/ledger';
import { businessDate } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { withoutTriggers } from '../support/triggers';
import { BOOK, disbursal, openBooks, repayment, VILLAGE } from './books';

const KEY = 'loans.disburse/L1';
const ofEntry = `entry_id = (SELECT id FROM ledger_entry WHERE entry_key = '${KEY}')`;

/** What is done behind the program's back, and the laws that must tell. Each is undone by its second part. */
const TAMPERINGS: [what: string, done: string[], laws: string[], undone: string[]][] = [
  [
    'an amount in one line',
    [`UPDATE ledger_line SET amount_fen = amount_fen + 1 WHERE ${ofEntry} AND line_no = 1`],
    ['entry-adds-up', 'balance-equals-lines', 'entry-unchanged'],
    [`UPDATE ledger_line SET amount_fen = amount_fen - 1 WHERE ${ofEntry} AND line_no = 1`],
  ],
  [
    'amounts in both lines and both balances, so that all sums agree',
    [
      `UPDATE ledger_line SET amount_fen = amount_fen * 2 WHERE ${ofEntry}`,
      `UPDATE ledger_balance SET balance_fen = balance_fen + 500 WHERE account = 'LOAN_PRINCIPAL' AND sub = 'L1'`,
      `UPDATE ledger_balance SET balance_fen = balance_fen - 500 WHERE account = 'BANK_CASH' AND shard =
         (SELECT shard FROM (SELECT MIN(shard) AS shard FROM ledger_balance WHERE account = 'BANK_CASH') s)`,
    ],
    ['entry-unchanged'],
    [
      `UPDATE ledger_line SET amount_fen = CASE WHEN amount_fen > 0 THEN 500 ELSE -500 END WHERE ${ofEntry}`,
      `UPDATE ledger_balance SET balance_fen = balance_fen - 500 WHERE account = 'LOAN_PRINCIPAL' AND sub = 'L1'`,
      `UPDATE ledger_balance SET balance_fen = balance_fen + 500 WHERE account = 'BANK_CASH' AND shard =
         (SELECT shard FROM (SELECT MIN(shard) AS shard FROM ledger_balance WHERE account = 'BANK_CASH') s)`,
    ],
  ],
  [
    'one character of a memo',
    [`UPDATE ledger_entry SET memo = '放欵' WHERE entry_key = '${KEY}'`],
    ['entry-unchanged'],
    [`UPDATE ledger_entry SET memo = '放款' WHERE entry_key = '${KEY}'`],
  ],
  [
    'the person who posted it',
    [`UPDATE ledger_entry SET actor_id = 'other' WHERE entry_key = '${KEY}'`],
    ['entry-unchanged'],
    [`UPDATE ledger_entry SET actor_id = 'system' WHERE entry_key = '${KEY}'`],
  ],
  [
    'the day of one line',
    [`UPDATE ledger_line SET on_date = '2018-06-19' WHERE ${ofEntry} AND line_no = 1`],
    ['line-belongs-to-entry'],
    [`UPDATE ledger_line SET on_date = '2018-06-20' WHERE ${ofEntry} AND line_no = 1`],
  ],
  [
    'a line without an entry',
    [
      `INSERT INTO ledger_line (entry_id, line_no, book, account, sub, amount_fen, on_date)
       VALUES ('01J000000000000000000GHOST', 1, '${BOOK}', 'BANK_CASH', '', 7, '2018-06-20')`,
    ],
    ['line-belongs-to-entry', 'balance-equals-lines'],
    [`DELETE FROM ledger_line WHERE entry_id = '01J000000000000000000GHOST'`],
  ],
  [
    'a balance',
    [
      `UPDATE ledger_balance SET balance_fen = balance_fen + 7 WHERE account = 'LOAN_PRINCIPAL' AND sub = 'L1'`,
    ],
    ['balance-equals-lines', 'book-adds-up'],
    [
      `UPDATE ledger_balance SET balance_fen = balance_fen - 7 WHERE account = 'LOAN_PRINCIPAL' AND sub = 'L1'`,
    ],
  ],
  [
    'a balance of which there is no line',
    [
      `INSERT INTO ledger_balance (book, account, sub, shard, balance_fen)
       VALUES ('${BOOK}', 'OVERPAYMENT', 'GHOST', 0, 9)`,
    ],
    ['balance-equals-lines', 'book-adds-up', 'balance-on-its-side'],
    [`DELETE FROM ledger_balance WHERE sub = 'GHOST'`],
  ],
];

describeEachDatabase('the proof of the books', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBooks(open);
    await county.system(async (work) => {
      await postEntry(work, disbursal('L1', 500));
      await postEntry(work, disbursal('L2', 700));
      await postEntry(work, repayment('L2', 300));
    });
  });
  const prove = () => proveBooks(county.platform.db.reader());

  test('of lawful books finds nothing and says how much it read', async () => {
    expect(await prove()).toEqual({ ok: true, faults: [], entries: 3, lines: 6 });
  });

  test.each(TAMPERINGS)('finds a change of %s', async (_, done, laws, undone) => {
    await withoutTriggers(county.platform.db, done);
    const { ok, faults } = await prove();
    await withoutTriggers(county.platform.db, undone);
    expect(ok).toBe(false);
    expect([...new Set(faults.map((fault) => fault.law))]).toEqual(laws);
    expect(await prove()).toMatchObject({ ok: true });
  });

  test('names the entry that was changed', async () => {
    await withoutTriggers(county.platform.db, [
      `UPDATE ledger_entry SET memo = '放欵' WHERE entry_key = '${KEY}'`,
    ]);
    const { faults } = await prove();
    const night = county.system((work) => proveBooksStep.run(work, work.today));
    await expect(night).rejects.toThrow(`账簿校验未通过：entry-unchanged ${KEY}`);
    await withoutTriggers(county.platform.db, [
      `UPDATE ledger_entry SET memo = '放款' WHERE entry_key = '${KEY}'`,
    ]);
    expect(faults).toEqual([expect.objectContaining({ law: 'entry-unchanged', where: KEY })]);
  });

  test('at night counts the entries', async () => {
    for (const step of [proveBooksStep, proveBooksAgainStep]) {
      const told = await county.system((work) => step.run(work, work.today));
      expect(told).toEqual({ count: 3, note: '分录 3 笔、明细 6 行，全部相符' });
    }
    expect(proveBooksStep.name).not.toBe(proveBooksAgainStep.name);
  });

  test('reads entries in pages and finds a fault on the last of them', async () => {
    await county.system(async (work) => {
      for (let n = 1; n <= 9; n += 1) await postEntry(work, disbursal(`M${n}`, n));
    });
    const sql = county.platform.db.reader();
    const whole = { ok: true, faults: [], entries: 12, lines: 24 };
    for (const page of [1, 5, 12, 13]) expect(await proveBooks(sql, page)).toEqual(whole);
    const last = `WHERE entry_key = 'loans.disburse/M9'`;
    await withoutTriggers(county.platform.db, [`UPDATE ledger_entry SET event = 'x' ${last}`]);
    const { faults } = await proveBooks(sql, 5);
    await withoutTriggers(county.platform.db, [
      `UPDATE ledger_entry SET event = 'loans.disbursed' ${last}`,
    ]);
    expect(faults.map((fault) => fault.where)).toEqual(['loans.disburse/M9']);
  });

  test('finds a fund that stands below zero, whoever should have guarded it', async () => {
    await county.system((work) =>
      postEntry(work, {
        key: 'riskfund.pay/C1',
        book: fundBook(VILLAGE),
        on: businessDate('2018-06-20'),
        event: 'riskfund.paid',
        memo: '代偿',
        subject: { kind: 'claim', id: 'C1' },
        region: VILLAGE,
        lines: [
          { account: 'COMPENSATION_RECEIVABLE', sub: 'L1', amountFen: fen(400) },
          { account: 'FUND_CASH', amountFen: fen(-400) },
        ],
      }),
    );
    const { faults } = await prove();
    const where = `${fundBook(VILLAGE)} FUND_CASH`;
    expect(faults).toEqual([{ law: 'balance-on-its-side', where, detail: 'balance -400 fen' }]);
    const sql = county.platform.db.reader();
    expect(await balanceOf(sql, { book: fundBook(VILLAGE), account: 'FUND_CASH' })).toBe(-400);
  });
});
