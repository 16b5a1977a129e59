/** The screens of the register: the list and one household. Personal fields appear masked only. */

import { regionChain } from '../identity';
import { regionPrefix } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import {
  defineQuery,
  type Page,
  pageFields,
  pageOf,
  type Reader,
  readPage,
} from '../platform/query';
import {
  answer,
  codeField,
  dateField,
  idField,
  Joi,
  listOf,
  regionField,
  shape,
  textField,
} from '../platform/shape';
import {
  HOUSEHOLD_KINDS,
  type HouseholdKind,
  KIND_NAMES,
  RELATION_NAMES,
  type Relation,
} from './household-kind';
import { HouseholdProblem } from './problems';

interface ListInput {
  region?: string;
  name?: string;
  code?: string;
  status?: HouseholdKind;
  on?: BusinessDate;
  after?: string;
  size?: number;
}

interface ListRow {
  id: string;
  code: string;
  regionCode: string;
  headName: string;
  memberCount: number;
  status: HouseholdKind | null;
}

/** The last character of a column's alphabet: a prefix and this end the range of texts with that prefix. */
const LAST_ASCII = '~';
const LAST_OF_ALL = '\u{10ffff}';

/** 农户名册: households of the officer's region by code, each with its status on the asked date. */
export const listHouseholds = defineQuery({
  name: 'households.list',
  title: '农户名册',
  permission: 'households.read',
  input: shape<ListInput>({
    region: regionField('只看此地').optional(),
    name: textField(60, '户主姓名，从头匹配').optional(),
    code: Joi.string()
      .max(32)
      .pattern(/^[0-9A-Z-]+$/)
      .description('户编号，从头匹配')
      .optional(),
    status: codeField(HOUSEHOLD_KINDS, '当日身份类别').optional(),
    on: dateField('按此日的身份类别，默认今天').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      id: idField(),
      code: answer.text(),
      regionCode: answer.text(),
      headName: answer.text(),
      memberCount: answer.count(),
      status: answer.text().allow(null),
      statusName: answer.text().allow(null),
    }),
  ),
  run: async (read, input) => {
    const { text, params } = listConditions(input);
    const page: Page<ListRow> = await readPage<ListRow>(
      read,
      `SELECT h.id AS id, h.code AS code, h.region_code AS regionCode, m.name AS headName,
              s.status AS status,
              (SELECT COUNT(*) FROM household_member n
                WHERE n.household_id = h.id AND n.left_on IS NULL) AS memberCount
         FROM household h
         JOIN household_member m ON m.id = h.head_member_id
         LEFT JOIN household_status s ON s.household_id = h.id AND s.from_on <= :day
              AND (s.to_on IS NULL OR s.to_on >= :day)
        WHERE {scope:h.region_code} AND {after}${text}`,
      { ...params, day: input.on ?? read.today },
      { keys: [{ sql: 'h.code', field: 'code' }], direction: 'asc' },
      input,
    );
    const items = page.items.map((row) => ({
      ...row,
      statusName: row.status && KIND_NAMES[row.status],
    }));
    return { ...page, items };
  },
});

/** Prefixes are searched as ranges: both databases order by code point and can then use the index. */
function listConditions(input: ListInput): { text: string; params: Record<string, string> } {
  const parts: string[] = [];
  const params: Record<string, string> = {};
  const range = (column: string, name: string, prefix: string | undefined, last: string) => {
    if (!prefix) return;
    parts.push(` AND ${column} >= :${name} AND ${column} < :${name}End`);
    Object.assign(params, { [name]: prefix, [`${name}End`]: `${prefix}${last}` });
  };
  range('h.region_code', 'region', input.region && regionPrefix(input.region), LAST_ASCII);
  range('h.code', 'code', input.code, LAST_ASCII);
  range('m.name', 'name', input.name, LAST_OF_ALL);
  if (input.status) {
    parts.push(' AND s.status = :status');
    params.status = input.status;
  }
  return { text: parts.join(''), params };
}

const memberAnswer = shape({
  id: idField(),
  name: answer.text(),
  relation: answer.text(),
  relationName: answer.text(),
  idMasked: answer.text(),
  birthDate: answer.date(),
  sex: answer.text(),
  phoneMasked: answer.text().allow(null),
  accountMasked: answer.text().allow(null),
  leftOn: answer.date().allow(null),
});

const statusAnswer = shape({
  status: answer.text(),
  statusName: answer.text(),
  fromOn: answer.date(),
  toOn: answer.date().allow(null),
  source: answer.text(),
});

/** 农户详情: one household with its members, its statuses in order and the names of its place. */
export const showHousehold = defineQuery({
  name: 'households.show',
  title: '农户详情',
  permission: 'households.read',
  input: shape<{ householdId: string }>({ householdId: idField('农户编号') }),
  answer: shape({
    id: idField(),
    code: answer.text(),
    regionCode: answer.text(),
    place: listOf(answer.text()).description('省、市、县、乡、村'),
    headMemberId: idField(),
    registeredOn: answer.date(),
    version: answer.count(),
    members: listOf(memberAnswer),
    statuses: listOf(statusAnswer),
  }),
  run: async (read, { householdId }) => {
    const household = await read.one<{
      id: string;
      code: string;
      regionCode: string;
      headMemberId: string;
      registeredOn: BusinessDate;
      version: number;
    }>(
      `SELECT h.id AS id, h.code AS code, h.region_code AS regionCode,
              h.head_member_id AS headMemberId, h.registered_on AS registeredOn,
              h.version AS version
         FROM household h WHERE {scope:h.region_code} AND h.id = :householdId`,
      { householdId },
    );
    if (!household) throw HouseholdProblem.householdAbsent();
    const chain = await regionChain(
      read.unscoped('the names of places are public'),
      household.regionCode,
    );
    return {
      ...household,
      place: chain.map((region) => region.name),
      members: await membersOf(read, householdId),
      statuses: await statusesOf(read, householdId),
    };
  },
});

async function membersOf(read: Reader, householdId: string) {
  const rows = await read.rows<{ id: string; relation: Relation }>(
    `SELECT m.id AS id, m.name AS name, m.relation AS relation, m.id_number_masked AS idMasked,
            m.birth_date AS birthDate, m.sex AS sex, m.phone_masked AS phoneMasked,
            m.account_masked AS accountMasked, m.left_on AS leftOn
       FROM household h JOIN household_member m ON m.household_id = h.id
      WHERE {scope:h.region_code} AND h.id = :householdId ORDER BY m.id`,
    { householdId },
  );
  return rows.map((row) => ({ ...row, relationName: RELATION_NAMES[row.relation] }));
}

async function statusesOf(read: Reader, householdId: string) {
  const rows = await read.rows<{ status: HouseholdKind }>(
    `SELECT s.status AS status, s.from_on AS fromOn, s.to_on AS toOn, s.source AS source
       FROM household h JOIN household_status s ON s.household_id = h.id
      WHERE {scope:h.region_code} AND h.id = :householdId ORDER BY s.from_on`,
    { householdId },
  );
  return rows.map((row) => ({ ...row, statusName: KIND_NAMES[row.status] }));
}
