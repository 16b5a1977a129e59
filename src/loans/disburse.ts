/**
 * Pays out a signed contract against the loan certificate (贷款证) that the borrower presents at the counter.
 * Laws: once; by another person of the bank than the one who signed; the certificate is that of the application.
 * The loan matures so many months after the day of payout, clipped to the month's end.
 */
import { applicationFor } from '../applications';
import { defineAct } from '../platform/act';
import { addMonths } from '../platform/dates';
import { subFen, ZERO_FEN } from '../platform/money';
import { idField, shape, textField } from '../platform/shape';
import { postLoan } from './booking';
import { auditOf, type LoanAnswer, loanAnswer, loanAnswerShape, relatedOf } from './loan';
import type { Loan } from './loan.entity';
import { LoanStore } from './loan.store';
import { loanDisbursed } from './loan-events';
import { P } from './problems';

interface Input {
  loanId: string;
  certificateNumber: string;
}

interface At {
  region: string;
  org: string;
  loan: Loan;
}

export const disburse = defineAct<Input, At, LoanAnswer>({
  name: 'loans.disburse',
  title: '放款',
  permission: 'loans.disburse',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    certificateNumber: textField(40, '借款人出示的贷款证号'),
  }),
  answer: loanAnswerShape,
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).get(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  duty: async (work, _input, { loan }) => {
    if (loan.signedBy === work.actor.id) throw P.payerSigned();
  },
  run: async (work, { certificateNumber }, { loan }) => {
    if (loan.state !== 'signed') throw P.notSigned({ detail: `合同号 ${loan.number}` });
    const application = await applicationFor(work.tx, loan.applicationId);
    if (
      application.certificateNumber === null ||
      application.certificateNumber !== certificateNumber
    ) {
      throw P.certificateMismatch({
        fields: [{ field: 'certificateNumber', reason: '与申请的贷款证不符' }],
      });
    }
    const store = new LoanStore(work);
    const on = work.today;
    const paid = await store.move(
      loan,
      { outstandingFen: loan.principalFen },
      {
        state: 'running',
        disbursedOn: on,
        disbursedBy: work.actor.id,
        maturesOn: addMonths(on, loan.termMonths),
        bookedUntil: on,
        lastBookingOn: on,
      },
    );
    await store.addEvent(paid, {
      kind: 'disbursal',
      naturalKey: `disbursal/${loan.id}`,
      happenedOn: on,
      principalFen: loan.principalFen,
    });
    await postLoan(work, loan, {
      key: `loans.disburse/${loan.id}`,
      event: 'loans.disbursed',
      on,
      memo: `合同 ${loan.number} 放款`,
      lines: [
        { account: 'LOAN_PRINCIPAL', sub: loan.id, amountFen: loan.principalFen },
        { account: 'BANK_CASH', amountFen: subFen(ZERO_FEN, loan.principalFen) },
      ],
    });
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      before: auditOf(loan),
      after: auditOf(paid),
    });
    const { id: loanId, householdId, principalFen: amountFen } = loan;
    await work.emit(loanDisbursed, { loanId, householdId, on, amountFen });
    return loanAnswer(paid);
  },
});
