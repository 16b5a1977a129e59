/** The tables of the dated rules. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  BoolColumn,
  DateColumn,
  DigestColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { RowOrigin, RowState } from './policy-row';

/** One dated rule. Its content never changes; its state goes from proposed to in force or rejected. */
@Entity('policy_row')
export class PolicyRow {
  /** A ULID, or the id that the file gives. */
  @KeyColumn(40) id: string;
  @TextColumn(60) parameter: string;
  @TextColumn(12, { name: 'region_code' }) region: string;
  @DateColumn() effectiveFrom: BusinessDate;
  @DateColumn({ nullable: true }) effectiveTo: BusinessDate | null;
  @TextColumn(500) source: string;
  @BoolColumn() provisional: boolean;
  @JsonColumn() value: unknown;
  @DigestColumn() contentDigest: string;
  @TextColumn(4) origin: RowOrigin;
  @TextColumn(10) state: RowState;
  /** Parameter, region and first day while in force, else null; unique. */
  @TextColumn(90, { nullable: true }) inForceKey: string | null;
  @TextColumn(40) proposedBy: string;
  @TextColumn(60) proposedByName: string;
  @InstantColumn() proposedAt: Instant;
  @TextColumn(40, { nullable: true }) confirmedBy: string | null;
  @TextColumn(60, { nullable: true }) confirmedByName: string | null;
  @InstantColumn({ nullable: true }) confirmedAt: Instant | null;
  @TextColumn(40, { nullable: true }) rejectedBy: string | null;
  @TextColumn(60, { nullable: true }) rejectedByName: string | null;
  @InstantColumn({ nullable: true }) rejectedAt: Instant | null;
  @TextColumn(200, { nullable: true }) rejectedReason: string | null;
  @VersionColumn() version: number;
}

/** The owner row of one parameter in one region: written by whoever puts a row in force there. */
@Entity('policy_line')
export class PolicyLine {
  @KeyColumn(60) parameter: string;
  @TextColumn(12, { key: true }) regionCode: string;
  @VersionColumn() version: number;
}

export const policyEntities = [PolicyRow, PolicyLine];
