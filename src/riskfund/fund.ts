/**
 * The arithmetic of the fund, pure. Laws:
 * - The fund bears its share of the principal below the ceiling and of the normal interest on it up to the cut-off;
 *   never penalty, never the part above the ceiling (桂财规〔2019〕5号: principal and interest, no other cost;
 *   银保监发〔2021〕6号: above 50,000 the borrower's own).
 * - What comes back is divided by the shares of the claim, so that the parts sum to it, and the fund never gets
 *   back more than it paid (policy facts §5.3).
 * - Leverage is the balance of the loans over the fund (Longsheng: 10,482.73 / 1,571 = 6.67; the cumulative
 *   amount would give 10.10 and fail the ten of 桂财农〔2017〕58号).
 */
import { check } from '../platform/check';
import {
  addFen,
  applyPpm,
  type Fen,
  fen,
  minFen,
  shareOut,
  subFen,
  ZERO_FEN,
} from '../platform/money';
import { type Ppm, ratioPercent, WHOLE_PPM } from '../platform/rate';

/** The county of any region in it. */
export function countyOf(regionCode: string): string {
  return `${regionCode.slice(0, 6)}000000`;
}

/** What a claim is computed from. */
export interface Loss {
  /** Principal outstanding on the cut-off. */
  principalFen: Fen;
  /** Normal interest unpaid up to the cut-off, without penalty. */
  interestFen: Fen;
  ceilingFen: Fen;
  coversInterest: boolean;
  /** The fund's share. */
  sharePpm: Ppm;
}

/** What the fund covers of a loss, and what it pays. */
export interface Cover {
  coveredPrincipalFen: Fen;
  coveredInterestFen: Fen;
  amountFen: Fen;
}

/** What the fund pays for a loss. Interest on principal above the ceiling is left to the borrower. */
export function coverOf(loss: Loss): Cover {
  const coveredPrincipalFen = minFen(loss.principalFen, loss.ceilingFen);
  const coveredInterestFen = loss.coversInterest
    ? interestBelow(loss, coveredPrincipalFen)
    : ZERO_FEN;
  const covered = addFen(coveredPrincipalFen, coveredInterestFen);
  const amountFen = applyPpm(covered, loss.sharePpm, 'halfUp');
  return { coveredPrincipalFen, coveredInterestFen, amountFen };
}

function interestBelow({ principalFen, interestFen }: Loss, coveredFen: Fen): Fen {
  if (principalFen === 0 || coveredFen === principalFen) return interestFen;
  const [below = ZERO_FEN] = shareOut(interestFen, [coveredFen, subFen(principalFen, coveredFen)]);
  return below;
}

/** How a recovery is divided: the fund's part and the bank's, which sum to it. */
export function partsOfRecovery(recovery: {
  recoveredFen: Fen;
  /** The fund's share of the claim. */
  sharePpm: Ppm;
  /** What the fund paid. */
  paidFen: Fen;
  /** What of it has come back or is already due. */
  backFen: Fen;
}): { fundPartFen: Fen; bankPartFen: Fen } {
  const { recoveredFen, sharePpm, paidFen, backFen } = recovery;
  check(backFen >= 0 && backFen <= paidFen, 'The fund never gets back more than it paid.');
  const [fund = ZERO_FEN] = shareOut(recoveredFen, [sharePpm, WHOLE_PPM - sharePpm]);
  const fundPartFen = minFen(fund, subFen(paidFen, backFen));
  return { fundPartFen, bankPartFen: subFen(recoveredFen, fundPartFen) };
}

/** The balance of the loans over the fund, e.g. "6.67", as text; null while there is no fund. */
export function leverageOf(loansFen: Fen, fundFen: Fen): string | null {
  // A factor is a percentage of a hundredfold whole.
  return ratioPercent(loansFen, fen(fundFen * 100), 2);
}
