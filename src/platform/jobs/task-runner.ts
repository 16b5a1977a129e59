/**
 * The task runner: takes the tasks that wait, oldest first, one at a time, and what another instance left when it
 * died. It knows no kind; what a task does is its kind's affair.
 */
import { CheckFailed } from '../check';
import type { Tx } from '../db/database';
import { Problem } from '../problems';
import type { Platform } from '../work';
import { HeldTask } from './held-task';
import type { TaskKind } from './task';
import {
  dueTask,
  endTask,
  giveBackTask,
  TaskCancelled,
  type TaskEnd,
  TaskLost,
  type TaskRow,
  TaskStopped,
  takeTask,
} from './task-row';
import { codeOf } from './trouble';

/** How a runner behaves. Times in milliseconds. */
export interface TaskRunnerOptions {
  /** Names this instance in the rows. */
  holder: string;
  leaseMs?: number;
  /** Takings in a row without a stored step after which a task fails; a killed process counts too. */
  mostTries?: number;
  /** Pause after the first failed try; the second pause is twice as long. */
  pauseMs?: number;
}

const BROKEN = '系统错误，任务多次中断后停止；已办理的部分保留，请联系管理员后重新发起。';

/** Runs the long tasks of one service instance. */
export class TaskRunner {
  private readonly kinds: ReadonlyMap<string, TaskKind>;
  private readonly options: Required<TaskRunnerOptions>;
  private stopping = false;

  /** @throws Error when two kinds have one name. */
  constructor(
    private readonly platform: Platform,
    kinds: readonly TaskKind[],
    options: TaskRunnerOptions,
  ) {
    this.kinds = new Map(kinds.map((kind) => [kind.name, kind]));
    if (this.kinds.size < kinds.length) throw new Error('Two kinds of task have one name');
    this.options = { leaseMs: 60_000, mostTries: 3, pauseMs: 10_000, ...options };
  }

  /** Makes the runner give its task back after the step in hand (graceful stop). */
  stop(): void {
    this.stopping = true;
  }

  /**
   * Runs what waits until nothing waits. Returns how many tasks were taken.
   * @throws what broke a task unexpectedly; the task is resumed after a pause, so calling again is right
   */
  async runWaiting(): Promise<number> {
    let taken = 0;
    for (;;) {
      const row = this.stopping ? null : await this.takeNext();
      if (!row) return taken;
      taken += 1;
      await this.runTask(row);
    }
  }

  private async takeNext(): Promise<TaskRow | null> {
    const { holder, leaseMs } = this.options;
    const { db, clock } = this.platform;
    for (;;) {
      // Kinds that only a newer instance knows are left to it.
      const id = await dueTask(db.reader(), [...this.kinds.keys()], clock.now());
      if (id === null) return null;
      const row = await db.inTransaction((tx) =>
        takeTask(tx, { id, holder, now: clock.now(), leaseMs }),
      );
      if (row) return row;
    }
  }

  private async runTask(row: TaskRow): Promise<void> {
    const kind = this.kinds.get(row.kind) as TaskKind;
    if (row.cancel_asked === 1) return this.end(row, 'cancelled', row.note);
    if (row.tries > this.options.mostTries) return this.end(row, 'failed', BROKEN);
    const { leaseMs } = this.options;
    const task = new HeldTask(this.platform, kind, row, {
      leaseMs,
      stopping: () => this.stopping,
    });
    try {
      const note = await kind.run(task);
      task.requireHeld();
      await this.end(row, 'done', note);
    } catch (error) {
      await this.endAfter(row, error, task.tries);
    }
  }

  private async endAfter(row: TaskRow, error: unknown, tries: number): Promise<void> {
    if (error instanceof TaskLost) return;
    if (error instanceof TaskCancelled) return this.end(row, 'cancelled', error.message);
    if (error instanceof TaskStopped) return this.giveBack(row, 0, 0);
    const { log, clock } = this.platform;
    log.error({ task: row.id, kind: row.kind, code: codeOf(error) }, 'task failed');
    if (error instanceof Problem || error instanceof CheckFailed) {
      return this.end(row, 'failed', error.message);
    }
    const { mostTries, pauseMs } = this.options;
    if (tries >= mostTries) await this.end(row, 'failed', BROKEN);
    else await this.giveBack(row, clock.now() + Math.max(tries, 1) * pauseMs, tries);
    throw error;
  }

  private end(row: TaskRow, state: TaskEnd, note: string | null): Promise<void> {
    const at = this.platform.clock.now();
    return this.write(row, (tx) =>
      endTask(tx, row, { state, at, note: note?.slice(0, 500) ?? null }),
    );
  }

  private giveBack(row: TaskRow, dueAt: number, tries: number): Promise<void> {
    return this.write(row, (tx) => giveBackTask(tx, row, { dueAt, tries }));
  }

  /** What cannot be written now is left to the lease: when it has ended, the task is taken again. */
  private async write(row: TaskRow, write: (tx: Tx) => Promise<void>): Promise<void> {
    try {
      await this.platform.db.inTransaction(write);
    } catch (error) {
      this.platform.log.warn({ task: row.id, code: codeOf(error) }, 'task could not be let go');
    }
  }
}
