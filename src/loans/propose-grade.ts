/**
 * Proposes that a loan be graded by judgement (认定), or that the judgement in force end: with reason and evidence, by an
 * officer of its bank. Nothing changes until another person decides. A grade better than what the days overdue demand
 * is not taken.
 */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, shape, textField } from '../platform/shape';
import { policyAsOf } from '../policy';
import { classificationTable, gradeOf } from './classification';
import { longerDaysOn } from './grading';
import { GradingStore } from './grading.store';
import { checkJudged, JUDGED_GRADES, type JudgedGrade } from './judgement';
import { relatedOf } from './loan';
import { LoanStore } from './loan.store';
import type { PaidOutLoan } from './loan-state';

interface Input {
  loanId: string;
  grade: JudgedGrade;
  reason: string;
  evidence: string;
}

interface ProposalAnswer {
  judgementId: string;
  loanId: string;
  grade: string;
  tableCode: string;
  overdueDays: number;
}

export const proposeGrade = defineAct<
  Input,
  { region: string; org: string; loan: PaidOutLoan },
  ProposalAnswer
>({
  name: 'loans.propose-grade',
  title: '提出贷款分类认定',
  permission: 'loans.propose-grade',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    grade: codeField(JUDGED_GRADES, '认定等级；BY_TABLE 为终止现行认定，恢复按逾期天数分类'),
    reason: textField(500, '认定理由'),
    evidence: textField(500, '依据的材料，不写身份证号、电话'),
  }),
  answer: shape<ProposalAnswer>({
    judgementId: idField('认定编号'),
    loanId: idField('贷款编号'),
    grade: answer.text('认定等级'),
    tableCode: answer.text('按逾期天数的等级'),
    overdueDays: answer.count('逾期天数（本金、利息取长）'),
  }),
  locate: async (work, { loanId }) => {
    const loan = await new LoanStore(work).running(loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, { grade, reason, evidence }, { loan }) => {
    const place = { region: loan.regionCode, date: work.today };
    const { value: table, rowId } = await policyAsOf(work.tx, classificationTable, place);
    const days = longerDaysOn(loan, work.today);
    const code = loan.writtenOffOn === null ? gradeOf(table, days) : 'LOSS';
    checkJudged(loan, grade, { code, days, table });
    const id = work.newId();
    await new GradingStore(work).propose({
      ...{ id, loanId: loan.id, gradeCode: grade, reason, evidence },
      ...{ classBefore: loan.classCode, overdueDays: days, tableCode: code, policyRowId: rowId },
      ...{ state: 'proposed', openLoanId: loan.id },
      ...{ proposedBy: work.actor.id, proposedOn: work.today, proposedAt: work.now },
      ...{ decidedBy: null, decidedOn: null, decidedAt: null, decisionNote: null },
    });
    const told = { judgementId: id, loanId: loan.id, grade, tableCode: code, overdueDays: days };
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: [{ kind: 'grade-judgement', id }, ...relatedOf(loan)],
      before: { classCode: loan.classCode, judgedCode: loan.judgedCode },
      after: { ...told, reason, evidence, policyRowId: rowId },
    });
    return told;
  },
});
