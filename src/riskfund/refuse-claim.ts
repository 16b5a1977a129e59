/**
 * A seat sends a claim back, with one of the reasons the terms know and a sentence. What was reserved is free
 * again, and the bank may claim anew. A claim that all three signed may still be sent back until it is paid,
 * because the borrower may have paid in between.
 */
import { defineAct } from '../platform/act';
import { subFen, ZERO_FEN } from '../platform/money';
import { idField, Joi, shape, textField } from '../platform/shape';
import { CLAIM_STATE_NAMES } from './claim';
import { ClaimStore } from './claim.store';
import { type ClaimAnswer, claimAnswer, claimShape, claimSubject, relatedOf } from './claim-answer';
import type { FundClaim } from './fund.entity';
import { FundStore } from './fund.store';
import { P } from './problems';
import { requireSeat } from './seat';
import { termsOn } from './terms';

interface Input {
  claimId: string;
  reason: string;
  note: string;
}

interface At {
  region: string;
  org: string;
  claim: FundClaim;
}

/** The reason of a claim that is only out of date: the bank claims anew. */
export const OUTDATED = 'OUTDATED';

export const refuseClaim = defineAct<Input, At, ClaimAnswer>({
  name: 'riskfund.refuse-claim',
  title: '退回代偿申请',
  permission: 'riskfund.sign',
  input: shape<Input>({
    claimId: idField('申请编号'),
    reason: Joi.string()
      .pattern(/^[A-Z][A-Z_]{1,29}$/, '原因代码')
      .description(`退回原因：条款所列代码，或 ${OUTDATED}(欠款已变，须重新申请)`),
    note: textField(300, '说明'),
  }),
  answer: claimShape,
  locate: async (work, { claimId }) => {
    const claim = await new ClaimStore(work).get(claimId);
    return { region: claim.regionCode, org: claim.bankId, claim };
  },
  duty: async (work, _input, { claim }) => {
    if (claim.claimedBy === work.actor.id) throw P.claimantSigns();
    requireSeat(claim, work.actor.organisation?.kind);
  },
  run: async (work, { reason, note }, { claim }) => {
    if (claim.state !== 'submitted' && claim.state !== 'signed') {
      throw P.notRefusable({ detail: CLAIM_STATE_NAMES[claim.state] });
    }
    const terms = await termsOn(work.tx, claim.regionCode, claim.claimedOn);
    const known = [...terms.value.refusals.map(({ code }) => code), OUTDATED];
    if (!known.includes(reason)) {
      throw P.unknownRefusal({
        fields: [{ field: 'reason', reason: `只能是：${known.join(', ')}` }],
      });
    }
    const store = new ClaimStore(work);
    const refused = await store.change(claim, {
      state: 'refused',
      standingLoanId: null,
      refusedBy: work.actor.id,
      refusedSeat: requireSeat(claim, work.actor.organisation?.kind),
      refusedOn: work.today,
      refusalCode: reason,
      refusalNote: note,
    });
    await new FundStore(work).move(claim.fundRegionCode, {
      kind: 'release',
      of: claim.id,
      reservedFen: subFen(ZERO_FEN, claim.amountFen),
      claimId: claim.id,
    });
    const signed = await store.signatures(claim.id);
    const told = claimAnswer(refused, signed);
    work.record({
      subject: claimSubject(claim),
      related: relatedOf(claim),
      before: claimAnswer(claim, signed),
      after: told,
    });
    return told;
  },
});
