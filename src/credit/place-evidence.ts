/**
 * The port through which the loan book tells how the borrowers of a place repay. Loans stand above credit, so
 * `src/app.ts` plugs the answer in. Every question is asked as of a date.
 */
import { CheckFailed } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Fen } from '../platform/money';

/** The loans of a place on a date. */
export interface PlaceLoans {
  /** Households that owe principal. */
  borrowers: number;
  /** Those of them that are not late with anything. */
  cleanBorrowers: number;
  /** Principal owed. */
  balanceFen: Fen;
  /** The part of it that is owed on loans of the non-performing grades (次级、可疑、损失). */
  badBalanceFen: Fen;
}

/** What credit asks of those who hold the loans. */
export interface PlaceEvidence {
  /** @param regionPrefix beginning of the region codes of the place, 9 or 12 digits. */
  placeLoans(sql: Sql, regionPrefix: string, date: BusinessDate): Promise<PlaceLoans>;
}

let plugged: PlaceEvidence | null = null;

/** Plugs the loan book in; the last caller holds. */
export function usePlaceEvidence(port: PlaceEvidence): void {
  plugged = port;
}

/** The loans of a place on a date. @throws CheckFailed when nothing is plugged in */
export function placeLoansOf(
  sql: Sql,
  regionPrefix: string,
  date: BusinessDate,
): Promise<PlaceLoans> {
  if (plugged) return plugged.placeLoans(sql, regionPrefix, date);
  throw new CheckFailed('No loan book is plugged into credit: call usePlaceEvidence at the start');
}
