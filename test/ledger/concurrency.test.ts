/** Many at once: postings to one account add up exactly, one key is posted once, one entry is reversed once. */
import { balanceOf, postEntry, proveBooks, reverseEntry } from '../../src/ledger';
import { businessDate } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { BOOK, disbursal, openBooks, repayment } from './books';

const TIMES = Array.from({ length: 20 }, (_, index) => index + 1);

describeEachDatabase('at the same time', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openBooks(open, 20);
  });
  const balance = (account: string, sub?: string) =>
    balanceOf(county.platform.db.reader(), { book: BOOK, account, sub });

  test('20 postings to one account add up exactly', async () => {
    const interest = (n: number) =>
      disbursal('C1', 1, {
        key: `interest/${n}`,
        lines: [
          { account: 'INTEREST_RECEIVABLE', sub: 'C1', amountFen: fen(n) },
          { account: 'INTEREST_INCOME', amountFen: fen(-n) },
        ],
      });
    const posted = await Promise.all(
      TIMES.map((n) => county.system((work) => postEntry(work, interest(n)))),
    );
    expect(posted.every(({ fresh }) => fresh)).toBe(true);
    expect(await balance('INTEREST_RECEIVABLE', 'C1')).toBe(210);
    expect(await balance('INTEREST_INCOME')).toBe(-210);
  });

  test('20 times the same posting is posted once', async () => {
    const posted = await Promise.all(
      TIMES.map(() => county.system((work) => postEntry(work, disbursal('C2', 77)))),
    );
    expect(posted.filter(({ fresh }) => fresh)).toHaveLength(1);
    expect(new Set(posted.map(({ entryId }) => entryId)).size).toBe(1);
    expect(await balance('LOAN_PRINCIPAL', 'C2')).toBe(77);
  });

  test('20 repayments of 10 leave a loan of 100 at zero, and ten of them are refused', async () => {
    await county.system((work) => postEntry(work, disbursal('C3', 100)));
    const outcomes = await Promise.allSettled(
      TIMES.map((n) => county.system((work) => postEntry(work, repayment('C3', 10, n)))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(10).fill('ledger.wrong-side'));
    expect(await balance('LOAN_PRINCIPAL', 'C3')).toBe(0);
  });

  test('one entry is reversed once, however many ask', async () => {
    await county.system((work) => postEntry(work, disbursal('C4', 40)));
    const outcomes = await Promise.allSettled(
      TIMES.slice(0, 6).map((n) =>
        county.system((work) =>
          reverseEntry(work, {
            key: `reverse/C4/${n}`,
            correctsKey: 'loans.disburse/C4',
            on: businessDate('2018-06-20'),
            memo: '冲正',
          }),
        ),
      ),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(
      Array(5).fill('ledger.already-reversed'),
    );
    expect(await balance('LOAN_PRINCIPAL', 'C4')).toBe(0);
  });

  test('entries that touch the same accounts in another order do not block each other', async () => {
    const crossed = (n: number) => {
      const lines = [
        { account: 'LOAN_PRINCIPAL', sub: 'X1', amountFen: fen(1) },
        { account: 'LOAN_PRINCIPAL', sub: 'X2', amountFen: fen(1) },
        { account: 'BANK_CASH', amountFen: fen(-2) },
      ];
      return disbursal('X', 1, { key: `crossed/${n}`, lines: n % 2 ? lines : lines.reverse() });
    };
    await Promise.all(TIMES.map((n) => county.system((work) => postEntry(work, crossed(n)))));
    expect([await balance('LOAN_PRINCIPAL', 'X1'), await balance('LOAN_PRINCIPAL', 'X2')]).toEqual([
      20, 20,
    ]);
  });

  test('and the books prove', async () => {
    expect((await proveBooks(county.platform.db.reader())).faults).toEqual([]);
  });
});
