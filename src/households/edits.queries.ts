/** 修改记录: what was edited in the register, for the household's screen and for inspection. */
import { regionPrefix } from '../platform/authority';
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  defineQuery,
  type PageOrder,
  pageFields,
  pageOf,
  type Reader,
  readPage,
} from '../platform/query';
import { answer, dateField, idField, Joi, listOf, regionField, shape } from '../platform/shape';
import { conditions, prefixed } from './prefix';

interface Row {
  id: string;
  householdId: string;
  householdCode: string;
  memberId: string | null;
  regionCode: string;
  act: string;
  fields: string;
  detail: string | null;
  editorName: string;
  editorRegion: string;
  outside: number;
  taskId: string | null;
  editedOn: BusinessDate;
  editedAt: Instant;
}

const editAnswer = shape({
  id: idField(),
  householdId: idField(),
  householdCode: answer.text(),
  memberId: idField().allow(null),
  regionCode: answer.text('农户当日所在村'),
  act: answer.text('办理事项'),
  fields: listOf(answer.text()),
  detail: answer.text('修改前后，个人信息已遮盖').allow(null),
  editorName: answer.text(),
  editorRegion: answer.text('修改人所在机构的地区'),
  outside: answer.flag('修改人的机构不在本乡镇，也不是其上级'),
  bulk: answer.flag('批量修改'),
  taskId: answer.text().allow(null),
  editedOn: answer.date(),
  editedAt: answer.instant(),
});

const NEWEST: PageOrder = { keys: [{ sql: 'e.id', field: 'id' }], direction: 'desc' };

async function editsPage(
  read: Reader,
  asked: { text: string; params: Record<string, string> },
  input: { after?: string; size?: number },
) {
  const page = await readPage<Row>(
    read,
    `SELECT e.id AS id, e.household_id AS householdId, h.code AS householdCode,
            e.member_id AS memberId, e.region_code AS regionCode, e.act AS act,
            e.fields AS fields, e.detail AS detail, e.editor_name AS editorName,
            e.editor_region AS editorRegion, e.outside AS outside, e.task_id AS taskId,
            e.edited_on AS editedOn, e.edited_at AS editedAt
       FROM household_edit e JOIN household h ON h.id = e.household_id
      WHERE {scope:e.region_code} AND {after}${asked.text}`,
    asked.params,
    NEWEST,
    input,
  );
  const items = page.items.map((row) => ({
    ...row,
    fields: row.fields.split(','),
    outside: row.outside === 1,
    bulk: row.taskId !== null,
    editedAt: isoInstant(row.editedAt),
  }));
  return { ...page, items };
}

/** 农户修改记录: the edits of one household, newest first. */
export const listHouseholdEdits = defineQuery({
  name: 'households.edits-of-household',
  title: '农户修改记录',
  permission: 'households.read',
  input: shape<{ householdId: string; after?: string; size?: number }>({
    householdId: idField('农户编号'),
    ...pageFields,
  }),
  answer: pageOf(editAnswer),
  run: (read, input) => {
    const { householdId } = input;
    const asked = conditions([[' AND e.household_id = :householdId', { householdId }]]);
    return editsPage(read, asked, input);
  },
});

/** 修改记录查询: the edits of a region, newest first: those from elsewhere, those in bulk, those since a day. */
export const listEdits = defineQuery({
  name: 'households.edits',
  title: '修改记录查询',
  permission: 'households.read-edits',
  input: shape<{
    region?: string;
    outside?: boolean;
    bulk?: boolean;
    since?: BusinessDate;
    after?: string;
    size?: number;
  }>({
    region: regionField('只看此地').optional(),
    outside: Joi.boolean().description('只看(不看)外地机构的修改').optional(),
    bulk: Joi.boolean().description('只看(不看)批量修改').optional(),
    since: dateField('自此日起').optional(),
    ...pageFields,
  }),
  answer: pageOf(editAnswer),
  run: (read, input) => {
    const { region, outside, bulk, since } = input;
    const asked = conditions([
      region && prefixed('e.region_code', 'region', regionPrefix(region)),
      outside !== undefined && [` AND e.outside = ${outside ? 1 : 0}`, {}],
      bulk !== undefined && [` AND e.task_id IS ${bulk ? 'NOT NULL' : 'NULL'}`, {}],
      since && [' AND e.edited_on >= :since', { since }],
    ]);
    return editsPage(read, asked, input);
  },
});
