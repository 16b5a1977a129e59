/** 人员查找: people of the register by name or initials, those who left included on request. Masked forms only. */
import { regionPrefix } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import { defineQuery, type PageOrder, pageFields, pageOf, readPage } from '../platform/query';
import { answer, idField, Joi, regionField, shape, textField } from '../platform/shape';
import { RELATION_NAMES, type Relation } from './household-kind';
import { conditions, initialsField, prefixed } from './prefix';

interface Input {
  region?: string;
  name?: string;
  initials?: string;
  present?: boolean;
  after?: string;
  size?: number;
}

interface Row {
  id: string;
  householdId: string;
  householdCode: string;
  regionCode: string;
  name: string;
  initials: string;
  relation: Relation;
  idMasked: string;
  leftOn: BusinessDate | null;
}

/** 人员查找, by name or by initials where no name is given. */
export const listMembers = defineQuery({
  name: 'households.list-members',
  title: '人员查找',
  permission: 'households.read',
  input: shape<Input>({
    region: regionField('只看此地').optional(),
    name: textField(60, '姓名，从头匹配').optional(),
    initials: initialsField('姓名的拼音首字母，从头匹配').optional(),
    present: Joi.boolean().description('只看现在户内的').optional(),
    ...pageFields,
  }).or('name', 'initials'),
  answer: pageOf(
    shape({
      id: idField(),
      householdId: idField(),
      householdCode: answer.text(),
      regionCode: answer.text(),
      name: answer.text(),
      relation: answer.text(),
      relationName: answer.text(),
      idMasked: answer.text(),
      leftOn: answer.date().allow(null),
    }),
  ),
  run: async (read, input) => {
    const { region, name, initials, present } = input;
    const { text, params } = conditions([
      region && prefixed('h.region_code', 'region', regionPrefix(region)),
      name && prefixed('m.name', 'name', name),
      initials && prefixed('m.initials', 'initials', initials),
      present && [' AND m.left_on IS NULL', {}],
    ]);
    const first = name
      ? { sql: 'm.name', field: 'name' }
      : { sql: 'm.initials', field: 'initials' };
    const order: PageOrder = { keys: [first, { sql: 'm.id', field: 'id' }], direction: 'asc' };
    const page = await readPage<Row>(
      read,
      `SELECT m.id AS id, m.household_id AS householdId, h.code AS householdCode,
              h.region_code AS regionCode, m.name AS name, m.initials AS initials,
              m.relation AS relation, m.id_number_masked AS idMasked, m.left_on AS leftOn
         FROM household_member m JOIN household h ON h.id = m.household_id
        WHERE {after} AND {scope:h.region_code}${text}`,
      params,
      order,
      input,
    );
    const items = page.items.map(({ initials: _, ...row }) => ({
      ...row,
      relationName: RELATION_NAMES[row.relation],
    }));
    return { ...page, items };
  },
});
