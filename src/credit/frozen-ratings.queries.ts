/** Ratings in force with all that went into them, many at a time: what a new scorecard is tried on. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { listRows } from '../platform/db/store';
import type { RepaymentRecord } from './evidence';
import { RatingContentRow } from './rating.entity';
import type { RatingInputs, RatingResult, VetoFinding } from './rating-content';

/** A rating in force, as it was frozen; `findings` are the township's. */
export interface FrozenRating {
  id: string;
  regionCode: string;
  scorecardRowId: string;
  inputs: RatingInputs;
  evidence: RepaymentRecord;
  result: RatingResult;
  findings: VetoFinding[];
}

interface Place {
  regionPrefix: string;
  date: BusinessDate;
}

const IN_FORCE = `r.state = 'confirmed' AND r.valid_until >= :date
  AND r.region_code >= :regionPrefix AND r.region_code < :end`;

/** Ratings in force on a date, by id after `after`. */
export async function frozenRatings(
  sql: Sql,
  asked: Place & { after: string; limit: number },
): Promise<FrozenRating[]> {
  const rows = await sql.rows<Pick<FrozenRating, 'id' | 'regionCode' | 'scorecardRowId'>>(
    `SELECT r.id AS id, r.region_code AS regionCode, r.scorecard_row_id AS scorecardRowId
       FROM rating r
      WHERE r.id > :after AND ${IN_FORCE} AND r.case_id IS NOT NULL
      ORDER BY r.id LIMIT :limit`,
    { ...asked, end: `${asked.regionPrefix}~` },
  );
  const ratingId = rows.map((row) => row.id);
  if (ratingId.length === 0) return [];
  const contents = await listRows(sql, RatingContentRow, { ratingId });
  const frozen = new Map(contents.map((content) => [content.ratingId, content]));
  const steps = await sql.rows<{ ratingId: string; findings: string }>(
    `SELECT s.rating_id AS ratingId, s.findings AS findings FROM rating_step s
      WHERE s.rating_id IN (:ratingId) AND s.findings IS NOT NULL`,
    { ratingId },
  );
  const found = new Map(
    steps.map((step) => [step.ratingId, JSON.parse(step.findings) as VetoFinding[]]),
  );
  return rows.map((row) => {
    const { inputs, evidence, result } = frozen.get(row.id) as RatingContentRow;
    return { ...row, inputs, evidence, result, findings: found.get(row.id) ?? [] };
  });
}

/** How many ratings in force are from before there were files, without inputs that could be rated again. */
export async function countUnfrozen(sql: Sql, asked: Place): Promise<number> {
  const row = await sql.one<{ n: number }>(
    `SELECT COUNT(*) AS n FROM rating r WHERE ${IN_FORCE} AND r.case_id IS NULL`,
    { ...asked, end: `${asked.regionPrefix}~` },
  );
  return row?.n ?? 0;
}
