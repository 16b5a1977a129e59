/** A county with loans that are cared for, and the people who do it, for the tests of this module. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineUnfreezing, useEvidence } from '../../src/credit';
import {
  lendersOf,
  loanDisbursed,
  loanRepaid,
  overdueHouseholds,
  repaymentRecords,
  usedOf,
} from '../../src/loans';
import {
  keepUsePhoto,
  onLineUnfreezing,
  onLoanDisbursed,
  onLoanRepaid,
  recordUseCheck,
} from '../../src/monitoring';
import { type UseCheckRules, useCheckRules } from '../../src/monitoring/use-check-rules';
import type { Actor } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import { loadPolicyFiles, policyAsOf } from '../../src/policy';
import { type Book, openBook, TOWNSHIP, VILLAGE } from '../loans/book';
import { uploaded } from '../notices/board';
import { jpeg } from '../notices/pictures';
import { PLACES } from '../support/county';
import type { OpenTest } from '../support/databases';

export { lent, OTHER_VILLAGE, onDay, repaid, signed, TOWNSHIP, VILLAGE } from '../loans/book';

const PARAMETERS = [
  'monitoring.use-checks',
  'credit.scorecard',
  'credit.line-rules',
  'subsidies.share',
  'subsidies.cycle',
];

/** Everything that post-loan care writes, to prove that a refusal changed nothing. */
export const TABLES = [
  'use_check_plan',
  'use_check',
  'use_check_photo',
  'monitoring_flag',
  'loan_responsibility',
  'loan_responsibility_share',
  'subsidy_hold',
  'credit_line_period',
  'stored_file',
] as const;

/** Opens the county on a date, wired as the service is. */
export async function openCare(open: OpenTest, start = '2018-03-01'): Promise<Book> {
  const book = await openBook(open, start);
  await loadPolicyFiles(book.platform, { parameters: PARAMETERS });
  useEvidence({ repaymentRecords, usedOf, lendersOf, overdueHouseholds });
  book.platform.events.on(loanDisbursed, onLoanDisbursed);
  book.platform.events.on(loanRepaid, onLoanRepaid);
  book.platform.events.on(lineUnfreezing, onLineUnfreezing);
  return book;
}

const CARE = ['monitoring.record-check', 'monitoring.read'];

/** The people of the bank, the township, the village and the county. */
export function carers(book: Book) {
  const bank = { id: book.bankId, kind: 'bank' as const };
  const office = { id: 'office', kind: 'poverty-office' as const };
  return {
    lender: book.actor({ permissions: CARE, roles: ['bank-officer'], org: bank, name: '谭信贷' }),
    township: book.actor({ permissions: CARE, roles: ['township-officer'], region: TOWNSHIP }),
    village: book.actor({ permissions: CARE, roles: ['village-worker'], region: VILLAGE }),
    rival: book.actor({
      permissions: CARE,
      roles: ['bank-officer'],
      org: book.stranger.organisation,
    }),
    approver: book.actor({
      permissions: ['monitoring.decide-flag', 'monitoring.read'],
      roles: ['county-approver'],
      org: office,
    }),
    manager: book.actor({
      permissions: ['monitoring.assign-responsibility', 'monitoring.read'],
      roles: ['bank-approver'],
      org: bank,
    }),
  };
}

/** Puts other rules of checks in force in the county from 2019 on. */
export async function from2019(book: Book, changes: Partial<UseCheckRules>): Promise<void> {
  const parameter = useCheckRules.key;
  const standing = await policyAsOf(book.platform.db.reader(), useCheckRules, {
    ...{ region: PLACES.county, date: businessDate('2018-03-01') },
  });
  const row = {
    ...{ id: 'use-checks-test', region: PLACES.county, effectiveFrom: '2019-01-01' },
    ...{ effectiveTo: null, source: '测试用规定，不见于任何文件', provisional: true },
    value: { ...standing.value, ...changes },
  };
  const folder = mkdtempSync(join(tmpdir(), 'xinfu-checks-'));
  try {
    const file = { parameter, title: '测试', rows: [row] };
    writeFileSync(join(folder, `${parameter}.json`), JSON.stringify(file));
    await loadPolicyFiles(book.platform, { folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let pictures = 0;

/** A picture unlike every other. */
export function aPicture(data?: string): Buffer {
  pictures += 1;
  return jpeg({ data: data ?? `visit ${pictures}` });
}

/** Keeps a photo for a loan; its id. */
export async function aPhoto(book: Book, by: Actor, loanId: string, data?: string) {
  const file = await uploaded(aPicture(data));
  return (await book.do(by, keepUsePhoto, { loanId, file })).photoId;
}

/** The form of a check on a day at 8:30. */
export function form(loanId: string, visitedOn: string, changes: object = {}) {
  return {
    ...{ loanId, visitedOn, time: '08:30', place: '城关村三组韦家鸡舍', metWith: '韦大明夫妇' },
    ...{ findings: '鸡舍在用，存栏 280 羽', use: 'as-agreed', photos: [] as string[] },
    ...changes,
  };
}

/** A check with a fresh photo. */
export async function checked(
  book: Book,
  by: Actor,
  { loanId, on, ...changes }: { loanId: string; on: string; use?: string; time?: string },
) {
  const photos = [await aPhoto(book, by, loanId)];
  return book.do(by, recordUseCheck, form(loanId, on, { photos, ...changes }));
}

/** Refused with this code, and nothing of post-loan care changed. */
export async function refused(
  book: Book,
  code: string,
  attempt: () => Promise<unknown>,
): Promise<void> {
  const before = await book.snapshot(...TABLES);
  expect(await book.refusal(attempt())).toBe(code);
  expect(await book.snapshot(...TABLES)).toBe(before);
}
