/** A list of 100,000 rows is read in less memory than a small machine has to spare. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCsv, writeSheet } from '../../src/platform/sheets/write-sheet';
import { asExcelWrites, people, ROWS, SHEET } from '../platform/sheets/big-list';
import type { ReadReport } from '../platform/sheets/read-child';
import { collect } from '../platform/sheets/workbooks';

const MOST_MEGABYTES = 300;

describe('A list of 100,000 rows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'big-sheet-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['as Excel writes it', asExcelWrites],
    ['as we write it', () => collect(writeSheet(SHEET, people()))],
    ['as CSV', () => collect(writeCsv(SHEET, people()))],
  ])('%s is read whole under 300 MB', async (_how, make) => {
    const path = join(folder, 'list');
    writeFileSync(path, await make());
    const child = join(__dirname, '../platform/sheets/read-child.ts');
    const told = execFileSync(process.execPath, ['--import', 'tsx', child, path]).toString();
    const { rows, megabytes }: ReadReport = JSON.parse(told);
    expect(rows).toBe(ROWS + 1);
    expect(megabytes).toBeLessThan(MOST_MEGABYTES);
  });
});
