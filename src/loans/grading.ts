/**
 * The class of a loan on a day. Laws (policy facts §6.1):
 * - Days overdue are counted on principal and on the borrower's own interest; the longer count goes into the table.
 * - A judgement may make it worse than the table, never better; the table makes it worse than the judgement.
 * - Where the table says so, the borrower's worst loan counts for all of theirs that are not settled.
 * - A loan that was written off is a loss until it is settled.
 */
import { type BusinessDate, daysBetween, maxDate } from '../platform/dates';
import { BEST_GRADE, type ClassTable, type GradeCode, gradeOf, isWorse } from './classification';
import { overdueDaysOn } from './interest';
import type { Loan } from './loan.entity';
import type { PaidOutLoan } from './loan-state';

/** What moved a class. */
export type ClassCause =
  | 'table'
  | 'judgement'
  | 'borrower'
  | 'correction'
  | 'settled'
  | 'write-off';

/** The causes for screens. */
export const CAUSE_NAMES: Readonly<Record<ClassCause | 'carried', string>> = {
  table: '按逾期天数',
  judgement: '人工认定',
  borrower: '同一借款人的其他贷款',
  correction: '业务更正后重新分类',
  settled: '结清',
  'write-off': '核销',
  carried: '启用分类记录时的分类',
};

/** What of a loan its grade depends on. */
export type GradedLoan = Pick<
  PaidOutLoan,
  'id' | 'maturesOn' | 'outstandingFen' | 'ownDueSince' | 'writtenOffOn' | 'judgedCode'
>;

/** A grade, what brought it, and the longer count of days overdue of the loan itself. */
export interface Grading {
  code: GradeCode;
  cause: Exclude<ClassCause, 'correction' | 'settled'>;
  days: number;
}

/** Days on which own interest is overdue on a date: 1 on the day after it was due. */
export function interestDaysOn(ownDueSince: Loan['ownDueSince'], on: BusinessDate): number {
  return ownDueSince === null ? 0 : daysBetween(ownDueSince, maxDate(ownDueSince, on));
}

/** The longer of the days on which principal and own interest are overdue on a date. */
export function longerDaysOn(
  { maturesOn, outstandingFen, ownDueSince }: Omit<GradedLoan, 'id' | 'judgedCode'>,
  on: BusinessDate,
): number {
  return Math.max(overdueDaysOn(maturesOn, outstandingFen, on), interestDaysOn(ownDueSince, on));
}

/** The grade of a loan on a date. `others`: the borrower's other loans that are not settled. */
export function gradingOf(
  table: ClassTable,
  loan: GradedLoan,
  others: readonly GradedLoan[],
  on: BusinessDate,
): Grading {
  const own = ownGrading(table, loan, on);
  if (!table.worstLoanOfBorrower) return own;
  let worst = own;
  for (const other of others) {
    const { code } = ownGrading(table, other, on);
    if (isWorse(code, worst.code)) worst = { code, cause: 'borrower', days: own.days };
  }
  return worst;
}

function ownGrading(table: ClassTable, loan: GradedLoan, on: BusinessDate): Grading {
  const days = longerDaysOn(loan, on);
  if (loan.writtenOffOn !== null) return { code: 'LOSS', cause: 'write-off', days };
  const byTable = gradeOf(table, days);
  const judged = (loan.judgedCode ?? BEST_GRADE) as GradeCode;
  return isWorse(judged, byTable)
    ? { code: judged, cause: 'judgement', days }
    : { code: byTable, cause: 'table', days };
}
