/** The judgement of a loan's grade: which grades may be judged, and when a judged grade is too good. */
import { type ClassTable, type GradeCode, gradeName, isWorse } from './classification';
import { GP } from './grading-problems';
import type { Loan } from './loan.entity';

/** Ends the judgement in force: from then on the table alone tells the grade. */
export const BY_TABLE = 'BY_TABLE';

/** What may be proposed. The best grade is not judged: it is what the table gives. */
export const JUDGED_GRADES = [
  'SPECIAL_MENTION',
  'SUBSTANDARD',
  'DOUBTFUL',
  'LOSS',
  BY_TABLE,
] as const;
export type JudgedGrade = (typeof JUDGED_GRADES)[number];

/**
 * A judged grade is at least as bad as what the days overdue demand, and changes something.
 * @throws Problem loans.grade-too-good, loans.grade-stands
 */
export function checkJudged(
  loan: Pick<Loan, 'judgedCode'>,
  grade: JudgedGrade,
  byTable: { code: GradeCode; days: number; table: ClassTable },
): void {
  if (grade === (loan.judgedCode ?? BY_TABLE)) throw GP.gradeStands();
  if (grade === BY_TABLE || !isWorse(byTable.code, grade)) return;
  throw GP.gradeTooGood({
    detail: `逾期 ${byTable.days} 天，至少为${gradeName(byTable.table, byTable.code)}`,
  });
}

/** The grade of a judgement as the loan keeps it. */
export function judgedCodeOf(grade: JudgedGrade): GradeCode | null {
  return grade === BY_TABLE ? null : grade;
}
