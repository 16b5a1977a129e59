/** Table maps of post-loan care. Checks, photos and shares are only ever inserted. */
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
  KeyColumn,
  LongTextColumn,
  PpmColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { Ppm } from '../platform/rate';
import type { FlagKind, FlagState, Use } from './use-check';

/** When the use of a loan is to be checked next: one row a loan, written by each check. */
@Entity('use_check_plan')
export class UseCheckPlan {
  @KeyColumn(26) loanId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @DateColumn() disbursedOn: BusinessDate;
  /** Day of the latest visit, in whatever order visits were entered. */
  @DateColumn({ nullable: true }) lastVisitOn: BusinessDate | null;
  /** The day by which the next check is due, as the rules said when it was set. */
  @DateColumn() dueOn: BusinessDate;
  /** ended: the principal is repaid. */
  @TextColumn(10) state: 'open' | 'ended';
  /** The rules by which the due day was set. */
  @TextColumn(80) policyRowId: string;
  @VersionColumn() version: number;
}

/** One check of use. */
@Entity('use_check')
export class UseCheck {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @DateColumn() visitedOn: BusinessDate;
  @InstantColumn() visitedAt: Instant;
  /** The day by which a check was due when this one was entered. */
  @DateColumn() dueOn: BusinessDate;
  @TextColumn(200) place: string;
  /** Millionths of a degree north and east; both or neither. */
  @IntColumn({ nullable: true }) latitudeMillionths: number | null;
  @IntColumn({ nullable: true }) longitudeMillionths: number | null;
  @TextColumn(100) metWith: string;
  @LongTextColumn() findings: string;
  @TextColumn(20) useFound: Use;
  @TextColumn(500, { nullable: true }) note: string | null;
  /** Entered longer after the visit than the rules allow. */
  @BoolColumn() enteredLate: boolean;
  /** The flag that this check raised or joined. */
  @TextColumn(26, { nullable: true }) flagId: string | null;
  @TextColumn(80) policyRowId: string;
  @TextColumn(40) recordedBy: string;
  @TextColumn(60) recordedByName: string;
  @InstantColumn() recordedAt: Instant;
}

/** A photo of a check. */
@Entity('use_check_photo')
export class UseCheckPhoto {
  @KeyColumn(26) checkId: string;
  /** From 1 on, in the order in which they were named. */
  @IntColumn({ key: true }) no: number;
  /** The kept file. */
  @TextColumn(26) photoId: string;
  @DigestColumn() digest: string;
}

/** A failed check as the county has to judge it. */
@Entity('monitoring_flag')
export class MonitoringFlag {
  @IdColumn() id: string;
  @TextColumn(20) kind: FlagKind;
  @TextColumn(26) loanId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  /** The check that raised it. */
  @TextColumn(26) checkId: string;
  @TextColumn(40) raisedBy: string;
  @DateColumn() raisedOn: BusinessDate;
  @InstantColumn() raisedAt: Instant;
  @TextColumn(10) state: FlagState;
  /** The loan unless the flag was dismissed: unique, so one standing flag a loan. */
  @TextColumn(26, { nullable: true }) standingKey: string | null;
  @TextColumn(40, { nullable: true }) decidedBy: string | null;
  @DateColumn({ nullable: true }) decidedOn: BusinessDate | null;
  @InstantColumn({ nullable: true }) decidedAt: Instant | null;
  @TextColumn(500, { nullable: true }) reason: string | null;
  @VersionColumn() version: number;
}

/** Who answers for a loan from a day on (包放包收), until others take over. */
@Entity('loan_responsibility')
export class LoanResponsibility {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @DateColumn() fromOn: BusinessDate;
  /** First day on which it does not hold any more; equal to `fromOn` when replaced on the same day. */
  @DateColumn({ nullable: true }) untilOn: BusinessDate | null;
  /** The loan while it holds: unique, so one assignment a loan and day. */
  @TextColumn(26, { nullable: true }) openKey: string | null;
  @TextColumn(40) assignedBy: string;
  @InstantColumn() assignedAt: Instant;
  @VersionColumn() version: number;
}

/** The share of one person. */
@Entity('loan_responsibility_share')
export class LoanResponsibilityShare {
  @KeyColumn(26) responsibilityId: string;
  @KeyColumn(40) userId: string;
  @TextColumn(60) userName: string;
  @PpmColumn() sharePpm: Ppm;
}
