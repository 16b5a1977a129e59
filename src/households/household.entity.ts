/**
 * Tables of the register: the household (owner row of every rule that spans its rows), its members with sealed
 * personal fields, and its statuses by period. Nothing here is ever deleted.
 */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  LongTextColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { HouseholdKind, Relation, Sex } from './household-kind';

/** 户. `code` is the number that the national list gives it. */
@Entity('household')
export class Household {
  @IdColumn() id: string;
  @TextColumn(32) code: string;
  /** The village, 12 digits. */
  @TextColumn(12) regionCode: string;
  @TextColumn(26) headMemberId: string;
  @DateColumn() registeredOn: BusinessDate;
  @TextColumn(40) registeredBy: string;
  @VersionColumn() version: number;
}

/** A person of a household. `currentIndex` is the ID's blind index while the person belongs to it. */
@Entity('household_member')
export class HouseholdMember {
  @IdColumn() id: string;
  @TextColumn(26) householdId: string;
  @TextColumn(60) name: string;
  @TextColumn(20) relation: Relation;
  @LongTextColumn() idNumberSealed: string;
  @DigestColumn() idNumberIndex: string;
  /** Unique: one person belongs to one household at a time. Null once the person has left. */
  @DigestColumn({ nullable: true }) currentIndex: string | null;
  @TextColumn(18) idNumberMasked: string;
  @DateColumn() birthDate: BusinessDate;
  @TextColumn(6) sex: Sex;
  @LongTextColumn({ nullable: true }) phoneSealed: string | null;
  @DigestColumn({ nullable: true }) phoneIndex: string | null;
  @TextColumn(20, { nullable: true }) phoneMasked: string | null;
  @LongTextColumn({ nullable: true }) accountSealed: string | null;
  @DigestColumn({ nullable: true }) accountIndex: string | null;
  @TextColumn(20, { nullable: true }) accountMasked: string | null;
  /** Last day in this household, null while the person belongs to it. */
  @DateColumn({ nullable: true }) leftOn: BusinessDate | null;
}

/** One period of a household's status, both days inclusive. `openKey` (unique) is set on the open period. */
@Entity('household_status')
export class HouseholdStatus {
  @IdColumn() id: string;
  @TextColumn(26) householdId: string;
  @TextColumn(20) status: HouseholdKind;
  @DateColumn() fromOn: BusinessDate;
  @DateColumn({ nullable: true }) toOn: BusinessDate | null;
  @TextColumn(26, { nullable: true }) openKey: string | null;
  /** The document that put the household into this status. */
  @TextColumn(200) source: string;
  @TextColumn(40) recordedBy: string;
  @InstantColumn() recordedAt: Instant;
}
