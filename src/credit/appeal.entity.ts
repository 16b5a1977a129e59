/** Table of appeals (申诉): a household against a rating of it or a change of its line. None is deleted. */
import { Entity } from 'typeorm';
import type { BusinessDate } from '../platform/dates';
import { DateColumn, IdColumn, IntColumn, TextColumn, VersionColumn } from '../platform/db/columns';

/** open → upheld or rejected. */
export const APPEAL_STATES = ['open', 'upheld', 'rejected'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

/** An appeal of one household. */
@Entity('credit_appeal')
export class CreditAppeal {
  @IdColumn() id: string;
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  /** The rating it is against (unique), or null. */
  @TextColumn(26, { nullable: true }) ratingId: string | null;
  /** The period of the line it is against (unique with the household), or null. */
  @IntColumn({ nullable: true }) lineSeq: number | null;
  /** The member who appeals. */
  @TextColumn(26) memberId: string;
  @TextColumn(500) reason: string;
  @TextColumn(10) state: AppealState;
  @TextColumn(40) filedBy: string;
  @TextColumn(60) filedByName: string;
  @DateColumn() filedOn: BusinessDate;
  /** Last day to decide; null while the holidays of that year are not laid down. */
  @DateColumn({ nullable: true }) dueOn: BusinessDate | null;
  @TextColumn(40, { nullable: true }) decidedBy: string | null;
  @TextColumn(60, { nullable: true }) decidedByName: string | null;
  @DateColumn({ nullable: true }) decidedOn: BusinessDate | null;
  @TextColumn(500, { nullable: true }) decisionReason: string | null;
  @VersionColumn() version: number;
}
