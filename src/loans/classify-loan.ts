/**
 * Gives a loan its grade by the table of the night's date. The system does it; only a changed grade is written.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { answer, dateField, idField, shape } from '../platform/shape';
import { policyAsOf } from '../policy';
import { classificationTable, gradeName, gradeOf } from './classification';
import { overdueDaysOn } from './interest';
import { relatedOf } from './loan';
import { LoanStore } from './loan.store';
import type { PaidOutLoan } from './loan-state';

interface Input {
  loanId: string;
  on: BusinessDate;
}

interface ClassAnswer {
  loanId: string;
  classCode: string;
  className: string;
  changed: boolean;
}

export const classifyLoan = defineAct<
  Input,
  { region: string; org: string; loan: PaidOutLoan },
  ClassAnswer
>({
  name: 'loans.classify-loan',
  title: '贷款五级分类',
  permission: 'loans.classify-loan',
  input: shape<Input>({ loanId: idField('贷款编号'), on: dateField('分类日') }),
  answer: shape<ClassAnswer>({
    loanId: idField('贷款编号'),
    classCode: answer.text('分类'),
    className: answer.text('分类名称'),
    changed: answer.flag('有变化'),
  }),
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).running(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, { on }, { loan }) => {
    const place = { region: loan.regionCode, date: on };
    const { value: table, rowId } = await policyAsOf(work.tx, classificationTable, place);
    const days = overdueDaysOn(loan.maturesOn, loan.outstandingFen, on);
    const classCode = gradeOf(table, days);
    const changed = classCode !== loan.classCode;
    if (changed) await new LoanStore(work).move(loan, {}, { classCode });
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      before: { classCode: loan.classCode },
      after: { classCode, daysOverdue: days, policyRowId: rowId },
    });
    return { loanId: loan.id, classCode, className: gradeName(table, classCode), changed };
  },
});
