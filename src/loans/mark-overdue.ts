/**
 * Sets how many days a loan is overdue on a night's date, counted on its principal from the maturity date. The
 * first night that finds it overdue tells so. The system does it; a loan whose count is right is left alone.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { answer, dateField, idField, shape } from '../platform/shape';
import { overdueDaysOn } from './interest';
import { relatedOf } from './loan';
import { LoanStore } from './loan.store';
import { loanOverdue } from './loan-events';
import type { PaidOutLoan } from './loan-state';

interface Input {
  loanId: string;
  on: BusinessDate;
}

interface OverdueAnswer {
  loanId: string;
  daysOverdue: number;
  changed: boolean;
}

export const markOverdue = defineAct<
  Input,
  { region: string; org: string; loan: PaidOutLoan },
  OverdueAnswer
>({
  name: 'loans.mark-overdue',
  title: '逾期天数登记',
  permission: 'loans.mark-overdue',
  input: shape<Input>({ loanId: idField('贷款编号'), on: dateField('业务日期') }),
  answer: shape<OverdueAnswer>({
    loanId: idField('贷款编号'),
    daysOverdue: answer.count('逾期天数'),
    changed: answer.flag('有变化'),
  }),
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).running(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, { on }, { loan }) => {
    const daysOverdue = overdueDaysOn(loan.maturesOn, loan.outstandingFen, on);
    const changed = daysOverdue !== loan.daysOverdue;
    if (changed) {
      await new LoanStore(work).move(loan, {}, { daysOverdue });
      if (loan.daysOverdue === 0) {
        await work.emit(loanOverdue, { loanId: loan.id, on, days: daysOverdue });
      }
    }
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      before: { daysOverdue: loan.daysOverdue },
      after: { daysOverdue },
    });
    return { loanId: loan.id, daysOverdue, changed };
  },
});
