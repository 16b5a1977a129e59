/** The bank says why the money came later than the target (超时说明): once, and not before the target is missed. */
import { defineAct } from '../platform/act';
import { isoInstant } from '../platform/clock';
import { answer, shape, textField } from '../platform/shape';
import { isLate } from './payout';
import { PayoutStore } from './payout.store';
import { P } from './problems';

/** Explains a missed target. */
export const explainLatePayout = defineAct({
  name: 'loans.explain-late-payout',
  title: '说明放款超时原因',
  permission: 'loans.present',
  input: shape<{ certificateNumber: string; reason: string }>({
    certificateNumber: textField(40, '贷款证编号'),
    reason: textField(500, '超时原因'),
  }),
  answer: shape({ certificateNumber: answer.text('贷款证编号'), explainedAt: answer.instant() }),
  locate: async (work, { certificateNumber }) => {
    const payout = await new PayoutStore(work).get(certificateNumber);
    return { region: payout.regionCode, org: payout.bankId, payout };
  },
  run: async (work, { reason }, { payout }) => {
    if (!isLate(payout, work.now)) throw P.notLate();
    if (payout.lateReason !== null) throw P.alreadyExplained();
    const { certificateNumber, applicationId, householdId } = payout;
    await new PayoutStore(work).update(payout, {
      ...{ lateReason: reason, lateBy: work.actor.id, lateAt: work.now },
    });
    work.record({
      subject: { kind: 'certificate', id: certificateNumber },
      related: [
        { kind: 'application', id: applicationId },
        { kind: 'household', id: householdId },
      ],
      after: { lateReason: reason },
    });
    return { certificateNumber, explainedAt: isoInstant(work.now) };
  },
});
