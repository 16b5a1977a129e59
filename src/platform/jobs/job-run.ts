/**
 * The row of a job run, one for each (step, business date): lock, watermark and history in one. Its token grows
 * with each taking; every transaction of the run first writes this row under its token, so that an instance
 * that was paused beyond its lease can no longer write.
 */
import type { BusinessDate } from '../dates';
import type { Sql, Tx } from '../db/database';
import { ensureRow } from '../db/ensure';

export interface JobRun {
  step: string;
  business_date: BusinessDate;
  state: 'pending' | 'running' | 'done' | 'failed';
  token: number;
  holder: string;
  lease_until: number;
  checkpoint: string | null;
  done_count: number;
  failed_count: number;
  attempts: number;
  started_at: number;
  finished_at: number | null;
  note: string | null;
}

/** The run no longer belongs to this instance: another took it after the lease had ended. */
export class RunLost extends Error {
  override readonly name = 'RunLost';
}

const KEY = 'step = :step AND business_date = :date';

/** The row of a run, null when it was never begun. */
export function findRun(sql: Sql, step: string, date: BusinessDate): Promise<JobRun | null> {
  return sql.one<JobRun>(`SELECT * FROM job_run WHERE ${KEY}`, { step, date });
}

/**
 * Takes a run for this instance, or returns null when it is done or another instance holds it.
 * `leaseMs` in milliseconds from `now`.
 */
export async function takeRun(
  tx: Tx,
  run: { step: string; date: BusinessDate; holder: string; now: number; leaseMs: number },
): Promise<JobRun | null> {
  const { step, date, holder, now } = run;
  const fresh = {
    step,
    business_date: date,
    state: 'pending',
    token: 0,
    holder,
    lease_until: 0,
    done_count: 0,
    failed_count: 0,
    attempts: 0,
    started_at: now,
  };
  await ensureRow(tx, 'job_run', fresh, ['step', 'business_date']);
  const won = await tx.exec(
    `UPDATE job_run SET state = 'running', token = token + 1, attempts = attempts + 1,
            holder = :holder, lease_until = :until
      WHERE ${KEY} AND state <> 'done' AND (lease_until < :now OR state <> 'running')`,
    { step, date, holder, now, until: now + run.leaseMs },
  );
  return won === 1 ? findRun(tx, step, date) : null;
}

/** What a transaction of the run notes down. Counts are added; `checkpoint` null leaves it as it is. */
export interface Progress {
  checkpoint: string | null;
  done: number;
  failed: number;
  leaseUntil: number;
}

/** Notes progress under the token, first thing in a transaction of the run. @throws RunLost */
export async function noteProgress(tx: Tx, run: JobRun, progress: Progress): Promise<void> {
  const changed = await tx.exec(
    `UPDATE job_run SET checkpoint = COALESCE(:checkpoint, checkpoint), done_count = done_count + :done,
            failed_count = failed_count + :failed, lease_until = :leaseUntil
      WHERE ${KEY} AND token = :token AND state = 'running'`,
    { step: run.step, date: run.business_date, token: run.token, ...progress },
  );
  if (changed !== 1) throw new RunLost(`${run.step} ${run.business_date}`);
}

/** Ends the run under its token. @throws RunLost */
export async function endRun(
  tx: Tx,
  run: JobRun,
  end: { state: 'done' | 'failed'; at: number; note: string | null },
): Promise<void> {
  const changed = await tx.exec(
    `UPDATE job_run SET state = :state, finished_at = :at, note = :note, lease_until = 0
      WHERE ${KEY} AND token = :token AND state = 'running'`,
    { step: run.step, date: run.business_date, token: run.token, ...end },
  );
  if (changed !== 1) throw new RunLost(`${run.step} ${run.business_date}`);
}

/** Gives up the runs this instance holds without ending them (graceful stop); they are resumed elsewhere. */
export async function releaseRuns(tx: Tx, holder: string): Promise<void> {
  await tx.exec(
    `UPDATE job_run SET lease_until = 0, state = 'pending', token = token + 1
      WHERE holder = :holder AND state = 'running'`,
    { holder },
  );
}

/** Keeps a record that could not be done, once per (step, date, record). */
export async function noteFailure(
  tx: Tx,
  run: JobRun,
  failure: { key: string; problem: string; detail: string; at: number },
): Promise<void> {
  const columns = ['step', 'business_date', 'record_key', 'problem', 'detail', 'at'];
  const key = columns.slice(0, 3);
  await tx.exec(tx.dialect.insertOrKeep('job_failure', columns, key), {
    step: run.step,
    business_date: run.business_date,
    record_key: failure.key,
    problem: failure.problem.slice(0, 200),
    detail: failure.detail.slice(0, 1000),
    at: failure.at,
  });
}
