/** The table of organisations. */
import { Entity } from 'typeorm';
import type { OrganisationKind } from '../platform/authority';
import { IdColumn, TextColumn, VersionColumn } from '../platform/db/columns';

@Entity('organisation')
export class Organisation {
  @IdColumn() id: string;
  @TextColumn(60) name: string;
  @TextColumn(20) kind: OrganisationKind;
  /** The bank above a branch; null for a bank itself and for every other body. */
  @TextColumn(26, { nullable: true }) parentId: string | null;
  /** The bank itself for a branch, else the organisation. */
  @TextColumn(26) rootId: string;
  @TextColumn(12) regionCode: string;
  @VersionColumn() version: number;
}
