/**
 * Reading ratings: the register, one rating with its explanation, a household's latest, and the face that tells
 * other modules the line in force on a date. Ratings are seen by region, banks' people included.
 */
import { regionPrefix } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import { CreditProblem } from './problems';
import { appraisalAverage, type RatingInputs, type RatingResult, scoreText } from './rating';
import { RATING_STATES, type RatingState } from './rating.entity';

/** The line of a household on a date. */
export interface Line {
  ratingId: string;
  grade: string;
  gradeName: string;
  /** 0 for a grade without a line. */
  lineFen: Fen;
}

/**
 * The confirmed line that held on a date: confirmed by then, not run out, not yet replaced. Null without one.
 */
export function lineOn(sql: Sql, householdId: string, date: BusinessDate): Promise<Line | null> {
  return sql.one<Line>(
    `SELECT r.id AS ratingId, r.grade AS grade, r.grade_name AS gradeName, r.line_fen AS lineFen
       FROM rating r
      WHERE r.household_id = :householdId AND r.state IN ('confirmed', 'superseded')
        AND r.decided_on <= :date AND r.valid_until >= :date
        AND (r.superseded_on IS NULL OR r.superseded_on > :date)
      ORDER BY r.decided_on DESC, r.id DESC LIMIT 1`,
    { householdId, date },
  );
}

interface RatingRow {
  id: string;
  householdId: string;
  householdCode: string;
  headName: string;
  regionCode: string;
  state: RatingState;
  scoreHundredths: number;
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

const COLUMNS = `r.id AS id, r.household_id AS householdId, r.household_code AS householdCode,
  r.head_name AS headName, r.region_code AS regionCode, r.state AS state,
  r.score_hundredths AS scoreHundredths, r.grade AS grade, r.grade_name AS gradeName,
  r.line_fen AS lineFen, r.rated_on AS ratedOn, r.rated_by_name AS ratedByName,
  r.decided_on AS decidedOn, r.decided_by_name AS decidedByName,
  r.decision_reason AS decisionReason, r.valid_until AS validUntil,
  r.scorecard_row_id AS scorecardRowId, r.content_digest AS contentDigest, r.version AS version`;

const ratingFields = {
  id: idField(),
  householdId: idField(),
  householdCode: answer.text(),
  headName: answer.text(),
  regionCode: answer.text(),
  state: codeField(RATING_STATES),
  score: answer.text(),
  grade: answer.text(),
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

function shown({ scoreHundredths, lineFen, ...row }: RatingRow) {
  return { ...row, score: scoreText(scoreHundredths), line: yuan(lineFen) };
}

interface ListInput {
  region?: string;
  state?: RatingState;
  householdId?: string;
  after?: string;
  size?: number;
}

/** 评级台账: newest first; the approver's worklist is `state=proposed`. */
export const listRatings = defineQuery({
  name: 'credit.list',
  title: '评级台账',
  permission: 'credit.read',
  input: shape<ListInput>({
    region: regionField('只看此地').optional(),
    state: codeField(RATING_STATES, '状态').optional(),
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
    if (input.householdId) {
      parts.push(' AND r.household_id = :householdId');
      params.householdId = input.householdId;
    }
    const page = await readPage<RatingRow>(
      read,
      `SELECT ${COLUMNS} FROM rating r WHERE {scope:r.region_code} AND {after}${parts.join('')}`,
      params,
      { keys: [{ sql: 'r.id', field: 'id' }], direction: 'desc' },
      input,
    );
    return { ...page, items: page.items.map(shown) };
  },
});

const explained = shape({
  ...ratingFields,
  blocks: listOf(
    shape({
      code: answer.text(),
      name: answer.text(),
      points: answer.text(),
      maxPoints: answer.count(),
    }),
  ),
  items: listOf(
    shape({
      code: answer.text(),
      name: answer.text(),
      blockCode: answer.text(),
      blockName: answer.text(),
      nature: answer.text(),
      points: answer.text(),
      maxPoints: answer.count(),
      why: answer.text(),
    }),
  ).description('每项得分及理由'),
  assets: listOf(
    shape({
      item: answer.text(),
      quantity: answer.count(),
      value: answer.yuan().allow(null),
    }),
  ).description('资产，只展示'),
  appraisal: shape({
    count: answer.count(),
    average: answer.text().allow(null),
    points: listOf(answer.count()).description('各份评议得分，不示姓名'),
  }),
  vetoes: listOf(shape({ code: answer.text(), name: answer.text(), reason: answer.text() })),
  next: shape({ grade: answer.text(), gradeName: answer.text(), missing: answer.text() })
    .allow(null)
    .description('再得多少分可升一级'),
});

const JOINED = `SELECT ${COLUMNS}, c.inputs AS inputs, c.result AS result
  FROM rating r JOIN rating_content c ON c.rating_id = r.id WHERE {scope:r.region_code}`;

interface ContentRow extends RatingRow {
  inputs: string;
  result: string;
}

function explain({ inputs: inputText, result: resultText, ...row }: ContentRow) {
  const inputs = JSON.parse(inputText) as RatingInputs;
  const result = JSON.parse(resultText) as RatingResult;
  const sheets = inputs.appraisals;
  return {
    ...shown(row),
    blocks: result.blocks.map(({ scoreHundredths, ...block }) => ({
      ...block,
      points: scoreText(scoreHundredths),
    })),
    items: result.items.map(({ scoreHundredths, ...item }) => ({
      ...item,
      points: scoreText(scoreHundredths),
    })),
    assets: inputs.assets.map(({ item, quantity, valueFen }) => ({
      item,
      quantity,
      value: valueFen === undefined ? null : yuan(valueFen),
    })),
    appraisal: {
      count: sheets.length,
      average: sheets.length === 0 ? null : scoreText(appraisalAverage(sheets)),
      // Sorted, because the order of entry could tell who gave which.
      points: sheets.map((sheet) => sheet.points).sort((a, b) => a - b),
    },
    vetoes: result.vetoes,
    next: result.next && {
      grade: result.next.grade,
      gradeName: result.next.gradeName,
      missing: scoreText(result.next.missingHundredths),
    },
  };
}

/** 评级详情: one rating with the points of every item and why. */
export const showRating = defineQuery({
  name: 'credit.show',
  title: '评级详情',
  permission: 'credit.read',
  input: shape<{ ratingId: string }>({ ratingId: idField('评级编号') }),
  answer: explained,
  run: async (read, { ratingId }) => {
    const row = await read.one<ContentRow>(`${JOINED} AND r.id = :ratingId`, { ratingId });
    if (!row) throw CreditProblem.ratingAbsent();
    return explain(row);
  },
});

/** 农户评级: the rating in force of a household, and the one that waits for a decision. */
export const ratingOfHousehold = defineQuery({
  name: 'credit.of-household',
  title: '农户评级',
  permission: 'credit.read',
  input: shape<{ householdId: string }>({ householdId: idField('农户编号') }),
  answer: shape({
    current: explained.allow(null).description('现行评级'),
    expired: answer.flag('现行评级是否已过有效期'),
    proposed: explained.allow(null).description('待审定评级'),
  }),
  run: async (read, { householdId }) => {
    const current = await keyed(read, 'current_key', householdId);
    const proposed = await keyed(read, 'open_key', householdId);
    return {
      current: current && explain(current),
      expired: current?.validUntil ? current.validUntil < read.today : false,
      proposed: proposed && explain(proposed),
    };
  },
});

function keyed(read: Reader, key: 'current_key' | 'open_key', householdId: string) {
  return read.one<ContentRow>(`${JOINED} AND r.${key} = :householdId`, { householdId });
}
