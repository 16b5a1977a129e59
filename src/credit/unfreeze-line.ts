/**
 * 解冻额度: a bank's approver lifts a freeze, never the person who put it on, and not while the arrears that bring
 * a freeze by the rules still stand: the next night would only freeze it again. Modules above may keep it on too.
 */
import { defineAct } from '../platform/act';
import { idField, shape, textField } from '../platform/shape';
import { LineStore } from './credit-line.store';
import { repaymentRecordOf } from './evidence';
import { lineAnswer, locateLine, shownPeriod } from './line-act';
import { lineUnfreezing } from './line-events';
import { lineRulesOn } from './line-rules';
import { CreditProblem } from './problems';

export const unfreezeLine = defineAct({
  name: 'credit.unfreeze-line',
  title: '解冻额度',
  permission: 'credit.unfreeze-line',
  input: shape<{ householdId: string; reason: string }>({
    householdId: idField('农户编号'),
    reason: textField(200, '解冻理由'),
  }),
  answer: lineAnswer(),
  locate: async (work, input) => {
    const located = await locateLine(work, input);
    return { ...located, freezer: await new LineStore(work).freezerOf(located.standing.period) };
  },
  duty: async (work, _input, { freezer }) => {
    if (freezer?.id === work.actor.id) throw CreditProblem.lineOwnFreeze();
  },
  run: async (work, { householdId, reason }, { region, standing, freezer }) => {
    const { value: rules } = await lineRulesOn(work.tx, region, work.today);
    const { overdueNowDays } = await repaymentRecordOf(work.tx, householdId, work.today);
    if (overdueNowDays > rules.overdue.daysOver) {
      throw CreditProblem.lineTriggerStands({ detail: `已逾期 ${overdueNowDays} 天` });
    }
    await work.emit(lineUnfreezing, { householdId });
    const change = { cause: 'UNFREEZE', reason, ...(freezer ? { other: freezer } : {}) } as const;
    return shownPeriod(await new LineStore(work).change(standing, change));
  },
});
