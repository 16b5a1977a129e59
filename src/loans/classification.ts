/**
 * Five-grade classification (五级分类) by days overdue, after the dated table `loans.classification`: since
 * 2023-07-01 the 商业银行金融资产风险分类办法, before it the banks' practice under 银监发〔2007〕54号. The table
 * gives a grade at least; judgement may make it worse (grading.ts).
 */
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';

/** The grades, best first; the words of the rule, so they are codes and not policy. */
export const GRADE_CODES = [
  'NORMAL',
  'SPECIAL_MENTION',
  'SUBSTANDARD',
  'DOUBTFUL',
  'LOSS',
] as const;
export type GradeCode = (typeof GRADE_CODES)[number];

/** The grade of a loan on which nothing is overdue. */
export const BEST_GRADE: GradeCode = 'NORMAL';

/** The table of one day. */
export interface ClassTable {
  grades: { code: GradeCode; name: string; nonPerforming: boolean }[];
  /** Strict limits, ascending: `overdueDaysOver: 90` begins on the 91st day. */
  thresholds: { overdueDaysOver: number; gradeAtLeast: GradeCode }[];
  overdueDaysBasis: 'LONGER_OF_PRINCIPAL_AND_INTEREST';
  worstLoanOfBorrower: boolean;
}

/** The table as policy holds it. */
export const classificationTable = defineParameter<ClassTable>({
  key: 'loans.classification',
  title: '贷款五级分类',
  schema: Joi.object<ClassTable>({
    grades: Joi.array()
      .items(
        Joi.object({
          code: Joi.string()
            .valid(...GRADE_CODES)
            .required(),
          name: Joi.string().required(),
          nonPerforming: Joi.boolean().required(),
        }),
      )
      .length(GRADE_CODES.length)
      .required(),
    thresholds: Joi.array()
      .items(
        Joi.object({
          overdueDaysOver: Joi.number().integer().min(0).required(),
          gradeAtLeast: Joi.string()
            .valid(...GRADE_CODES)
            .required(),
        }),
      )
      .min(1)
      .sort({ by: 'overdueDaysOver' })
      .required(),
    overdueDaysBasis: Joi.string().valid('LONGER_OF_PRINCIPAL_AND_INTEREST').required(),
    worstLoanOfBorrower: Joi.boolean().required(),
  }),
});

/** The grade that so many days overdue bring, by the table of the day of classification. */
export function gradeOf(table: ClassTable, overdueDays: number): GradeCode {
  let grade: GradeCode = BEST_GRADE;
  for (const { overdueDaysOver, gradeAtLeast } of table.thresholds) {
    if (overdueDays > overdueDaysOver) grade = gradeAtLeast;
  }
  return grade;
}

/** Whether the first grade is worse than the second. */
export function isWorse(one: GradeCode, other: GradeCode): boolean {
  return GRADE_CODES.indexOf(one) > GRADE_CODES.indexOf(other);
}

/** Whether a grade is a bad one (不良) by the table. */
export function isBadGrade(table: ClassTable, code: string): boolean {
  return table.grades.some((grade) => grade.code === code && grade.nonPerforming);
}

/** Whether so many days overdue make a bad loan (不良) by the table. */
export function isNonPerforming(table: ClassTable, overdueDays: number): boolean {
  return isBadGrade(table, gradeOf(table, overdueDays));
}

/** What officers call a grade. */
export function gradeName(table: ClassTable, code: GradeCode): string {
  return table.grades.find((grade) => grade.code === code)?.name ?? code;
}
