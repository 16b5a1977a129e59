/** The tables of the books. Entries and lines are only ever added; balances change by relative statements. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  MoneyColumn,
  TextColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';

/** One business event in one book. */
@Entity('ledger_entry')
export class LedgerEntry {
  @IdColumn() id: string;
  /** The unique key that the caller made of the business event; it makes a repeat harmless. */
  @TextColumn(160) entryKey: string;
  @TextColumn(40) book: string;
  /** The business date on which it counts. */
  @DateColumn() onDate: BusinessDate;
  @TextColumn(80) event: string;
  @TextColumn(200) memo: string;
  @TextColumn(40) subjectKind: string;
  @TextColumn(80) subjectId: string;
  /** Where the subject stands; decides who may read the entry. */
  @TextColumn(12) regionCode: string;
  /** The bank whose book it is; null for county and fund. */
  @TextColumn(40, { nullable: true }) orgId: string | null;
  /** SM3 over the entry and its lines, see entry.ts. */
  @DigestColumn() contentDigest: string;
  @TextColumn(26, { nullable: true }) correctsEntryId: string | null;
  /** The entry of many subjects whose part of this subject is corrected; unique with the subject. */
  @TextColumn(26, { nullable: true }) correctsPartOfId: string | null;
  @InstantColumn() postedAt: Instant;
  @TextColumn(40) actorId: string;
}

/** One line of an entry; debit positive, credit negative, never zero. */
@Entity('ledger_line')
export class LedgerLine {
  @KeyColumn(26) entryId: string;
  @IntColumn({ key: true }) lineNo: number;
  @TextColumn(40) book: string;
  @TextColumn(32) account: string;
  @TextColumn(40) sub: string;
  @MoneyColumn() amountFen: Fen;
  @DateColumn() onDate: BusinessDate;
}

/** The sum of the lines of an account, in up to 16 rows. */
@Entity('ledger_balance')
export class LedgerBalance {
  @KeyColumn(40) book: string;
  @KeyColumn(32) account: string;
  @KeyColumn(40) sub: string;
  @IntColumn({ key: true }) shard: number;
  @MoneyColumn() balanceFen: Fen;
}

export const ledgerEntities = [LedgerEntry, LedgerLine, LedgerBalance];
