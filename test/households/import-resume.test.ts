/** An import killed at any step and taken up again ends as one that nobody disturbed. */

import { sampleCells, sampleRegister } from '../../src/demo';
import { LIST_COLUMNS } from '../../src/households';
import { confirmImport } from '../../src/households/confirm-import';
import { importTask } from '../../src/households/import-task';
import { showImport } from '../../src/households/imports.queries';
import { startImport } from '../../src/households/start-import';
import type { Actor } from '../../src/platform/authority';
import { defineTask } from '../../src/platform/jobs/task';
import { TaskRunner } from '../../src/platform/jobs/task-runner';
import { writeSheet } from '../../src/platform/sheets/write-sheet';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { importer, runTasks, upload } from './lists';
import { openRegister } from './register';

/** Enough for several steps of reading, comparing and writing. */
const HOUSEHOLDS = 230;

class Killed extends Error {}

const sample = () =>
  writeSheet(
    { sheet: '名单', columns: LIST_COLUMNS },
    [...sampleRegister({ households: HOUSEHOLDS, faults: true })].map(sampleCells),
  );

/** The register without what a second run may not repeat: ids, versions of rows and instants. */
async function register(county: County): Promise<unknown[]> {
  const rows = (sql: string) => county.platform.db.reader().rows(sql);
  return [
    await rows(
      'SELECT code, region_code, head_name, status_now, version FROM household ORDER BY code',
    ),
    await rows(
      `SELECT h.code, m.name, m.relation, m.id_number_index, m.phone_index, m.account_index,
              m.joined_on, t.health, t.labour, t.skills, t.working_away, t.public_employee
         FROM household h JOIN household_member m ON m.household_id = h.id
         LEFT JOIN member_traits t ON t.member_id = m.id ORDER BY m.id_number_index`,
    ),
    await rows(
      `SELECT h.code, s.status, s.from_on, s.to_on, s.source FROM household h
         JOIN household_status s ON s.household_id = h.id ORDER BY h.code`,
    ),
    await rows(
      `SELECT h.code, e.act, e.fields FROM household h JOIN household_edit e ON e.household_id = h.id
        ORDER BY h.code`,
    ),
    await rows(
      `SELECT row_no, phase, no, kind, column_title, reason FROM household_import_remark
        ORDER BY row_no, phase, no`,
    ),
    await rows(
      `SELECT household_code, outcome, changes, plan_mac, applied_outcome
         FROM household_import_result ORDER BY household_code`,
    ),
  ];
}

describeEachDatabase('A disturbed import', (open) => {
  /** The import's task, killed before its n-th step. */
  const killedAt = (n: number) => {
    let steps = 0;
    return defineTask({
      ...importTask,
      run: (job) => {
        const step: typeof job.step = (run) => {
          steps += 1;
          if (steps === n) throw new Killed();
          return job.step(run);
        };
        return importTask.run({
          get task() {
            return job.task;
          },
          platform: job.platform,
          step,
          beat: (progress) => job.beat(progress),
        });
      },
    });
  };

  /** Runs what waits; killed before its n-th step when n is given. Whether it was killed. */
  const run = async (county: County, n: number | null): Promise<boolean> => {
    if (n === null) return (await runTasks(county)) < 0;
    const runner = new TaskRunner(county.platform, [killedAt(n)], { holder: `killed-${n}` });
    try {
      await runner.runWaiting();
      return false;
    } catch (error) {
      expect(error).toBeInstanceOf(Killed);
      // The next try comes after a pause.
      county.clock.stepMs(60_000);
      await runTasks(county);
      return true;
    }
  };

  const importAll = async (county: County, actor: Actor, n: number | null) => {
    const fileId = await upload(county, actor, sample());
    const { importId } = await county.do(actor, startImport, { fileId, source: '名单' });
    const inCheck = await run(county, n);
    const seen = await county.ask(actor, showImport, { importId });
    expect(seen.state).toBe('CHECKED');
    const { version, countsDigest } = seen;
    await county.do(actor, confirmImport, { importId, version, countsDigest });
    const inRun = await run(county, n);
    return { ...(await county.ask(actor, showImport, { importId })), killed: inCheck || inRun };
  };

  test('ends as an undisturbed one, wherever it was killed', async () => {
    const quiet = await openRegister(open);
    const expected = await importAll(quiet, importer(quiet), null);
    expect(expected).toMatchObject({ state: 'APPLIED', counts: { households: { NEW: 198 } } });
    const whole = await register(quiet);
    for (const n of [2, 4, 6]) {
      const county = await openRegister(open);
      const done = await importAll(county, importer(county), n);
      expect(done).toMatchObject({ killed: true, state: 'APPLIED', counts: expected.counts });
      expect(done.appliedCounts).toEqual(expected.appliedCounts);
      expect(await register(county)).toEqual(whole);
    }
  }, 120_000);
});
