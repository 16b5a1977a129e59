/** Table maps of collection. All rows are evidence: they are only ever inserted. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  BoolColumn,
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LongTextColumn,
  MoneyColumn,
  PpmColumn,
  TextColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';
import type { Ppm } from '../platform/rate';
import type { BandFigures } from './overdue-report';

/** A reminder that the night left in the outbox. */
@Entity('reminder')
export class Reminder {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  /** Step of the ladder, e.g. 'T-30'. */
  @TextColumn(10) stepCode: string;
  @TextColumn(30) kind: string;
  @TextColumn(20) channel: string;
  @DateColumn() sentOn: BusinessDate;
  @BoolColumn() countsForClaim: boolean;
  /** Natural key of the message in the outbox. */
  @TextColumn(160) messageKey: string;
  @TextColumn(80) policyRowId: string;
  @TextColumn(40) recordedBy: string;
  @InstantColumn() recordedAt: Instant;
}

/** A visit to the borrower, before or after maturity. */
@Entity('visit')
export class Visit {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @DateColumn() visitedOn: BusinessDate;
  @TextColumn(200) place: string;
  @TextColumn(100) metWith: string;
  @LongTextColumn() finding: string;
  /** The use of the money was checked. */
  @BoolColumn() useChecked: boolean;
  /** True for visits after maturity where the ladder counts visits. */
  @BoolColumn() countsForClaim: boolean;
  @DigestColumn({ nullable: true }) photoDigest: string | null;
  @TextColumn(40) recordedBy: string;
  @InstantColumn() recordedAt: Instant;
}

export type DemandKind = 'TOWNSHIP_MEETING' | 'FORMAL_DEMAND';

/** A township meeting over an overdue loan, or a formal demand handed to the borrower. */
@Entity('demand')
export class Demand {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @TextColumn(10) stepCode: string;
  @TextColumn(30) kind: DemandKind;
  @DateColumn() heldOn: BusinessDate;
  @LongTextColumn() evidence: string;
  @BoolColumn() countsForClaim: boolean;
  @TextColumn(80) policyRowId: string;
  @TextColumn(40) recordedBy: string;
  @InstantColumn() recordedAt: Instant;
}

/** The overdue figures of one township and bank on one night. */
@Entity('overdue_report')
export class OverdueReport {
  @DateColumn({ key: true }) businessDate: BusinessDate;
  @KeyColumn(12) townshipCode: string;
  @KeyColumn(40) bankId: string;
  @IntColumn() loans: number;
  @MoneyColumn() balanceFen: Fen;
  @IntColumn() overdueLoans: number;
  @MoneyColumn() overduePrincipalFen: Fen;
  @PpmColumn({ nullable: true }) overdueRatePpm: Ppm | null;
  @JsonColumn() bands: BandFigures[];
  @InstantColumn() madeAt: Instant;
}
