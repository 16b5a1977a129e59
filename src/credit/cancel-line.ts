/**
 * 取消额度: a bank's officer takes a line away, with a reason. Running loans go on as they are; only a new rating
 * gives a line again. The household may appeal.
 */
import { defineAct } from '../platform/act';
import { idField, shape, textField } from '../platform/shape';
import { LineStore } from './credit-line.store';
import { lineAnswer, locateLine, shownPeriod } from './line-act';

export const cancelLine = defineAct({
  name: 'credit.cancel-line',
  title: '取消额度',
  permission: 'credit.cancel-line',
  input: shape<{ householdId: string; reason: string }>({
    householdId: idField('农户编号'),
    reason: textField(200, '取消理由'),
  }),
  answer: lineAnswer(),
  locate: locateLine,
  run: async (work, { reason }, { standing }) =>
    shownPeriod(await new LineStore(work).change(standing, { cause: 'CANCEL', reason })),
});
