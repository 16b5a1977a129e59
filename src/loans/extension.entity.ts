/** Table map of extensions (展期): asked for, approved or refused. */
import { Entity } from 'typeorm';
import type { BusinessDate } from '../platform/dates';
import { DateColumn, TextColumn } from '../platform/db/columns';
import { AskedChange } from './asked.entity';
import type { ExtensionReason } from './extension-rules';

/** One extension. */
@Entity('loan_extension')
export class Extension extends AskedChange {
  /** The maturity when it was asked for. */
  @DateColumn() maturesOn: BusinessDate;
  @DateColumn() newMaturesOn: BusinessDate;
  @TextColumn(20) reasonCode: ExtensionReason;
  /** The rules by which it was measured when it was asked for. */
  @TextColumn(80) policyRowId: string;
  /** Origin of the event that moved the maturity; null unless approved. */
  @TextColumn(26, { nullable: true }) eventId: string | null;
}
