/**
 * A claim on the fund: what it says, the digest by which signatures are bound to it, when it may be made, and
 * which seats are still to sign. Pure rules.
 */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import type { BusinessDate } from '../platform/dates';
import { type Fen, ZERO_FEN } from '../platform/money';
import type { Ppm } from '../platform/rate';
import { P } from './problems';
import { type FundTerms, SEAT_NAMES, SEATS, type Seat } from './terms';

/** How far a claim has come: submitted → signed → paid, or refused before it is paid. */
export const CLAIM_STATES = ['submitted', 'signed', 'paid', 'refused'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** The states as officers call them. */
export const CLAIM_STATE_NAMES: Readonly<Record<ClaimState, string>> = {
  submitted: '待三方签署',
  signed: '待支付',
  paid: '已代偿',
  refused: '已退回',
};

/** What the signatures stand under. */
export interface ClaimContent {
  id: string;
  loanId: string;
  householdId: string;
  regionCode: string;
  bankId: string;
  principalFen: Fen;
  interestFen: Fen;
  coveredPrincipalFen: Fen;
  coveredInterestFen: Fen;
  sharePpm: Ppm;
  amountFen: Fen;
  overdueDays: number;
  cutOffOn: BusinessDate;
  termsRowId: string;
  claimedBy: string;
}

/** The SM3 digest of what a claim says. */
export function claimDigest(claim: ClaimContent): string {
  const { id, loanId, householdId, regionCode, bankId, principalFen, interestFen } = claim;
  const { coveredPrincipalFen, coveredInterestFen, sharePpm, amountFen } = claim;
  const { overdueDays, cutOffOn, termsRowId, claimedBy } = claim;
  return sm3Hex(
    canonical({
      ...{ id, loanId, householdId, regionCode, bankId, principalFen, interestFen },
      ...{ coveredPrincipalFen, coveredInterestFen, sharePpm, amountFen },
      ...{ overdueDays, cutOffOn, termsRowId, claimedBy },
    }),
  );
}

/** What is known of a loan when its bank claims. */
export interface ClaimGrounds {
  daysOverdue: number;
  compensatedOn: BusinessDate | null;
  /** Records of collection that count for a claim. */
  counted: number;
  /** The use of the money was checked on the spot. */
  useChecked: boolean;
}

/**
 * Whether the fund may be asked at all.
 * @throws Problem riskfund.already-compensated, not-overdue-enough, too-few-records, use-not-checked.
 */
export function checkClaimable(grounds: ClaimGrounds, terms: FundTerms): void {
  const { daysOverdue, compensatedOn, counted, useChecked } = grounds;
  if (compensatedOn !== null) throw P.alreadyCompensated({ detail: `代偿日 ${compensatedOn}` });
  if (daysOverdue <= terms.triggerOverdueDaysOver) {
    throw P.notOverdueEnough({
      detail: `逾期 ${daysOverdue} 天，须超过 ${terms.triggerOverdueDaysOver} 天`,
    });
  }
  if (counted < terms.requiredCollectionRecords) {
    throw P.tooFewRecords({
      detail: `有效催收记录 ${counted} 份，须不少于 ${terms.requiredCollectionRecords} 份`,
    });
  }
  if (terms.useCheckRequired && !useChecked) throw P.useNotChecked();
}

/** Whether the fund has anything to bear. @throws Problem riskfund.nothing-to-compensate */
export function checkAmount(amountFen: Fen): void {
  if (amountFen <= ZERO_FEN) throw P.nothingToCompensate();
}

/** A seat by the kind of somebody's organisation, null for everybody else. */
export function seatOf(organisationKind: string | undefined): Seat | null {
  return SEATS.find((seat) => seat === organisationKind) ?? null;
}

/** The seats that have not signed yet, in the order of the terms. */
export function missingSeats(seats: readonly Seat[], signed: readonly { seat: Seat }[]): Seat[] {
  return seats.filter((seat) => !signed.some((one) => one.seat === seat));
}

/** Names of seats in a sentence. */
export function seatNames(seats: readonly Seat[]): string {
  return seats.map((seat) => SEAT_NAMES[seat]).join('、');
}
