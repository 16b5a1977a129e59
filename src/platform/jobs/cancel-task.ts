/**
 * Cancelling a long task: at once while it waits, after the step in hand while it runs. Whoever may cancel tasks in
 * the region may cancel it, a bank's people only their own bank's. What was done stays done.
 */
import { defineAct } from '../act';
import type { Actor } from '../authority';
import { PlatformProblem } from '../problems';
import { codeField, idField, shape } from '../shape';
import { TaskProblem } from './problems';
import { cancelTask as cancelRow, findTask, type TaskRow } from './task-row';

interface Input {
  taskId: string;
}

interface Answer {
  taskId: string;
  /** `running`: it stops after the step in hand. */
  state: 'running' | 'cancelled';
}

/** Region is the pipeline's affair; a task that is no bank's is none of a bank's. */
function strangeToBank(actor: Actor, task: TaskRow): boolean {
  const { organisation } = actor;
  return organisation?.kind === 'bank' && organisation.rootId !== task.bank_id;
}

export const cancelTask = defineAct({
  name: 'platform.cancel-task',
  title: '取消任务',
  permission: 'tasks.cancel',
  input: shape<Input>({ taskId: idField('任务编号') }),
  answer: shape<Answer>({
    taskId: idField('任务编号'),
    state: codeField(['running', 'cancelled'], 'running 将在当前一步后停止，cancelled 已取消'),
  }),
  locate: async (work, input) => {
    const task = await findTask(work.tx, input.taskId);
    if (!task || strangeToBank(work.actor, task)) throw PlatformProblem.absent();
    return { region: task.region_code, org: task.bank_id, task };
  },
  run: async (work, _input, { task }): Promise<Answer> => {
    const note = `由${work.actor.name}取消；已办理的部分保留。`;
    const now = await cancelRow(work.tx, task, { note, at: work.now });
    if (!now) throw TaskProblem.taskEnded();
    work.record({
      subject: { kind: 'task', id: task.id },
      related: [{ kind: task.subject_kind, id: task.subject_id }],
      before: { state: task.state },
      after: { state: now.state, cancelAsked: true },
    });
    return { taskId: task.id, state: now.state as Answer['state'] };
  },
});
