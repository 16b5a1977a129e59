/**
 * Reading ratings: the register with its worklists, and the face that tells who signed one. Ratings are seen by
 * region, banks' people included.
 */
import { regionPrefix } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, regionField, shape } from '../platform/shape';
import { scoreText } from './grades';
import {
  RATING_STAGES,
  RATING_STATES,
  type RatingStage,
  type RatingState,
  type RatingStepName,
} from './rating.entity';

/** A person who signed a step of a rating. */
export interface RatingSigner {
  personId: string;
  personName: string;
  step: RatingStepName;
}

/** Who signed a rating, in the order of the steps; of one from before there were steps, rater and decider. */
export async function ratingSigners(sql: Sql, ratingId: string): Promise<RatingSigner[]> {
  const steps = await sql.rows<RatingSigner>(
    `SELECT s.person_id AS personId, s.person_name AS personName, s.step AS step
       FROM rating_step s WHERE s.rating_id = :ratingId ORDER BY s.seq`,
    { ratingId },
  );
  if (steps.length > 0) return steps;
  return sql.rows<RatingSigner>(
    `SELECT r.rated_by AS personId, r.rated_by_name AS personName, 'compute' AS step
       FROM rating r WHERE r.id = :ratingId
      UNION ALL
     SELECT r.decided_by AS personId, r.decided_by_name AS personName, 'decide' AS step
       FROM rating r WHERE r.id = :ratingId AND r.decided_by IS NOT NULL`,
    { ratingId },
  );
}

/** A rating as lists show it, read from the database. */
export interface RatingRow {
  id: string;
  householdId: string;
  householdCode: string;
  headName: string;
  regionCode: string;
  caseId: string | null;
  roundId: string | null;
  bankId: string | null;
  state: RatingState;
  stage: RatingStage;
  scoreHundredths: number;
  firstGrade: string;
  firstLineFen: Fen;
  computedGrade: string;
  computedLineFen: Fen;
  grade: string;
  gradeName: string;
  lineFen: Fen;
  ratedOn: BusinessDate;
  ratedByName: string;
  decidedOn: BusinessDate | null;
  decidedByName: string | null;
  decisionReason: string | null;
  validUntil: BusinessDate | null;
  scorecardRowId: string;
  contentDigest: string;
  version: number;
}

export const RATING_COLUMNS = `r.id AS id, r.household_id AS householdId,
  r.household_code AS householdCode, r.head_name AS headName, r.region_code AS regionCode,
  r.case_id AS caseId, r.round_id AS roundId, r.bank_id AS bankId, r.state AS state, r.stage AS stage,
  r.score_hundredths AS scoreHundredths, r.first_grade AS firstGrade,
  r.first_line_fen AS firstLineFen, r.computed_grade AS computedGrade,
  r.computed_line_fen AS computedLineFen, r.grade AS grade, r.grade_name AS gradeName,
  r.line_fen AS lineFen, r.rated_on AS ratedOn, r.rated_by_name AS ratedByName,
  r.decided_on AS decidedOn, r.decided_by_name AS decidedByName,
  r.decision_reason AS decisionReason, r.valid_until AS validUntil,
  r.scorecard_row_id AS scorecardRowId, r.content_digest AS contentDigest, r.version AS version`;

export const ratingFields = {
  id: idField(),
  householdId: idField(),
  householdCode: answer.text(),
  headName: answer.text(),
  regionCode: answer.text(),
  caseId: idField().allow(null),
  roundId: idField().allow(null),
  bankId: answer.text().allow(null),
  state: codeField(RATING_STATES),
  stage: codeField(RATING_STAGES, '已完成的环节'),
  returned: answer.flag('是否由村或乡镇退回重新采集'),
  score: answer.text(),
  firstGrade: answer.text().description('初评等级，只看得分'),
  firstLine: answer.yuan(),
  computedGrade: answer.text().description('测算等级，已计入核实的否决情形'),
  computedLine: answer.yuan(),
  grade: answer.text().description('审定等级；审定前同测算等级'),
  gradeName: answer.text(),
  line: answer.yuan(),
  ratedOn: answer.date(),
  ratedByName: answer.text(),
  decidedOn: answer.date().allow(null),
  decidedByName: answer.text().allow(null),
  decisionReason: answer.text().allow(null),
  validUntil: answer.date().allow(null),
  scorecardRowId: answer.text(),
  contentDigest: answer.text(),
  version: answer.count(),
};

/** A rating as the API shows it. */
export function shownRating({
  scoreHundredths,
  firstLineFen,
  computedLineFen,
  lineFen,
  ...row
}: RatingRow) {
  return {
    ...row,
    // The bank rejects; village and township return.
    returned: row.state === 'rejected' && ['computed', 'village'].includes(row.stage),
    score: scoreText(scoreHundredths),
    firstLine: yuan(firstLineFen),
    computedLine: yuan(computedLineFen),
    line: yuan(lineFen),
  };
}

interface ListInput {
  region?: string;
  state?: RatingState;
  stage?: RatingStage;
  householdId?: string;
  after?: string;
  size?: number;
}

/** 评级台账: newest first. `stage` gives the worklist of the step that follows: what waits for it. */
export const listRatings = defineQuery({
  name: 'credit.list',
  title: '评级台账',
  permission: 'credit.read',
  input: shape<ListInput>({
    region: regionField('只看此地').optional(),
    state: codeField(RATING_STATES, '状态').optional(),
    stage: codeField(RATING_STAGES, '待办：已完成此环节、尚未办结的').optional(),
    householdId: idField('只看此户').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(ratingFields)),
  run: async (read, input) => {
    const parts: string[] = [];
    const params: Record<string, string> = {};
    const prefix = input.region ? regionPrefix(input.region) : '';
    if (prefix !== '') {
      parts.push(' AND r.region_code >= :prefix AND r.region_code < :prefixEnd');
      Object.assign(params, { prefix, prefixEnd: `${prefix}~` });
    }
    if (input.state) {
      parts.push(' AND r.state = :state');
      params.state = input.state;
    }
    if (input.stage) {
      parts.push(" AND r.state = 'proposed' AND r.stage = :stage");
      params.stage = input.stage;
    }
    if (input.householdId) {
      parts.push(' AND r.household_id = :householdId');
      params.householdId = input.householdId;
    }
    const page = await readPage<RatingRow>(
      read,
      `SELECT ${RATING_COLUMNS} FROM rating r
        WHERE {scope:r.region_code} AND {after}${parts.join('')}`,
      params,
      { keys: [{ sql: 'r.id', field: 'id' }], direction: 'desc' },
      input,
    );
    return { ...page, items: page.items.map(shownRating) };
  },
});
