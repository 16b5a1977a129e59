/** Lists for the tests of import and export: made of rows, uploaded, checked, confirmed. */
import { LIST_COLUMNS, type ListField } from '../../src/households';
import { confirmImport } from '../../src/households/confirm-import';
import { exportTask } from '../../src/households/export-task';
import { importTask } from '../../src/households/import-task';
import { showImport } from '../../src/households/imports.queries';
import { startImport } from '../../src/households/start-import';
import type { Actor } from '../../src/platform/authority';
import { spool } from '../../src/platform/files/spool';
import { uploadFile } from '../../src/platform/files/upload-file';
import { TaskRunner } from '../../src/platform/jobs/task-runner';
import { writeCsv, writeSheet } from '../../src/platform/sheets/write-sheet';
import type { County } from '../support/county';
import { idNumber } from './register';

/** A row of a list by field. */
export type Row = Partial<Record<ListField, string>>;

/** The tables that an import changes in the register. */
export const REGISTER_TABLES = [
  'household',
  'household_member',
  'household_status',
  'household_place',
  'household_head',
  'member_traits',
  'household_edit',
] as const;

/** Whoever imports and exports, of the county unless a region is given. */
export function importer(county: County, region = '450328000000'): Actor {
  const permissions = [
    'households.import',
    'households.export',
    'households.export-full',
    'households.read',
    'files.upload',
    'files.read',
  ];
  return county.actor({ permissions, region, name: '韦国华' });
}

/** The rows of a household of head and spouse in 城关村; `n` makes its code and its people distinct. */
export function rowsOf(n: number, changes: Row = {}): Row[] {
  const shared: Row = {
    county: '龙胜各族自治县',
    township: '龙胜镇',
    village: '城关村',
    code: `4503281002009${String(n).padStart(3, '0')}`,
    headName: `覃大明${n}`,
    kind: '建档立卡贫困户',
    kindFrom: '2015-12-31',
  };
  return [
    {
      ...shared,
      name: `覃大明${n}`,
      idNumber: idNumber(2 * n + 1, '19750808'),
      relation: '户主',
      health: '健康',
      labour: '普通劳动力',
      phone: '13807730000',
      ...changes,
    },
    {
      ...shared,
      name: `蒙秀英${n}`,
      idNumber: idNumber(2 * n, '19770303'),
      relation: '配偶',
      health: '残疾',
      ...changes,
    },
  ];
}

const cellsOf = (row: Row) => LIST_COLUMNS.map(({ field }) => row[field] ?? '');

/** The rows as an XLSX workbook. */
export function workbook(rows: readonly Row[]): AsyncIterable<Buffer> {
  return writeSheet({ sheet: '名单', columns: LIST_COLUMNS }, rows.map(cellsOf));
}

/** The rows as CSV text. */
export async function csv(rows: readonly Row[]): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of writeCsv({ sheet: '名单', columns: LIST_COLUMNS }, rows.map(cellsOf))) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Uploads a file for import; its id. */
export async function upload(
  county: County,
  actor: Actor,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
  purpose = 'households-import',
): Promise<string> {
  const file = await spool(content);
  try {
    const input = { name: '名单.xlsx', purpose, type: 'application/octet-stream', file };
    return (await county.do(actor, uploadFile, input)).fileId as string;
  } finally {
    await file.close();
  }
}

let runners = 0;

/** Runs what waits. */
export function runTasks(county: County): Promise<number> {
  runners += 1;
  const holder = `runner-${runners}`;
  return new TaskRunner(county.platform, [importTask, exportTask], { holder }).runWaiting();
}

/** Uploads a list and checks it; the import as its screen shows it. */
export async function checked(
  county: County,
  actor: Actor,
  rows: readonly Row[] | AsyncIterable<Buffer> | Iterable<Buffer>,
  input: object = {},
) {
  const content = Array.isArray(rows) && !Buffer.isBuffer(rows[0]) ? workbook(rows) : rows;
  const fileId = await upload(county, actor, content as Iterable<Buffer>);
  const form = { fileId, source: '桂扶发〔2018〕3号', ...input };
  const { importId } = await county.do(actor, startImport, form);
  await runTasks(county);
  return county.ask(actor, showImport, { importId });
}

/** Confirms what was checked and runs it to its end. */
export async function confirmed(
  county: County,
  actor: Actor,
  seen: { id: string; version: number; countsDigest: string | null },
) {
  const { id: importId, version, countsDigest } = seen;
  await county.do(actor, confirmImport, { importId, version, countsDigest });
  await runTasks(county);
  return county.ask(actor, showImport, { importId });
}

/** Checks and confirms a list. */
export async function imported(
  county: County,
  actor: Actor,
  rows: Parameters<typeof checked>[2],
  input: object = {},
) {
  return confirmed(county, actor, await checked(county, actor, rows, input));
}
