/**
 * 批量测算: computes every file of a round, or of a part of it, that is complete; the others are left as they are and
 * told with what they lack. The same rule and rows as one by one.
 */
import { defineAct } from '../platform/act';
import { regionPrefix } from '../platform/authority';
import { startTask } from '../platform/jobs/task';
import { ZERO_FEN } from '../platform/money';
import { answer, idField, shape } from '../platform/shape';
import { CreditProblem } from './problems';
import { RoundStore } from './round.store';
import { roundComputing } from './round-computing';
import { locatePart, partFields, type RoundPart, requireRoundOpen } from './round-part';
import { RunStore } from './round-run.store';

export const computeRound = defineAct({
  name: 'credit.compute-round',
  title: '批量测算评级',
  permission: 'credit.compute',
  input: shape<RoundPart>(partFields),
  answer: shape({
    runId: idField('批量办理编号'),
    taskId: idField('任务编号'),
    records: answer.count('正在采集的档案数'),
  }),
  locate: locatePart,
  run: async (work, _input, { round, region }) => {
    requireRoundOpen(round);
    const records = await new RoundStore(work).countCollecting(round.id, regionPrefix(region));
    if (records === 0) throw CreditProblem.roundEmpty();
    const run = await new RunStore(work).add({
      ...{ roundId: round.id, regionCode: region, step: 'compute', records, lineFen: ZERO_FEN },
    });
    const subject = { kind: 'round-run', id: run.id };
    work.record({
      subject,
      related: [{ kind: 'rating-round', id: round.id }],
      after: { step: 'compute', region, records },
    });
    const { title } = round;
    const taskId = await startTask(work, roundComputing, {
      subject,
      region,
      title,
      total: records,
    });
    return { runId: run.id, taskId, records };
  },
});
