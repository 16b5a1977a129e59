/** A task while an instance holds it: every step and beat passes here, so no kind can forget the token. */
import { auditDeed } from '../act';
import { type Actor, regionCovers, SYSTEM_ACTOR } from '../authority';
import { check } from '../check';
import { RunAgain, type Tx } from '../db/database';
import { Problem } from '../problems';
import { openWork, type Platform, type Work } from '../work';
import type { StepDone, TaskInHand, TaskKind, TaskView } from './task';
import {
  findTask,
  holdTask,
  noteStep,
  TaskCancelled,
  TaskLost,
  type TaskRow,
  TaskStopped,
  viewOf,
} from './task-row';

/** The note of a task whose starter may no longer act. */
const NO_STARTER = '发起人的账号已停用或已不负责该地区，任务自动取消；已办理的部分保留。';

/** What a step left: its value, and the row after it. */
interface Stored<T> {
  row: TaskRow;
  value: T | undefined;
}

export class HeldTask implements TaskInHand {
  /** Why nothing may be written any more, even if the kind should have swallowed the error that said so. */
  private halt: Error | null = null;

  constructor(
    readonly platform: Platform,
    private readonly kind: TaskKind,
    private row: TaskRow,
    private readonly options: { leaseMs: number; stopping: () => boolean },
  ) {}

  get task(): TaskView {
    return viewOf(this.row);
  }

  /** Takings in a row without a stored step, this one included where it has stored none. */
  get tries(): number {
    return this.row.tries;
  }

  step<T>(run: (work: Work) => Promise<StepDone<T>>): Promise<T | undefined> {
    return this.whileHeld(async () => {
      const actor = await this.starter();
      let last: Stored<T> | undefined;
      const stored = await this.platform.db.inTransaction<Stored<T>>(
        async (tx) => {
          last = await this.stepOnce(tx, actor, run);
          return last;
        },
        { resolveUnknownCommit: () => this.lookUp(last) },
      );
      this.row = stored.row;
      return stored.value;
    });
  }

  beat(progress: { done?: number; total?: number } = {}): Promise<void> {
    return this.whileHeld(async () => {
      await this.starter();
      this.row = await this.platform.db.inTransaction(async (tx) => {
        await holdTask(tx, this.row, { ...progress, leaseUntil: this.leaseUntil() });
        return (await findTask(tx, this.row.id)) as TaskRow;
      });
    });
  }

  /** @throws what halted the task, where the kind went on as if nothing had been. */
  requireHeld(): void {
    if (this.halt) throw this.halt;
  }

  private async whileHeld<T>(run: () => Promise<T>): Promise<T> {
    this.requireHeld();
    try {
      if (this.options.stopping()) throw new TaskStopped(this.row.id);
      return await run();
    } catch (error) {
      const halts = [TaskLost, TaskCancelled, TaskStopped].some((kind) => error instanceof kind);
      if (halts) this.halt = error as Error;
      throw error;
    }
  }

  /** Whoever started the task, with the rights of this moment. @throws TaskCancelled */
  private async starter(): Promise<Actor> {
    const { started_by: id, region_code: region } = this.row;
    if (id === SYSTEM_ACTOR.id) return SYSTEM_ACTOR;
    const actor = await this.platform.authority.byId(id);
    if (!actor || !regionCovers(actor.region, region)) throw new TaskCancelled(NO_STARTER);
    return actor;
  }

  private async stepOnce<T>(
    tx: Tx,
    actor: Actor,
    run: (work: Work) => Promise<StepDone<T>>,
  ): Promise<Stored<T>> {
    const { row, kind } = this;
    await holdTask(tx, row, { leaseUntil: this.leaseUntil() });
    const requestId = `${kind.name}/${row.id}`;
    const work = openWork(this.platform, tx, actor, requestId, row.business_date);
    const { value, ...done } = await run(work).catch(again);
    check(!work.refusal, `A step of ${kind.name} has nobody whom it could refuse after commit`);
    if (work.changes.length > 0) {
      await auditDeed(work, {
        act: kind.name,
        title: kind.title,
        place: { region: row.region_code, org: row.bank_id },
        subject: { kind: 'task', id: row.id },
        body: { input: { checkpoint: row.checkpoint }, answer: done },
      });
    }
    return { row: await noteStep(tx, row, done), value };
  }

  /** After a connection was lost during COMMIT: the count of stored steps tells whether it happened. */
  private async lookUp<T>(last: Stored<T> | undefined): Promise<Stored<T> | undefined> {
    const now = await findTask(this.platform.db.reader(), this.row.id);
    if (now?.token !== this.row.token) throw new TaskLost(this.row.id);
    return now.steps > this.row.steps ? last : undefined;
  }

  private leaseUntil(): number {
    return this.platform.clock.now() + this.options.leaseMs;
  }
}

/** A row that another changed between our reading and our writing it: the step is done anew on what is there now. */
function again(error: unknown): never {
  if (error instanceof Problem && error.kind === 'stale') {
    throw new RunAgain('A row of the step was changed meanwhile', { cause: error });
  }
  throw error;
}
