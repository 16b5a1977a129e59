/**
 * A bank officer signs the new contract of an approved renewal (续贷). In one transaction the old loan is settled by
 * the new one, the household's next application is written, and the new loan runs: no money leaves the bank, so the
 * payout is the system's.
 *
 * Laws: before the old loan matures; whoever asked for it or decided on it does not sign; the new loan pays principal
 * only, so the interest to this day is paid by the borrower before; not more than is owed of the old loan and not more
 * than was approved; each names the other, once.
 */
import { addRenewalApplication } from '../applications';
import { touchHousehold } from '../households';
import { defineAct } from '../platform/act';
import { SYSTEM_ACTOR } from '../platform/authority';
import { check } from '../platform/check';
import { addMonths } from '../platform/dates';
import { addFen, subFen, yuan } from '../platform/money';
import { idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { locateLoan } from './asked';
import { AskedStore } from './asked.store';
import { C } from './change-problems';
import { bookDisbursal, enterEvent } from './history';
import { auditOf, type LoanAnswer, loanAnswer, loanAnswerShape, relatedOf } from './loan';
import type { Loan } from './loan.entity';
import { LoanStore } from './loan.store';
import { loanDisbursed, loanRenewed } from './loan-events';
import { positionOn } from './loan-faces.queries';
import { isPaidOut, type PaidOutLoan } from './loan-state';
import { P } from './problems';
import { type Renewable, requireToRenew } from './renewable';
import { Renewal } from './renewal.entity';
import { contractNumberField, newLoan } from './sign-contract';

interface Input {
  loanId: string;
  renewalId: string;
  contractNumber: string;
}

interface At {
  region: string;
  org: string;
  loan: Loan;
  request: Renewal;
}

export const signRenewal = defineAct<Input, At, LoanAnswer>({
  name: 'loans.sign-renewal',
  title: '签订续贷合同',
  permission: 'loans.sign',
  input: shape<Input>({
    loanId: idField('原贷款编号'),
    renewalId: idField('续贷申请编号'),
    contractNumber: contractNumberField(),
  }),
  answer: loanAnswerShape,
  locate: async (work, input) => ({
    ...(await locateLoan(work, input)),
    request: await new AskedStore(work, Renewal).get(input.loanId, input.renewalId),
  }),
  duty: async (work, _input, { request }) => {
    if (request.decidedBy === work.actor.id) throw P.signerDecided();
    if (request.askedBy === work.actor.id) throw C.signerAsked();
  },
  run: async (work, { contractNumber }, { loan, request }) => {
    if (request.state !== 'approved') throw C.renewalNotApproved();
    const today = await requireToRenew(work, loan, request);
    await requireOnlyPrincipal(work, today.loan, request);
    await touchHousehold(work, loan.householdId);
    const old = await payOld(work, today.loan, request);
    const fresh = await lendNew(work, { request, contractNumber, today });
    await new AskedStore(work, Renewal).change(request, {
      ...{ state: 'signed', openKey: null, newLoanId: fresh.id },
      ...{ signedBy: work.actor.id, signedOn: work.today, signedAt: work.now },
    });
    work.record({
      subject: { kind: 'loan', id: fresh.id },
      related: [
        { kind: 'loan', id: loan.id },
        { kind: 'renewal', id: request.id },
        ...relatedOf(fresh),
      ],
      after: auditOf(fresh),
    });
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      before: auditOf(loan),
      after: { ...auditOf(old), renewedBy: fresh.id },
    });
    await told(work, today.loan, fresh);
    return loanAnswer(await new LoanStore(work).get(fresh.id));
  },
});

/** @throws Problem loans.renewal-interest-due, loans.renewal-principal-above */
async function requireOnlyPrincipal(
  work: Work,
  loan: PaidOutLoan,
  { amountFen }: Renewal,
): Promise<void> {
  const owed = await positionOn(work.tx, loan.id, work.today);
  const interestFen = addFen(owed.interestToDateFen, owed.penaltyToDateFen);
  if (interestFen > 0) {
    throw C.renewalInterestDue({
      detail: `截至 ${work.today} 应付利息 ${yuan(interestFen)} 元`,
      extra: { interest: yuan(interestFen) },
    });
  }
  if (loan.outstandingFen > amountFen) {
    const differenceFen = subFen(loan.outstandingFen, amountFen);
    throw C.renewalPrincipalAbove({ detail: `差额 ${yuan(differenceFen)} 元` });
  }
}

/** Settles the old loan with its whole principal; its application frees the household. */
async function payOld(work: Work, loan: PaidOutLoan, request: Renewal): Promise<Loan> {
  const { loan: after } = await enterEvent(work, new LoanStore(work), loan, {
    ...{ kind: 'renewal', on: work.today, amountFen: loan.outstandingFen },
    naturalKey: `renewal/${request.id}`,
    memo: `合同 ${loan.number} 由续贷归还本金`,
    reason: '签订续贷合同',
  });
  check(after.state === 'settled', 'What only owes its principal is settled by it.');
  return after;
}

/** The new loan, with its application, paid out of itself into the old one. */
async function lendNew(
  work: Work,
  at: { request: Renewal; contractNumber: string; today: Renewable },
): Promise<PaidOutLoan> {
  const { request, contractNumber, today } = at;
  const { loan: old, findings } = today;
  const { askedBy, askedByName, askedOn, askedAt, decidedByName, decidedOn, decidedAt } = request;
  const { decidedBy, productCode, termMonths } = request;
  check(decidedBy && decidedByName && decidedOn && decidedAt, 'What is approved was decided.');
  const amountFen = old.outstandingFen;
  const id = work.newId();
  const application = await addRenewalApplication(work, {
    ...{ renews: old.applicationId, loanId: id, terms: { productCode, amountFen, termMonths } },
    findings: { asked: request.findings, signed: findings },
    askedBy: { actorId: askedBy, actorName: askedByName, on: askedOn, at: askedAt },
    decidedBy: { actorId: decidedBy, actorName: decidedByName, on: decidedOn, at: decidedAt },
  });
  const terms = { contractNumber, amount: amountFen, termMonths, rate: request.ratePpm };
  const contract = await newLoan(work, terms, application);
  const store = new LoanStore(work);
  const loan = await store.add({
    ...contract,
    ...{ id, renewsLoanId: old.id, state: 'running', outstandingFen: amountFen },
    ...{ disbursedOn: work.today, disbursedBy: SYSTEM_ACTOR.id },
    maturesOn: addMonths(work.today, termMonths),
    ...{ bookedUntil: work.today, lastBookingOn: work.today },
  });
  check(isPaidOut(loan), 'A renewed loan runs at once.');
  await bookDisbursal(work, store, loan, {
    naturalKey: `disbursal/renewal/${request.id}`,
    memo: `合同 ${loan.number} 续贷，归还合同 ${old.number} 本金`,
  });
  return loan;
}

async function told(work: Work, old: PaidOutLoan, fresh: PaidOutLoan): Promise<void> {
  const { id: loanId, householdId, principalFen: amountFen } = fresh;
  const on = work.today;
  await work.emit(loanRenewed, { loanId: old.id, newLoanId: loanId, householdId, on, amountFen });
  await work.emit(loanDisbursed, { loanId, householdId, on, amountFen, renewal: true });
}
