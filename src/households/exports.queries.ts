/** Reading the register for an export, page by page, and the screens of exports. */
import { placesAround, type RegionInfo } from '../identity';
import { regionPrefix } from '../platform/authority';
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, idField, regionField, shape } from '../platform/shape';
import type { Platform } from '../platform/work';
import type { HouseholdKind } from './household-kind';
import type { HouseholdExport } from './import.entity';
import type { ExportedHousehold, ShownNumbers } from './list-row-out';
import { holdsOn, membersOfAll } from './members.queries';
import { openFields, type SealedFields } from './sealed-fields';

export type { ExportedHousehold } from './list-row-out';

const HOUSEHOLDS = 500;

interface HouseholdRow {
  id: string;
  code: string;
  villageCode: string;
  status: HouseholdKind | null;
  fromOn: BusinessDate;
  source: string;
}

/** The households of an export by code, as of its day. */
export async function* exportPages(
  platform: Platform,
  row: HouseholdExport,
): AsyncGenerator<ExportedHousehold[]> {
  const sql = platform.db.reader();
  const regions = await placesAround(sql, row.regionCode);
  const names = new Map(regions.map((region: RegionInfo) => [region.code, region.name]));
  const nameOf = (code: string, digits: number) =>
    names.get(code.slice(0, digits).padEnd(12, '0')) ?? '';
  for (let after = ''; ; ) {
    const page = await householdsAfter(sql, row, after);
    if (page.length > 0) {
      const ids = page.map((one) => one.id);
      const members = await membersOfAll(sql, ids, row.onDate);
      const numbers = await numbersOf(platform, row.fullForm, [...members.values()].flat());
      yield page.map(({ id, code, villageCode, status, fromOn, source }) => ({
        code,
        place: {
          villageCode,
          county: nameOf(villageCode, 6),
          township: nameOf(villageCode, 9),
          village: nameOf(villageCode, 12),
        },
        status: status && { status, fromOn, source },
        members: (members.get(id) ?? []).map((member) => ({
          ...member,
          numbers: numbers.get(member.id) as ShownNumbers,
        })),
      }));
    }
    const last = page.at(-1);
    if (!last || page.length < HOUSEHOLDS) return;
    after = last.code;
  }
}

function householdsAfter(
  sql: Sql,
  { regionCode, status, onDate }: HouseholdExport,
  after: string,
): Promise<HouseholdRow[]> {
  const prefix = regionPrefix(regionCode);
  return sql.rows<HouseholdRow>(
    `SELECT h.id AS id, h.code AS code, p.region_code AS villageCode, s.status AS status,
            s.from_on AS fromOn, s.source AS source
       FROM household h
       JOIN household_place p ON p.household_id = h.id AND ${holdsOn('p')}
       LEFT JOIN household_status s ON s.household_id = h.id AND ${holdsOn('s')}
      WHERE h.code > :after AND p.region_code >= :first AND p.region_code <= :last
        AND (:status IS NULL OR s.status = :status)
      ORDER BY h.code LIMIT :limit`,
    {
      after,
      date: onDate,
      first: prefix.padEnd(12, '0'),
      last: prefix.padEnd(12, '9'),
      status,
      limit: HOUSEHOLDS,
    },
  );
}

interface SealedRow extends SealedFields {
  idNumberMasked: string;
  phoneMasked: string | null;
  accountMasked: string | null;
}

/** ID numbers, phones and accounts as they may be shown, by member. */
async function numbersOf(
  { db, crypto }: Platform,
  full: boolean,
  members: readonly { id: string }[],
): Promise<Map<string, ShownNumbers>> {
  const rows = await db.reader().rows<SealedRow>(
    `SELECT m.id AS id, m.id_number_sealed AS idNumberSealed, m.phone_sealed AS phoneSealed,
            m.account_sealed AS accountSealed, m.id_number_masked AS idNumberMasked,
            m.phone_masked AS phoneMasked, m.account_masked AS accountMasked
       FROM household_member m WHERE m.id IN (:ids)`,
    { ids: members.map((member) => member.id) },
  );
  return new Map(
    rows.map((row) => [
      row.id,
      full
        ? openFields(crypto, row)
        : { idNumber: row.idNumberMasked, phone: row.phoneMasked, account: row.accountMasked },
    ]),
  );
}

interface ExportRow {
  id: string;
  region: string;
  status: HouseholdKind | null;
  onDay: BusinessDate;
  fullForm: number;
  reason: string;
  taskId: string | null;
  askedByName: string;
  askedAt: Instant;
  state: string;
  households: number | null;
  persons: number | null;
  fileId: string | null;
}

/** Exports of the register, newest first: who asked for what, and why. */
export const listExports = defineQuery({
  name: 'households.exports',
  title: '名册导出列表',
  permission: 'households.export',
  input: shape<{ after?: string; size?: number }>({ ...pageFields }),
  answer: pageOf(
    shape({
      id: idField('导出编号'),
      region: regionField(),
      status: answer.text('类别').allow(null),
      on: answer.date('按此日的情况'),
      full: answer.flag('含完整号码'),
      reason: answer.text('事由'),
      taskId: idField('任务编号').allow(null),
      askedByName: answer.text('导出人'),
      askedAt: answer.instant(),
      state: answer.text('RUNNING 办理中，DONE 完成'),
      households: answer.count('户数').allow(null),
      persons: answer.count('人数').allow(null),
      fileId: idField('文件编号，限导出人取用').allow(null),
    }),
  ),
  run: async (read, input) => {
    const page = await readPage<ExportRow>(
      read,
      `SELECT e.id AS id, e.region_code AS region, e.status AS status, e.on_date AS onDay,
              e.full_form AS fullForm, e.reason AS reason, e.task_id AS taskId,
              e.asked_by_name AS askedByName, e.asked_at AS askedAt, e.state AS state,
              e.households AS households, e.persons AS persons, e.file_id AS fileId
         FROM household_export e WHERE {scope:e.region_code} AND {after}`,
      {},
      { keys: [{ sql: 'e.id', field: 'id' }], direction: 'desc' },
      input,
    );
    const items = page.items.map(({ askedAt, fullForm, onDay, ...rest }) => ({
      ...rest,
      on: onDay,
      full: fullForm === 1,
      askedAt: isoInstant(askedAt),
    }));
    return { ...page, items };
  },
});
