/** 试算评分表: starts the long task that tries a proposed scorecard on all ratings in force. Nothing is changed by it. */
import { defineAct } from '../platform/act';
import { startTask } from '../platform/jobs/task';
import { answer, idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { proposedRow } from '../policy';
import { cardSimulating } from './card-simulating';
import { CreditProblem } from './problems';
import { scorecardParameter } from './scorecard-parameter';

export const simulateCard = defineAct({
  name: 'credit.simulate-card',
  title: '试算评分表',
  permission: 'credit.simulate-card',
  input: shape<{ rowId: string }>({ rowId: idField('待确认的规定编号') }),
  answer: shape({
    rowId: idField(),
    contentDigest: answer.text().description('所试算的内容'),
    taskId: idField('任务编号'),
  }),
  locate: async (work: Work, { rowId }) => {
    const row = await proposedRow(work.tx, scorecardParameter, rowId);
    if (!row) throw CreditProblem.cardNotProposed();
    return { region: row.region, row };
  },
  run: async (work, { rowId }, { row }) => {
    const { region, contentDigest, effectiveFrom } = row;
    const subject = { kind: 'policy-row', id: rowId };
    work.record({ subject, after: { contentDigest } });
    const title = `试算 ${effectiveFrom} 起的评分表`;
    const taskId = await startTask(work, cardSimulating, { subject, region, title });
    return { rowId, contentDigest, taskId };
  },
});
