/**
 * Sets how many days a loan is overdue on a night's date: on its principal from the maturity date, and on the borrower's
 * own interest from the day on which the oldest that is unpaid was due. The first night that finds it overdue in either
 * way tells so. The system does it; a loan whose counts are right is left alone.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { answer, dateField, idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { interestDaysOn } from './grading';
import { overdueDaysOn } from './interest';
import { relatedOf } from './loan';
import type { Loan } from './loan.entity';
import { LoanStore } from './loan.store';
import { loanOverdue } from './loan-events';
import type { PaidOutLoan } from './loan-state';
import { lostSubsidies, ownDueSinceOf } from './own-due.queries';

interface Input {
  loanId: string;
  on: BusinessDate;
}

interface OverdueAnswer {
  loanId: string;
  daysOverdue: number;
  interestDaysOverdue: number;
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
    daysOverdue: answer.count('本金逾期天数'),
    interestDaysOverdue: answer.count('借款人自付利息逾期天数'),
    changed: answer.flag('有变化'),
  }),
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).running(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, { on }, { loan }) => {
    const now = await countsOn(work, loan, on);
    const changed = COUNTS.some((count) => now[count] !== loan[count]);
    if (changed) await new LoanStore(work).update(loan, now);
    const { daysOverdue, interestDaysOverdue } = now;
    const days = Math.max(daysOverdue, interestDaysOverdue);
    if (days > 0 && loan.daysOverdue === 0 && loan.interestDaysOverdue === 0) {
      await work.emit(loanOverdue, { loanId: loan.id, on, days });
    }
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      before: countsOf(loan),
      after: now,
    });
    return { loanId: loan.id, daysOverdue, interestDaysOverdue, changed };
  },
});

const COUNTS = ['daysOverdue', 'ownDueSince', 'interestDaysOverdue'] as const;
type Counts = Pick<Loan, (typeof COUNTS)[number]>;

const countsOf = ({ daysOverdue, ownDueSince, interestDaysOverdue }: Counts): Counts => ({
  ...{ daysOverdue, ownDueSince, interestDaysOverdue },
});

async function countsOn(work: Work, loan: PaidOutLoan, on: BusinessDate): Promise<Counts> {
  // What is booked tells the loan at once; only a subsidy that is lost changes what is the borrower's behind its back.
  const lost = (await lostSubsidies(work.tx, [loan.id])).size > 0;
  const ownDueSince = lost ? await ownDueSinceOf(work.tx, loan, loan) : loan.ownDueSince;
  return {
    daysOverdue: overdueDaysOn(loan.maturesOn, loan.outstandingFen, on),
    ownDueSince,
    interestDaysOverdue: interestDaysOn(ownDueSince, on),
  };
}
