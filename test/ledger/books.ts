/** What the tests of the books share: a county with the tables of the ledger, and lawful entries. */

import { Platform1767200000001 } from '../../migrations/1767200000001-platform';
import { Ledger1767200000003 } from '../../migrations/1767200000003-ledger';
import { LedgerParts1767200000022 } from '../../migrations/1767200000022-ledger-parts';
import { bankBook, type EntryDraft, ledgerEntities } from '../../src/ledger';
import { businessDate } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import { type County, openCounty, PLACES } from '../support/county';
import type { OpenTest } from '../support/databases';

export const BANK = '01J0000000000000000000BANK';
export const BOOK = bankBook(BANK);
export const VILLAGE = '450328100201';

/** A county whose database has the books. */
export function openBooks(open: OpenTest, poolSize?: number): Promise<County> {
  return openCounty(
    () =>
      open({
        entities: ledgerEntities,
        migrations: [Platform1767200000001, Ledger1767200000003, LedgerParts1767200000022],
        poolSize,
      }),
    '2018-06-20',
  );
}

/** Paying out a loan: the plainest entry. `amountFen` in fen. */
export function disbursal(
  loan: string,
  amountFen: number,
  changes: Partial<EntryDraft> = {},
): EntryDraft {
  return {
    key: `loans.disburse/${loan}`,
    book: BOOK,
    on: businessDate('2018-06-20'),
    event: 'loans.disbursed',
    memo: '放款',
    subject: { kind: 'loan', id: loan },
    region: VILLAGE,
    lines: [
      { account: 'LOAN_PRINCIPAL', sub: loan, amountFen: fen(amountFen) },
      { account: 'BANK_CASH', amountFen: fen(-amountFen) },
    ],
    ...changes,
  };
}

/** The borrower pays principal back. */
export function repayment(loan: string, amountFen: number, no = 1): EntryDraft {
  return disbursal(loan, -amountFen, {
    key: `loans.repay/${loan}/${no}`,
    event: 'loans.repaid',
    memo: '还本',
  });
}

export const TABLES = ['ledger_entry', 'ledger_line', 'ledger_balance'];
export { PLACES };
