/** Files of banks for the tests of this module: made of rows, uploaded, checked, confirmed. */
import { encode } from 'iconv-lite';
import { bankfilesTasks } from '../../src/bankfiles';
import type { BankFileKind } from '../../src/bankfiles/bank-file';
import { showBankFile } from '../../src/bankfiles/bank-files.queries';
import { listBankRows } from '../../src/bankfiles/bank-rows.queries';
import { confirmBankFile } from '../../src/bankfiles/confirm-bank-file';
import { startBankFile } from '../../src/bankfiles/start-bank-file';
import type { Actor } from '../../src/platform/authority';
import { spool } from '../../src/platform/files/spool';
import { uploadFile } from '../../src/platform/files/upload-file';
import { TaskRunner } from '../../src/platform/jobs/task-runner';
import { type OutColumn, writeSheet } from '../../src/platform/sheets/write-sheet';
import { type Book, openBook, rowOf } from '../loans/book';
import type { County } from '../support/county';
import type { OpenTest } from '../support/databases';

/** What a bank's people may do with files. */
const PERMISSIONS = [
  'bankfiles.upload',
  'bankfiles.confirm',
  'bankfiles.resolve',
  'bankfiles.errors',
  'bankfiles.read',
  'files.upload',
];

/** A county with two people of a bank who work on files. */
export interface FileDesk extends County {
  uploader: Actor;
  checker: Actor;
}

/** A book with such people, and one of another bank. */
export interface FileBook extends Book, FileDesk {
  outsider: Actor;
}

/** Somebody of a bank who may do everything with its files. */
export function fileOfficer(county: County, bankId: string, name: string): Actor {
  return county.actor({ permissions: PERMISSIONS, org: { id: bankId, kind: 'bank' }, name });
}

export async function openFileBook(open: OpenTest, start?: string): Promise<FileBook> {
  const book = await openBook(open, start);
  return {
    ...book,
    uploader: fileOfficer(book, book.bankId, '韦经办'),
    checker: fileOfficer(book, book.bankId, '廖复核'),
    outsider: fileOfficer(book, book.stranger.organisation?.id as string, '邮储人员'),
  };
}

/** Everything that posting writes, to prove that nothing was changed. */
export const POSTED_TABLES = ['loan', 'loan_event', 'loan_interest', 'ledger_entry', 'ledger_line'];

/** One payment as a file tells it. */
export interface Line {
  contract: string;
  name?: string;
  paidOn: string;
  amount: string;
  reference: string;
}

export const HEADER = ['序号', '合同号', '借款人', '还款日期', '还款金额', '流水号'];

export const cellsOf = (line: Line, at: number): string[] => [
  String(at + 1),
  line.contract,
  line.name ?? '',
  line.paidOn,
  line.amount,
  line.reference,
];

/** Rows of cells as an XLSX workbook: the first row is written like all others. `numbers`: columns of numbers. */
export function workbookOf(
  rows: readonly (readonly string[])[],
  numbers: readonly number[] = [],
): AsyncIterable<Buffer> {
  const width = Math.max(...rows.map((row) => row.length));
  const wide = rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ''));
  const [first = [], ...rest] = wide;
  const columns: OutColumn[] = first.map((title, at) => ({
    title,
    kind: numbers.includes(at) ? 'yuan' : 'text',
  }));
  return writeSheet({ sheet: 'Sheet1', columns }, rest);
}

/** The same as the text of a CSV in the encoding of Chinese Windows. */
export function csvOf(rows: readonly (readonly string[])[], encoding = 'gb18030'): Buffer[] {
  const text = rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\r\n');
  return [encode(`${text}\r\n`, encoding)];
}

/** A plain file of payments. */
export const plainFile = (lines: readonly Line[], header: readonly string[] = HEADER) =>
  workbookOf([header, ...lines.map(cellsOf)]);

type Content = AsyncIterable<Buffer> | Iterable<Buffer>;

/** Uploads a file; its id. */
export async function upload(
  book: FileDesk,
  content: Content,
  { actor = book.uploader, purpose = 'bank-file', name = '还款回盘.xlsx' } = {},
): Promise<string> {
  const file = await spool(content);
  try {
    const input = { name, purpose, type: 'application/octet-stream', file };
    return (await book.do(actor, uploadFile, input)).fileId as string;
  } finally {
    await file.close();
  }
}

let runners = 0;

/** Runs what waits. */
export function runTasks(book: FileDesk): Promise<number> {
  runners += 1;
  const holder = `runner-${runners}`;
  return new TaskRunner(book.platform, bankfilesTasks, { holder }).runWaiting();
}

/** Uploads a file and begins its check. */
export async function started(
  book: FileDesk,
  content: Content,
  kind: BankFileKind = 'repayments',
  actor = book.uploader,
) {
  const fileId = await upload(book, content, { actor });
  return book.do(actor, startBankFile, { fileId, kind });
}

/** A file as its screen shows it once it has been checked. */
export async function checked(
  book: FileDesk,
  content: Content,
  kind: BankFileKind = 'repayments',
  actor = book.uploader,
) {
  const { bankFileId } = await started(book, content, kind, actor);
  await runTasks(book);
  return book.ask(actor, showBankFile, { bankFileId });
}

/** Confirms what was checked, by somebody else, and runs it to its end. */
export async function confirmed(
  book: FileDesk,
  seen: { id: string; version: number; countsDigest: string | null },
) {
  const { id: bankFileId, version, countsDigest } = seen;
  await book.do(book.checker, confirmBankFile, { bankFileId, version, countsDigest });
  await runTasks(book);
  return book.ask(book.checker, showBankFile, { bankFileId });
}

/** Checks and confirms a file. */
export async function posted(book: FileDesk, content: Content, kind: BankFileKind = 'repayments') {
  return confirmed(book, await checked(book, content, kind));
}

/** Counts by outcome or state, those of nothing left out: { READY: [2, '200.00'] }. */
export const tallied = (tallies: readonly { code: string; count: number; amount: string }[]) =>
  Object.fromEntries(
    tallies
      .filter(({ count }) => count > 0)
      .map(({ code, count, amount }) => [code, [count, amount]]),
  );

/** The rows of a file. */
export async function rowsOf(book: FileBook, bankFileId: string) {
  const page = await book.ask(book.checker, listBankRows, { bankFileId, size: 200 });
  return page.items;
}

/** Row, outcome, column and reason of everything that was said. */
export async function saidOf(book: FileBook, bankFileId: string) {
  return (await rowsOf(book, bankFileId)).flatMap(({ row, outcome, remarks }) =>
    remarks.map(({ column, reason }) => [row, outcome, column, reason]),
  );
}

/** The contract number of a loan. */
export async function numberOf(book: FileBook, loan: { loanId: string }): Promise<string> {
  return (await rowOf(book, loan)).number;
}

let references = 0;

/** A reference that no other payment has. */
export function aReference(): string {
  references += 1;
  return `HP2018${String(references).padStart(8, '0')}`;
}
