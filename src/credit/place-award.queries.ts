/** Screens of credit villages and townships: the list of a year, and one judgement with its figures. */
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, Joi, listOf, regionField, shape } from '../platform/shape';
import { conditionsOf } from './credit-line-screens.queries';
import { findingShape } from './judge-place';
import { AWARD_STATES, type AwardState } from './place-award.entity';
import {
  PLACE_LEVELS,
  PLACE_OUTCOMES,
  type PlaceFigures,
  type PlaceFinding,
  type PlaceLevel,
  type PlaceOutcome,
  type PlaceRules,
} from './place-rules';
import { CreditProblem } from './problems';

const COLUMNS = `a.id AS id, a.region_code AS regionCode, a.level AS level, a.year AS year,
  a.outcome AS outcome, a.state AS state, a.content_digest AS contentDigest,
  a.judged_by_name AS judgedByName, a.judged_on AS judgedOn,
  a.decided_by_name AS decidedByName, a.decided_on AS decidedOn,
  a.decision_reason AS decisionReason, a.version AS version`;

const awardFields = {
  id: idField(),
  regionCode: answer.text(),
  level: codeField(PLACE_LEVELS),
  year: answer.count(),
  outcome: codeField(PLACE_OUTCOMES),
  state: codeField(AWARD_STATES),
  awarded: answer.flag('是否授予'),
  contentDigest: answer.text(),
  judgedByName: answer.text(),
  judgedOn: answer.date(),
  decidedByName: answer.text().allow(null),
  decidedOn: answer.date().allow(null),
  decisionReason: answer.text().allow(null),
  version: answer.count(),
};

interface AwardRow {
  id: string;
  state: AwardState;
  outcome: PlaceOutcome;
}

const withAward = <T extends AwardRow>(row: T) => ({
  ...row,
  awarded: row.state === 'confirmed' && row.outcome === 'met',
});

interface Input {
  region?: string;
  year?: number;
  level?: PlaceLevel;
  state?: AwardState;
  after?: string;
  size?: number;
}

/** 信用村、信用乡镇台账. */
export const listPlaces = defineQuery({
  name: 'credit.list-places',
  title: '信用村、信用乡镇台账',
  permission: 'credit.read',
  input: shape<Input>({
    region: regionField('只看此地').optional(),
    year: Joi.number().integer().min(2014).max(2199).optional().description('评定年度'),
    level: codeField(PLACE_LEVELS, '村或乡镇').optional(),
    state: codeField(AWARD_STATES, '状态').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(awardFields)),
  run: async (read, input) => {
    const { text, params } = conditionsOf(
      { column: 'a.region_code', code: input.region },
      { 'a.year': input.year, 'a.level': input.level, 'a.state': input.state },
    );
    const page = await readPage<AwardRow>(
      read,
      `SELECT ${COLUMNS} FROM credit_place_award a WHERE {scope:a.region_code} AND {after}${text}`,
      params,
      { keys: [{ sql: 'a.id', field: 'id' }], direction: 'desc' },
      input,
    );
    return { ...page, items: page.items.map(withAward) };
  },
});

interface ContentRow extends AwardRow {
  rulesRowId: string;
  figures: string;
  findings: string;
  benefits: string;
}

const loansShape = () =>
  shape({
    borrowers: answer.count(),
    cleanBorrowers: answer.count(),
    balanceFen: answer.count(),
    badBalanceFen: answer.count(),
  });

/** 评定详情: the figures that led to a judgement, what they say to each threshold, and the benefits. */
export const showPlace = defineQuery({
  name: 'credit.show-place',
  title: '信用村、信用乡镇评定详情',
  permission: 'credit.read',
  input: shape<{ awardId: string }>({ awardId: idField('评定编号') }),
  answer: shape({
    ...awardFields,
    rulesRowId: answer.text(),
    figures: shape({
      level: codeField(PLACE_LEVELS),
      members: shape({ part: answer.count(), whole: answer.count() }),
      loans: loansShape(),
      loansBefore: loansShape(),
    }),
    findings: listOf(findingShape()),
    benefits: listOf(shape({ code: answer.text(), name: answer.text() })),
  }),
  run: async (read, { awardId }) => {
    const row = await read.one<ContentRow>(
      `SELECT ${COLUMNS}, c.rules_row_id AS rulesRowId, c.figures AS figures,
              c.findings AS findings, c.benefits AS benefits
         FROM credit_place_award a JOIN credit_place_content c ON c.award_id = a.id
        WHERE {scope:a.region_code} AND a.id = :awardId`,
      { awardId },
    );
    if (!row) throw CreditProblem.awardAbsent();
    return {
      ...withAward(row),
      figures: JSON.parse(row.figures) as PlaceFigures,
      findings: JSON.parse(row.findings) as PlaceFinding[],
      benefits: JSON.parse(row.benefits) as PlaceRules['benefits'],
    };
  },
});
