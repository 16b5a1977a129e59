/**
 * Tables of the register: the household (owner row of every rule that spans its rows), its members with sealed
 * personal fields, and by periods its statuses, places and heads and what is known of each member; and who edited
 * what. Nothing here is ever deleted.
 */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  BoolColumn,
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  LongTextColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { HouseholdKind, LeftReason, PlaceCause, Relation, Sex } from './household-kind';
import type { Health, Labour, WorkingAway } from './traits';

/** 户. `code` is the number that the national list gives it. */
@Entity('household')
export class Household {
  @IdColumn() id: string;
  @TextColumn(32) code: string;
  /** The village now, 12 digits; former ones stand in `HouseholdPlace`. */
  @TextColumn(12) regionCode: string;
  /** The head now; former ones stand in `HouseholdHead`. */
  @TextColumn(26) headMemberId: string;
  @DateColumn() registeredOn: BusinessDate;
  @TextColumn(40) registeredBy: string;
  @VersionColumn() version: number;
  /** Copies for the lists, written with what they copy: the head's name and initials, today's status. */
  @TextColumn(60) headName: string;
  @TextColumn(40) headInitials: string;
  @TextColumn(20) statusNow: HouseholdKind;
  /** The member on whose account subsidies are paid, null while none is named. */
  @TextColumn(26, { nullable: true }) subsidyMemberId: string | null;
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
  /** 拼音首字母 of the name. */
  @TextColumn(40) initials: string;
  /** First day in this household. */
  @DateColumn() joinedOn: BusinessDate;
  @TextColumn(12, { nullable: true }) leftReason: LeftReason | null;
  @DateColumn({ nullable: true }) deceasedOn: BusinessDate | null;
}

/** One period, both days inclusive. `openKey` (the owner's id, unique) is set while it is open. */
export abstract class Period {
  @IdColumn() id: string;
  @DateColumn() fromOn: BusinessDate;
  @DateColumn({ nullable: true }) toOn: BusinessDate | null;
  @TextColumn(26, { nullable: true }) openKey: string | null;
  /** The document or the reason by which it began. */
  @TextColumn(200) source: string;
  @TextColumn(40) recordedBy: string;
  @InstantColumn() recordedAt: Instant;
}

/** 身份类别 of a household. */
@Entity('household_status')
export class HouseholdStatus extends Period {
  @TextColumn(26) householdId: string;
  @TextColumn(20) status: HouseholdKind;
}

/** The village of a household: the present one and those before a move or a merger of villages. */
@Entity('household_place')
export class HouseholdPlace extends Period {
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(12) cause: PlaceCause;
}

/** 户主 of a household. */
@Entity('household_head')
export class HouseholdHead extends Period {
  @TextColumn(26) householdId: string;
  @TextColumn(26) memberId: string;
}

/** What is known of a member; null where not known. */
@Entity('member_traits')
export class MemberTraits extends Period {
  @TextColumn(26) memberId: string;
  @TextColumn(16, { nullable: true }) health: Health | null;
  @TextColumn(16, { nullable: true }) labour: Labour | null;
  @TextColumn(100, { nullable: true }) skills: string | null;
  @TextColumn(16, { nullable: true }) workingAway: WorkingAway | null;
  @TextColumn(60, { nullable: true }) awayPlace: string | null;
  @BoolColumn({ nullable: true }) publicEmployee: boolean | null;
}

/** One edit of a household's facts; append-only, read by inspection. */
@Entity('household_edit')
export class HouseholdEdit {
  @IdColumn() id: string;
  @TextColumn(26) householdId: string;
  @TextColumn(26, { nullable: true }) memberId: string | null;
  /** The household's village on that day. */
  @TextColumn(12) regionCode: string;
  @TextColumn(60) act: string;
  /** Names of the fields, by commas. */
  @TextColumn(200) fields: string;
  /** Old and new form where one replaces the other; masked where it is personal. */
  @TextColumn(200, { nullable: true }) detail: string | null;
  @TextColumn(40) editedBy: string;
  @TextColumn(60) editorName: string;
  /** Where the editor's organisation stands; the editor's own region where there is none. */
  @TextColumn(12) editorRegion: string;
  @TextColumn(40, { nullable: true }) editorOrgId: string | null;
  /** The editor's organisation stands neither in the household's township nor above it. */
  @BoolColumn() outside: boolean;
  /** The long task of a bulk edit, null for an edit by hand. */
  @TextColumn(40, { nullable: true }) taskId: string | null;
  @DateColumn() editedOn: BusinessDate;
  @InstantColumn() editedAt: Instant;
}

/** 村撤并: all households of a village go to another one from a day on; append-only. */
@Entity('village_merger')
export class VillageMerger {
  @IdColumn() id: string;
  @TextColumn(12) fromCode: string;
  @TextColumn(12) toCode: string;
  @DateColumn() fromOn: BusinessDate;
  @TextColumn(200) source: string;
  @TextColumn(40) askedBy: string;
  @InstantColumn() askedAt: Instant;
}
