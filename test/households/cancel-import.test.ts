/** 取消导入: nothing of the register has been changed; one that broke off halfway keeps what was done. */
import { cancelImport } from '../../src/households/cancel-import';
import { confirmImport } from '../../src/households/confirm-import';
import { sweepImportsStep } from '../../src/households/imports.job';
import { showImport } from '../../src/households/imports.queries';
import { startImport } from '../../src/households/start-import';
import { businessDate } from '../../src/platform/dates';
import { cancelTask } from '../../src/platform/jobs/cancel-task';
import type { ChunkStep } from '../../src/platform/jobs/step';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  checked,
  imported,
  importer,
  REGISTER_TABLES,
  rowsOf,
  runTasks,
  upload,
  workbook,
} from './lists';
import { openRegister } from './register';

describeEachDatabase('Cancelling an import', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openRegister(open);
  });

  const cancel = (seen: { id: string; version: number }, actor = importer(county)) =>
    county.do(actor, cancelImport, {
      importId: seen.id,
      version: seen.version,
      reason: '传错文件',
    });

  test('gives up what waits for confirmation and changes nothing of the register', async () => {
    const seen = await checked(county, importer(county), rowsOf(1));
    const before = await county.snapshot(...REGISTER_TABLES);
    expect(await cancel(seen)).toMatchObject({ state: 'CANCELLED' });
    expect(await county.snapshot(...REGISTER_TABLES)).toBe(before);
    expect(await county.refusal(cancel({ ...seen, version: seen.version + 1 }))).toBe(
      'households.import-over',
    );
    const form = { importId: seen.id, version: seen.version, countsDigest: seen.countsDigest };
    expect(await county.refusal(county.do(importer(county), confirmImport, form))).toBe(
      'households.import-not-checked',
    );
  });

  test('stops one that is still being checked; the same file may come again', async () => {
    const actor = importer(county);
    const fileId = await upload(county, actor, workbook(rowsOf(2)));
    const form = { fileId, source: '名单' };
    const { importId, version } = await county.do(actor, startImport, form);
    await cancel({ id: importId, version });
    await runTasks(county);
    const shown = await county.ask(actor, showImport, { importId });
    expect(shown).toMatchObject({ state: 'CANCELLED', counts: null });
    await county.do(actor, startImport, form);
    await runTasks(county);
  });

  test('one in the middle goes on or is closed once its task has ended', async () => {
    const actor = importer(county);
    const seen = await checked(county, actor, rowsOf(3));
    const form = { importId: seen.id, version: seen.version, countsDigest: seen.countsDigest };
    const { taskId, version } = await county.do(actor, confirmImport, form);
    const running = { id: seen.id, version };
    expect(await county.refusal(cancel(running))).toBe('households.import-over');
    const boss = county.actor({ permissions: ['tasks.cancel'] });
    await county.do(boss, cancelTask, { taskId });
    const again = await county.do(actor, confirmImport, { ...form, version });
    await county.do(boss, cancelTask, { taskId: again.taskId });
    expect(await cancel({ id: seen.id, version: again.version })).toMatchObject({
      state: 'CANCELLED',
    });
  });

  test('needs the permission, the region and the version seen', async () => {
    const seen = await checked(county, importer(county), rowsOf(4));
    const reader = county.actor({ permissions: ['households.read'] });
    expect(await county.refusal(cancel(seen, reader))).toBe('platform.not-permitted');
    const elsewhere = importer(county, '450226000000');
    expect(await county.refusal(cancel(seen, elsewhere))).toBe('platform.absent');
    expect(await county.refusal(cancel({ ...seen, version: 1 }))).toBe('platform.stale');
  });

  test('at night the rows of what is over go, and what nobody confirmed in 30 days is closed', async () => {
    const over = await checked(county, importer(county), rowsOf(5));
    await cancel(over);
    const waits = await checked(county, importer(county), rowsOf(6));
    const done = await imported(county, importer(county), rowsOf(7));
    const sweep = async (day: string) => {
      const { chunk } = sweepImportsStep as ChunkStep;
      for (let after: string | null = null; ; ) {
        const { next } = await county.system((work) => chunk(work, businessDate(day), after, 100));
        if (next === null) return;
        after = next;
      }
    };
    const rowsLeft = async (id: string) => {
      const rows = await county.platform.db
        .reader()
        .rows('SELECT row_no FROM household_import_row WHERE import_id = :id', { id });
      return rows.length;
    };
    await sweep('2018-03-01');
    expect([await rowsLeft(over.id), await rowsLeft(waits.id)]).toEqual([0, 2]);
    await sweep('2018-04-01');
    expect(await rowsLeft(waits.id)).toBe(0);
    const states = [over, waits, done].map(async ({ id }) => {
      const shown = await county.ask(importer(county), showImport, { importId: id });
      return shown.state;
    });
    expect(await Promise.all(states)).toEqual(['CANCELLED', 'CANCELLED', 'APPLIED']);
  });
});
