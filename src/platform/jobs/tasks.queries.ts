/** Long tasks as officers watch them: those of their region, a bank's people those of their bank. */
import { isoInstant } from '../clock';
import { PlatformProblem } from '../problems';
import { defineQuery, type Page, pageFields, pageOf, readPage } from '../query';
import { answer, codeField, idField, regionField, shape, textField } from '../shape';
import { type TaskRow, type TaskState, type TaskView, viewOf } from './task-row';

interface TaskAnswer extends Omit<TaskView, 'checkpoint' | 'createdAt' | 'endedAt'> {
  /** A running task that stops after the step in hand. */
  cancelAsked: boolean;
  createdAt: string;
  endedAt: string | null;
}

const STATES: readonly TaskState[] = ['waiting', 'running', 'done', 'failed', 'cancelled'];

const taskShape = () =>
  shape<TaskAnswer>({
    id: idField('任务编号'),
    kind: answer.text('种类'),
    title: answer.text('标题'),
    subject: shape({ kind: answer.text('对象种类'), id: answer.text('对象编号') }),
    region: regionField('地区'),
    state: codeField(
      STATES,
      'waiting 等待, running 办理中, done 完成, failed 失败, cancelled 已取消',
    ),
    cancelAsked: answer.flag('已要求取消'),
    total: answer.count('总数').allow(null),
    done: answer.count('已办'),
    failed: answer.count('未能办理'),
    note: answer.text('说明').allow(null),
    startedBy: answer.text('发起人编号'),
    startedByName: answer.text('发起人'),
    createdAt: answer.instant('发起时刻'),
    endedAt: answer.instant('结束时刻').allow(null),
  });

function answerOf(row: TaskRow): TaskAnswer {
  const { checkpoint: _, createdAt, endedAt, ...view } = viewOf(row);
  return {
    ...view,
    cancelAsked: row.cancel_asked === 1,
    createdAt: isoInstant(createdAt),
    endedAt: endedAt === null ? null : isoInstant(endedAt),
  };
}

interface ListInput {
  kind?: string;
  state?: TaskState;
  after?: string;
  size?: number;
}

/** Tasks, newest first. */
export const listTasks = defineQuery<ListInput, Page<TaskAnswer>>({
  name: 'platform.tasks',
  title: '任务列表',
  permission: 'tasks.read',
  input: shape<ListInput>({
    kind: textField(60, '种类').optional(),
    state: codeField(STATES, '状态').optional(),
    ...pageFields,
  }),
  answer: pageOf(taskShape()),
  run: async (read, input) => {
    const page = await readPage<TaskRow>(
      read,
      `SELECT t.* FROM task t
        WHERE {scope:t.region_code,t.bank_id} AND (:kind IS NULL OR t.kind = :kind)
          AND (:state IS NULL OR t.state = :state) AND {after}`,
      { kind: input.kind ?? null, state: input.state ?? null },
      {
        keys: [
          { sql: 't.created_at', field: 'created_at' },
          { sql: 't.id', field: 'id' },
        ],
        direction: 'desc',
      },
      input,
    );
    return { next: page.next, items: page.items.map(answerOf) };
  },
});

/** One task. */
export const showTask = defineQuery<{ taskId: string }, TaskAnswer>({
  name: 'platform.task',
  title: '任务进度',
  permission: 'tasks.read',
  input: shape<{ taskId: string }>({ taskId: idField('任务编号') }),
  answer: taskShape(),
  run: async (read, { taskId }) => {
    const row = await read.one<TaskRow>(
      'SELECT t.* FROM task t WHERE t.id = :taskId AND {scope:t.region_code,t.bank_id}',
      { taskId },
    );
    if (!row) throw PlatformProblem.absent();
    return answerOf(row);
  },
});
