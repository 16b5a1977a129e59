/** Posting one payment of a file: the act `loans.repay` within the work in hand, with its place, duty and steps. */
import { repay } from '../loans';
import { covers } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import { addFen, type Fen, parseYuan, yuan } from '../platform/money';
import { PlatformProblem } from '../platform/problems';
import { parse } from '../platform/shape';
import type { Work } from '../platform/work';
import { P } from './problems';

/** A payment and the loan it is for. */
export interface ToPost {
  loanId: string;
  amountFen: Fen;
  paidOn: BusinessDate;
  reference: string;
}

/** What posting gave: the repayment, whether it had been there, and what it paid, in yuan. */
export interface Posted {
  repaymentId: string;
  repeated: boolean;
  principal: string;
  interest: string;
  penalty: string;
}

/**
 * Posts a payment. What was refused halfway is undone with the work in hand, so its caller lets the refusal pass.
 * @param interestOnly nothing of it may pay principal or be left over.
 * @throws Problem of `loans.repay`; bankfiles.interest-takes-principal
 */
export async function postPayment(
  work: Work,
  { loanId, amountFen, paidOn, reference }: ToPost,
  interestOnly = false,
): Promise<Posted> {
  const input = parse(repay.input, {
    ...{ loanId, amount: yuan(amountFen), paidOn, bankReference: reference },
  });
  const at = await repay.locate(work, input);
  if (!covers(work.actor, at)) throw PlatformProblem.absent();
  await repay.duty?.(work, input, at);
  const { repaymentId, repeated, principal, interest, penalty } = await repay.run(
    work,
    input,
    at,
    undefined,
  );
  const paid = addFen(parseYuan(interest), parseYuan(penalty));
  if (interestOnly && !repeated && paid !== amountFen) {
    throw P.interestTakesPrincipal({
      detail: `到账 ${yuan(amountFen)} 元，其中利息和罚息 ${yuan(paid)} 元`,
    });
  }
  return { repaymentId, repeated, principal, interest, penalty };
}
