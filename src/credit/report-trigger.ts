/**
 * 报告触发事项: an officer who found that a loan is used for something else reports it, with what shows it; the line
 * is frozen, lowered or cancelled as the rules of the day say. Other modules report through `reportLineTrigger`.
 */
import { defineAct } from '../platform/act';
import { codeField, idField, shape, textField } from '../platform/shape';
import { lineAnswer, locateLine, shownPeriod } from './line-act';
import { REPORTED_TRIGGERS, type ReportedTrigger, reportLineTrigger } from './line-trigger';

interface Input {
  householdId: string;
  trigger: ReportedTrigger;
  evidence: string;
}

export const reportTrigger = defineAct({
  name: 'credit.report-trigger',
  title: '报告触发事项',
  permission: 'credit.report-trigger',
  input: shape<Input>({
    householdId: idField('农户编号'),
    trigger: codeField(REPORTED_TRIGGERS, '触发事项'),
    evidence: textField(400, '核查情况和依据'),
  }),
  answer: lineAnswer(),
  locate: locateLine,
  run: async (work, input, { standing }) => {
    const changed = await reportLineTrigger(work, input);
    if (!changed) {
      // The report itself is kept, also where the line is already down.
      work.record({
        subject: { kind: 'credit-line', id: input.householdId },
        related: [{ kind: 'household', id: input.householdId }],
        after: { trigger: input.trigger, changed: false },
      });
    }
    return shownPeriod(changed ?? standing.period);
  },
});
