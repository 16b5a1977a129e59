/**
 * One large list from upload to applied in a process of its own, so that its memory is its own: says on stdout what
 * it took. `import-child.ts <database url> <households>`.
 */
import { migrations } from '../../migrations';
import { sampleCells, sampleRegister } from '../../src/demo/sample-register';
import { LIST_COLUMNS } from '../../src/households';
import { loadReferenceRegions } from '../../src/identity';
import { openDatabase } from '../../src/platform/db/database';
import { writeSheet } from '../../src/platform/sheets/write-sheet';
import { openCounty } from '../support/county';
import { checked, confirmed, importer } from './lists';

/** What it took. */
export interface ImportReport {
  rows: number;
  /** Households entered. */
  entered: number;
  checkSeconds: number;
  applySeconds: number;
  rowsPerSecond: number;
  /** Most resident memory. */
  megabytes: number;
}

function* cellsOf(households: number): Generator<string[]> {
  for (const row of sampleRegister({ households })) yield sampleCells(row);
}

async function main([url = '', households = '']: string[]): Promise<void> {
  const county = await openCounty(async () => {
    const db = await openDatabase({ url, entities: [], migrations });
    await db.migrate();
    return db;
  });
  await loadReferenceRegions(county.platform);
  const actor = importer(county);
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const begun = performance.now();
  const list = writeSheet({ sheet: '名单', columns: LIST_COLUMNS }, cellsOf(Number(households)));
  const seen = await checked(county, actor, list);
  const half = performance.now();
  const { appliedCounts } = await confirmed(county, actor, seen);
  const end = performance.now();
  clearInterval(watch);
  const rows = appliedCounts?.rows ?? 0;
  const report: ImportReport = {
    rows,
    entered: appliedCounts?.households.NEW ?? 0,
    checkSeconds: Math.round((half - begun) / 1000),
    applySeconds: Math.round((end - half) / 1000),
    rowsPerSecond: Math.round(rows / ((end - begun) / 1000)),
    megabytes: Math.round(most / 1024 / 1024),
  };
  process.stdout.write(JSON.stringify(report));
  await county.close();
}

void main(process.argv.slice(2));
