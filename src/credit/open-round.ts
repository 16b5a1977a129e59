/**
 * 开展一轮评级 (整村、整乡镇、全县): opens a round for a place under the card of the day, and starts the long task that
 * opens a file for every listed household there.
 */
import { requireRegion } from '../identity';
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { startTask } from '../platform/jobs/task';
import { answer, dateField, idField, Joi, regionField, shape, textField } from '../platform/shape';
import { policyAsOf } from '../policy';
import { CreditProblem } from './problems';
import type { RatingRound } from './round.entity';
import { RoundStore } from './round.store';
import { roundOpening } from './round-opening';
import { scorecardParameter } from './scorecard-parameter';

interface Input {
  region: string;
  title: string;
  dueOn: BusinessDate;
  includeValid: boolean;
}

export const openRound = defineAct({
  name: 'credit.open-round',
  title: '开展一轮评级',
  permission: 'credit.open-round',
  input: shape<Input>({
    region: regionField('村、乡镇或县'),
    title: textField(60, '名称，如“2018 年全县评级”'),
    dueOn: dateField('截止日期'),
    includeValid: Joi.boolean()
      .default(false)
      .optional()
      .description('现有授信在截止之后仍有效的户也重新评级'),
  }),
  answer: shape({
    roundId: idField(),
    taskId: idField('建档任务编号'),
    scorecardRowId: answer.text(),
    provisional: answer.flag('评分表是否暂定'),
    version: answer.count(),
  }),
  locate: async (work, input) => {
    await requireRegion(work, input.region, 'county', 'township', 'village');
    return { region: input.region };
  },
  run: async (work, input) => {
    const { region, title, dueOn, includeValid } = input;
    const { today: date, actor } = work;
    if (dueOn < date) {
      throw CreditProblem.roundDue({ fields: [{ field: 'dueOn', reason: '不得早于今日' }] });
    }
    const card = await policyAsOf(work.tx, scorecardParameter, { region, date });
    const round: RatingRound = {
      id: work.newId(),
      regionCode: region,
      title,
      dueOn,
      includeValid,
      scorecardRowId: card.rowId,
      state: 'open',
      openedBy: actor.id,
      openedByName: actor.name,
      openedOn: date,
      closedBy: null,
      closedByName: null,
      closedOn: null,
      openKey: region,
      version: 1,
    };
    await new RoundStore(work).add(round);
    const subject = { kind: 'rating-round', id: round.id };
    work.record({
      subject,
      related: [{ kind: 'policy-row', id: card.rowId }],
      after: { state: 'open', region, dueOn, includeValid, scorecardRowId: card.rowId },
    });
    const taskId = await startTask(work, roundOpening, { subject, region, title });
    const { rowId: scorecardRowId, provisional } = card;
    return { roundId: round.id, taskId, scorecardRowId, provisional, version: 1 };
  },
});
