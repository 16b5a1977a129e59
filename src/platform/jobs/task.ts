/**
 * Long tasks: work of minutes (an import, a round of ratings) that an officer starts by an act and watches. A module
 * declares a kind; an act of its own starts a task of that kind; the runner does the work in steps.
 *
 * Laws:
 * - A step is one transaction: the work, its checkpoint, its counts and its audit entry stand or fall together. A task
 *   killed anywhere goes on at its checkpoint and ends equal to an undisturbed one.
 * - A kind keeps nothing between steps that it could not find again from the checkpoint.
 * - What was done before a cancel or a failure stays done; the task says how far it came.
 * - Each step is done by the person who started the task, with the rights of today. Somebody who is disabled or moved
 *   meanwhile starts nothing any more, so the task is cancelled.
 * - One open task of a kind per subject.
 */
import { isUniqueViolation } from '../db/errors';
import type { Platform, Subject, Work } from '../work';
import { TaskProblem } from './problems';
import { insertTask, type TaskView } from './task-row';

export {
  TaskCancelled,
  TaskLost,
  type TaskState,
  TaskStopped,
  type TaskView,
} from './task-row';

/** A kind of long task, as its module declares it. */
export interface TaskKind {
  /** `<module>.<what>`, at most 60 characters; stable, it stands in the rows and in the audit. */
  readonly name: string;
  /** What an officer calls it; the title of the audit entries of its steps. */
  readonly title: string;
  /**
   * Does the work from `job.task.checkpoint` on, in steps. Returns a note in Chinese for the screen, or null.
   * A Problem (or CheckFailed) ends the task as failed with its message; any other error leaves it to be resumed.
   * It must let TaskLost, TaskCancelled and TaskStopped pass.
   */
  run(job: TaskInHand): Promise<string | null>;
}

/** Declares a kind of task; `src/app.ts` lists it. */
export function defineTask(kind: TaskKind): TaskKind {
  return kind;
}

/** What one step did. */
export interface StepDone<T> {
  /** Where to go on after this step (500 characters at most, no personal data); null leaves it where it was. */
  checkpoint: string | null;
  /** Records done and records that could not be, both added to the counts so far. */
  done: number;
  failed?: number;
  /** How many records there are in all, once it is known. */
  total?: number;
  value?: T;
}

/** A task as its kind works on it. */
export interface TaskInHand {
  /** As of the last step or beat. */
  readonly task: TaskView;
  readonly platform: Platform;
  /**
   * One transaction as the person who started the task, on the business date of its start. The row of the task is
   * written first, under its token; checkpoint and counts go in with the work; what was recorded becomes one audit
   * entry. The whole function runs again after a deadlock, and when a row it had loaded was changed meanwhile.
   * @returns the value that `run` gave
   * @throws TaskLost, TaskCancelled; a Problem of `run` when it refused: nothing of the step is stored then
   */
  step<T>(run: (work: Work) => Promise<StepDone<T>>): Promise<T | undefined>;
  /**
   * During long reading between steps: renews the lease (a minute), shows progress, notices a cancel. Call it every
   * few seconds of work. `done` is how far the task has come in all; the next step puts the count of the steps back.
   * @throws TaskLost, TaskCancelled
   */
  beat(progress?: { done?: number; total?: number }): Promise<void>;
}

/** What a task is about. */
export interface TaskStart {
  /** The record that has at most one open task of the kind. */
  subject: Subject;
  /** Region that the task stands in; who covers it sees it. */
  region: string;
  /** What this one is called, e.g. with the name of the file; no personal data. 120 characters at most. */
  title: string;
  total?: number;
}

/**
 * Inside an act: makes a waiting task, which the runner takes up when the act has committed.
 * @returns the id of the task
 * @throws Problem platform.task-open
 */
export async function startTask(work: Work, kind: TaskKind, of: TaskStart): Promise<string> {
  const id = work.newId();
  try {
    await insertTask(work, { id, kind: kind.name, ...of });
  } catch (error) {
    if (!isUniqueViolation(error, 'task')) throw error;
    throw TaskProblem.taskOpen({ detail: kind.title });
  }
  work.record({
    subject: { kind: 'task', id },
    related: [of.subject],
    after: { kind: kind.name, title: of.title },
  });
  return id;
}
