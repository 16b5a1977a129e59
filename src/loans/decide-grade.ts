/**
 * Decides on a proposed grade, by another person of the bank than who proposed it (a CHECK too). Approved, the loan is
 * graded at once, by judgement and table together, and stays under the judgement until another decision ends it or the
 * loan is settled.
 */
import { defineAct } from '../platform/act';
import { answer, codeField, idField, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { classificationTable, gradeOf } from './classification';
import { gradingOf, longerDaysOn } from './grading';
import type { GradeJudgement } from './grading.entity';
import { othersOf } from './grading.queries';
import { GradingStore } from './grading.store';
import { GP } from './grading-problems';
import { checkJudged, judgedCodeOf } from './judgement';
import { relatedOf } from './loan';
import type { Loan } from './loan.entity';
import { LoanStore } from './loan.store';
import { isPaidOut } from './loan-state';
import { P } from './problems';

interface Input {
  loanId: string;
  judgementId: string;
  outcome: 'approve' | 'refuse';
  note?: string;
}

interface At {
  region: string;
  org: string;
  loan: Loan;
  judgement: GradeJudgement;
}

interface DecisionAnswer {
  judgementId: string;
  loanId: string;
  state: string;
  classCode: string;
  judgedCode: string | null;
}

export const decideGrade = defineAct<Input, At, DecisionAnswer>({
  name: 'loans.decide-grade',
  title: '审批贷款分类认定',
  permission: 'loans.decide-grade',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    judgementId: idField('认定编号'),
    outcome: codeField(['approve', 'refuse'], '同意或不同意'),
    note: textField(500, '审批意见').optional(),
  }),
  answer: shape<DecisionAnswer>({
    judgementId: idField('认定编号'),
    loanId: idField('贷款编号'),
    state: answer.text('approved 已同意, refused 不同意'),
    classCode: answer.text('五级分类'),
    judgedCode: answer.text('现行认定的等级；没有时为空').allow(null),
  }),
  locate: async (work, { loanId, judgementId }) => {
    const loan = await new LoanStore(work).get(loanId);
    const judgement = await new GradingStore(work).judgement(loanId, judgementId);
    return { region: loan.regionCode, org: loan.bankId, loan, judgement };
  },
  duty: async (work, _input, { judgement }) => {
    if (judgement.proposedBy === work.actor.id) throw GP.ownJudgement();
  },
  run: async (work, { outcome, note }, { loan, judgement }) => {
    if (judgement.state !== 'proposed') throw GP.judgementDecided();
    const approved = outcome === 'approve';
    const decided = await new GradingStore(work).decide(judgement, {
      state: approved ? 'approved' : 'refused',
      decisionNote: note ?? null,
    });
    const after = approved ? await judged(work, loan, decided) : loan;
    const { classCode, judgedCode } = after;
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: [{ kind: 'grade-judgement', id: judgement.id }, ...relatedOf(loan)],
      before: { classCode: loan.classCode, judgedCode: loan.judgedCode },
      after: { classCode, judgedCode, judgementId: judgement.id, state: decided.state, note },
    });
    const { id: judgementId, state } = decided;
    return { judgementId, loanId: loan.id, state, classCode, judgedCode };
  },
});

/** Puts the loan under the judgement and grades it. The days overdue are those of today, not of the proposal. */
async function judged(work: Work, loan: Loan, judgement: GradeJudgement): Promise<Loan> {
  if (!isPaidOut(loan) || loan.state !== 'running') throw P.notRunning();
  const place = { region: loan.regionCode, date: work.today };
  const { value: table, rowId } = await policyAsOf(work.tx, classificationTable, place);
  const days = longerDaysOn(loan, work.today);
  checkJudged(loan, judgement.gradeCode, { code: gradeOf(table, days), days, table });
  const judgedCode = judgedCodeOf(judgement.gradeCode);
  const others = await othersOf(work.tx, loan);
  const { code } = gradingOf(table, { ...loan, judgedCode }, others, work.today);
  const after = await new LoanStore(work).update(loan, { judgedCode, classCode: code });
  if (code !== loan.classCode) {
    await new GradingStore(work).note({
      ...{ loanId: loan.id, changedOn: work.today, fromCode: loan.classCode, toCode: code },
      ...{ overdueDays: days, cause: 'judgement', policyRowId: rowId, judgementId: judgement.id },
    });
  }
  return after;
}
