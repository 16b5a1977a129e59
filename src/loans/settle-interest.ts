/**
 * Books a loan's interest of the settlement period that ends on a settlement day (20th of March, June, September,
 * December): what the whole period owes minus what is booked already. The system does it at night; once for a
 * loan and period, so a repeated night changes nothing.
 */
import { defineAct } from '../platform/act';
import { type BusinessDate, isSettlementDay, settlementPeriodOf } from '../platform/dates';
import { yuan, ZERO_FEN } from '../platform/money';
import { answer, dateField, idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { type Entered, enterEvent } from './history';
import { auditOf, relatedOf } from './loan';
import { LoanStore } from './loan.store';
import type { PaidOutLoan } from './loan-state';
import { P } from './problems';

interface Input {
  loanId: string;
  on: BusinessDate;
}

interface SettlementAnswer {
  loanId: string;
  periodCode: string;
  interest: string;
  penalty: string;
  booked: boolean;
}

export const settleInterest = defineAct<
  Input,
  { region: string; org: string; loan: PaidOutLoan },
  SettlementAnswer
>({
  name: 'loans.settle-interest',
  title: '按季结息',
  permission: 'loans.settle-interest',
  input: shape<Input>({ loanId: idField('贷款编号'), on: dateField('结息日') }),
  answer: shape<SettlementAnswer>({
    loanId: idField('贷款编号'),
    periodCode: answer.text('结息期'),
    interest: answer.yuan('本次入账利息'),
    penalty: answer.yuan('本次入账罚息'),
    booked: answer.flag('本次有入账'),
  }),
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).running(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, { on }, { loan }) => {
    if (!isSettlementDay(on)) throw P.notSettlementDay({ detail: on });
    const period = settlementPeriodOf(on);
    const due = loan.bookedUntil < period.untilExclusive && loan.outstandingFen > 0;
    const entered = due ? await settle(work, loan, on) : null;
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      before: auditOf(loan),
      after: auditOf(entered?.loan ?? loan),
    });
    const booked = entered?.event;
    return {
      loanId: loan.id,
      periodCode: period.code,
      interest: yuan(booked?.interestFen ?? ZERO_FEN),
      penalty: yuan(booked?.penaltyFen ?? ZERO_FEN),
      booked: booked !== undefined && booked !== null,
    };
  },
});

function settle(work: Work, loan: PaidOutLoan, on: BusinessDate): Promise<Entered> {
  return enterEvent(work, new LoanStore(work), loan, {
    ...{ kind: 'settlement', on },
    naturalKey: `settlement/${settlementPeriodOf(on).code}/${loan.id}`,
    memo: `合同 ${loan.number} 结息`,
  });
}
