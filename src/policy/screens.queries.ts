/**
 * What people see of the rules: the list of parameters with what holds today, the history of one with who
 * proposed and who confirmed, what waits for confirmation, and a rule as of a date. Rules of the regions above
 * hold here too, so everybody sees the own region with everything below it, and the line above it.
 */
import { regionCovers } from '../platform/authority';
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import { PlatformProblem } from '../platform/problems';
import {
  defineQuery,
  type PageOrder,
  pageFields,
  pageOf,
  type Reader,
  readPage,
} from '../platform/query';
import { answer, dateField, Joi, listOf, regionField, shape } from '../platform/shape';
import { declaredParameters, parameterField, parameterOf } from './parameter';
import { policyAsOf, type RowHead } from './policy.queries';
import { regionLine, rowOn } from './timeline';

const headFields = {
  rowId: answer.text('规定编号'),
  region: answer.text('地区'),
  effectiveFrom: answer.date('生效日期'),
  effectiveTo: answer.date('终止日期(含)').allow(null),
  source: answer.text('依据'),
  provisional: answer.flag('暂定'),
};
const valueField = Joi.object().unknown(true).description('规定的全部内容');

/** GET: every parameter, and the row that rules today in the actor's region. */
export const listParameters = defineQuery({
  name: 'policy.parameters',
  title: '政策参数一览',
  permission: 'policy.read',
  input: shape<Record<string, never>>({}),
  answer: shape({
    items: listOf(
      shape({
        parameter: answer.text('政策参数'),
        title: answer.text('名称'),
        inForce: shape(headFields).allow(null),
        proposed: answer.count('待确认条数'),
      }),
    ),
  }),
  run: async (read) => {
    const rows = await visibleHeads(read);
    const items = [...declaredParameters().values()].map(({ key, title }) => {
      const own = rows.filter((row) => row.parameter === key);
      const valid = own.filter((row) => row.state === 'in-force');
      const row = rowOn(valid, read.actor.region, read.today);
      return {
        parameter: key,
        title,
        inForce: row && head(row),
        proposed: own.filter((one) => one.state === 'proposed').length,
      };
    });
    return { items: items.sort((a, b) => (a.parameter < b.parameter ? -1 : 1)) };
  },
});

type VisibleHead = RowHead & { parameter: string; state: string };

function visibleHeads(read: Reader): Promise<VisibleHead[]> {
  return read.rows<VisibleHead>(
    `SELECT r.id, r.parameter, r.state, r.region_code AS region, r.effective_from AS effectiveFrom,
            r.effective_to AS effectiveTo, r.content_digest AS contentDigest, r.source, r.provisional
       FROM policy_row r
      WHERE ({scope:r.region_code} OR r.region_code IN (:line)) AND r.state <> 'rejected'`,
    { line: regionLine(read.actor.region) },
  );
}

function head(row: RowHead) {
  return {
    rowId: row.id,
    region: row.region,
    effectiveFrom: row.effectiveFrom,
    effectiveTo: row.effectiveTo,
    source: row.source,
    provisional: row.provisional === 1,
  };
}

interface FullRow {
  id: string;
  parameter: string;
  region: string;
  effective_from: string;
  effective_to: string | null;
  source: string;
  provisional: number;
  value: string;
  content_digest: string;
  origin: string;
  state: string;
  proposed_by: string;
  proposed_by_name: string;
  proposed_at: Instant;
  confirmed_by: string | null;
  confirmed_by_name: string | null;
  confirmed_at: Instant | null;
  rejected_by: string | null;
  rejected_by_name: string | null;
  rejected_at: Instant | null;
  rejected_reason: string | null;
}

const personField = shape({
  id: answer.text('人员编号'),
  name: answer.text('姓名'),
  at: answer.instant('时刻'),
});

const rowShape = shape({
  ...headFields,
  parameter: answer.text('政策参数'),
  value: valueField,
  contentDigest: answer.text('内容摘要'),
  origin: answer.text('来源:file 随版本载入,act 由人提出'),
  state: answer.text('状态'),
  proposed: personField,
  confirmed: personField.allow(null),
  rejected: personField.allow(null),
  rejectedReason: answer.text('退回理由').allow(null),
});

/** GET: all rows of one parameter, newest first, with who proposed, confirmed or turned them down. */
export const parameterHistory = defineQuery({
  name: 'policy.history',
  title: '政策参数沿革',
  permission: 'policy.read',
  input: shape<{ parameter: string; after?: string; size?: number }>({
    parameter: parameterField(),
    ...pageFields,
  }),
  answer: pageOf(rowShape),
  run: (read, { parameter, ...page }) =>
    rowPage(read, 'r.parameter = :parameter', { parameter: parameterOf(parameter).key }, page),
});

/** GET: what waits for a second person, newest first. */
export const listProposals = defineQuery({
  name: 'policy.proposals',
  title: '待确认的政策规定',
  permission: 'policy.read',
  input: shape<{ after?: string; size?: number }>({ ...pageFields }),
  answer: pageOf(rowShape),
  run: (read, page) => rowPage(read, 'r.state = :state', { state: 'proposed' }, page),
});

async function rowPage(
  read: Reader,
  condition: string,
  params: Record<string, string>,
  page: { after?: string; size?: number },
) {
  const order: PageOrder = {
    keys: [
      { sql: 'r.effective_from', field: 'effective_from' },
      { sql: 'r.id', field: 'id' },
    ],
    direction: 'desc',
  };
  const { items, next } = await readPage<FullRow>(
    read,
    `SELECT r.id, r.parameter, r.region_code AS region, r.effective_from, r.effective_to, r.source,
            r.provisional, r.value, r.content_digest, r.origin, r.state,
            r.proposed_by, r.proposed_by_name, r.proposed_at,
            r.confirmed_by, r.confirmed_by_name, r.confirmed_at,
            r.rejected_by, r.rejected_by_name, r.rejected_at, r.rejected_reason
       FROM policy_row r
      WHERE ${condition} AND ({scope:r.region_code} OR r.region_code IN (:line)) AND {after}`,
    { ...params, line: regionLine(read.actor.region) },
    order,
    page,
  );
  return { items: items.map(full), next };
}

function full(row: FullRow) {
  return {
    rowId: row.id,
    parameter: row.parameter,
    region: row.region,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    source: row.source,
    provisional: row.provisional === 1,
    value: JSON.parse(row.value) as Record<string, unknown>,
    contentDigest: row.content_digest,
    origin: row.origin,
    state: row.state,
    proposed: person(row.proposed_by, row.proposed_by_name, row.proposed_at),
    confirmed: person(row.confirmed_by, row.confirmed_by_name, row.confirmed_at),
    rejected: person(row.rejected_by, row.rejected_by_name, row.rejected_at),
    rejectedReason: row.rejected_reason,
  };
}

function person(id: string | null, name: string | null, at: Instant | null) {
  return id === null || at === null ? null : { id, name: name ?? '', at: isoInstant(at) };
}

/** GET: the rule for a place on a date. Another county's place is answered as if absent. */
export const ruleAsOf = defineQuery({
  name: 'policy.as-of',
  title: '某日适用的规定',
  permission: 'policy.read',
  input: shape<{ parameter: string; region: string; date: BusinessDate }>({
    parameter: parameterField(),
    region: regionField('地区'),
    date: dateField('日期'),
  }),
  answer: shape({ parameter: answer.text('政策参数'), ...headFields, value: valueField }),
  run: async (read, { parameter, region, date }) => {
    const own = read.actor.region;
    if (!regionCovers(own, region) && !regionCovers(region, own)) throw PlatformProblem.absent();
    const sql = read.unscoped('the place was compared with the region of the actor above');
    return { parameter, ...(await policyAsOf(sql, parameterOf(parameter), { region, date })) };
  },
});
