/**
 * 调减额度: a bank's officer lowers a line, with a reason. What is already lent stays lent: when it exceeds the new
 * line, nothing more is available until it is repaid. The household may appeal.
 */
import { defineAct } from '../platform/act';
import type { Fen } from '../platform/money';
import { idField, shape, textField, yuanField } from '../platform/shape';
import { LineStore } from './credit-line.store';
import { lineAnswer, locateLine, shownPeriod } from './line-act';
import { CreditProblem } from './problems';

export const lowerLine = defineAct({
  name: 'credit.lower-line',
  title: '调减额度',
  permission: 'credit.lower-line',
  input: shape<{ householdId: string; total: Fen; reason: string }>({
    householdId: idField('农户编号'),
    total: yuanField('调减后的授信总额(元)'),
    reason: textField(200, '调减理由'),
  }),
  answer: lineAnswer(),
  locate: locateLine,
  run: async (work, { total, reason }, { standing }) => {
    if (total >= standing.period.totalFen) throw CreditProblem.lineNotLower();
    const change = { cause: 'LOWER', totalFen: total, reason } as const;
    return shownPeriod(await new LineStore(work).change(standing, change));
  },
});
