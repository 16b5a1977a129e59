/**
 * A proposed rule is confirmed by another person and holds from its first day. The approval is bound to the
 * content: the approver sends back the digest of what was read, and the stored row is digested again.
 */
import { defineAct } from '../platform/act';
import { sameDigest } from '../platform/crypto/digest';
import { answer, idField, Joi, shape } from '../platform/shape';
import { checkValue, parameterOf } from './parameter';
import { PolicyStore } from './policy.store';
import { contentDigest, inForceKey } from './policy-row';
import { P } from './problems';
import { refuseClash } from './refuse-clash';

export const confirmChange = defineAct({
  name: 'policy.confirm-change',
  title: '确认政策规定',
  permission: 'policy.confirm',
  input: shape<{ rowId: string; contentDigest: string }>({
    rowId: idField('规定编号'),
    contentDigest: Joi.string()
      .pattern(/^[0-9a-f]{64}$/, '64 位内容摘要')
      .description('所核对内容的摘要'),
  }),
  answer: shape({
    rowId: answer.text('规定编号'),
    state: answer.text('状态'),
    effectiveFrom: answer.date('生效日期'),
  }),
  locate: async (work, input) => {
    const row = await new PolicyStore(work).get(input.rowId);
    return { region: row.region, row };
  },
  duty: async (work, _input, { row }) => {
    if (row.proposedBy === work.actor.id) throw P.samePerson({ detail: row.proposedByName });
  },
  run: async (work, input, { row }) => {
    const store = new PolicyStore(work);
    if (row.state !== 'proposed') throw P.notProposed({ extra: { state: row.state } });
    const bound = sameDigest(row.contentDigest, contentDigest(row));
    if (!bound || !sameDigest(input.contentDigest, row.contentDigest)) {
      throw P.contentChanged({ extra: { contentDigest: row.contentDigest } });
    }
    const parameter = parameterOf(row.parameter);
    const value = checkValue(parameter, row.value, row);
    await store.holdLine(row.parameter, row.region);
    await refuseClash(store, row);
    const { id, contentDigest: digest, region, effectiveFrom, effectiveTo } = row;
    const proposed = { id, contentDigest: digest, region, effectiveFrom, effectiveTo, value };
    await parameter.beforeConfirm?.(work, proposed);
    const confirmed = await store.change(row, {
      state: 'in-force',
      inForceKey: inForceKey(row),
      confirmedBy: work.actor.id,
      confirmedByName: work.actor.name,
      confirmedAt: work.now,
    });
    work.record({
      subject: { kind: 'policy-row', id: row.id },
      before: { state: row.state, contentDigest: row.contentDigest },
      after: { state: confirmed.state, contentDigest: row.contentDigest },
    });
    return { rowId: row.id, state: confirmed.state, effectiveFrom: row.effectiveFrom };
  },
});
