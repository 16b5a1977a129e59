/**
 * Gives a loan its grade on a night's date: by the table of the date, the judgement in force and the borrower's other
 * loans. The system does it; only a changed grade is written, and each change is kept with what brought it.
 */
import { defineAct } from '../platform/act';
import { addDays, type BusinessDate } from '../platform/dates';
import { answer, dateField, idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { classificationTable, gradeName } from './classification';
import { type Grading, gradingOf } from './grading';
import { correctedWithin, othersOf } from './grading.queries';
import { GradingStore } from './grading.store';
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
    const grading = gradingOf(table, loan, await othersOf(work.tx, loan), on);
    const { code: classCode, days } = grading;
    const changed = classCode !== loan.classCode;
    if (changed) {
      await new LoanStore(work).update(loan, { classCode });
      await noteChange(work, loan, grading, { on, policyRowId: rowId });
    }
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      before: { classCode: loan.classCode },
      after: { classCode, daysOverdue: days, cause: grading.cause, policyRowId: rowId },
    });
    return { loanId: loan.id, classCode, className: gradeName(table, classCode), changed };
  },
});

/** Keeps the change. A correction of the day or the day before is told as what brought it. */
async function noteChange(
  work: Work,
  loan: PaidOutLoan,
  { code, cause, days }: Grading,
  { on, policyRowId }: { on: BusinessDate; policyRowId: string },
): Promise<void> {
  const lately = { from: addDays(on, -1), to: on };
  const corrected = cause === 'table' && (await correctedWithin(work.tx, loan.id, lately));
  await new GradingStore(work).note({
    ...{ loanId: loan.id, changedOn: on, fromCode: loan.classCode, toCode: code },
    ...{ overdueDays: days, policyRowId, judgementId: null },
    cause: corrected ? 'correction' : cause,
  });
}
