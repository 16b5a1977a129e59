/** Refusals about long tasks. */
import { catalogue } from '../problems';

export const TaskProblem = catalogue('platform', {
  taskOpen: {
    kind: 'conflict',
    title: '同一事项已有任务在办理',
    advice: '请等待该任务结束，或取消后重新发起。',
  },
  taskEnded: {
    kind: 'refused',
    title: '任务已经结束',
    advice: '已结束的任务不能取消；请重新载入任务列表。',
  },
});
