/** Table maps of public notices, their boards, items and objections. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
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
import type { ObjectionState } from './objection';

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
  /** Digest of the photo of the board, as the officer's device made it. */
  @DigestColumn({ nullable: true }) photoDigest: string | null;
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
  @VersionColumn() version: number;
}
