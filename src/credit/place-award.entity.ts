/** Tables of credit villages and townships: the judgement of a place and year, and what it rests on. */
import { Entity } from 'typeorm';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type {
  PlaceFigures,
  PlaceFinding,
  PlaceLevel,
  PlaceOutcome,
  PlaceRules,
} from './place-rules';

/** judged → confirmed, or judged → rejected; a rejected judgement makes room for another one. */
export const AWARD_STATES = ['judged', 'confirmed', 'rejected'] as const;
export type AwardState = (typeof AWARD_STATES)[number];

/** The judgement of one place and year. Only a confirmed one with outcome `met` is an award. */
@Entity('credit_place_award')
export class CreditPlaceAward {
  @IdColumn() id: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(10) level: PlaceLevel;
  @IntColumn() year: number;
  @TextColumn(10) outcome: PlaceOutcome;
  @TextColumn(10) state: AwardState;
  @DigestColumn() contentDigest: string;
  @TextColumn(40) judgedBy: string;
  @TextColumn(60) judgedByName: string;
  @DateColumn() judgedOn: BusinessDate;
  /** Who confirmed or rejected it; never who judged. */
  @TextColumn(40, { nullable: true }) decidedBy: string | null;
  @TextColumn(60, { nullable: true }) decidedByName: string | null;
  @DateColumn({ nullable: true }) decidedOn: BusinessDate | null;
  @TextColumn(200, { nullable: true }) decisionReason: string | null;
  /** Region and year while it is not rejected (unique). */
  @TextColumn(20, { nullable: true }) currentKey: string | null;
  @VersionColumn() version: number;
}

/** The figures, what they say, and the benefits of the day. Append-only. */
@Entity('credit_place_content')
export class CreditPlaceContent {
  @KeyColumn(26) awardId: string;
  @TextColumn(40) rulesRowId: string;
  @JsonColumn<PlaceFigures>() figures: PlaceFigures;
  @JsonColumn<PlaceFinding[]>() findings: PlaceFinding[];
  @JsonColumn<PlaceRules['benefits']>() benefits: PlaceRules['benefits'];
}
