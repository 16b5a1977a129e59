/** Screens of credit lines: the register, one household's line with its history, and raises that wait. */
import { regionPrefix } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import type { Params } from '../platform/db/database';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import { LINE_CAUSE_NAMES, LINE_STATE_NAMES, stateOn } from './credit-line';
import {
  LINE_CAUSES,
  LINE_STATES,
  type LineCause,
  type LineState,
  RAISE_STATES,
  type RaiseState,
} from './credit-line.entity';
import { lineOf } from './credit-line.queries';
import { CreditProblem } from './problems';

/** Conditions of a list: the place below, and values of columns where they are given. */
export function conditionsOf(
  region: { column: string; code: string | undefined },
  equal: Readonly<Record<string, string | number | undefined>>,
): { text: string; params: Params } {
  const parts: string[] = [];
  const params: Params = {};
  const prefix = region.code ? regionPrefix(region.code) : '';
  if (prefix !== '') {
    parts.push(` AND ${region.column} >= :prefix AND ${region.column} < :prefixEnd`);
    Object.assign(params, { prefix, prefixEnd: `${prefix}~` });
  }
  Object.entries(equal).forEach(([column, value], place) => {
    if (value === undefined) return;
    parts.push(` AND ${column} = :equal${place}`);
    params[`equal${place}`] = value;
  });
  return { text: parts.join(''), params };
}

interface ListRow {
  householdId: string;
  householdCode: string;
  headName: string;
  regionCode: string;
  state: LineState;
  totalFen: Fen;
  grade: string;
  gradeName: string;
  bankId: string | null;
  fromOn: BusinessDate;
  validUntil: BusinessDate;
  reviewDueOn: BusinessDate | null;
  reviewReason: string | null;
}

interface ListInput {
  region?: string;
  state?: LineState;
  due?: 'review';
  after?: string;
  size?: number;
}

/** 授信台账: lines by household; `due=review` are those that wait for a person. */
export const listLines = defineQuery({
  name: 'credit.list-lines',
  title: '授信台账',
  permission: 'credit.read',
  input: shape<ListInput>({
    region: regionField('只看此地').optional(),
    state: codeField(LINE_STATES, '登记的状态').optional(),
    due: codeField(['review'], '只看待人工年审').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      householdId: idField(),
      householdCode: answer.text(),
      headName: answer.text(),
      regionCode: answer.text(),
      state: codeField(LINE_STATES),
      stateName: answer.text(),
      total: answer.yuan(),
      grade: answer.text(),
      gradeName: answer.text(),
      bankId: idField().allow(null),
      fromOn: answer.date(),
      validUntil: answer.date(),
      reviewDueOn: answer.date().allow(null),
      reviewReason: answer.text().allow(null),
    }),
  ),
  run: async (read, input) => {
    const region = { column: 'l.region_code', code: input.region };
    const { text, params } = conditionsOf(region, { 'p.state': input.state });
    const waiting = input.due === 'review' ? ' AND l.review_reason IS NOT NULL' : '';
    const page = await readPage<ListRow>(
      read,
      `SELECT l.household_id AS householdId, l.household_code AS householdCode,
              l.head_name AS headName, l.region_code AS regionCode, p.state AS state,
              p.total_fen AS totalFen, r.grade AS grade, r.grade_name AS gradeName,
              p.bank_id AS bankId, p.from_on AS fromOn, p.valid_until AS validUntil,
              l.review_due_on AS reviewDueOn, l.review_reason AS reviewReason
         FROM credit_line l
         JOIN credit_line_period p ON p.open_key = l.household_id
         JOIN rating r ON r.id = p.rating_id
        WHERE {scope:l.region_code,p.bank_id} AND {after}${text}${waiting}`,
      params,
      { keys: [{ sql: 'l.household_id', field: 'householdId' }], direction: 'asc' },
      input,
    );
    const items = page.items.map(({ totalFen, ...row }) => {
      const state = stateOn(row, read.today);
      return { ...row, state, stateName: LINE_STATE_NAMES[state], total: yuan(totalFen) };
    });
    return { ...page, items };
  },
});

const periodFields = {
  seq: answer.count(),
  ratingId: idField(),
  state: codeField(LINE_STATES),
  stateName: answer.text(),
  cause: codeField(LINE_CAUSES),
  causeName: answer.text(),
  total: answer.yuan(),
  fromOn: answer.date(),
  untilOn: answer.date('第一个不再适用的日子').allow(null),
  validUntil: answer.date(),
  reason: answer.text(),
  evidence: answer.text().allow(null),
  madeByName: answer.text(),
  madeOn: answer.date(),
  otherByName: answer.text().allow(null),
};

interface PeriodRow {
  state: LineState;
  cause: LineCause;
  totalFen: Fen;
}

/** 农户授信: what a household's line is today, what is used and left of it, and how it came about. */
export const lineOfHousehold = defineQuery({
  name: 'credit.line-of-household',
  title: '农户授信',
  permission: 'credit.read',
  input: shape<{ householdId: string }>({ householdId: idField('农户编号') }),
  answer: shape({
    householdId: idField(),
    today: shape({
      state: codeField(LINE_STATES),
      grade: answer.text(),
      gradeName: answer.text(),
      total: answer.yuan(),
      used: answer.yuan(),
      available: answer.yuan(),
      frozen: answer.yuan(),
      validUntil: answer.date(),
    })
      .allow(null)
      .description('今日的额度，没有有效额度时为空'),
    reviewDueOn: answer.date().allow(null),
    reviewReason: answer.text().allow(null),
    periods: listOf(shape(periodFields)),
  }),
  run: async (read, { householdId }) => {
    const line = await read.one<{ reviewDueOn: BusinessDate | null; reviewReason: string | null }>(
      `SELECT l.review_due_on AS reviewDueOn, l.review_reason AS reviewReason
         FROM credit_line l JOIN credit_line_period p ON p.open_key = l.household_id
        WHERE {scope:l.region_code,p.bank_id} AND l.household_id = :householdId`,
      { householdId },
    );
    if (!line) throw CreditProblem.lineAbsent();
    const sql = read.unscoped('the household was found within the limits of the reader');
    const periods = await sql.rows<PeriodRow>(
      `SELECT p.seq AS seq, p.rating_id AS ratingId, p.state AS state, p.cause AS cause,
              p.total_fen AS totalFen, p.from_on AS fromOn, p.until_on AS untilOn,
              p.valid_until AS validUntil, p.reason AS reason, p.evidence AS evidence,
              p.made_by_name AS madeByName, p.made_on AS madeOn, p.other_by_name AS otherByName
         FROM credit_line_period p WHERE p.household_id = :householdId ORDER BY p.seq`,
      { householdId },
    );
    const today = await lineOf(sql, householdId, read.today);
    return {
      householdId,
      today: today && {
        state: today.state,
        grade: today.grade,
        gradeName: today.gradeName,
        total: yuan(today.totalFen),
        used: yuan(today.usedFen),
        available: yuan(today.availableFen),
        frozen: yuan(today.frozenFen),
        validUntil: today.validUntil,
      },
      ...line,
      periods: periods.map(({ totalFen, ...row }) => ({
        ...row,
        total: yuan(totalFen),
        stateName: LINE_STATE_NAMES[row.state],
        causeName: LINE_CAUSE_NAMES[row.cause],
      })),
    };
  },
});

interface RaiseRow {
  id: string;
  state: RaiseState;
  fromFen: Fen;
  askedFen: Fen;
  grantedFen: Fen | null;
}

/** 增信申请: newest first; the township's worklist is `state=applied`, the bank's `state=checked`. */
export const listRaises = defineQuery({
  name: 'credit.list-raises',
  title: '增信申请',
  permission: 'credit.read',
  input: shape<{ region?: string; state?: RaiseState; after?: string; size?: number }>({
    region: regionField('只看此地').optional(),
    state: codeField(RAISE_STATES, '状态').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      id: idField(),
      householdId: idField(),
      householdCode: answer.text(),
      headName: answer.text(),
      state: codeField(RAISE_STATES),
      ground: answer.text(),
      evidence: answer.text(),
      from: answer.yuan(),
      asked: answer.yuan(),
      granted: answer.yuan().allow(null),
      appliedByName: answer.text(),
      appliedOn: answer.date(),
      checkedByName: answer.text().allow(null),
      checkReason: answer.text().allow(null),
      decidedByName: answer.text().allow(null),
      decisionReason: answer.text().allow(null),
      version: answer.count(),
    }),
  ),
  run: async (read, input) => {
    const region = { column: 'a.region_code', code: input.region };
    const { text, params } = conditionsOf(region, { 'a.state': input.state });
    const page = await readPage<RaiseRow>(
      read,
      `SELECT a.id AS id, a.household_id AS householdId, l.household_code AS householdCode,
              l.head_name AS headName, a.state AS state, a.ground AS ground,
              a.evidence AS evidence, a.from_fen AS fromFen, a.asked_fen AS askedFen,
              a.granted_fen AS grantedFen, a.applied_by_name AS appliedByName,
              a.applied_on AS appliedOn, a.checked_by_name AS checkedByName,
              a.check_reason AS checkReason, a.decided_by_name AS decidedByName,
              a.decision_reason AS decisionReason, a.version AS version
         FROM line_raise a JOIN credit_line l ON l.household_id = a.household_id
        WHERE {scope:a.region_code,a.bank_id} AND {after}${text}`,
      params,
      { keys: [{ sql: 'a.id', field: 'id' }], direction: 'desc' },
      input,
    );
    const items = page.items.map(({ fromFen, askedFen, grantedFen, ...row }) => ({
      ...row,
      from: yuan(fromFen),
      asked: yuan(askedFen),
      granted: grantedFen === null ? null : yuan(grantedFen),
    }));
    return { ...page, items };
  },
});
