/** The screens of long tasks. Starting one is the act of the module whose kind it is. */
import { get, post, type Route } from '../http/routes';
import { cancelTask } from './cancel-task';
import { listTasks, showTask } from './tasks.queries';

export const tasksRoutes: readonly Route[] = [
  get('/tasks', listTasks),
  get('/tasks/:taskId', showTask),
  post('/tasks/:taskId/cancel', cancelTask, { status: 200 }),
];
