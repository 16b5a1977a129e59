/**
 * 核实增信: a township officer checks what the application rests on, and agrees or rejects it with a reason. Who
 * entered the application does not check it (rule and CHECK).
 */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, shape, textField } from '../platform/shape';
import { locateRaise, RaiseStore, requireRaise, requireStranger } from './line-raise.store';

interface Input {
  raiseId: string;
  outcome: 'agree' | 'reject';
  reason: string;
}

export const checkRaise = defineAct({
  name: 'credit.check-raise',
  title: '核实增信',
  permission: 'credit.check-raise',
  input: shape<Input>({
    raiseId: idField('增信申请编号'),
    outcome: codeField(['agree', 'reject'], '属实或退回'),
    reason: textField(200, '核实情况'),
  }),
  answer: shape({ raiseId: idField(), state: answer.text(), version: answer.count() }),
  locate: locateRaise,
  duty: async (work, _input, { raise }) => requireStranger(work, raise),
  run: async (work, { outcome, reason }, { raise }) => {
    requireRaise(raise, 'applied');
    const agreed = outcome === 'agree';
    const { state, version } = await new RaiseStore(work).move(raise, {
      state: agreed ? 'checked' : 'rejected',
      checkedBy: work.actor.id,
      checkedByName: work.actor.name,
      checkedOn: work.today,
      checkReason: reason,
      openKey: agreed ? raise.openKey : null,
    });
    return { raiseId: raise.id, state, version };
  },
});
