/**
 * The fund pays a claim that all seats signed. Laws: never before the third signature; the payer is not the
 * claimant; what the borrower owes still covers what was claimed, or the claim goes back; the loan is marked as
 * compensated and the bank keeps collecting. Locks are taken in one order everywhere: loan, claim, fund.
 */
import { bankBook, fundBook, postEntry } from '../ledger';
import { loanFor, markCompensated, positionOn } from '../loans';
import { defineAct } from '../platform/act';
import { subFen, yuan, ZERO_FEN } from '../platform/money';
import { idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { CLAIM_STATE_NAMES, missingSeats, seatNames } from './claim';
import { ClaimStore } from './claim.store';
import { type ClaimAnswer, claimAnswer, claimShape, claimSubject, relatedOf } from './claim-answer';
import type { FundClaim } from './fund.entity';
import { FundStore } from './fund.store';
import { P } from './problems';

interface At {
  region: string;
  org: string;
  claim: FundClaim;
}

export const payCompensation = defineAct<{ claimId: string }, At, ClaimAnswer>({
  name: 'riskfund.pay-compensation',
  title: '支付代偿款',
  permission: 'riskfund.pay',
  input: shape<{ claimId: string }>({ claimId: idField('申请编号') }),
  answer: claimShape,
  locate: async (work, { claimId }) => {
    const claim = await new ClaimStore(work).get(claimId);
    return { region: claim.regionCode, org: claim.bankId, claim };
  },
  duty: async (work, _input, { claim }) => {
    if (claim.claimedBy === work.actor.id) throw P.claimantPays();
  },
  run: async (work, _input, { claim }) => {
    const store = new ClaimStore(work);
    const signed = await store.signatures(claim.id);
    if (claim.state !== 'signed') {
      const missing = missingSeats(claim.seats, signed);
      const detail =
        claim.state === 'submitted'
          ? `还缺：${seatNames(missing)}`
          : CLAIM_STATE_NAMES[claim.state];
      throw P.notSigned({ detail });
    }
    await markCompensated(work, claim.loanId, work.today);
    await checkPosition(work, claim);
    const paid = await store.change(claim, {
      state: 'paid',
      paidBy: work.actor.id,
      paidOn: work.today,
    });
    const out = subFen(ZERO_FEN, claim.amountFen);
    await new FundStore(work).move(claim.fundRegionCode, {
      kind: 'compensation',
      of: claim.id,
      balanceFen: out,
      reservedFen: out,
      claimId: claim.id,
    });
    await postCompensation(work, claim);
    const told = claimAnswer(paid, signed);
    work.record({
      subject: claimSubject(claim),
      related: relatedOf(claim),
      before: claimAnswer(claim, signed),
      after: told,
    });
    return told;
  },
});

/** What was claimed must still be owed. The loan is locked already, so nothing changes while we look. */
async function checkPosition(work: Work, claim: FundClaim): Promise<void> {
  const now = await positionOn(work.tx, claim.loanId, work.today);
  const same = now.outstandingFen === claim.principalFen;
  if (same && now.interestToDateFen >= claim.interestFen) return;
  const loan = await loanFor(work.tx, claim.loanId);
  throw P.positionChanged({
    detail:
      `合同 ${loan.number} 申请时本金 ${yuan(claim.principalFen)} 元、利息 ${yuan(claim.interestFen)} 元,` +
      `现为本金 ${yuan(now.outstandingFen)} 元、利息 ${yuan(now.interestToDateFen)} 元`,
  });
}

/** The fund's book: cash becomes a claim on the loan. The bank's: money that it holds for the fund if it recovers. */
async function postCompensation(work: Work, claim: FundClaim): Promise<void> {
  const { id, loanId, amountFen, regionCode } = claim;
  const common = {
    on: work.today,
    event: 'riskfund.compensated',
    memo: `代偿 ${yuan(amountFen)} 元`,
    subject: claimSubject(claim),
    region: regionCode,
  };
  await postEntry(work, {
    ...common,
    key: `riskfund.compensate/${id}/fund`,
    book: fundBook(regionCode),
    lines: [
      { account: 'COMPENSATION_RECEIVABLE', sub: loanId, amountFen },
      { account: 'FUND_CASH', amountFen: subFen(ZERO_FEN, amountFen) },
    ],
  });
  await postEntry(work, {
    ...common,
    key: `riskfund.compensate/${id}/bank`,
    book: bankBook(claim.bankId),
    lines: [
      { account: 'BANK_CASH', amountFen },
      { account: 'COMPENSATION_RECEIVED', sub: loanId, amountFen: subFen(ZERO_FEN, amountFen) },
    ],
  });
}
