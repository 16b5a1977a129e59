/** Table maps of public notices, their boards, items and objections. */
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
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { PublicField } from './masking';
import type { Level, NoticeState } from './notice';
import type { CheckOutcome, ObjectionState } from './objection';

/** A notice: one sheet that hangs at several boards for one period. */
@Entity('notice')
export class Notice {
  @IdColumn() id: string;
  /** What is shown: `loan`, `subsidy`. */
  @TextColumn(20) kind: string;
  @TextColumn(60) ruleKey: string;
  /** The policy row that gave the length; null until the last board hangs. */
  @TextColumn(60, { nullable: true }) ruleRowId: string | null;
  @TextColumn(60) maskingRowId: string;
  /** The village it concerns. */
  @TextColumn(12) regionCode: string;
  @TextColumn(200) title: string;
  /** The boards that the rule requires. */
  @JsonColumn<Level[]>() levels: Level[];
  @JsonColumn<string[]>() phones: string[];
  @TextColumn(10) state: NoticeState;
  @TextColumn(40) openedBy: string;
  @DateColumn() openedOn: BusinessDate;
  @InstantColumn() openedAt: Instant;
  /** The day on which the last board was posted: the clock starts. */
  @DateColumn({ nullable: true }) startsOn: BusinessDate | null;
  /** The last day of the notice. */
  @DateColumn({ nullable: true }) endsOn: BusinessDate | null;
  @DateColumn({ nullable: true }) closedOn: BusinessDate | null;
  /** Last day of the public page; null while no board hangs. */
  @DateColumn({ nullable: true }) showsUntil: BusinessDate | null;
  /** Last day on which objections are taken; null while a board is missing, or from before there was a window. */
  @DateColumn({ nullable: true }) objectionsUntil: BusinessDate | null;
  /** What the rule demands of every board. */
  @BoolColumn() photoRequired: boolean;
  @BoolColumn() photoHolds: boolean;
  @BoolColumn() takeDownRequired: boolean;
  @VersionColumn() version: number;
}

/** A board: where and by whom the sheet was posted. */
@Entity('notice_level')
export class NoticeLevel {
  @KeyColumn(26) noticeId: string;
  @KeyColumn(10) level: Level;
  @TextColumn(40) postedBy: string;
  @DateColumn() postedOn: BusinessDate;
  @InstantColumn() postedAt: Instant;
  @TextColumn(200) placeText: string;
  /** Digest of the photo of the board: of the kept picture, or as the officer's device told it. */
  @DigestColumn({ nullable: true }) photoDigest: string | null;
  /** The kept photo; null while there is none. */
  @TextColumn(26, { nullable: true }) photoFileId: string | null;
  @TextColumn(40, { nullable: true }) photoBy: string | null;
  @InstantColumn({ nullable: true }) photoAt: Instant | null;
  @TextColumn(40, { nullable: true }) takenDownBy: string | null;
  @DateColumn({ nullable: true }) takenDownOn: BusinessDate | null;
  @VersionColumn() version: number;
}

/** An item of the sheet: one subject, with its content as the public sees it. */
@Entity('notice_item')
export class NoticeItem {
  @IdColumn() id: string;
  @TextColumn(26) noticeId: string;
  @TextColumn(20) subjectKind: string;
  @TextColumn(40) subjectId: string;
  @IntColumn() position: number;
  @JsonColumn<PublicField[]>() content: PublicField[];
  /** Other records whose story this belongs to, for the audit. */
  @JsonColumn<{ kind: string; id: string }[]>() related: { kind: string; id: string }[];
  @TextColumn(10) state: 'shown' | 'stopped';
  /** Who put it on the sheet; null on sheets of before, where it was whoever opened them. */
  @TextColumn(40, { nullable: true }) announcedBy: string | null;
  @VersionColumn() version: number;
}

/** An objection of a villager. Content and complainant are sealed. */
@Entity('objection')
export class Objection {
  @IdColumn() id: string;
  @TextColumn(26) noticeId: string;
  @TextColumn(26) itemId: string;
  /** Digest of the receipt code; the code itself is given to the complainant only. */
  @DigestColumn() receiptDigest: string;
  /** The board at which the complainant saw the notice. */
  @TextColumn(10) level: Level;
  @LongTextColumn() contentSealed: string;
  @LongTextColumn({ nullable: true }) complainantNameSealed: string | null;
  @LongTextColumn({ nullable: true }) complainantPhoneSealed: string | null;
  @TextColumn(10) state: ObjectionState;
  @DateColumn() raisedOn: BusinessDate;
  @InstantColumn() raisedAt: Instant;
  /** Last day for the decision; null when that year's calendar was not loaded. */
  @DateColumn({ nullable: true }) decideBy: BusinessDate | null;
  @TextColumn(40, { nullable: true }) decidedBy: string | null;
  @DateColumn({ nullable: true }) decidedOn: BusinessDate | null;
  @LongTextColumn({ nullable: true }) answerText: string | null;
  /** Whether the township checks before the county decides, by the rule of the day it was raised. */
  @BoolColumn() checkFirst: boolean;
  /** Last day for the check; null when that year's calendar was not loaded, or no check is asked for. */
  @DateColumn({ nullable: true }) checkBy: BusinessDate | null;
  @TextColumn(40, { nullable: true }) checkedBy: string | null;
  @DateColumn({ nullable: true }) checkedOn: BusinessDate | null;
  @TextColumn(10, { nullable: true }) checkOutcome: CheckOutcome | null;
  @LongTextColumn({ nullable: true }) checkText: string | null;
  @VersionColumn() version: number;
}

/** A photo that a complainant added to an objection. */
@Entity('objection_evidence')
export class ObjectionEvidence {
  @IdColumn() id: string;
  @TextColumn(26) objectionId: string;
  @TextColumn(26) fileId: string;
  @DigestColumn() digest: string;
  @InstantColumn() addedAt: Instant;
}
