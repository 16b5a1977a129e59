/** A proposed rule is turned down with a reason. It stays on record; whoever still wants it proposes it anew. */
import { defineAct } from '../platform/act';
import { answer, idField, shape, textField } from '../platform/shape';
import { PolicyStore } from './policy.store';
import { P } from './problems';

export const rejectChange = defineAct({
  name: 'policy.reject-change',
  title: '退回政策规定',
  permission: 'policy.confirm',
  input: shape<{ rowId: string; reason: string }>({
    rowId: idField('规定编号'),
    reason: textField(200, '退回理由'),
  }),
  answer: shape({ rowId: answer.text('规定编号'), state: answer.text('状态') }),
  locate: async (work, input) => {
    const row = await new PolicyStore(work).get(input.rowId);
    return { region: row.region, row };
  },
  // No duty rule: turning down what one proposed oneself only withdraws it.
  run: async (work, input, { row }) => {
    if (row.state !== 'proposed') throw P.notProposed({ extra: { state: row.state } });
    const rejected = await new PolicyStore(work).change(row, {
      state: 'rejected',
      rejectedBy: work.actor.id,
      rejectedByName: work.actor.name,
      rejectedAt: work.now,
      rejectedReason: input.reason,
    });
    work.record({
      subject: { kind: 'policy-row', id: row.id },
      before: { state: row.state },
      after: { state: rejected.state, reason: input.reason },
    });
    return { rowId: row.id, state: rejected.state };
  },
});
