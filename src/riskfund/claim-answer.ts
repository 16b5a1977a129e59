/** A claim as the API shows it and as the audit keeps it. */
import { yuan } from '../platform/money';
import { percent } from '../platform/rate';
import { answer, codeField, idField, Joi, listOf, regionField, shape } from '../platform/shape';
import type { Subject } from '../platform/work';
import { CLAIM_STATE_NAMES, CLAIM_STATES, missingSeats } from './claim';
import type { FundClaim } from './fund.entity';
import { SEATS, type Seat } from './terms';

/** A claim in an answer; money in yuan, the share in percent. */
export interface ClaimAnswer {
  id: string;
  loanId: string;
  householdId: string;
  village: string;
  bankId: string;
  state: string;
  stateName: string;
  principal: string;
  interest: string;
  coveredPrincipal: string;
  coveredInterest: string;
  share: string;
  amount: string;
  overdueDays: number;
  cutOffOn: string;
  termsRowId: string;
  contentDigest: string;
  claimedBy: string;
  claimedOn: string;
  missingSeats: Seat[];
  paidBy: string | null;
  paidOn: string | null;
  refusedBy: string | null;
  refusedSeat: string | null;
  refusedOn: string | null;
  refusalCode: string | null;
  refusalNote: string | null;
  version: number;
}

/** Fields of a claim in an answer. */
export const claimFields = {
  id: idField('申请编号'),
  loanId: idField('贷款编号'),
  householdId: idField('户编号'),
  village: regionField('村'),
  bankId: idField('承贷银行'),
  state: codeField(CLAIM_STATES, '状态'),
  stateName: answer.text('状态名称'),
  principal: answer.yuan('截止日本金余额'),
  interest: answer.yuan('截止日未付正常利息'),
  coveredPrincipal: answer.yuan('覆盖的本金'),
  coveredInterest: answer.yuan('覆盖的利息'),
  share: answer.percent('基金分担比例'),
  amount: answer.yuan('申请代偿金额'),
  overdueDays: answer.count('逾期天数'),
  cutOffOn: answer.date('计息截止日(不含)'),
  termsRowId: answer.text('条款的政策行'),
  contentDigest: answer.text('申请内容摘要，签署时原样填回'),
  claimedBy: answer.text('申请人'),
  claimedOn: answer.date('申请日'),
  missingSeats: listOf(codeField(SEATS, '席位')).description('尚未签署的席位'),
  paidBy: answer.text('支付人').allow(null),
  paidOn: answer.date('支付日').allow(null),
  refusedBy: answer.text('退回人').allow(null),
  refusedSeat: codeField(SEATS, '退回的席位').allow(null),
  refusedOn: answer.date('退回日').allow(null),
  refusalCode: answer.text('退回原因').allow(null),
  refusalNote: answer.text('退回说明').allow(null),
  version: answer.count('版本'),
};

/** Shape of an answer that is one claim. */
export const claimShape = shape<ClaimAnswer>(claimFields);

/** The digest of the claim as the officer saw it. */
export function digestField() {
  return Joi.string()
    .pattern(/^[0-9a-f]{64}$/, '64 位摘要')
    .description('所见申请的摘要(contentDigest)');
}

/** The claim for an answer. */
export function claimAnswer(claim: FundClaim, signed: readonly { seat: Seat }[]): ClaimAnswer {
  const { loanId, householdId, bankId, state, overdueDays, cutOffOn, termsRowId } = claim;
  const { contentDigest, claimedBy, claimedOn, paidBy, paidOn, version } = claim;
  const { refusedBy, refusedSeat, refusedOn, refusalCode, refusalNote } = claim;
  return {
    ...{ id: claim.id, loanId, householdId, village: claim.regionCode, bankId },
    ...{ state, stateName: CLAIM_STATE_NAMES[state] },
    principal: yuan(claim.principalFen),
    interest: yuan(claim.interestFen),
    coveredPrincipal: yuan(claim.coveredPrincipalFen),
    coveredInterest: yuan(claim.coveredInterestFen),
    share: percent(claim.sharePpm),
    amount: yuan(claim.amountFen),
    ...{ overdueDays, cutOffOn, termsRowId, contentDigest, claimedBy, claimedOn },
    missingSeats: missingSeats(claim.seats, signed),
    ...{ paidBy, paidOn, refusedBy, refusedSeat, refusedOn, refusalCode, refusalNote, version },
  };
}

/** The claim as the audit knows it. */
export function claimSubject(claim: { id: string }): Subject {
  return { kind: 'claim', id: claim.id };
}

/** The records to whose story an act on a claim belongs. */
export function relatedOf(claim: { loanId: string; householdId: string }): Subject[] {
  return [
    { kind: 'loan', id: claim.loanId },
    { kind: 'household', id: claim.householdId },
  ];
}
