/**
 * 冻结额度: a bank's officer stops new lending on a line, with a reason, at once and alone: it harms nobody to
 * wait. Running loans go on as they are. Lifting the freeze takes another person (`unfreeze-line.ts`).
 */
import { defineAct } from '../platform/act';
import { idField, shape, textField } from '../platform/shape';
import { LineStore } from './credit-line.store';
import { lineAnswer, locateLine, shownPeriod } from './line-act';

export const freezeLine = defineAct({
  name: 'credit.freeze-line',
  title: '冻结额度',
  permission: 'credit.freeze-line',
  input: shape<{ householdId: string; reason: string }>({
    householdId: idField('农户编号'),
    reason: textField(200, '冻结理由'),
  }),
  answer: lineAnswer(),
  locate: locateLine,
  run: async (work, { reason }, { standing }) =>
    shownPeriod(await new LineStore(work).change(standing, { cause: 'FREEZE', reason })),
});
