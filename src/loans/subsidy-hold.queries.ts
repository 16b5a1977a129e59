/** Which days of which loans the county does not pay for, as the computing of claims asks. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';

/** From this day on, without an end as far as is known, the subsidy of a loan is held or lost. */
export interface HeldFrom {
  loanId: string;
  fromOn: BusinessDate;
  state: 'held' | 'lost';
}

/** The holds of these loans that reach into the days from `from` up to `untilExclusive`, by loan. */
export async function subsidyHoldsOf(
  sql: Sql,
  loanIds: readonly string[],
  { untilExclusive }: { untilExclusive: BusinessDate },
): Promise<Map<string, HeldFrom[]>> {
  const holds = new Map<string, HeldFrom[]>();
  if (loanIds.length === 0) return holds;
  const rows = await sql.rows<HeldFrom>(
    `SELECT h.loan_id AS loanId, COALESCE(h.lost_from_on, h.from_on) AS fromOn, h.state AS state
       FROM subsidy_hold h
      WHERE h.loan_id IN (:loanIds) AND h.state IN ('held', 'lost')
        AND COALESCE(h.lost_from_on, h.from_on) < :untilExclusive
      ORDER BY h.loan_id, h.id`,
    { loanIds, untilExclusive },
  );
  for (const row of rows) holds.set(row.loanId, [...(holds.get(row.loanId) ?? []), row]);
  return holds;
}
