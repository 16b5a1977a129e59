/** Table map of holds on the interest subsidy of a loan. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  IdColumn,
  InstantColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';

/** held: not paid for until somebody decides; lost: not paid for any more; released: as if it had never been. */
export type HoldState = 'held' | 'lost' | 'released';

/** One hold: from a day on the county does not pay the interest of this loan, until its cause is decided. */
@Entity('subsidy_hold')
export class SubsidyHold {
  @IdColumn() id: string;
  @TextColumn(26) loanId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  /** First day that is held. */
  @DateColumn() fromOn: BusinessDate;
  /** What brought it about, e.g. `monitoring-flag`, and its id; one hold for each cause. */
  @TextColumn(40) causeKind: string;
  @TextColumn(26) causeId: string;
  @TextColumn(10) state: HoldState;
  /** First day for which the subsidy is lost; days before it are paid as if nothing had been. */
  @DateColumn({ nullable: true }) lostFromOn: BusinessDate | null;
  @TextColumn(40) heldBy: string;
  @InstantColumn() heldAt: Instant;
  /** Who decided; never who held. */
  @TextColumn(40, { nullable: true }) endedBy: string | null;
  @DateColumn({ nullable: true }) endedOn: BusinessDate | null;
  @InstantColumn({ nullable: true }) endedAt: Instant | null;
  @VersionColumn() version: number;
}
