/**
 * Reading the rules as of a date, for a place: the typed face of this module. Which row rules is told by
 * timeline.ts; the value is read once per row and content, because rows in force never change.
 */
import { CheckFailed, check } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import {
  checkValue,
  type Parameter,
  type ProposedRow,
  type RowFrame,
  readValue,
} from './parameter';
import { contentDigest } from './policy-row';
import { P } from './problems';
import { lastDayOf, type RowDates, regionLine, rowOn, type Span, spansOf } from './timeline';

/** A rule as it holds on the day asked for. `value` is frozen. */
export interface InForce<T> {
  value: T;
  /** Id of the row; every decision stores it. */
  rowId: string;
  /** The region whose row it is: the place asked for, or one above it. */
  region: string;
  effectiveFrom: BusinessDate;
  /** The last day as far as is known: the row's own, or the day before a later row of its region; else null. */
  effectiveTo: BusinessDate | null;
  source: string;
  /** 暂定: not fixed by a document for that place; screens say so. */
  provisional: boolean;
}

/** For which place and day. */
export interface AsOf {
  /** 12-digit region code of the place, any level. */
  region: string;
  date: BusinessDate;
}

/** A row in force without its value. */
export interface RowHead extends RowDates {
  contentDigest: string;
  source: string;
  provisional: number;
}

/**
 * The rule of a parameter for a place on a date.
 * @throws Problem policy.no-row-in-force naming parameter, place, date and remedy; CheckFailed when the row in
 * force is not readable.
 */
export async function policyAsOf<T>(
  sql: Sql,
  parameter: Parameter<T>,
  asOf: AsOf,
): Promise<InForce<T>> {
  const rows = await headsOf(sql, parameter.key, asOf.region);
  const row = rowOn(rows, asOf.region, asOf.date);
  if (!row) throw noRow(parameter, asOf, rows);
  return inForce(sql, parameter, rows, row);
}

/**
 * The rules of a stretch of days, cut where they change: for what accrues by the day.
 * @throws Problem policy.no-row-in-force naming the first day without a rule.
 */
export async function policySpans<T>(
  sql: Sql,
  parameter: Parameter<T>,
  days: { region: string; from: BusinessDate; untilExclusive: BusinessDate },
): Promise<Span<InForce<T>>[]> {
  const { region, from, untilExclusive } = days;
  const rows = await headsOf(sql, parameter.key, region);
  const spans: Span<InForce<T>>[] = [];
  for (const { row, ...span } of spansOf(rows, region, from, untilExclusive)) {
    if (!row) throw noRow(parameter, { region, date: span.from }, rows);
    spans.push({ ...span, row: await inForce(sql, parameter, rows, row) });
  }
  return spans;
}

/**
 * The rule of one row, whatever the day: for a decision that has stored which row it used. `effectiveTo` is the
 * row's own last day.
 * @throws CheckFailed when no such row is or was in force
 */
export async function policyRow<T>(
  sql: Sql,
  parameter: Parameter<T>,
  rowId: string,
): Promise<InForce<T>> {
  const row = await sql.one<RowHead>(
    `SELECT id, region_code AS region, effective_from AS effectiveFrom, effective_to AS effectiveTo,
            content_digest AS contentDigest, source, provisional
       FROM policy_row WHERE id = :rowId AND parameter = :parameter AND state = 'in-force'`,
    { rowId, parameter: parameter.key },
  );
  check(row, `There is no row ${rowId} of ${parameter.key} in force`);
  return inForce(sql, parameter, [row], row);
}

/** A row that waits for confirmation, as its module sees it; null when there is none of that id. */
export async function proposedRow<T>(
  sql: Sql,
  parameter: Parameter<T>,
  rowId: string,
): Promise<ProposedRow<T> | null> {
  const row = await sql.one<RowFrame & { id: string; contentDigest: string; value: string }>(
    `SELECT id, region_code AS region, effective_from AS effectiveFrom, effective_to AS effectiveTo,
            content_digest AS contentDigest, value
       FROM policy_row WHERE id = :rowId AND parameter = :parameter AND state = 'proposed'`,
    { rowId, parameter: parameter.key },
  );
  return row && { ...row, value: checkValue(parameter, JSON.parse(row.value), row) };
}

/** The rows in force that may rule in a region: its own and those above it, all dates. */
export function headsOf(sql: Sql, parameter: string, region: string): Promise<RowHead[]> {
  return sql.rows<RowHead>(
    `SELECT id, region_code AS region, effective_from AS effectiveFrom, effective_to AS effectiveTo,
            content_digest AS contentDigest, source, provisional
       FROM policy_row
      WHERE parameter = :parameter AND region_code IN (:line) AND state = 'in-force'`,
    { parameter, line: regionLine(region) },
  );
}

/** The value and the words of one row in force. `rows`: all heads of its parameter, to tell its last day. */
export async function inForce<T>(
  sql: Sql,
  parameter: Parameter<T>,
  rows: readonly RowHead[],
  row: RowHead,
): Promise<InForce<T>> {
  return {
    value: await cachedValue(sql, parameter, row),
    rowId: row.id,
    region: row.region,
    effectiveFrom: row.effectiveFrom,
    effectiveTo: lastDayOf(rows, row),
    source: row.source,
    provisional: row.provisional === 1,
  };
}

function noRow<T>(parameter: Parameter<T>, { region, date }: AsOf, rows: readonly RowHead[]) {
  const later = rows.map((row) => row.effectiveFrom).filter((from) => from > date);
  const next = later.sort()[0];
  const hint = next === undefined ? '' : `；其后最早的规定自 ${next} 起`;
  return P.noRowInForce({
    detail: `“${parameter.title}”(${parameter.key})在地区 ${region} 于 ${date} 没有生效的规定${hint}`,
    extra: { parameter: parameter.key, region, date },
  });
}

/** Values by row id and digest of content; the digest makes it safe across databases. */
const values = new WeakMap<Parameter<never>, Map<string, unknown>>();
/** Values kept of one parameter; more rows than any parameter has in force. */
const MOST_VALUES = 500;

async function cachedValue<T>(sql: Sql, parameter: Parameter<T>, row: RowHead): Promise<T> {
  const owner = parameter as Parameter<never>;
  const known = values.get(owner) ?? new Map<string, unknown>();
  values.set(owner, known);
  const name = `${row.id}/${row.contentDigest}`;
  const found = known.get(name);
  if (found !== undefined) return found as T;
  const value = frozen(
    readValue(parameter, await storedValue(sql, parameter.key, row), row.id, row),
  );
  if (known.size >= MOST_VALUES) known.clear();
  known.set(name, value);
  return value;
}

/** The value as it stands in the table. @throws CheckFailed when the row is not what was put in force. */
async function storedValue(sql: Sql, parameter: string, row: RowHead): Promise<unknown> {
  const stored = await sql.one<{ value: string }>('SELECT value FROM policy_row WHERE id = :id', {
    id: row.id,
  });
  check(stored, `Policy row ${row.id} is gone.`);
  const value: unknown = JSON.parse(stored.value);
  const { region, effectiveFrom, effectiveTo, source } = row;
  const provisional = row.provisional === 1;
  const content = { parameter, region, effectiveFrom, effectiveTo, source, provisional, value };
  if (contentDigest(content) !== row.contentDigest) {
    throw new CheckFailed(
      `Policy row ${row.id} of ${parameter} was changed after it came into force`,
    );
  }
  return value;
}

/** The value, which callers share, guarded against change all the way down. */
function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
