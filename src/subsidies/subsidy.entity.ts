/** The tables of the subsidy. Claims, exclusions, appropriations and payments are only ever added. */
import { Entity } from 'typeorm';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  DateColumn,
  DigestColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  MoneyColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { DayBasis, Fen } from '../platform/money';
import type { Payee } from './parameters';
import type { RunState } from './quarter';
import type { Exclusion, SubsidyPart } from './subsidy';

/** One quarter of one county: how far it has come and by whose hand. */
@Entity('subsidy_run')
export class SubsidyRun {
  /** The county. */
  @KeyColumn(12) regionCode: string;
  @KeyColumn(6) periodCode: string;
  @DateColumn() fromOn: BusinessDate;
  /** The settlement day, inclusive. */
  @DateColumn() toOn: BusinessDate;
  @TextColumn(10) state: RunState;
  @TextColumn(20) payee: Payee;
  /** The row of subsidies.cycle that held on the settlement day. */
  @TextColumn(80) cycleRowId: string;
  @IntColumn() claimCount: number;
  @MoneyColumn() interestFen: Fen;
  @MoneyColumn() subsidisedFen: Fen;
  @MoneyColumn() excludedFen: Fen;
  /** SM3 over all claims in the order of their loans, see quarter.ts. */
  @DigestColumn() contentDigest: string;
  @TextColumn(40) proposedBy: string;
  @DateColumn() proposedOn: BusinessDate;
  @InstantColumn() proposedAt: Instant;
  @TextColumn(40, { nullable: true }) approvedBy: string | null;
  @DateColumn({ nullable: true }) approvedOn: BusinessDate | null;
  @InstantColumn({ nullable: true }) approvedAt: Instant | null;
  @TextColumn(40, { nullable: true }) paidBy: string | null;
  @DateColumn({ nullable: true }) paidOn: BusinessDate | null;
  @InstantColumn({ nullable: true }) paidAt: Instant | null;
  /** Number of the payment voucher. */
  @TextColumn(80, { nullable: true }) voucher: string | null;
  @VersionColumn() version: number;
}

/** What is owed for one loan in one quarter, and why not the rest. */
@Entity('subsidy_claim')
export class SubsidyClaim {
  @KeyColumn(6) periodCode: string;
  @KeyColumn(26) loanId: string;
  /** The county of the run. */
  @TextColumn(12) runRegionCode: string;
  /** The village of the loan. */
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(20) productCode: string;
  @MoneyColumn() interestFen: Fen;
  @MoneyColumn() subsidisedFen: Fen;
  @MoneyColumn() excludedFen: Fen;
  /** Days that the contract counts as a year. */
  @IntColumn() basis: DayBasis;
  @JsonColumn<SubsidyPart[]>() parts: SubsidyPart[];
  /** The rows of subsidies.share that held on its days. */
  @JsonColumn<string[]>() shareRows: string[];
}

/** Interest of one claim that is excluded for one reason. */
@Entity('subsidy_exclusion')
export class SubsidyExclusion {
  @KeyColumn(6) periodCode: string;
  @KeyColumn(26) loanId: string;
  @KeyColumn(30) reason: Exclusion;
  @MoneyColumn() amountFen: Fen;
}

/** The money of a county's subsidy; the owner row of "never pay more than was appropriated". */
@Entity('subsidy_account')
export class SubsidyAccount {
  @KeyColumn(12) regionCode: string;
  @MoneyColumn() balanceFen: Fen;
  @VersionColumn() version: number;
}

/** From which budget an appropriation comes. */
export const APPROPRIATION_SOURCES = ['CENTRAL', 'PROVINCE', 'CITY', 'COUNTY'] as const;
export type AppropriationSource = (typeof APPROPRIATION_SOURCES)[number];

/** Money appropriated to a county for subsidies. */
@Entity('subsidy_appropriation')
export class SubsidyAppropriation {
  @IdColumn() id: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(20) source: AppropriationSource;
  /** The document that appropriates, e.g. its number. */
  @TextColumn(120) document: string;
  @MoneyColumn() amountFen: Fen;
  @DateColumn() appropriatedOn: BusinessDate;
  @TextColumn(40) recordedBy: string;
  @InstantColumn() recordedAt: Instant;
}

/** What a bank was paid of a quarter. */
@Entity('subsidy_payment')
export class SubsidyPayment {
  @KeyColumn(12) regionCode: string;
  @KeyColumn(6) periodCode: string;
  @KeyColumn(40) bankId: string;
  @IntColumn() claimCount: number;
  @MoneyColumn() amountFen: Fen;
  @TextColumn(80) voucher: string;
  @DateColumn() paidOn: BusinessDate;
}
