/** The finished trial of a proposed scorecard. Append-only. */
import { Entity } from 'typeorm';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  MoneyColumn,
  TextColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';
import type { TrialDetail } from './card-trial';

/** What a proposed card would change of the ratings in force on a day. */
@Entity('card_simulation')
export class CardSimulation {
  @IdColumn() id: string;
  /** The proposed row, and its content: another content needs another trial. */
  @TextColumn(40) policyRowId: string;
  @DigestColumn() contentDigest: string;
  @TextColumn(12) regionCode: string;
  @DateColumn() asOf: BusinessDate;
  @IntColumn() households: number;
  @IntColumn() upgraded: number;
  @IntColumn() downgraded: number;
  @IntColumn() unchanged: number;
  /** Lines as computed, before decisions of the bank. */
  @MoneyColumn() beforeFen: Fen;
  @MoneyColumn() afterFen: Fen;
  @JsonColumn<TrialDetail>() result: TrialDetail;
  @TextColumn(40) madeBy: string;
  @TextColumn(60) madeByName: string;
}
