/** Posting and reversing, on each database: what is written, what a repeat does, what is refused. */
import { balanceOf, balanceOn, postEntry, proveBooks, reverseEntry } from '../../src/ledger';
import { businessDate } from '../../src/platform/dates';
import {
  isAppendOnlyViolation,
  isCheckViolation,
  isForeignKeyViolation,
} from '../../src/platform/db/database';
import { fen } from '../../src/platform/money';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { BOOK, disbursal, openBooks, repayment, TABLES } from './books';

describeEachDatabase('posting', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBooks(open);
  });

  const principal = (sub?: string) =>
    balanceOf(county.platform.db.reader(), { book: BOOK, account: 'LOAN_PRINCIPAL', sub });
  const post = (draft: Parameters<typeof postEntry>[1]) =>
    county.system((work) => postEntry(work, draft));
  /** What the attempt was stopped with. */
  const failure = (attempt: Promise<unknown>) =>
    attempt.then(
      () => null,
      (error: unknown) => error,
    );
  const unchanged = async (attempt: () => Promise<unknown>) => {
    const before = await county.snapshot(...TABLES);
    const code = await county.refusal(attempt());
    expect(await county.snapshot(...TABLES)).toBe(before);
    return code;
  };

  test('writes the entry, its lines and its balances', async () => {
    const { fresh, entryId } = await post(disbursal('P1', 5_000_000));
    expect(fresh).toBe(true);
    expect(entryId).toHaveLength(26);
    expect(await principal('P1')).toBe(5_000_000);
    const sql = county.platform.db.reader();
    expect(await balanceOf(sql, { book: BOOK, account: 'BANK_CASH' })).toBe(-5_000_000);
    expect(await balanceOf(sql, { book: BOOK, account: 'LOAN_PRINCIPAL', sub: 'NONE' })).toBe(0);
  });

  test('twice is harmless: the same entry, the same balances', async () => {
    const first = await post(disbursal('P2', 300));
    const before = await county.snapshot(...TABLES);
    county.clock.stepDays(1);
    const second = await post(disbursal('P2', 300));
    county.clock.stepDays(-1);
    expect(second).toEqual({ entryId: first.entryId, fresh: false });
    expect(await county.snapshot(...TABLES)).toBe(before);
  });

  test.each([
    ['another amount', disbursal('P3', 301)],
    ['another day', disbursal('P3', 300, { on: businessDate('2018-06-21') })],
    ['another memo', disbursal('P3', 300, { memo: '补记' })],
    ['another place', disbursal('P3', 300, { region: '450328100202' })],
  ])('the same key with %s is a mistake of the program', async (_, other) => {
    await post(disbursal('P3', 300));
    const before = await county.snapshot(...TABLES);
    await expect(post(other)).rejects.toThrow('stands for another entry');
    expect(await county.snapshot(...TABLES)).toBe(before);
  });

  test('principal never falls below zero, not by a fen', async () => {
    await post(disbursal('P4', 500));
    expect(await unchanged(() => post(repayment('P4', 501)))).toBe('ledger.wrong-side');
    await post(repayment('P4', 500));
    expect(await principal('P4')).toBe(0);
    expect(await unchanged(() => post(repayment('P4', 1, 2)))).toBe('ledger.wrong-side');
    expect(await unchanged(() => post(repayment('NEVER', 1)))).toBe('ledger.wrong-side');
  });

  test('a liability never becomes a claim', async () => {
    const over = (key: string, amountFen: number) =>
      disbursal('P5', 1, {
        key,
        lines: [
          { account: 'BANK_CASH', amountFen: fen(amountFen) },
          { account: 'OVERPAYMENT', sub: 'P5', amountFen: fen(-amountFen) },
        ],
      });
    await post(over('over/1', 70));
    expect(await unchanged(() => post(over('over/2', -71)))).toBe('ledger.wrong-side');
    await post(over('over/3', -70));
  });

  test('a balance of an earlier day is that of the end of the day', async () => {
    await post(disbursal('P6', 1000));
    await post({ ...repayment('P6', 400), on: businessDate('2018-09-20') });
    const key = { book: BOOK, account: 'LOAN_PRINCIPAL', sub: 'P6' };
    const sql = county.platform.db.reader();
    const on = (day: string) => balanceOn(sql, key, businessDate(day));
    expect([await on('2018-06-19'), await on('2018-06-20'), await on('2018-09-19')]).toEqual([
      0, 1000, 1000,
    ]);
    expect(await on('2018-09-20')).toBe(600);
  });

  describe('a reversal', () => {
    const reversal = {
      key: 'reverse/R1',
      correctsKey: 'loans.disburse/R1',
      on: businessDate('2018-06-21'),
      memo: '冲正：金额录错',
    };

    test('is the mirror, points at what it reverses and leaves nothing', async () => {
      await post(disbursal('R1', 900));
      const { entryId } = await county.system((work) => reverseEntry(work, reversal));
      expect(await principal('R1')).toBe(0);
      const row = await county.platform.db.reader().one(
        `SELECT e.event, o.entry_key AS of_key FROM ledger_entry e
               JOIN ledger_entry o ON o.id = e.corrects_entry_id WHERE e.id = :entryId`,
        { entryId },
      );
      expect(row).toEqual({ event: 'ledger.reversal', of_key: 'loans.disburse/R1' });
    });

    test('twice with one key is harmless, with another is refused', async () => {
      const again = await county.system((work) => reverseEntry(work, reversal));
      expect(again.fresh).toBe(false);
      const other = () =>
        county.system((work) => reverseEntry(work, { ...reversal, key: 'reverse/R1-again' }));
      expect(await unchanged(other)).toBe('ledger.already-reversed');
    });

    test('of an entry that is not there, or dated before it, is a mistake', async () => {
      const of = (changes: object) =>
        county.system((work) => reverseEntry(work, { ...reversal, key: 'reverse/x', ...changes }));
      await expect(of({ correctsKey: 'none' })).rejects.toThrow('no entry none');
      await post(disbursal('R2', 5));
      const early = { correctsKey: 'loans.disburse/R2', on: businessDate('2018-06-19') };
      await expect(of(early)).rejects.toThrow('not dated before');
    });

    test('of what was repaid since is refused by the balance', async () => {
      await post(disbursal('R3', 50));
      await post(repayment('R3', 20));
      const late = { ...reversal, key: 'reverse/R3', correctsKey: 'loans.disburse/R3' };
      const attempt = () => county.system((work) => reverseEntry(work, late));
      expect(await unchanged(attempt)).toBe('ledger.wrong-side');
    });

    test('points into its own book', async () => {
      const stray = disbursal('R4', 5, { corrects: 'loans.disburse/R3', book: 'bank:OTHER' });
      await expect(post(stray)).rejects.toThrow('in the book of what it corrects');
    });
  });

  test('the database itself refuses to change or remove what was posted', async () => {
    await post(disbursal('D1', 10));
    const exec = (sql: string) => county.system((work) => work.tx.exec(sql));
    for (const table of ['ledger_entry', 'ledger_line']) {
      const update = `UPDATE ${table} SET on_date = '2018-01-01'`;
      for (const sql of [update, `DELETE FROM ${table}`]) {
        expect(isAppendOnlyViolation(await failure(exec(sql)))).toBe(true);
      }
    }
  });

  test('the database itself refuses a zero, a line of no entry and an unknown kind of book', async () => {
    const at = `'2018-06-20'`;
    const lineInto = (entry: string, amount: number) =>
      county.system((work) =>
        work.tx.exec(
          `INSERT INTO ledger_line (entry_id, line_no, book, account, sub, amount_fen, on_date)
           VALUES ('${entry}', 9, '${BOOK}', 'BANK_CASH', '', ${amount}, ${at})`,
        ),
      );
    const { entryId } = await post(disbursal('D2', 10));
    expect(isCheckViolation(await failure(lineInto(entryId, 0)))).toBe(true);
    expect(isForeignKeyViolation(await failure(lineInto('01J000000000000000000NOWAY', 1)))).toBe(
      true,
    );
    const stray = county.system((work) =>
      work.tx.exec(
        `INSERT INTO ledger_balance (book, account, sub, shard, balance_fen) VALUES ('${BOOK}', 'X', '', 16, 0)`,
      ),
    );
    expect(isCheckViolation(await failure(stray))).toBe(true);
  });

  test('after all this the books prove', async () => {
    const proof = await proveBooks(county.platform.db.reader());
    expect(proof).toMatchObject({ ok: true, faults: [] });
    expect(proof.entries).toBeGreaterThan(10);
    expect(proof.lines).toBe(proof.entries * 2);
  });
});
