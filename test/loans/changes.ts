/** A book in which loans are extended, renewed and ended early: its rules, the people who ask and decide, and inputs. */
import { useEvidence } from '../../src/credit';
import {
  decideExtension,
  decideRenewal,
  decideTermination,
  lendersOf,
  overdueHouseholds,
  repaymentRecords,
  requestExtension,
  requestRenewal,
  requestTermination,
  usedOf,
} from '../../src/loans';
import { payoffQuote } from '../../src/loans/quotes.queries';
import type { Actor } from '../../src/platform/authority';
import { loadPolicyFiles } from '../../src/policy';
import { aLine } from '../applications/story';
import type { OpenTest } from '../support/databases';
import { type Book, type Lent, lent, onDay, openBook, type Plan, rowOf } from './book';

/** Everything that these acts write, to prove that a refusal changed nothing. */
export const CHANGE_TABLES = [
  'loan',
  'loan_event',
  'loan_interest',
  'loan_correction',
  'loan_extension',
  'loan_renewal',
  'loan_termination',
  'subsidy_hold',
  'application',
  'application_step',
  'application_signer',
  'application_serial',
  'ledger_entry',
  'ledger_line',
  'ledger_balance',
] as const;

/** The book with the people who ask for a change and decide on it. */
export interface ChangeBook extends Book {
  asker: Actor;
  approver: Actor;
  /** May ask, decide and sign: only the duties keep this one away. */
  everything: Actor;
}

const ASK = ['loans.request-extension', 'loans.request-renewal', 'loans.request-termination'];
const DECIDE = ['loans.decide-extension', 'loans.decide-renewal', 'loans.decide-termination'];

/** Opens the book on a date. */
export async function openChanges(open: OpenTest, start?: string): Promise<ChangeBook> {
  const book = await openBook(open, start);
  await loadPolicyFiles(book.platform, {
    parameters: [
      'loans.extension',
      'loans.renewal',
      'credit.scorecard',
      'credit.line-rules',
      'subsidies.share',
    ],
  });
  useEvidence({ repaymentRecords, usedOf, lendersOf, overdueHouseholds });
  const org = { id: book.bankId, kind: 'bank' } as const;
  const read = 'loans.read';
  return {
    ...book,
    asker: book.actor({ permissions: [...ASK, read], org, name: '信贷员甲' }),
    approver: book.actor({ permissions: [...DECIDE, read], org, name: '审批人乙' }),
    everything: book.actor({ permissions: [...ASK, ...DECIDE, 'loans.sign', read], org }),
  };
}

/** Refused with this code, and nothing changed. */
export async function unchanged(
  book: Book,
  code: string,
  attempt: () => Promise<unknown>,
): Promise<void> {
  const before = await book.snapshot(...CHANGE_TABLES);
  expect(await book.refusal(attempt())).toBe(code);
  expect(await book.snapshot(...CHANGE_TABLES)).toBe(before);
}

const words = { reason: '受灾减产，出栏推迟', evidence: '6月10日走访记录、村委会证明' };

/** The input of a request for an extension. */
export const extensionOf = (loan: { loanId: string }, newMaturesOn: string, more: object = {}) => ({
  ...{ loanId: loan.loanId, newMaturesOn, reasonCode: 'disaster' },
  ...words,
  ...more,
});

/** Asked for by the asker. */
export function askExtension(
  book: ChangeBook,
  loan: { loanId: string },
  newMaturesOn: string,
  more: object = {},
) {
  return book.do(book.asker, requestExtension, extensionOf(loan, newMaturesOn, more));
}

/** Asked for and approved on the clock's day. */
export async function extended(
  book: ChangeBook,
  loan: { loanId: string },
  newMaturesOn: string,
  more: object = {},
) {
  const asked = await askExtension(book, loan, newMaturesOn, more);
  return book.do(book.approver, decideExtension, decision(asked, 'extensionId'));
}

/** The input of a decision on a request. */
export function decision(
  asked: { id: string; loanId: string; contentDigest: string },
  name: 'extensionId' | 'renewalId' | 'terminationId',
  outcome: 'approve' | 'refuse' = 'approve',
) {
  const { id, loanId, contentDigest } = asked;
  const reason = outcome === 'refuse' ? { reason: '材料不足' } : {};
  return { loanId, [name]: id, contentDigest, outcome, ...reason };
}

const CONDITIONS = ['LAWFUL', 'BUSINESS_STABLE', 'GOOD_CREDIT', 'MEETS_STANDARD', 'OTHER'];

/** All conditions met, but for these. */
export const conditions = (...unmet: string[]) =>
  CONDITIONS.map((code) => ({ code, met: !unmet.includes(code), reason: '实地走访核实' }));

/** The input of a request for a renewal of 50,000 yuan for 12 months at 4.35 %. */
export const renewalOf = (loan: { loanId: string }, more: object = {}) => ({
  ...{ loanId: loan.loanId, amount: '50000.00', termMonths: 12, rate: '4.35' },
  ...{ withoutRepaying: true, conditions: conditions() },
  ...words,
  ...more,
});

/** A loan of 12 months, paid out on a day to a household that has a line when it renews on another. */
export async function renewable(
  book: ChangeBook,
  { lentOn, on, ...plan }: Plan & { lentOn: string; on: string },
): Promise<Lent> {
  onDay(book, lentOn);
  const loan = await lent(book, { termMonths: 12, rate: '4.35', ...plan });
  onDay(book, on);
  await aLine(book, loan.householdId);
  return loan;
}

/** Asked for by the asker. */
export function askRenewal(book: ChangeBook, loan: { loanId: string }, more: object = {}) {
  return book.do(book.asker, requestRenewal, renewalOf(loan, more));
}

/** Asked for and approved on the clock's day. */
export async function renewalApproved(book: ChangeBook, loan: { loanId: string }, more?: object) {
  const asked = await askRenewal(book, loan, more);
  return book.do(book.approver, decideRenewal, decision(asked, 'renewalId'));
}

/** Interest and penalty of a loan up to the clock's day, in yuan. */
export async function interestOf(book: Book, { loanId }: { loanId: string }): Promise<string> {
  return (await book.ask(book.officer, payoffQuote, { loanId })).interest;
}

/** Asked for by the asker, from a day on. */
export function askTermination(book: ChangeBook, { loanId }: { loanId: string }, endsOn: string) {
  const because = { reason: '贷款转借企业使用', evidence: '用途检查记录' };
  return book.do(book.asker, requestTermination, { loanId, endsOn, ...because });
}

/** Asked for and approved on the clock's day. */
export async function terminated(book: ChangeBook, loan: { loanId: string }, endsOn: string) {
  const asked = await askTermination(book, loan, endsOn);
  return book.do(book.approver, decideTermination, decision(asked, 'terminationId'));
}

/** The maturity of a loan and what it was first. */
export async function maturityOf(book: Book, loan: { loanId: string }) {
  const { maturesOn, originalMaturesOn } = await rowOf(book, loan);
  return { maturesOn, originalMaturesOn };
}
