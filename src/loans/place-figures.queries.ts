/**
 * How the borrowers of a village or township repay, as of a date: what credit villages and townships are judged by.
 * Late is whoever owes principal after maturity; bad is a loan in a non-performing grade by the table of the date.
 */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import { isNonPerforming } from './classification';
import { OUTSTANDING_ON } from './evidence.queries';
import { overdueDaysOn } from './interest';
import { TablesOfTheDay } from './tables-of-the-day';

/** The loans of a place on a date. */
export interface PlaceLoans {
  /** Households that owe principal. */
  borrowers: number;
  /** Those of them that are not late. */
  cleanBorrowers: number;
  /** Principal owed. */
  balanceFen: Fen;
  /** The part of it that is owed on non-performing loans. */
  badBalanceFen: Fen;
}

interface OwedLoan {
  householdId: string;
  regionCode: string;
  maturesOn: BusinessDate;
  outstandingFen: Fen;
}

/** @param regionPrefix beginning of the region codes of the place, 9 or 12 digits. */
export async function placeLoans(
  sql: Sql,
  regionPrefix: string,
  date: BusinessDate,
): Promise<PlaceLoans> {
  const tables = new TablesOfTheDay(sql, date);
  const borrowers = new Set<string>();
  const late = new Set<string>();
  let balanceFen = ZERO_FEN;
  let badBalanceFen = ZERO_FEN;
  for (const loan of await owedLoans(sql, regionPrefix, date)) {
    const days = overdueDaysOn(loan.maturesOn, loan.outstandingFen, date);
    borrowers.add(loan.householdId);
    balanceFen = addFen(balanceFen, loan.outstandingFen);
    if (days === 0) continue;
    late.add(loan.householdId);
    if (isNonPerforming(await tables.of(loan.regionCode), days)) {
      badBalanceFen = addFen(badBalanceFen, loan.outstandingFen);
    }
  }
  const cleanBorrowers = borrowers.size - late.size;
  return { borrowers: borrowers.size, cleanBorrowers, balanceFen, badBalanceFen };
}

/** Loans of a place on which principal was owed on the date. */
function owedLoans(sql: Sql, prefix: string, date: BusinessDate): Promise<OwedLoan[]> {
  // ':' follows '9', so this is the first text after every code with the prefix.
  return sql.rows<OwedLoan>(
    `SELECT l.household_id AS householdId, l.region_code AS regionCode, l.matures_on AS maturesOn,
            ${OUTSTANDING_ON} AS outstandingFen
       FROM loan l
      WHERE l.region_code >= :prefix AND l.region_code < :prefixEnd AND l.disbursed_on <= :date
        AND (l.settled_on IS NULL OR l.settled_on > :date) AND ${OUTSTANDING_ON} > 0`,
    { prefix, prefixEnd: `${prefix}:`, date },
  );
}
