/** The table of places. */
import { Entity } from 'typeorm';
import { KeyColumn, TextColumn } from '../platform/db/columns';
import type { RegionLevel } from './region';

@Entity('region')
export class Region {
  @KeyColumn(12) code: string;
  @TextColumn(60) name: string;
  @TextColumn(10) level: RegionLevel;
  /** The place above; null for a province. */
  @TextColumn(12, { nullable: true }) parentCode: string | null;
}
