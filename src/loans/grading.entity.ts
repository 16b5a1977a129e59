/** Table maps of the class of loans: every change of it, and the judgements that moved it. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { ClassCause } from './grading';
import type { JudgedGrade } from './judgement';

/** A loan went from one class to another. Rows are only ever added. */
@Entity('loan_class_change')
export class LoanClassChange {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @DateColumn() changedOn: BusinessDate;
  @TextColumn(20) fromCode: string;
  @TextColumn(20) toCode: string;
  /** The longer of the days on which principal and own interest were overdue. */
  @IntColumn() overdueDays: number;
  /** carried: the class in which the loan was when the history began. */
  @TextColumn(12) cause: ClassCause | 'carried';
  /** The class table by which it was graded; null where no table was asked. */
  @TextColumn(64, { nullable: true }) policyRowId: string | null;
  @TextColumn(26, { nullable: true }) judgementId: string | null;
  @TextColumn(40, { nullable: true }) changedBy: string | null;
  @InstantColumn({ nullable: true }) changedAt: Instant | null;
}

/** A grade that one person proposed for a loan and another decided on. */
@Entity('loan_grade_judgement')
export class GradeJudgement {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(20) gradeCode: JudgedGrade;
  @TextColumn(500) reason: string;
  @TextColumn(500) evidence: string;
  /** How the loan stood when it was proposed. */
  @TextColumn(20) classBefore: string;
  @IntColumn() overdueDays: number;
  @TextColumn(20) tableCode: string;
  @TextColumn(64) policyRowId: string;
  @TextColumn(10) state: 'proposed' | 'approved' | 'refused';
  @TextColumn(40) proposedBy: string;
  @DateColumn() proposedOn: BusinessDate;
  @InstantColumn() proposedAt: Instant;
  /** Never who proposed. */
  @TextColumn(40, { nullable: true }) decidedBy: string | null;
  @DateColumn({ nullable: true }) decidedOn: BusinessDate | null;
  @InstantColumn({ nullable: true }) decidedAt: Instant | null;
  @TextColumn(500, { nullable: true }) decisionNote: string | null;
  /** The loan while the proposal waits, else null: unique, so one at a time. */
  @TextColumn(26, { nullable: true }) openLoanId: string | null;
  @VersionColumn() version: number;
}
