/** Entries of many subjects: lines in pairs, and balances changed by one statement, are those of line by line. */
import { balanceOf, postEntries, postEntry, proveBooks } from '../../src/ledger';
import { fen } from '../../src/platform/money';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { BOOK, disbursal, openBooks } from './books';

describeEachDatabase('Lines in pairs', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBooks(open);
  });
  const amounts = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ sub: `P${n}`, amountFen: fen(100 + n) }));
  const draft = (key: string) => ({
    ...{ ...disbursal('L1', 1), key, event: 'loans.interest-booked', memo: '结息' },
    subject: { kind: 'settlement', id: '2018Q3' },
  });
  const paired = (key: string, count: number) => ({
    ...draft(key),
    lines: [],
    pairs: {
      ...{ account: 'INTEREST_RECEIVABLE', contra: 'INTEREST_INCOME', amounts: amounts(count) },
    },
  });
  const linesOf = (key: string) =>
    county.platform.db.reader().rows(
      `SELECT l.line_no, l.book, l.account, l.sub, l.amount_fen, l.on_date FROM ledger_line l
         JOIN ledger_entry e ON e.id = l.entry_id WHERE e.entry_key = :key ORDER BY l.line_no`,
      { key },
    );
  const balance = (account: string, sub = '') =>
    balanceOf(county.platform.db.reader(), { book: BOOK, account, sub });

  test.each([3, 150])('are the same %i pairs as lines one by one', async (count) => {
    const before = await balance('INTEREST_INCOME');
    const lines = amounts(count).flatMap(({ sub, amountFen }) => [
      { account: 'INTEREST_RECEIVABLE', sub, amountFen },
      { account: 'INTEREST_INCOME', amountFen: fen(-amountFen) },
    ]);
    const [one, other] = [`lines/${count}`, `pairs/${count}`];
    const due = await balance('INTEREST_RECEIVABLE', 'P2');
    await county.system((work) => postEntry(work, { ...draft(one), lines }));
    await county.system((work) => postEntries(work, [paired(other, count)]));
    expect(await linesOf(other)).toEqual(await linesOf(one));
    // Twice: by rows that were there already as well as by rows that were not.
    expect(await balance('INTEREST_RECEIVABLE', 'P2')).toBe(due + 2 * 102);
    const sum = amounts(count).reduce((whole, { amountFen }) => whole + amountFen, 0);
    expect(await balance('INTEREST_INCOME')).toBe(before - 2 * sum);
    expect((await proveBooks(county.platform.db.reader(), 40)).faults).toEqual([]);
  });

  test('refuse a zero, a contra that is kept by a loan, and an account that is kept by nothing', async () => {
    const refuse = async (pairs: object, message: string) => {
      const before = await county.snapshot('ledger_entry', 'ledger_line', 'ledger_balance');
      const wrong = paired('wrong', 2);
      const post = county.system((work) =>
        postEntries(work, [{ ...wrong, pairs: { ...wrong.pairs, ...pairs } }]),
      );
      await expect(post).rejects.toThrow(message);
      expect(await county.snapshot('ledger_entry', 'ledger_line', 'ledger_balance')).toBe(before);
    };
    await refuse({ amounts: [{ sub: 'P1', amountFen: fen(0) }] }, 'is zero');
    await refuse({ contra: 'LOAN_PRINCIPAL' }, 'needs a sub');
    await refuse({ account: 'BANK_CASH' }, 'kept by nothing');
    await refuse({ amounts: [] }, 'fewer than two lines');
  });

  test('cannot hide a change: the proof reads entries longer than a page', async () => {
    await county.system((work) => postEntries(work, [paired('long', 120)]));
    const sql = county.platform.db.reader();
    const whole = await proveBooks(sql);
    for (const page of [1, 7, 240, 241]) expect(await proveBooks(sql, page)).toEqual(whole);
  });
});
