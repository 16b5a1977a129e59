/**
 * The dry run of an import: the rows of the file are read once and kept sealed, then every household of the list is
 * compared with the register. Nothing of the register is changed. Killed anywhere, it goes on at its checkpoint:
 * `row:<number>` while reading, `code:<household>` while comparing.
 */
import type { TaskInHand } from '../platform/jobs/task';
import { Problem } from '../platform/problems';
import type { Work } from '../platform/work';
import type { HouseholdImport, HouseholdImportResult, ImportAbout } from './import.entity';
import { ImportStore, type ReadRow, sealedRow } from './import.store';
import { countCodes, countRows, countsOf } from './import-counts.queries';
import { keepErrorSheet } from './import-error-sheet';
import { countsDigestOf, countsText } from './import-outcome';
import type { HouseholdPlan } from './import-plan';
import { changesOf, macOf, planBatch } from './import-planning';
import { ListReader } from './import-reading';
import { HouseholdProblem } from './problems';

/** Rows of one step of reading, and households of one step of comparing: some tenths of a second each. */
const ROWS = 500;
const HOUSEHOLDS = 100;

/** Checks an import from where it stands. Returns the counts in words. */
export async function checkImport(job: TaskInHand, row: HouseholdImport): Promise<string> {
  const { checkpoint } = job.task;
  if (checkpoint === null || checkpoint.startsWith('row:')) {
    try {
      await readRows(job, row, Number(checkpoint?.slice(4) ?? 0));
    } catch (error) {
      if (error instanceof Problem && error.code !== 'households.import-over') {
        await giveUp(job, row, error);
      }
      throw error;
    }
  }
  await compare(job, row);
  return finish(job, row);
}

/** A file that cannot be read ends the import; the officer finds the reason with it. */
async function giveUp(job: TaskInHand, row: HouseholdImport, problem: Problem): Promise<void> {
  await job.step(async (work) => {
    const store = new ImportStore(work);
    const now = await store.get(row.id);
    const note = `${problem.message}。${problem.advice}`.slice(0, 500);
    await store.update(now, { state: 'FAILED', openKey: null, endedOn: work.today, note });
    return { checkpoint: null, done: 0 };
  });
}

async function readRows(job: TaskInHand, row: HouseholdImport, reached: number): Promise<void> {
  const list = new ListReader(job.platform, row);
  let batch: ReadRow[] = [];
  const keep = async () => {
    await keepRows(job, row, list.about(), batch);
    batch = [];
  };
  for await (const read of list.rows()) {
    if (read.row <= reached) continue;
    batch.push(read);
    if (batch.length === ROWS) await keep();
  }
  if (batch.length > 0) await keep();
  if (!list.any) throw HouseholdProblem.importEmpty();
}

async function keepRows(
  job: TaskInHand,
  { id }: HouseholdImport,
  about: ImportAbout,
  batch: readonly ReadRow[],
): Promise<void> {
  const rows = batch.map((read) => sealedRow(job.platform.crypto, id, read));
  const remarks = batch.flatMap((read) => read.remarks);
  const last = batch.at(-1) as ReadRow;
  await job.step(async (work) => {
    const store = new ImportStore(work);
    await store.hold(id, 'CHECKING');
    const now = await store.get(id);
    if (now.about === null) await store.update(now, { about });
    await store.addRows(rows, remarks);
    const failed = rows.filter((kept) => kept.faults > 0).length;
    return { checkpoint: `row:${last.row}`, done: rows.length - failed, failed };
  });
}

async function compare(job: TaskInHand, row: HouseholdImport): Promise<void> {
  const { done, failed } = job.task;
  if (!job.task.checkpoint?.startsWith('code:')) {
    const households = await countCodes(job.platform.db.reader(), row.id);
    await job.beat({ total: done + failed + households });
  }
  for (let more = true; more; ) {
    more = (await job.step((work) => compareSome(work, job, row.id))) === true;
  }
}

async function compareSome(work: Work, job: TaskInHand, importId: string) {
  const store = new ImportStore(work);
  await store.hold(importId, 'CHECKING');
  const { checkpoint } = job.task;
  const after = checkpoint?.startsWith('code:') ? checkpoint.slice(5) : '';
  const codes = await store.codesAfter(importId, after, HOUSEHOLDS);
  if (codes.length === 0) return { checkpoint: null, done: 0, value: false };
  const plans = await planBatch(work, await store.get(importId), codes);
  await store.addResults(plans.map((plan) => resultOf(work, importId, plan)));
  await store.addRemarks(
    importId,
    'PLAN',
    plans.flatMap((plan) => plan.remarks),
  );
  const failed = plans.filter((plan) => plan.outcome === 'REJECTED').length;
  const last = codes.at(-1) as string;
  return { checkpoint: `code:${last}`, done: codes.length - failed, failed, value: true };
}

function resultOf(work: Work, importId: string, plan: HouseholdPlan): HouseholdImportResult {
  return {
    importId,
    householdCode: plan.code,
    firstRow: plan.firstRow,
    rowCount: plan.rowCount,
    outcome: plan.outcome,
    changes: changesOf(plan).join(),
    planMac: macOf(work, plan),
    appliedOutcome: null,
  };
}

async function finish(job: TaskInHand, { id }: HouseholdImport): Promise<string> {
  const sql = job.platform.db.reader();
  const counts = await countsOf(sql, id, 'outcome', await countRows(sql, id));
  const text = countsText(counts);
  await keepErrorSheet(job, id, counts, async (work, errorFileId) => {
    const store = new ImportStore(work);
    await store.hold(id, 'CHECKING');
    const now = await store.get(id);
    const countsDigest = countsDigestOf(now.fileDigest, counts);
    await store.update(now, { state: 'CHECKED', counts, countsDigest, errorFileId, note: text });
  });
  return text;
}
