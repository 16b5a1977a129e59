/** Repayment schedules: the face of the module. Nothing else of it may be imported from outside. */
export { type Amount, amount, fenOf } from './exact';
export { type Events, type Line, type Schedule, scheduleOf } from './schedule';
export { scheduleCommand } from './schedule-command';
export { schedulesRoutes } from './schedules.routes';
export type { Method, Terms } from './terms';
