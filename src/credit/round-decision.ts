/**
 * Signing all ratings of a round, or of a part of it, that wait for a step and need no look of their own: as computed,
 * each by the act of a single rating, with its own step, digest and people. What may not pass is left and told.
 * Tried dry, an act tells beforehand how many pass, what lines they give together, and what is left.
 */
import { regionPrefix } from '../platform/authority';
import { startTask, type TaskKind } from '../platform/jobs/task';
import { type Fen, yuan } from '../platform/money';
import { answer, idField, Joi, listOf, shape, yuanField } from '../platform/shape';
import type { Work } from '../platform/work';
import { CreditProblem } from './problems';
import type { SigningStep } from './round';
import type { RatingRound } from './round.entity';
import { partFields, type RoundPart, requireRoundOpen } from './round-part';
import { RunStore, type Sorted } from './round-run.store';

/** A part of a round, and what was shown of it. */
export interface RoundDecision extends RoundPart {
  records?: number;
  line?: Fen;
}

export const roundDecision = shape<RoundDecision>({
  ...partFields,
  records: Joi.number().integer().min(0).optional().description('所见可办理的户数，不符则不办理'),
  line: yuanField('所见额度合计，不符则不办理').optional(),
});

export const roundDecisionAnswer = shape({
  runId: idField('批量办理编号'),
  taskId: idField('任务编号'),
  records: answer.count('可办理的评级数'),
  line: answer.yuan('可办理的额度合计'),
  left: listOf(shape({ reason: answer.text(), count: answer.count() })).description(
    '不能批量办理的，按原因',
  ),
});

/** Writes down what is to be signed and starts the task. */
export async function startSigning(
  work: Work,
  { input, round, region }: { input: RoundDecision; round: RatingRound; region: string },
  step: SigningStep,
  task: TaskKind,
) {
  requireRoundOpen(round);
  const store = new RunStore(work);
  const prefix = regionPrefix(region);
  const sorted = await store.sort(round.id, step, prefix);
  requireSeen(input, sorted);
  const { records, lineFen, left } = sorted;
  const run = await store.add({ roundId: round.id, regionCode: region, step, records, lineFen });
  await store.fill(run, step, prefix);
  const subject = { kind: 'round-run', id: run.id };
  work.record({
    subject,
    related: [{ kind: 'rating-round', id: round.id }],
    after: { step, region, records, line: yuan(lineFen), left },
  });
  const { title } = round;
  const taskId = await startTask(work, task, { subject, region, title, total: records });
  return { runId: run.id, taskId, records, line: yuan(lineFen), left };
}

/** @throws Problem credit.round-empty, round-seen */
function requireSeen(input: RoundDecision, { records, lineFen, left }: Sorted): void {
  if (records === 0 && left.length === 0) throw CreditProblem.roundEmpty();
  const other =
    (input.records !== undefined && input.records !== records) ||
    (input.line !== undefined && input.line !== lineFen);
  if (other) {
    const detail = `现为 ${records} 户，额度合计 ${yuan(lineFen)} 元`;
    throw CreditProblem.roundSeen({ detail });
  }
}
