/** Checks of use on screens: all of one loan, and those that share a photo. */
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import {
  defineQuery,
  type Page,
  pageFields,
  pageOf,
  type Reader,
  readPage,
} from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import { degrees } from './point';
import { USE_NAMES, USES, type Use } from './use-check';

interface CheckRow {
  checkId: string;
  loanId: string;
  visitedOn: BusinessDate;
  visitedAt: Instant;
  dueOn: BusinessDate;
  place: string;
  latitudeMillionths: number | null;
  longitudeMillionths: number | null;
  metWith: string;
  findings: string;
  useFound: Use;
  note: string | null;
  enteredLate: 0 | 1;
  flagId: string | null;
  recordedBy: string;
  recordedByName: string;
  recordedAt: Instant;
}

interface PhotoRow {
  checkId: string;
  photoId: string;
  digest: string;
  reused: 0 | 1;
}

const photoShape = shape({
  photoId: idField('照片编号'),
  digest: answer.text('照片摘要'),
  photoReused: answer.flag('同一张照片也用于另一次检查'),
});

const checkShape = shape({
  checkId: idField('检查编号'),
  visitedOn: answer.date('走访日期'),
  visitedAt: answer.instant('走访时刻'),
  dueOn: answer.date('当时的检查期限'),
  onTime: answer.flag('按期检查'),
  place: answer.text('地点'),
  latitude: answer.text('纬度').allow(null),
  longitude: answer.text('经度').allow(null),
  metWith: answer.text('在场的人'),
  findings: answer.text('检查情况'),
  use: codeField(USES, '用途认定'),
  useName: answer.text('用途认定名称'),
  note: answer.text('备注').allow(null),
  enteredLate: answer.flag('登记迟于规定'),
  flagId: idField('预警编号').allow(null),
  recordedBy: answer.text('登记人编号'),
  recordedByName: answer.text('登记人'),
  recordedAt: answer.instant('登记时刻'),
  photos: listOf(photoShape),
});

interface OfLoanInput {
  loanId: string;
  after?: string;
  size?: number;
}

/** All checks of one loan, the latest visit first; none for a loan outside the reader's limits. */
export const checksOfLoan = defineQuery<OfLoanInput, Page<object>>({
  name: 'monitoring.checks-of-loan',
  title: '贷款的用途检查记录',
  permission: 'monitoring.read',
  input: shape<OfLoanInput>({ loanId: idField('贷款编号'), ...pageFields }),
  answer: pageOf(checkShape),
  run: async (read, { loanId, ...input }) => {
    const page = await readPage<CheckRow>(
      read,
      `SELECT c.id AS checkId, c.loan_id AS loanId, c.visited_on AS visitedOn,
              c.visited_at AS visitedAt, c.due_on AS dueOn, c.place AS place,
              c.latitude_millionths AS latitudeMillionths,
              c.longitude_millionths AS longitudeMillionths, c.met_with AS metWith,
              c.findings AS findings, c.use_found AS useFound, c.note AS note,
              c.entered_late AS enteredLate, c.flag_id AS flagId, c.recorded_by AS recordedBy,
              c.recorded_by_name AS recordedByName, c.recorded_at AS recordedAt
         FROM use_check c
        WHERE c.loan_id = :loanId AND {scope:c.region_code,c.bank_id} AND {after}`,
      { loanId },
      {
        keys: [
          { sql: 'c.visited_at', field: 'visitedAt' },
          { sql: 'c.id', field: 'checkId' },
        ],
        direction: 'desc',
      },
      input,
    );
    const photos = await photosOf(
      read,
      page.items.map(({ checkId }) => checkId),
    );
    const items = page.items.map((row) => shown(row, photos));
    return { items, next: page.next };
  },
});

/** The photos of checks found within the limits; reused wherever the other check lies. */
async function photosOf(read: Reader, checkIds: readonly string[]): Promise<PhotoRow[]> {
  if (checkIds.length === 0) return [];
  return read.unscoped('photos of checks found within the limits').rows<PhotoRow>(
    `SELECT p.check_id AS checkId, p.photo_id AS photoId, p.digest AS digest,
              EXISTS (SELECT 1 FROM use_check_photo o
                WHERE o.digest = p.digest AND o.check_id <> p.check_id) AS reused
         FROM use_check_photo p WHERE p.check_id IN (:checkIds) ORDER BY p.check_id, p.no`,
    { checkIds },
  );
}

function shown(row: CheckRow, photos: readonly PhotoRow[]): object {
  const { latitudeMillionths: latitude, longitudeMillionths: longitude } = row;
  const { checkId, visitedOn, dueOn, place, metWith, findings, useFound: use, note } = row;
  return {
    ...{
      checkId,
      visitedOn,
      visitedAt: isoInstant(row.visitedAt),
      dueOn,
      place,
      metWith,
      findings,
    },
    ...{ onTime: visitedOn <= dueOn, use, useName: USE_NAMES[use], note, flagId: row.flagId },
    latitude: latitude === null ? null : degrees(latitude),
    longitude: longitude === null ? null : degrees(longitude),
    enteredLate: row.enteredLate === 1,
    ...{ recordedBy: row.recordedBy, recordedByName: row.recordedByName },
    recordedAt: isoInstant(row.recordedAt),
    photos: photos
      .filter((photo) => photo.checkId === checkId)
      .map(({ photoId, digest, reused }) => ({ photoId, digest, photoReused: reused === 1 })),
  };
}

/** Checks that share a photo with another one: how visits are invented. */
export const sameCheckPhotos = defineQuery<{ after?: string; size?: number }, Page<object>>({
  name: 'monitoring.same-photos',
  title: '照片雷同的用途检查',
  permission: 'monitoring.read',
  input: shape<{ after?: string; size?: number }>({ ...pageFields }),
  answer: pageOf(
    shape({
      photoDigest: answer.text('照片摘要'),
      checkId: idField('检查编号'),
      photoId: idField('照片编号'),
      loanId: idField('贷款编号'),
      village: regionField('村'),
      bankId: answer.text('银行'),
      visitedOn: answer.date('走访日期'),
      recordedBy: answer.text('登记人编号'),
      recordedByName: answer.text('登记人'),
    }),
  ),
  run: (read, input) =>
    readPage(
      read,
      `SELECT p.digest AS photoDigest, p.check_id AS checkId, p.photo_id AS photoId,
              c.loan_id AS loanId, c.region_code AS village, c.bank_id AS bankId,
              c.visited_on AS visitedOn, c.recorded_by AS recordedBy,
              c.recorded_by_name AS recordedByName
         FROM use_check_photo p JOIN use_check c ON c.id = p.check_id
        WHERE {scope:c.region_code,c.bank_id}
          AND EXISTS (SELECT 1 FROM use_check_photo o
                WHERE o.digest = p.digest AND o.check_id <> p.check_id)
          AND {after}`,
      {},
      {
        keys: [
          { sql: 'p.digest', field: 'photoDigest' },
          { sql: 'p.check_id', field: 'checkId' },
        ],
        direction: 'asc',
      },
      input,
    ),
});
