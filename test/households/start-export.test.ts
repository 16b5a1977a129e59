/** 导出农户名册: as of a day, masked, typed text, for the region asked, with the reason in the audit. */
import { listExports } from '../../src/households/exports.queries';
import { startExport } from '../../src/households/start-export';
import type { Actor } from '../../src/platform/authority';
import { readFileParts } from '../../src/platform/files/file.store';
import { openFile } from '../../src/platform/files/open-file';
import { readSheet } from '../../src/platform/sheets/read-sheet';
import type { Cell } from '../../src/platform/sheets/sheet';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { imported, importer, type Row, rowsOf, runTasks } from './lists';
import { aHousehold, idNumber, OTHER_VILLAGE, openRegister, TOWNSHIP } from './register';

describeEachDatabase('Exporting the register', (open) => {
  let county: County;
  let actor: Actor;
  beforeAll(async () => {
    county = await openRegister(open);
    actor = importer(county);
    const rows = rowsOf(1, { headName: '' });
    (rows[0] as Row).name = '=cmd()';
    await imported(county, actor, rows);
    await aHousehold(county, 400, { regionCode: OTHER_VILLAGE });
  });

  /** The newest export as its maker sees it. */
  const newest = async () => {
    await runTasks(county);
    const { items } = await county.ask(actor, listExports, { size: 1 });
    return items[0] as { id: string; fileId: string; households: number; persons: number };
  };

  const cellsOf = async (fileId: string): Promise<Cell[][]> => {
    const rows: Cell[][] = [];
    for await (const row of readSheet(readFileParts(county.platform, fileId), {
      name: '',
      maxRows: 100,
    })) {
      rows.push([...row.cells]);
    }
    return rows;
  };

  const reason = '季度核对名册';

  test('gives every member with masked numbers, as text', async () => {
    await county.do(actor, startExport, { reason });
    const made = await newest();
    expect(made).toMatchObject({ households: 2, persons: 4, state: 'DONE', full: false, reason });
    const rows = await cellsOf(made.fileId);
    expect(rows).toHaveLength(5);
    const head = rows.find((row) => row.some((cell) => cell.text === '=cmd()')) as Cell[];
    expect(head.filter((cell) => cell.text === '=cmd()').map((cell) => cell.kind)).toEqual([
      'text',
      'text',
    ]);
    const all = JSON.stringify(rows);
    expect(all).not.toContain(idNumber(3, '19750808'));
    expect(all).not.toContain('13807730000');
    expect(all).toContain('138****0000');
  });

  test('keeps to the region, the status and the day that were asked', async () => {
    const count = async (input: object) => {
      await county.do(actor, startExport, { reason, ...input });
      return (await newest()).households;
    };
    expect(await count({ region: TOWNSHIP })).toBe(1);
    expect(await count({ status: 'OUT_OF_POVERTY' })).toBe(0);
    expect(await count({ on: '2015-12-31' })).toBe(1);
    expect(await count({ on: '2015-12-30' })).toBe(0);
  });

  test('only its maker fetches it; who and why stand in the audit', async () => {
    const { exportId } = await county.do(actor, startExport, { reason });
    const { fileId } = await newest();
    await county.do(actor, openFile, { fileId });
    const other = importer(county);
    expect(await county.refusal(county.do(other, openFile, { fileId }))).toBe(
      'platform.not-own-file',
    );
    const entries = await county.platform.db.reader().rows<{ act: string; body: string }>(
      `SELECT e.act AS act, e.body AS body FROM audit_entry e
         JOIN audit_subject s ON s.entry_id = e.id WHERE s.subject_id = :exportId ORDER BY e.id`,
      { exportId },
    );
    expect(entries.map(({ act }) => act)).toEqual(['households.start-export', 'households.export']);
    expect(entries[0]?.body).toContain(reason);
  });

  test('is refused without a reason, the permission or the region, and for a day to come', async () => {
    const refused = (who: Actor, input: object) =>
      county.refusal(county.do(who, startExport, input));
    expect(await refused(actor, { reason: '查看' })).toBe('platform.invalid-input');
    expect(await refused(actor, { reason, on: '2018-03-02' })).toBe('households.day-in-future');
    const reader = county.actor({ permissions: ['households.read'] });
    expect(await refused(reader, { reason })).toBe('platform.not-permitted');
    const township = importer(county, TOWNSHIP);
    expect(await refused(township, { reason, region: '450328000000' })).toBe('platform.absent');
  });
});
