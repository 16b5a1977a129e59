/** Credit lines at night: which households' lines have something to be done on a date. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { RecordStep } from '../platform/jobs/step';
import { stateOn } from './credit-line';
import type { CreditLinePeriod } from './credit-line.entity';
import { evidence } from './evidence';
import { type AffectedLine, changeBy, LineRulesOfTheDay } from './line-rules';
import { tendLine } from './tend-line';

/** Expiry, arrears and yearly reviews; a line that is as it should be is not due. */
export const reviewLinesStep: RecordStep = {
  kind: 'records',
  name: 'credit.review-lines',
  title: '授信额度到期、触发与年审',
  reason: '逾期登记和五级分类之后：额度的调减看当日的逾期天数，次日起生效',
  due: async (sql, date, after, limit) => {
    const from = after ?? '';
    const found = [
      ...(await runOutOrForReview(sql, date, from, limit)),
      ...(await lateForTooLong(sql, date, from, limit)),
    ];
    return [...new Set(found)].sort().slice(0, limit);
  },
  act: tendLine,
  input: (householdId, on) => ({ householdId, on }),
};

async function runOutOrForReview(
  sql: Sql,
  date: BusinessDate,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT p.household_id AS id
       FROM credit_line_period p JOIN credit_line l ON l.household_id = p.household_id
      WHERE p.open_key > :after AND p.state IN ('in-force', 'frozen')
        AND (p.valid_until <= :date OR (l.review_due_on <= :date AND l.review_reason IS NULL))
      ORDER BY p.open_key LIMIT :limit`,
    { date, after, limit },
  );
  return rows.map(({ id }) => id);
}

/** Households that are late for longer than their county's rules allow and whose line is not yet as low. */
async function lateForTooLong(
  sql: Sql,
  date: BusinessDate,
  after: string,
  limit: number,
): Promise<string[]> {
  const rules = new LineRulesOfTheDay(sql, date);
  const found: string[] = [];
  for (let from: string | null = after === '' ? null : after; found.length < limit; ) {
    const late = await evidence().overdueHouseholds(sql, { date, minDays: 1, after: from, limit });
    const days = new Map(late.map((one) => [one.householdId, one.days]));
    for (const line of await linesOf(sql, [...days.keys()])) {
      const { value } = await rules.of(line.regionCode);
      const tooLong = (days.get(line.householdId) ?? 0) > value.overdue.daysOver;
      const state = stateOn(line, date);
      if (tooLong && changeBy(value.overdue, { ...line, state })) found.push(line.householdId);
    }
    if (late.length < limit) break;
    from = late[late.length - 1]?.householdId ?? from;
  }
  return found;
}

interface LineRow extends AffectedLine, Pick<CreditLinePeriod, 'householdId' | 'validUntil'> {
  regionCode: string;
}

/** The lines of these households as they stand, by household. */
function linesOf(sql: Sql, householdIds: readonly string[]): Promise<LineRow[]> {
  if (householdIds.length === 0) return Promise.resolve([]);
  return sql.rows<LineRow>(
    `SELECT p.household_id AS householdId, l.region_code AS regionCode, p.state AS state,
            p.total_fen AS totalFen, p.valid_until AS validUntil, r.line_fen AS ratingLineFen
       FROM credit_line_period p
       JOIN credit_line l ON l.household_id = p.household_id
       JOIN rating r ON r.id = p.rating_id
      WHERE p.open_key IN (:householdIds) ORDER BY p.household_id`,
    { householdIds },
  );
}
