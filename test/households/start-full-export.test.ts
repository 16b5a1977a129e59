/** 导出农户名册（完整号码）: for those whose duty needs the numbers; what it gives can be imported again. */
import { sampleCells, sampleRegister } from '../../src/demo';
import { LIST_COLUMNS } from '../../src/households';
import { listExports } from '../../src/households/exports.queries';
import { startFullExport } from '../../src/households/start-full-export';
import { readFileParts } from '../../src/platform/files/file.store';
import { writeSheet } from '../../src/platform/sheets/write-sheet';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { imported, importer, REGISTER_TABLES, rowsOf, runTasks } from './lists';
import { openRegister } from './register';

describeEachDatabase('Exporting the register with whole numbers', (open) => {
  let county: County;
  beforeEach(async () => {
    county = await openRegister(open);
  });

  test('what was exported is imported again without a change', async () => {
    const actor = importer(county);
    const rows = [...sampleRegister({ households: 60 })].map(sampleCells);
    await imported(county, actor, writeSheet({ sheet: '名单', columns: LIST_COLUMNS }, rows));
    const before = await county.snapshot(...REGISTER_TABLES);
    await county.do(actor, startFullExport, { reason: '年度比对名单' });
    await runTasks(county);
    const { items } = await county.ask(actor, listExports, { size: 1 });
    expect(items).toMatchObject([{ full: true, households: 60, persons: rows.length }]);
    const parts: Buffer[] = [];
    const { fileId } = items[0] as { fileId: string };
    for await (const part of readFileParts(county.platform, fileId)) parts.push(part);
    const again = await imported(county, actor, parts);
    expect(again.appliedCounts).toMatchObject({
      rows: rows.length,
      households: { NEW: 0, CHANGED: 0, UNCHANGED: 60, REJECTED: 0 },
      faults: 0,
      told: 0,
    });
    expect(await county.snapshot(...REGISTER_TABLES)).toBe(before);
  });

  test('is another permission than the masked export', async () => {
    const officer = county.actor({ permissions: ['households.export'] });
    const attempt = county.do(officer, startFullExport, { reason: '年度比对名单' });
    expect(await county.refusal(attempt)).toBe('platform.not-permitted');
    await imported(county, importer(county), rowsOf(1));
  });
});
