/** Screens that explain a rating: one rating, and what a household has in force and under way. */
import { listRows } from '../platform/db/store';
import { defineQuery, type Reader } from '../platform/query';
import { answer, idField, shape } from '../platform/shape';
import { policyRow } from '../policy';
import { explain, explanationFields } from './explanation';
import { CreditProblem } from './problems';
import { type RatingContentRow, RatingStep } from './rating.entity';
import type { CaseState } from './rating-case.entity';
import { RATING_COLUMNS, type RatingRow, ratingFields, shownRating } from './ratings.queries';
import { scorecardParameter } from './scorecard-parameter';

const explained = shape({
  ...ratingFields,
  ...explanationFields,
  scorecard: shape({
    rowId: answer.text(),
    title: answer.text(),
    effectiveFrom: answer.date(),
    effectiveTo: answer.date().allow(null),
    source: answer.text(),
    provisional: answer.flag(),
  }).description('所用评分表'),
});

const JOINED = `SELECT ${RATING_COLUMNS}, c.inputs AS inputs, c.evidence AS evidence, c.result AS result,
    k.state AS caseState
  FROM rating r JOIN rating_content c ON c.rating_id = r.id
  LEFT JOIN rating_case k ON k.id = r.case_id
 WHERE {scope:r.region_code}`;

interface ContentRow extends RatingRow {
  caseState: CaseState | null;
  inputs: string;
  evidence: string;
  result: string;
}

async function explainRow(read: Reader, row: ContentRow) {
  const { inputs, evidence, result, caseState, ...rating } = row;
  const sql = read.unscoped('the card, and the steps of a rating that is within the scope');
  const card = await policyRow(sql, scorecardParameter, rating.scorecardRowId);
  const steps = await listRows(sql, RatingStep, { ratingId: rating.id });
  const { rowId, effectiveFrom, effectiveTo, source, provisional } = card;
  return {
    ...shownRating(rating),
    ...explain({
      inputs: JSON.parse(inputs) as RatingContentRow['inputs'],
      evidence: JSON.parse(evidence) as RatingContentRow['evidence'],
      result: JSON.parse(result) as RatingContentRow['result'],
      card: card.value,
      steps,
      // Returned, and collected further: those who have yet to appraise see nothing of the others' sheets.
      appraising: caseState === 'collecting',
    }),
    scorecard: {
      rowId,
      title: scorecardParameter.title,
      effectiveFrom,
      effectiveTo,
      source,
      provisional,
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
    return explainRow(read, row);
  },
});

/** 农户评级: the rating in force of a household, the one under way, and the file that is collected. */
export const ratingOfHousehold = defineQuery({
  name: 'credit.of-household',
  title: '农户评级',
  permission: 'credit.read',
  input: shape<{ householdId: string }>({ householdId: idField('农户编号') }),
  answer: shape({
    current: explained.allow(null).description('现行评级'),
    expired: answer.flag('现行评级是否已过有效期'),
    proposed: explained.allow(null).description('办理中的评级'),
    openCaseId: idField().allow(null).description('未办结的评级档案'),
  }),
  run: async (read, { householdId }) => {
    const current = await keyed(read, 'current_key', householdId);
    const proposed = await keyed(read, 'open_key', householdId);
    const open = await read.one<{ id: string }>(
      'SELECT c.id AS id FROM rating_case c WHERE {scope:c.region_code} AND c.open_key = :householdId',
      { householdId },
    );
    return {
      current: current && (await explainRow(read, current)),
      expired: current?.validUntil ? current.validUntil < read.today : false,
      proposed: proposed && (await explainRow(read, proposed)),
      openCaseId: open?.id ?? null,
    };
  },
});

function keyed(read: Reader, key: 'current_key' | 'open_key', householdId: string) {
  return read.one<ContentRow>(`${JOINED} AND r.${key} = :householdId`, { householdId });
}
