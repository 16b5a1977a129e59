/**
 * The import itself: every household that was found new or changed is planned again by the function of the dry run and
 * written when the plan is still the one that was confirmed. Where the register has changed meanwhile, the household
 * is left alone and that is said. Killed anywhere, it goes on with the households that have no outcome yet.
 */
import type { TaskInHand } from '../platform/jobs/task';
import type { Work } from '../platform/work';
import type { HouseholdImport, HouseholdImportResult } from './import.entity';
import { ImportStore } from './import.store';
import { applyPlans } from './import-apply';
import { countsOf } from './import-counts.queries';
import { keepErrorSheet } from './import-error-sheet';
import { countsText, OUTCOMES, type Outcome, type Remark } from './import-outcome';
import type { HouseholdPlan } from './import-plan';
import { macOf, planBatch } from './import-planning';

/** Households of one step, and rows of one step of purging. */
const HOUSEHOLDS = 100;
const PURGED = 5000;

/** Applies a confirmed import from where it stands. Returns the counts in words. */
export async function applyImport(job: TaskInHand, row: HouseholdImport): Promise<string> {
  const total = (row.counts?.households.NEW ?? 0) + (row.counts?.households.CHANGED ?? 0);
  for (let more = true; more; ) {
    more = (await job.step((work) => applySome(work, job, row.id, total))) === true;
  }
  await job.step(async (work) => {
    await new ImportStore(work).applyStill(row.id);
    return { checkpoint: null, done: 0 };
  });
  for (let more = true; more; ) {
    more = (await job.step((work) => purgeSome(work, row.id))) === true;
  }
  return finish(job, row);
}

async function applySome(work: Work, job: TaskInHand, importId: string, total: number) {
  const store = new ImportStore(work);
  await store.hold(importId, 'APPLYING');
  const waiting = await store.waiting(importId, HOUSEHOLDS);
  if (waiting.length === 0) return { checkpoint: null, done: 0, total, value: false };
  const codes = waiting.map((result) => result.householdCode);
  const plans = await planBatch(work, await store.get(importId), codes);
  const judged = plans.map((plan, at) => judge(work, plan, waiting[at] as HouseholdImportResult));
  const good = judged.filter(({ apply }) => apply).map(({ plan }) => plan);
  await applyPlans(work, good, job.task.id);
  for (const outcome of OUTCOMES) {
    const those = judged.filter((one) => one.outcome === outcome);
    await store.applied(
      importId,
      outcome,
      those.map(({ plan }) => plan.code),
    );
  }
  await store.addRemarks(
    importId,
    'APPLY',
    judged.flatMap(({ remarks }) => remarks),
  );
  const failed = judged.filter((one) => one.outcome === 'REJECTED').length;
  const checkpoint = `code:${codes.at(-1)}`;
  return { checkpoint, done: codes.length - failed, failed, total, value: true };
}

interface Judged {
  plan: HouseholdPlan;
  outcome: Outcome;
  /** Whether the plan is carried out. */
  apply: boolean;
  remarks: Remark[];
}

const AGAIN = '请核对该户现状；仍需导入的，请重新上传名单。';

/** What was confirmed is done; anything else is left alone and told. */
function judge(work: Work, plan: HouseholdPlan, confirmed: HouseholdImportResult): Judged {
  const { outcome, firstRow: row } = plan;
  if (outcome === confirmed.outcome && macOf(work, plan) === confirmed.planMac) {
    return { plan, outcome, apply: true, remarks: [] };
  }
  const remark = (kind: Remark['kind'], reason: string, remedy: string): Remark[] => [
    { row, kind, column: '', value: '', reason, remedy },
  ];
  if (outcome === 'UNCHANGED') {
    const reason = '核对以后登记册已由他人改成与本表一致，无需导入';
    return { plan, outcome, apply: false, remarks: remark('TOLD', reason, '') };
  }
  const why = plan.remarks.find(({ kind }) => kind === 'FAULT')?.reason;
  const reason = `核对以后登记册有改动，该户未导入${why ? `：${why}` : ''}`;
  return { plan, outcome: 'REJECTED', apply: false, remarks: remark('FAULT', reason, AGAIN) };
}

/** Removes the rows with the personal data; what came of them stays. */
async function purgeSome(work: Work, importId: string) {
  const store = new ImportStore(work);
  await store.hold(importId, 'APPLYING');
  const removed = await store.purgeRows(importId, PURGED);
  return { checkpoint: null, done: 0, value: removed === PURGED };
}

async function finish(job: TaskInHand, { id, counts }: HouseholdImport): Promise<string> {
  const sql = job.platform.db.reader();
  const appliedCounts = await countsOf(sql, id, 'applied_outcome', counts?.rows ?? 0);
  const text = countsText(appliedCounts);
  await keepErrorSheet(job, id, appliedCounts, async (work, errorFileId) => {
    const store = new ImportStore(work);
    const now = await store.get(id);
    await store.update(now, {
      state: 'APPLIED',
      openKey: null,
      endedOn: work.today,
      appliedCounts,
      errorFileId,
      rowsKept: false,
      note: text,
    });
    work.record({
      subject: { kind: 'household-import', id },
      after: { state: 'APPLIED', households: appliedCounts.households },
    });
  });
  return text;
}
