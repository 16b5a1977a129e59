/**
 * Checking an objection: the township goes to the household and writes down what it found; the county decides on
 * that. What the township writes is for the officers; what the complainant is told is the county's answer.
 */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, shape, textField } from '../platform/shape';
import { OBJECTION_LIFE, requireStep } from './life';
import { NoticeStore } from './notice.store';
import { CHECK_OUTCOMES, type CheckOutcome, checkIsLate } from './objection';
import { locateObjection, stageDuty, storyOf, strangerDuty } from './objection-duty';
import { P } from './problems';

interface Input {
  objectionId: string;
  outcome: CheckOutcome;
  checkText: string;
}

/** Registers what the township found. */
export const checkObjection = defineAct({
  name: 'notices.check-objection',
  title: '核查异议',
  permission: 'notices.check-objection',
  input: shape<Input>({
    objectionId: idField('异议编号'),
    outcome: codeField(CHECK_OUTCOMES, '属实、不属实或无法核实'),
    checkText: textField(1000, '核查情况(不得写入异议人信息)'),
  }),
  answer: shape({
    objectionId: idField(),
    checkedOn: answer.date(),
    late: answer.flag('已逾核查期限'),
    decideBy: answer.date('县级处理期限').allow(null),
  }),
  locate: locateObjection,
  duty: async (work, _input, at) => {
    stageDuty(work, at, 'check');
    await strangerDuty(work, at);
  },
  run: async (work, { outcome, checkText }, at) => {
    const { objection } = at;
    requireStep(OBJECTION_LIFE.check, objection.state);
    if (objection.checkedBy !== null) throw P.alreadyChecked();
    const late = checkIsLate(objection, work.today);
    await new NoticeStore(work).check(objection, { checkOutcome: outcome, checkText });
    work.record({
      subject: { kind: 'objection', id: objection.id },
      related: storyOf(at),
      before: { checked: null },
      after: { checked: outcome, late },
    });
    return {
      objectionId: objection.id,
      checkedOn: work.today,
      late,
      decideBy: objection.decideBy,
    };
  },
});
