/** Loans that are lost, and the people of the bank who write them off, for the tests of write-offs. */
import {
  decideWriteOff,
  enterRecovery,
  type FundStanding,
  proposeWriteOff,
  useFundStanding,
} from '../../src/loans';
import type { Actor } from '../../src/platform/authority';
import { ZERO_FEN } from '../../src/platform/money';
import { loadPolicyFiles } from '../../src/policy';
import { aBank } from '../applications/story';
import type { OpenTest } from '../support/databases';
import { type Book, banker, type Lent, lent, onDay, openBook, payment } from './book';

/** By the table of this day more than 360 days overdue are a loss. */
export const LOSS_DAY = '2023-08-01';

/** What the acts on bad loans write besides what every test looks at. */
export const OWN_TABLES = ['loan_write_off', 'loan_refund'] as const;

/** A county whose fund answers what the test says. */
export interface BadBook extends Book {
  fund: FundStanding;
  proposer: Actor;
  approver: Actor;
}

/** Opens the county; its fund has refused, unless a test says otherwise. */
export async function openBadBook(open: OpenTest): Promise<BadBook> {
  const book = await openBook(open);
  await loadPolicyFiles(book.platform, { parameters: ['loans.write-off'] });
  const bad: BadBook = {
    ...book,
    fund: { state: 'refused', keptFen: ZERO_FEN },
    proposer: banker(book, 'loans.propose-write-off', 'loans.read'),
    approver: banker(book, 'loans.decide-write-off', 'loans.read'),
  };
  useFundStanding(async () => bad.fund);
  return bad;
}

/** A loan of 50,000 for a year from 2018-06-15, never paid; the clock then stands on the day. */
export async function lostLoan(book: Book, day = LOSS_DAY): Promise<Lent> {
  onDay(book, '2018-06-15');
  const loan = await lent(book, { termMonths: 12, rate: '4.35' });
  onDay(book, day);
  return loan;
}

/** The papers of a loan that was pursued in vain. */
export const PURSUED = {
  ground: 'PURSUED_IN_VAIN',
  reason: '多次催收和诉讼后仍未收回',
  evidence: [
    { kind: 'COLLECTION_RECORD', reference: '催收档案 2023-17' },
    { kind: 'DUE_DILIGENCE', reference: '尽调报告 2023-5' },
  ],
};

/** A proposal for a loan. */
export const proposed = (
  book: BadBook,
  { loanId }: { loanId: string },
  by: Actor = book.proposer,
  papers: object = PURSUED,
) => book.do(by, proposeWriteOff, { loanId, ...papers });

/** The decision on a proposal. */
export const decided = (
  book: BadBook,
  { id, contentDigest }: { id: string; contentDigest: string },
  outcome: 'approved' | 'refused' = 'approved',
  by: Actor = book.approver,
) =>
  book.do(by, decideWriteOff, { writeOffId: id, contentDigest, outcome, note: '核销委员会决议' });

/** A loan that was written off today. */
export async function writtenOff(book: BadBook, day = LOSS_DAY): Promise<Lent> {
  const loan = await lostLoan(book, day);
  await decided(book, await proposed(book, loan));
  return loan;
}

/** Money that comes in for a loan that was written off. */
export const recovered = (book: Book, loan: { loanId: string }, amount: string, on?: string) =>
  book.do(book.officer, enterRecovery, payment(book, loan, amount, on));

/** An approver of a branch of the bank. */
export async function branchApprover(book: BadBook): Promise<Actor> {
  const id = await aBank(book, '龙胜支行');
  return book.actor({
    permissions: ['loans.decide-write-off'],
    org: { id, kind: 'bank', rootId: book.bankId },
  });
}
