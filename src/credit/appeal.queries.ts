/** The screen of appeals: newest first; `overdue` are those that should have been decided by now. */
import type { BusinessDate } from '../platform/dates';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, Joi, regionField, shape } from '../platform/shape';
import { APPEAL_STATES, type AppealState } from './appeal.entity';
import { conditionsOf } from './credit-line-screens.queries';

interface Input {
  region?: string;
  state?: AppealState;
  overdue?: boolean;
  after?: string;
  size?: number;
}

interface Row {
  id: string;
  state: AppealState;
  dueOn: BusinessDate | null;
}

/** 申诉台账. Names of households and members are looked up in the register, which says who may. */
export const listAppeals = defineQuery({
  name: 'credit.list-appeals',
  title: '申诉台账',
  permission: 'credit.read',
  input: shape<Input>({
    region: regionField('只看此地').optional(),
    state: codeField(APPEAL_STATES, '状态').optional(),
    overdue: Joi.boolean().optional().description('只看逾期未办结'),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      id: idField(),
      householdId: idField(),
      regionCode: answer.text(),
      ratingId: idField().allow(null),
      lineSeq: answer.count().allow(null),
      memberId: idField(),
      reason: answer.text(),
      state: codeField(APPEAL_STATES),
      filedByName: answer.text(),
      filedOn: answer.date(),
      dueOn: answer.date().allow(null),
      overdue: answer.flag('逾期未办结'),
      decidedByName: answer.text().allow(null),
      decidedOn: answer.date().allow(null),
      decisionReason: answer.text().allow(null),
      version: answer.count(),
    }),
  ),
  run: async (read, input) => {
    const region = { column: 'a.region_code', code: input.region };
    const { text, params } = conditionsOf(region, { 'a.state': input.state });
    const late = input.overdue ? " AND a.state = 'open' AND a.due_on < :today" : '';
    const page = await readPage<Row>(
      read,
      `SELECT a.id AS id, a.household_id AS householdId, a.region_code AS regionCode,
              a.rating_id AS ratingId, a.line_seq AS lineSeq, a.member_id AS memberId,
              a.reason AS reason, a.state AS state, a.filed_by_name AS filedByName,
              a.filed_on AS filedOn, a.due_on AS dueOn, a.decided_by_name AS decidedByName,
              a.decided_on AS decidedOn, a.decision_reason AS decisionReason,
              a.version AS version
         FROM credit_appeal a WHERE {scope:a.region_code} AND {after}${text}${late}`,
      { ...params, ...(late === '' ? {} : { today: read.today }) },
      { keys: [{ sql: 'a.id', field: 'id' }], direction: 'desc' },
      input,
    );
    const overdue = (row: Row) =>
      row.state === 'open' && row.dueOn !== null && row.dueOn < read.today;
    return { ...page, items: page.items.map((row) => ({ ...row, overdue: overdue(row) })) };
  },
});
