/** Table map of early ends of loans whose use was diverted (提前终止). */
import { Entity } from 'typeorm';
import type { BusinessDate } from '../platform/dates';
import { DateColumn, PpmColumn, TextColumn } from '../platform/db/columns';
import type { Ppm } from '../platform/rate';
import { AskedChange } from './asked.entity';

/** One early end. */
@Entity('loan_termination')
export class Termination extends AskedChange {
  /** The day from which everything is due and the county pays no interest any more. */
  @DateColumn() endsOn: BusinessDate;
  /** The surcharge from that day on, as a share of the contract rate. */
  @PpmColumn() surchargePpm: Ppm;
  /** The bank's terms of the day the contract was signed, from which the surcharge is taken. */
  @TextColumn(80) policyRowId: string;
  /** Origin of the event that ended the loan; null unless approved. */
  @TextColumn(26, { nullable: true }) eventId: string | null;
}
