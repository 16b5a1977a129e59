/**
 * The overdue report: how much of a township's loans of one bank is overdue, and for how long. The whole balance of
 * a loan whose principal is overdue counts as overdue (逾期率 = overdue principal ÷ balance, policy facts §6.3).
 */
import type { OverdueGroup } from '../loans';
import { addFen, divideHalfUp, type Fen, ZERO_FEN } from '../platform/money';
import { type Ppm, ppm, WHOLE_PPM } from '../platform/rate';
import type { Band } from './reminder-ladder';

/** What of a township's loans falls into a band. */
export interface BandFigures extends Band {
  loans: number;
  principalFen: Fen;
}

/** The figures of one township and bank. */
export interface OverdueFigures {
  loans: number;
  balanceFen: Fen;
  overdueLoans: number;
  overduePrincipalFen: Fen;
  /** Overdue principal ÷ balance, half up; null when there is no balance. */
  overdueRatePpm: Ppm | null;
  bands: BandFigures[];
}

/** Overdue principal as a share of the balance, rounded half up; null when there is no balance. */
export function overdueRate(overdueFen: Fen, balanceFen: Fen): Ppm | null {
  if (balanceFen === 0) return null;
  return ppm(Number(divideHalfUp(BigInt(overdueFen) * BigInt(WHOLE_PPM), BigInt(balanceFen))));
}

/** Sums up the groups of one township and bank. */
export function overdueFigures(
  groups: readonly Pick<OverdueGroup, 'daysOverdue' | 'loans' | 'principalFen'>[],
  bands: readonly Band[],
): OverdueFigures {
  const overdue = groups.filter(({ daysOverdue }) => daysOverdue > 0);
  const balanceFen = principalOf(groups);
  const overduePrincipalFen = principalOf(overdue);
  return {
    loans: loansOf(groups),
    balanceFen,
    overdueLoans: loansOf(overdue),
    overduePrincipalFen,
    overdueRatePpm: overdueRate(overduePrincipalFen, balanceFen),
    bands: bands.map((band) => {
      const within = overdue.filter(
        ({ daysOverdue }) =>
          daysOverdue >= band.from && (band.to === null || daysOverdue <= band.to),
      );
      return { ...band, loans: loansOf(within), principalFen: principalOf(within) };
    }),
  };
}

function loansOf(groups: readonly { loans: number }[]): number {
  return groups.reduce((sum, { loans }) => sum + loans, 0);
}

function principalOf(groups: readonly { principalFen: Fen }[]): Fen {
  return groups.reduce((sum, { principalFen }) => addFen(sum, principalFen), ZERO_FEN);
}
