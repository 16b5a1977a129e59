/** Table map of renewals (续贷): asked for, decided, and signed as a new loan. */
import { Entity } from 'typeorm';
import type { Finding } from '../applications';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  BoolColumn,
  DateColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  MoneyColumn,
  PpmColumn,
  TextColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';
import type { Ppm } from '../platform/rate';
import { AskedChange } from './asked.entity';
import type { ConditionMet } from './renewal-rules';

/** One renewal of a loan; `loanId` is the old one. */
@Entity('loan_renewal')
export class Renewal extends AskedChange {
  /** The maturity of the old loan when it was asked for. */
  @DateColumn() maturesOn: BusinessDate;
  @TextColumn(10) productCode: string;
  /** The most that the new contract may lend, in fen. */
  @MoneyColumn() amountFen: Fen;
  @IntColumn() termMonths: number;
  @PpmColumn() ratePpm: Ppm;
  /** 无还本续贷: the new loan takes over the whole principal. */
  @BoolColumn() withoutRepaying: boolean;
  @JsonColumn() conditions: ConditionMet[];
  /** Every rule of eligibility, as of the day on which it was asked for. */
  @JsonColumn() findings: Finding[];
  @TextColumn(80) policyRowId: string;
  /** Who signed the new contract; neither who asked nor who decided. */
  @TextColumn(40, { nullable: true }) signedBy: string | null;
  @DateColumn({ nullable: true }) signedOn: BusinessDate | null;
  @InstantColumn({ nullable: true }) signedAt: Instant | null;
  @TextColumn(26, { nullable: true }) newLoanId: string | null;
}
