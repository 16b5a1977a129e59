/**
 * The port through which a write-off learns what the risk-compensation fund did for a loan. The fund stands above the
 * loan book, so `src/app.ts` plugs the answer in. A loss is never borne twice: what the fund paid is not lost to the
 * bank, and while the fund still decides nothing is lost yet.
 */
import { CheckFailed } from '../platform/check';
import type { Sql } from '../platform/db/database';
import type { Fen } from '../platform/money';

/** How the fund stands to a loan. */
export interface FundStanding {
  /** none: never asked; open: asked and not decided; refused; paid. */
  state: 'none' | 'open' | 'refused' | 'paid';
  /** What the bank keeps of the compensation: what was paid, less what is to go back, in fen. */
  keptFen: Fen;
}

/** Answers how the fund stands to a loan. */
export type FundStandingOf = (sql: Sql, loanId: string) => Promise<FundStanding>;

let plugged: FundStandingOf | null = null;

/** Plugs the answer in; the last caller holds. */
export function useFundStanding(port: FundStandingOf): void {
  plugged = port;
}

/** How the fund stands to a loan. @throws CheckFailed when nothing is plugged in */
export function fundStanding(sql: Sql, loanId: string): Promise<FundStanding> {
  if (plugged) return plugged(sql, loanId);
  throw new CheckFailed('No fund is plugged into the loan book: call useFundStanding at the start');
}
