/** What other modules ask of a household's line as of a day: the line itself, and how much of it is left. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { type Fen, ZERO_FEN } from '../platform/money';
import { availableOf } from './credit-line';
import type { LineState } from './credit-line.entity';
import { evidence } from './evidence';

/** The line of a household on a date. */
export interface Line {
  ratingId: string;
  grade: string;
  gradeName: string;
  /** What may be lent: 0 for a grade without a line, and while the line is frozen. */
  lineFen: Fen;
  state: Extract<LineState, 'in-force' | 'frozen'>;
}

/** The line with what is used of it. */
export interface LineStanding extends Line {
  /** The line as granted, frozen or not. */
  totalFen: Fen;
  /** Principal still owed; it may exceed the total, because contracts outlive the lowering of a line. */
  usedFen: Fen;
  /** max(0, total − used) while in force; 0 while frozen. */
  availableFen: Fen;
  /** The part of the total that cannot be used because the line is frozen: all of it, or 0. */
  frozenFen: Fen;
  validUntil: BusinessDate;
}

interface Found extends Omit<Line, 'lineFen'> {
  totalFen: Fen;
  validUntil: BusinessDate;
}

/** At most one period holds a day: each ends where the next begins. */
function periodOn(sql: Sql, householdId: string, date: BusinessDate): Promise<Found | null> {
  return sql.one<Found>(
    `SELECT p.rating_id AS ratingId, r.grade AS grade, r.grade_name AS gradeName,
            p.total_fen AS totalFen, p.state AS state, p.valid_until AS validUntil
       FROM credit_line_period p JOIN rating r ON r.id = p.rating_id
      WHERE p.household_id = :householdId AND p.from_on <= :date
        AND (p.until_on IS NULL OR p.until_on > :date) AND p.valid_until >= :date
        AND p.state IN ('in-force', 'frozen')`,
    { householdId, date },
  );
}

/** The line that held on a date. Null when there was none: never given, cancelled or run out by then. */
export async function lineOn(
  sql: Sql,
  householdId: string,
  date: BusinessDate,
): Promise<Line | null> {
  const found = await periodOn(sql, householdId, date);
  if (!found) return null;
  const { ratingId, grade, gradeName, totalFen, state } = found;
  return { ratingId, grade, gradeName, lineFen: state === 'frozen' ? ZERO_FEN : totalFen, state };
}

/** The line that held on a date, and how much of it was left. Null as in `lineOn`. */
export async function lineOf(
  sql: Sql,
  householdId: string,
  date: BusinessDate,
): Promise<LineStanding | null> {
  const found = await periodOn(sql, householdId, date);
  if (!found) return null;
  const { totalFen, state } = found;
  const used = await evidence().usedOf(sql, [householdId], date);
  const usedFen = used.get(householdId) ?? ZERO_FEN;
  const frozen = state === 'frozen';
  return {
    ...found,
    lineFen: frozen ? ZERO_FEN : totalFen,
    usedFen,
    availableFen: availableOf(state, totalFen, usedFen),
    frozenFen: frozen ? totalFen : ZERO_FEN,
  };
}
