/**
 * 结束一轮评级: a round takes no more files and nothing more is done to all of it at once. What is not finished stays
 * as it is and goes its way household by household.
 */
import { defineAct } from '../platform/act';
import { answer, idField, shape, versionField } from '../platform/shape';
import { RoundStore } from './round.store';
import { locatePart, requireRoundOpen } from './round-part';

export const closeRound = defineAct({
  name: 'credit.close-round',
  title: '结束一轮评级',
  permission: 'credit.open-round',
  input: shape<{ roundId: string; version: number }>({
    roundId: idField('评级轮次编号'),
    version: versionField(),
  }),
  answer: shape({
    roundId: idField(),
    state: answer.text(),
    unfinished: answer.count('尚未办结的档案数'),
    version: answer.count(),
  }),
  locate: (work, { roundId }) => locatePart(work, { roundId }),
  run: async (work, input, { round }) => {
    requireRoundOpen(round);
    const { actor, today } = work;
    const store = new RoundStore(work);
    const closed = await store.change(
      { ...round, version: input.version },
      {
        ...{ state: 'closed', closedBy: actor.id, closedByName: actor.name, closedOn: today },
        openKey: null,
      },
    );
    const unfinished = await store.countUnfinished(round.id);
    work.record({
      subject: { kind: 'rating-round', id: round.id },
      before: { state: 'open' },
      after: { state: 'closed', unfinished },
    });
    return { roundId: round.id, state: closed.state, unfinished, version: closed.version };
  },
});
