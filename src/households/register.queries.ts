/**
 * 农户名册: the list of households, searched by place, status, code, head's name or its initials. Each way of asking
 * has its own order, that of an index which holds exactly the rows asked for, so that a page of twenty costs the
 * same wherever it stands and however many households there are.
 */
import { regionPrefix } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import {
  defineQuery,
  type Page,
  type PageOrder,
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
  regionField,
  shape,
  textField,
} from '../platform/shape';
import { HOUSEHOLD_KINDS, type HouseholdKind, KIND_NAMES } from './household-kind';
import { holdsOn } from './members.queries';
import { conditions, initialsField, prefixed } from './prefix';

interface ListInput {
  region?: string;
  name?: string;
  initials?: string;
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
  headInitials: string;
  memberCount: number;
  status: HouseholdKind | null;
}

/** 农户名册: households of the officer's region, each with its status on the asked date. */
export const listHouseholds = defineQuery({
  name: 'households.list',
  title: '农户名册',
  permission: 'households.read',
  input: shape<ListInput>({
    region: regionField('只看此地').optional(),
    name: textField(60, '户主姓名，从头匹配').optional(),
    initials: initialsField('户主姓名的拼音首字母，从头匹配').optional(),
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
    const today = input.on === undefined || input.on === read.today;
    const { text, params } = listConditions(input, today);
    // {after} comes first: of two lower bounds of one column SQLite uses the one it reads first.
    const page: Page<ListRow> = await readPage<ListRow>(
      read,
      `SELECT h.id AS id, h.code AS code, h.region_code AS regionCode, h.head_name AS headName,
              h.head_initials AS headInitials, ${today ? 'h.status_now' : 's.status'} AS status,
              (SELECT COUNT(*) FROM household_member n
                WHERE n.household_id = h.id AND n.left_on IS NULL) AS memberCount
         FROM household h${today ? '' : STATUS_THEN}
        WHERE {after} AND {scope:h.region_code}${text}`,
      { ...params, ...(today ? {} : { date: input.on as BusinessDate }) },
      orderOf(read, input),
      input,
    );
    const items = page.items.map(({ headInitials: _, ...row }) => ({
      ...row,
      statusName: row.status && KIND_NAMES[row.status],
    }));
    return { ...page, items };
  },
});

const STATUS_THEN = ` LEFT JOIN household_status s ON s.household_id = h.id AND ${holdsOn('s')}`;

const BY_PLACE: PageOrder = {
  keys: [
    { sql: 'h.region_code', field: 'regionCode' },
    { sql: 'h.code', field: 'code' },
  ],
  direction: 'asc',
};

/** Digits of a township's code: a place of that size is read through, whatever else is asked. */
const TOWNSHIP_DIGITS = 9;

/** The order whose index serves the question. */
function orderOf(read: Reader, input: ListInput): PageOrder {
  const places = [read.actor.region, ...(input.region ? [input.region] : [])];
  const narrow = places.some((place) => regionPrefix(place).length >= TOWNSHIP_DIGITS);
  const by = (...keys: [sql: string, field: string][]): PageOrder => ({
    keys: keys.map(([sql, field]) => ({ sql, field })),
    direction: 'asc',
  });
  if (narrow) return BY_PLACE;
  if (input.code) return by(['h.code', 'code']);
  if (input.name) return by(['h.head_name', 'headName'], ['h.id', 'id']);
  if (input.initials) return by(['h.head_initials', 'headInitials'], ['h.id', 'id']);
  return BY_PLACE;
}

function listConditions(input: ListInput, today: boolean) {
  const { region, code, name, initials, status } = input;
  return conditions([
    region && prefixed('h.region_code', 'region', regionPrefix(region)),
    code && prefixed('h.code', 'code', code),
    name && prefixed('h.head_name', 'name', name),
    initials && prefixed('h.head_initials', 'initials', initials),
    status && [` AND ${today ? 'h.status_now' : 's.status'} = :status`, { status }],
  ]);
}
