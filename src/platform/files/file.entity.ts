/** Table maps of kept files. */
import { Entity } from 'typeorm';
import type { Instant } from '../clock';
import type { BusinessDate } from '../dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LongTextColumn,
  TextColumn,
  VersionColumn,
} from '../db/columns';

/** A file. The row stays when its content is swept. */
@Entity('stored_file')
export class StoredFile {
  @IdColumn() id: string;
  @TextColumn(200) name: string;
  @TextColumn(100) type: string;
  @TextColumn(40) purpose: string;
  @TextColumn(12) regionCode: string;
  @IntColumn() bytes: number;
  @IntColumn() parts: number;
  @DigestColumn() digest: string;
  @TextColumn(40) madeBy: string;
  @InstantColumn() madeAt: Instant;
  @DateColumn() expiresOn: BusinessDate;
  /** `kept` or `swept`. */
  @TextColumn(10) state: 'kept' | 'swept';
  @VersionColumn() version: number;
}

/** A piece of a file's content, sealed. */
@Entity('stored_file_part')
export class StoredFilePart {
  @KeyColumn(26) fileId: string;
  /** From 0 on, without gaps. */
  @IntColumn({ key: true }) no: number;
  @LongTextColumn() sealed: string;
}

export const fileEntities = [StoredFile, StoredFilePart];
