/** The screen of one household as of a day, and whether it was on the list then. Personal fields appear masked only. */
import { regionChain } from '../identity';
import type { BusinessDate } from '../platform/dates';
import { defineQuery, type Reader } from '../platform/query';
import { answer, dateField, idField, listOf, shape } from '../platform/shape';
import {
  type HouseholdKind,
  KIND_NAMES,
  LEFT_REASON_NAMES,
  type LeftReason,
  PLACE_CAUSE_NAMES,
  type PlaceCause,
  RELATION_NAMES,
} from './household-kind';
import { isListed, statusOn } from './households.queries';
import { holdsOn, type MemberRow, memberOn } from './members.queries';
import { HouseholdProblem } from './problems';
import { HEALTH_NAMES, LABOUR_NAMES, WORKING_AWAY_NAMES } from './traits';

interface HouseholdRow {
  id: string;
  code: string;
  regionCode: string;
  headMemberId: string;
  subsidyMemberId: string | null;
  registeredOn: BusinessDate;
  version: number;
}

const named = () => answer.text().allow(null);

const memberAnswer = shape({
  id: idField(),
  name: answer.text(),
  relation: answer.text(),
  relationName: answer.text(),
  idMasked: answer.text(),
  birthDate: answer.date(),
  age: answer.count('当日周岁'),
  sex: answer.text(),
  phoneMasked: named(),
  accountMasked: named(),
  joinedOn: answer.date(),
  leftOn: answer.date().allow(null),
  leftReason: named(),
  leftReasonName: named(),
  deceasedOn: answer.date().allow(null),
  health: named(),
  healthName: named(),
  labour: named(),
  labourName: named(),
  skills: named(),
  workingAway: named(),
  workingAwayName: named(),
  awayPlace: named(),
  publicEmployee: answer.flag().allow(null),
});

const periodAnswer = {
  fromOn: answer.date(),
  toOn: answer.date().allow(null),
  source: answer.text(),
};

/** 农户详情: members, place, head and status as of a day; without a day as they are, with those who left. */
export const showHousehold = defineQuery({
  name: 'households.show',
  title: '农户详情',
  permission: 'households.read',
  input: shape<{ householdId: string; on?: BusinessDate }>({
    householdId: idField('农户编号'),
    on: dateField('按此日的情况；缺省为今天，并列出已离户的成员').optional(),
  }),
  answer: shape({
    id: idField(),
    code: answer.text(),
    on: answer.date('所示情况的日期'),
    regionCode: answer.text('当日所在村').allow(null),
    place: listOf(answer.text()).description('当日所在的省、市、县、乡、村'),
    headMemberId: idField('当日户主').allow(null),
    status: named(),
    statusName: named(),
    subsidyMemberId: idField('现补贴账户所属成员').allow(null),
    registeredOn: answer.date(),
    version: answer.count(),
    members: listOf(memberAnswer),
    statuses: listOf(shape({ status: answer.text(), statusName: answer.text(), ...periodAnswer })),
    places: listOf(
      shape({
        regionCode: answer.text(),
        place: listOf(answer.text()),
        cause: answer.text(),
        causeName: answer.text(),
        ...periodAnswer,
      }),
    ),
    heads: listOf(shape({ memberId: idField(), name: answer.text(), ...periodAnswer })),
  }),
  run: async (read, input) => {
    const household = await householdRow(read, input.householdId);
    const on = input.on ?? read.today;
    const places = await placesOf(read, household.id);
    const heads = await headsOf(read, household.id);
    const statuses = await statusesOf(read, household.id);
    const then = <P extends Days>(periods: readonly P[]): P | undefined =>
      periods.find((period) => period.fromOn <= on && (period.toOn === null || period.toOn >= on));
    const head = then(heads)?.memberId ?? null;
    return {
      ...household,
      on,
      regionCode: then(places)?.regionCode ?? null,
      place: then(places)?.place ?? [],
      headMemberId: head,
      status: then(statuses)?.status ?? null,
      statusName: then(statuses)?.statusName ?? null,
      members: await membersOf(read, household.id, on, input.on === undefined),
      statuses,
      places,
      heads,
    };
  },
});

interface Days {
  fromOn: BusinessDate;
  toOn: BusinessDate | null;
}

/** The household within the reader's region. @throws Problem households.household-absent */
async function householdRow(read: Reader, householdId: string): Promise<HouseholdRow> {
  const found = await read.one<HouseholdRow>(
    `SELECT h.id AS id, h.code AS code, h.region_code AS regionCode,
            h.head_member_id AS headMemberId, h.subsidy_member_id AS subsidyMemberId,
            h.registered_on AS registeredOn, h.version AS version
       FROM household h WHERE {scope:h.region_code} AND h.id = :householdId`,
    { householdId },
  );
  if (!found) throw HouseholdProblem.householdAbsent();
  return found;
}

async function membersOf(read: Reader, householdId: string, on: BusinessDate, all: boolean) {
  const there = all ? '' : ` AND ${holdsOn('m', 'joined_on', 'left_on')}`;
  const rows = await read.rows<MemberRow & { accountMasked: string | null }>(
    `SELECT m.id AS id, m.name AS name, m.relation AS relation, m.id_number_masked AS idMasked,
            m.birth_date AS birthDate, m.sex AS sex, m.phone_masked AS phoneMasked,
            m.account_masked AS accountMasked, m.joined_on AS joinedOn, m.left_on AS leftOn,
            m.left_reason AS leftReason, m.deceased_on AS deceasedOn, t.health AS health,
            t.labour AS labour, t.skills AS skills, t.working_away AS workingAway,
            t.away_place AS awayPlace, t.public_employee AS publicEmployee
       FROM household h JOIN household_member m ON m.household_id = h.id
       LEFT JOIN member_traits t ON t.member_id = m.id AND ${holdsOn('t')}
      WHERE {scope:h.region_code} AND h.id = :householdId${there} ORDER BY m.id`,
    { householdId, date: on },
  );
  return rows.map((row) => {
    const member = { ...memberOn(row, on), accountMasked: row.accountMasked };
    const { leftReason, health, labour, workingAway } = member;
    return {
      ...member,
      relationName: RELATION_NAMES[member.relation],
      leftReasonName: leftReason && LEFT_REASON_NAMES[leftReason as LeftReason],
      healthName: health && HEALTH_NAMES[health],
      labourName: labour && LABOUR_NAMES[labour],
      workingAwayName: workingAway && WORKING_AWAY_NAMES[workingAway],
    };
  });
}

async function statusesOf(read: Reader, householdId: string) {
  const rows = await read.rows<Days & { status: HouseholdKind; source: string }>(
    `SELECT s.status AS status, s.from_on AS fromOn, s.to_on AS toOn, s.source AS source
       FROM household h JOIN household_status s ON s.household_id = h.id
      WHERE {scope:h.region_code} AND h.id = :householdId ORDER BY s.from_on`,
    { householdId },
  );
  return rows.map((row) => ({ ...row, statusName: KIND_NAMES[row.status] }));
}

async function placesOf(read: Reader, householdId: string) {
  const rows = await read.rows<Days & { regionCode: string; cause: PlaceCause; source: string }>(
    `SELECT p.region_code AS regionCode, p.cause AS cause, p.from_on AS fromOn, p.to_on AS toOn,
            p.source AS source
       FROM household h JOIN household_place p ON p.household_id = h.id
      WHERE {scope:h.region_code} AND h.id = :householdId ORDER BY p.from_on`,
    { householdId },
  );
  const sql = read.unscoped('the names of places are public');
  const places = [];
  for (const row of rows) {
    const chain = await regionChain(sql, row.regionCode);
    const place = chain.map((region) => region.name);
    places.push({ ...row, place, causeName: PLACE_CAUSE_NAMES[row.cause] });
  }
  return places;
}

function headsOf(read: Reader, householdId: string) {
  return read.rows<Days & { memberId: string; name: string; source: string }>(
    `SELECT p.member_id AS memberId, m.name AS name, p.from_on AS fromOn, p.to_on AS toOn,
            p.source AS source
       FROM household h JOIN household_head p ON p.household_id = h.id
            JOIN household_member m ON m.id = p.member_id
      WHERE {scope:h.region_code} AND h.id = :householdId ORDER BY p.from_on`,
    { householdId },
  );
}

/** 当日是否在名单: was this household on the list on the day of lending. */
export const listedHousehold = defineQuery({
  name: 'households.listed',
  title: '当日是否在名单',
  permission: 'households.read',
  input: shape<{ householdId: string; on: BusinessDate }>({
    householdId: idField('农户编号'),
    on: dateField('所问之日'),
  }),
  answer: shape({
    householdId: idField(),
    on: answer.date(),
    listed: answer.flag(),
    status: named(),
    statusName: named(),
  }),
  run: async (read, { householdId, on }) => {
    await householdRow(read, householdId);
    const sql = read.unscoped('the household has been found within the region');
    const found = await statusOn(sql, householdId, on);
    return {
      householdId,
      on,
      listed: found !== null && isListed(found.status),
      status: found?.status ?? null,
      statusName: found?.name ?? null,
    };
  },
});
