/**
 * The row of a long task: queue, lock, progress and history in one. Its token grows with each taking; every
 * transaction of the task first writes this row under its token, so that an instance that was paused beyond its lease
 * can no longer write, and a cancel waits for the step in hand.
 */
import type { Instant } from '../clock';
import type { BusinessDate } from '../dates';
import type { Sql, Tx } from '../db/database';
import type { Subject, Work } from '../work';

export type TaskState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** How a task can end. */
export type TaskEnd = Extract<TaskState, 'done' | 'failed' | 'cancelled'>;

/** The row, as the database has it. Instants in epoch milliseconds. */
export interface TaskRow {
  id: string;
  kind: string;
  title: string;
  subject_kind: string;
  subject_id: string;
  region_code: string;
  /** The bank whose people started it; null when it was not a bank's. */
  bank_id: string | null;
  /** The business date of the start: `work.today` of every step. */
  business_date: BusinessDate;
  started_by: string;
  started_by_name: string;
  state: TaskState;
  token: number;
  holder: string | null;
  /** Nobody else takes the task before; after a failed try also the pause before the next. */
  lease_until: number;
  /** Takings since the last step that was stored. */
  tries: number;
  /** Steps stored. */
  steps: number;
  total: number | null;
  done_count: number;
  failed_count: number;
  /** How far reading has come since the last step; shown, and forgotten with the next step or taking. */
  beat_count: number | null;
  checkpoint: string | null;
  note: string | null;
  cancel_asked: number;
  created_at: Instant;
  ended_at: Instant | null;
}

/** A task as screens and its kind see it. */
export interface TaskView {
  id: string;
  kind: string;
  title: string;
  subject: Subject;
  region: string;
  state: TaskState;
  /** Records in all, null while unknown. */
  total: number | null;
  done: number;
  failed: number;
  checkpoint: string | null;
  note: string | null;
  startedBy: string;
  startedByName: string;
  createdAt: Instant;
  endedAt: Instant | null;
}

/** The task no longer belongs to this instance: another took it after the lease had ended. */
export class TaskLost extends Error {
  override readonly name = 'TaskLost';
}

/** Somebody cancelled the task, or whoever started it may no longer act. The message is the note. */
export class TaskCancelled extends Error {
  override readonly name = 'TaskCancelled';
}

/** This instance is stopping: the task is given back between two steps and goes on elsewhere. */
export class TaskStopped extends Error {
  override readonly name = 'TaskStopped';
}

/** The row as a view. */
export function viewOf(row: TaskRow): TaskView {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    subject: { kind: row.subject_kind, id: row.subject_id },
    region: row.region_code,
    state: row.state,
    total: row.total,
    done: row.beat_count ?? row.done_count,
    failed: row.failed_count,
    checkpoint: row.checkpoint,
    note: row.note,
    startedBy: row.started_by,
    startedByName: row.started_by_name,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

/** The row of a task, null when there is none. */
export function findTask(sql: Sql, id: string): Promise<TaskRow | null> {
  return sql.one<TaskRow>('SELECT * FROM task WHERE id = :id', { id });
}

/** Inserts a waiting task. A second open one of the same kind and subject breaks the unique `open_key`. */
export async function insertTask(
  work: Work,
  task: {
    id: string;
    kind: string;
    subject: Subject;
    region: string;
    title: string;
    total?: number;
  },
): Promise<void> {
  const { actor } = work;
  const row = {
    id: task.id,
    kind: task.kind,
    title: task.title,
    subject_kind: task.subject.kind,
    subject_id: task.subject.id,
    open_key: `${task.kind}/${task.subject.kind}/${task.subject.id}`,
    region_code: task.region,
    bank_id: actor.organisation?.kind === 'bank' ? actor.organisation.rootId : null,
    business_date: work.today,
    started_by: actor.id,
    started_by_name: actor.name,
    state: 'waiting',
    token: 0,
    lease_until: 0,
    tries: 0,
    steps: 0,
    total: task.total ?? null,
    done_count: 0,
    failed_count: 0,
    cancel_asked: 0,
    created_at: work.now,
  };
  await work.tx.insertMany('task', Object.keys(row), [Object.values(row)]);
}

/** The oldest task of these kinds that waits, or whose holder's lease has ended; null when there is none. */
export async function dueTask(
  sql: Sql,
  kinds: readonly string[],
  now: Instant,
): Promise<string | null> {
  const due = await sql.one<{ id: string }>(
    `SELECT id FROM task WHERE kind IN (:kinds) AND state IN ('waiting', 'running') AND lease_until < :now
      ORDER BY id LIMIT 1`,
    { kinds, now },
  );
  return due?.id ?? null;
}

/** Takes a due task for this instance, or returns null when another was faster. `leaseMs` from `now`. */
export async function takeTask(
  tx: Tx,
  task: { id: string; holder: string; now: Instant; leaseMs: number },
): Promise<TaskRow | null> {
  const { id, holder, now } = task;
  const won = await tx.exec(
    `UPDATE task SET state = 'running', token = token + 1, tries = tries + 1, holder = :holder,
            lease_until = :until, beat_count = NULL
      WHERE id = :id AND state IN ('waiting', 'running') AND lease_until < :now`,
    { id, holder, now, until: now + task.leaseMs },
  );
  return won === 1 ? findTask(tx, id) : null;
}

const HELD = `id = :id AND token = :token AND state = 'running'`;

const held = ({ id, token }: TaskRow) => ({ id, token });

/**
 * Writes the row under its token, first thing in a transaction of the task. `done` and `total` show progress.
 * @throws TaskLost, TaskCancelled
 */
export async function holdTask(
  tx: Tx,
  row: TaskRow,
  beat: { leaseUntil: number; done?: number; total?: number },
): Promise<void> {
  const changed = await tx.exec(
    `UPDATE task SET lease_until = :leaseUntil, beat_count = COALESCE(:done, beat_count),
            total = COALESCE(:total, total)
      WHERE ${HELD} AND cancel_asked = 0`,
    {
      ...held(row),
      leaseUntil: beat.leaseUntil,
      done: beat.done ?? null,
      total: beat.total ?? null,
    },
  );
  if (changed === 1) return;
  const now = await findTask(tx, row.id);
  if (now?.token === row.token && now.cancel_asked === 1) throw new TaskCancelled(now.note ?? '');
  throw new TaskLost(`${row.kind} ${row.id}`);
}

/** Stores what a step did; the row is held by this transaction. Returns the row as it is now. @throws TaskLost */
export async function noteStep(
  tx: Tx,
  row: TaskRow,
  step: { checkpoint: string | null; done: number; failed?: number; total?: number },
): Promise<TaskRow> {
  const changed = await tx.exec(
    `UPDATE task SET checkpoint = COALESCE(:checkpoint, checkpoint), done_count = done_count + :done,
            failed_count = failed_count + :failed, total = COALESCE(:total, total), beat_count = NULL,
            steps = steps + 1, tries = 0
      WHERE ${HELD}`,
    {
      ...held(row),
      checkpoint: step.checkpoint,
      done: step.done,
      failed: step.failed ?? 0,
      total: step.total ?? null,
    },
  );
  const now = changed === 1 ? await findTask(tx, row.id) : null;
  if (!now) throw new TaskLost(`${row.kind} ${row.id}`);
  return now;
}

/** Ends a task under its token and lets its subject have another. @throws TaskLost */
export async function endTask(
  tx: Tx,
  row: TaskRow,
  end: { state: TaskEnd; at: Instant; note: string | null },
): Promise<void> {
  const changed = await tx.exec(
    `UPDATE task SET state = :state, note = :note, ended_at = :at, open_key = NULL, lease_until = 0,
            beat_count = NULL
      WHERE ${HELD}`,
    { ...held(row), ...end },
  );
  if (changed !== 1) throw new TaskLost(`${row.kind} ${row.id}`);
}

/** Leaves a task to be resumed from `dueAt` on, with so many tries behind it. @throws TaskLost */
export async function giveBackTask(
  tx: Tx,
  row: TaskRow,
  back: { dueAt: number; tries: number },
): Promise<void> {
  const changed = await tx.exec(
    `UPDATE task SET state = 'waiting', lease_until = :dueAt, tries = :tries WHERE ${HELD}`,
    { ...held(row), ...back },
  );
  if (changed !== 1) throw new TaskLost(`${row.kind} ${row.id}`);
}

/** Gives up the tasks that this instance holds (graceful stop); they are resumed at once, here or elsewhere. */
export async function releaseTasks(tx: Tx, holder: string): Promise<void> {
  await tx.exec(
    `UPDATE task SET state = 'waiting', lease_until = 0, token = token + 1, tries = 0
      WHERE holder = :holder AND state = 'running'`,
    { holder },
  );
}

/**
 * Cancels a task that still waits, or asks the instance that runs it to stop after the step in hand.
 * @returns the row as it is now, null when the task has ended already
 */
export async function cancelTask(
  tx: Tx,
  row: TaskRow,
  cancel: { note: string; at: Instant },
): Promise<TaskRow | null> {
  const changed = await tx.exec(
    `UPDATE task SET cancel_asked = 1, note = :note,
            ended_at = CASE WHEN state = 'waiting' THEN :at ELSE ended_at END,
            open_key = CASE WHEN state = 'waiting' THEN NULL ELSE open_key END,
            state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END
      WHERE id = :id AND state IN ('waiting', 'running')`,
    { id: row.id, ...cancel },
  );
  return changed === 1 ? findTask(tx, row.id) : null;
}
