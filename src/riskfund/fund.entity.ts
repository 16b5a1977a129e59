/** The tables of the fund. Signatures and movements are only ever added. */
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
  PpmColumn,
  TextColumn,
  VersionColumn,
} from '../platform/db/columns';
import type { Fen } from '../platform/money';
import type { Ppm } from '../platform/rate';
import type { ClaimState } from './claim';
import type { Seat } from './terms';

/** A county's fund; the owner row of "never below what is reserved", written by every movement. */
@Entity('fund')
export class Fund {
  /** The county. */
  @KeyColumn(12) regionCode: string;
  @MoneyColumn() balanceFen: Fen;
  /** Set aside for claims that stand and are not paid yet. */
  @MoneyColumn() reservedFen: Fen;
  @VersionColumn() version: number;
}

/** A bank's claim for one loan. What it says never changes; the state and the hands below do. */
@Entity('fund_claim')
export class FundClaim {
  @IdColumn() id: string;
  @TextColumn(12) fundRegionCode: string;
  @TextColumn(26) loanId: string;
  /** The loan while the claim stands, null once refused: one standing claim a loan. */
  @TextColumn(26, { nullable: true }) standingLoanId: string | null;
  @TextColumn(26) householdId: string;
  /** The village of the loan. */
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @MoneyColumn() principalFen: Fen;
  @MoneyColumn() interestFen: Fen;
  @MoneyColumn() coveredPrincipalFen: Fen;
  @MoneyColumn() coveredInterestFen: Fen;
  @PpmColumn() sharePpm: Ppm;
  @MoneyColumn() amountFen: Fen;
  @IntColumn() overdueDays: number;
  /** Interest is counted to this day, exclusive. */
  @DateColumn() cutOffOn: BusinessDate;
  /** The row of riskfund.terms of the day of the claim; seats and return follow it. */
  @TextColumn(80) termsRowId: string;
  @JsonColumn<Seat[]>() seats: Seat[];
  @IntColumn() returnWorkingDays: number;
  @DigestColumn() contentDigest: string;
  @TextColumn(10) state: ClaimState;
  @IntColumn() signatureCount: number;
  @TextColumn(40) claimedBy: string;
  @DateColumn() claimedOn: BusinessDate;
  @InstantColumn() claimedAt: Instant;
  @TextColumn(40, { nullable: true }) paidBy: string | null;
  @DateColumn({ nullable: true }) paidOn: BusinessDate | null;
  @TextColumn(40, { nullable: true }) refusedBy: string | null;
  @TextColumn(20, { nullable: true }) refusedSeat: Seat | null;
  @DateColumn({ nullable: true }) refusedOn: BusinessDate | null;
  @TextColumn(30, { nullable: true }) refusalCode: string | null;
  @TextColumn(300, { nullable: true }) refusalNote: string | null;
  /** What of the amount is to come back so far. */
  @MoneyColumn() dueBackFen: Fen;
  /** Quarters whose subsidy the claim leaves out; null in claims made before this was kept. */
  @JsonColumn<string[]>({ nullable: true }) subsidyPeriods: string[] | null;
  /** What of the amount bears the bank's loss of a loan that was written off, and the entry that books it. */
  @MoneyColumn() lossUsedFen: Fen;
  @TextColumn(160, { nullable: true }) lossEntryKey: string | null;
  @VersionColumn() version: number;
}

/** One seat's signature under one claim. */
@Entity('fund_signature')
export class FundSignature {
  @KeyColumn(26) claimId: string;
  @KeyColumn(20) seat: Seat;
  @TextColumn(40) actorId: string;
  /** The signer's name on the day of signing. */
  @TextColumn(60) actorName: string;
  /** Repeated from the claim, so that the database refuses the claimant's own signature. */
  @TextColumn(40) claimedBy: string;
  @DigestColumn() contentDigest: string;
  @DateColumn() signedOn: BusinessDate;
  @InstantColumn() signedAt: Instant;
}

/** Money that a borrower paid after the compensation, and the part of it that goes back to the fund. */
@Entity('fund_recovery')
export class FundRecovery {
  @IdColumn() id: string;
  @TextColumn(26) claimId: string;
  @TextColumn(26) loanId: string;
  @TextColumn(26) householdId: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(40) bankId: string;
  @TextColumn(26) repaymentId: string;
  @DateColumn() receivedOn: BusinessDate;
  @MoneyColumn() recoveredFen: Fen;
  @MoneyColumn() fundPartFen: Fen;
  @DateColumn() dueOn: BusinessDate;
  @DateColumn({ nullable: true }) returnedOn: BusinessDate | null;
  @TextColumn(40, { nullable: true }) returnedBy: string | null;
  /** Day on which a correction of the loan took it away before it was returned. */
  @DateColumn({ nullable: true }) voidedOn: BusinessDate | null;
  /** The returned recovery of the same payment that this one adds to; its `repaymentId` is then its own id. */
  @TextColumn(26, { nullable: true }) supplementsId: string | null;
  /** The entry that takes it out of the bank's income, for money recovered after a write-off. */
  @TextColumn(160, { nullable: true }) entryKey: string | null;
  @VersionColumn() version: number;
}

/** What a movement is. */
export type MovementKind = 'contribution' | 'reserve' | 'release' | 'compensation' | 'return';

/** From which money a contribution comes. */
export const CONTRIBUTION_SOURCES = [
  'CENTRAL',
  'PROVINCE',
  'CITY',
  'COUNTY',
  'MUTUAL_AID',
] as const;
export type ContributionSource = (typeof CONTRIBUTION_SOURCES)[number];

/** The sources as officers call them (桂财农〔2017〕58号: four budgets; 广西精准脱贫攻坚简报 2018 no. 45: mutual aid). */
export const SOURCE_NAMES: Readonly<Record<ContributionSource, string>> = {
  CENTRAL: '中央资金',
  PROVINCE: '自治区(省)资金',
  CITY: '市级资金',
  COUNTY: '县级资金',
  MUTUAL_AID: '收回的扶贫互助资金',
};

/** One movement of a fund; the fund's row is the sum of them. */
@Entity('fund_movement')
export class FundMovement {
  @IdColumn() id: string;
  /** The event that moved the money, such as `reserve/<claim>`. */
  @TextColumn(60) naturalKey: string;
  @TextColumn(12) regionCode: string;
  @TextColumn(20) kind: MovementKind;
  @MoneyColumn() balanceChangeFen: Fen;
  @MoneyColumn() reservedChangeFen: Fen;
  @TextColumn(26, { nullable: true }) claimId: string | null;
  @TextColumn(26, { nullable: true }) recoveryId: string | null;
  @TextColumn(20, { nullable: true }) source: ContributionSource | null;
  @TextColumn(120, { nullable: true }) document: string | null;
  @DateColumn() movedOn: BusinessDate;
  @TextColumn(40) recordedBy: string;
  @InstantColumn() recordedAt: Instant;
}
