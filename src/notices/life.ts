/**
 * The lives of a notice and of an objection: which act is possible in which state. What is not in these tables is
 * refused, whatever else may be in order.
 */
import type { Problem, ProblemInfo } from '../platform/problems';
import type { NoticeState } from './notice';
import type { ObjectionState } from './objection';
import { P } from './problems';

interface Steps<State> {
  in: readonly State[];
  otherwise: (info?: ProblemInfo) => Problem;
}

/** What may be done with a notice, and in which of its states. */
export const NOTICE_LIFE = {
  /** One more item on a sheet that hangs nowhere yet. */
  join: { in: ['posting'], otherwise: P.notPosting },
  post: { in: ['posting'], otherwise: P.notPosting },
  attachPhoto: { in: ['posting', 'running'], otherwise: P.photoTooLate },
  object: { in: ['posting', 'running'], otherwise: P.notOnShow },
  close: { in: ['running'], otherwise: P.stillRunning },
  takeDown: { in: ['running', 'ended', 'stopped'], otherwise: P.stillRunning },
} as const satisfies Readonly<Record<string, Steps<NoticeState>>>;

/** What may be done with an objection. Reading it, and who raised it, is possible for ever. */
export const OBJECTION_LIFE = {
  addEvidence: { in: ['open'], otherwise: P.alreadyDecided },
  check: { in: ['open'], otherwise: P.alreadyDecided },
  decide: { in: ['open'], otherwise: P.alreadyDecided },
  read: { in: ['open', 'upheld', 'dismissed'], otherwise: P.alreadyDecided },
  reveal: { in: ['open', 'upheld', 'dismissed'], otherwise: P.alreadyDecided },
} as const satisfies Readonly<Record<string, Steps<ObjectionState>>>;

/** Whether the step goes with the state. */
export function mayStep<State>(step: Steps<State>, state: State): boolean {
  return step.in.includes(state);
}

/** @throws Problem when the step does not go with the state. */
export function requireStep<State>(step: Steps<State>, state: State, info?: ProblemInfo): void {
  if (!mayStep(step, state)) throw step.otherwise(info);
}
