/** How one loan came to its class, and what it owed on a day, on screens. */
import type { BusinessDate } from '../platform/dates';
import { listRows } from '../platform/db/store';
import { yuan } from '../platform/money';
import { defineQuery } from '../platform/query';
import { answer, dateField, idField, listOf, shape } from '../platform/shape';
import { arrearsOn } from './arrears.queries';
import { CAUSE_NAMES } from './grading';
import { GradeJudgement, LoanClassChange } from './grading.entity';
import { classOn } from './grading.queries';
import { loanWithin } from './loans.queries';

interface ChangeAnswer {
  on: string;
  from: string;
  to: string;
  overdueDays: number;
  cause: string;
  causeName: string;
  policyRowId: string | null;
  judgementId: string | null;
}

interface JudgementAnswer {
  id: string;
  grade: string;
  state: string;
  reason: string;
  evidence: string;
  tableCode: string;
  overdueDays: number;
  proposedBy: string;
  proposedOn: string;
  decidedBy: string | null;
  decidedOn: string | null;
  note: string | null;
}

interface ClassHistory {
  changes: ChangeAnswer[];
  judgements: JudgementAnswer[];
}

const changeShape = shape<ChangeAnswer>({
  on: answer.date('日期'),
  from: answer.text('原分类'),
  to: answer.text('新分类'),
  overdueDays: answer.count('逾期天数（本金、利息取长）'),
  cause: answer.text('原因'),
  causeName: answer.text('原因名称'),
  policyRowId: answer.text('所用分类表').allow(null),
  judgementId: idField('认定编号').allow(null),
});

const judgementShape = shape<JudgementAnswer>({
  id: idField('认定编号'),
  grade: answer.text('认定等级'),
  state: answer.text('proposed 待审批, approved 已同意, refused 不同意'),
  reason: answer.text('理由'),
  evidence: answer.text('依据'),
  tableCode: answer.text('提出时按逾期天数的等级'),
  overdueDays: answer.count('提出时的逾期天数'),
  proposedBy: answer.text('提出人'),
  proposedOn: answer.date('提出日'),
  decidedBy: answer.text('审批人').allow(null),
  decidedOn: answer.date('审批日').allow(null),
  note: answer.text('审批意见').allow(null),
});

/** How a loan came to its class: every change, and the judgements asked for it. */
export const classHistory = defineQuery<{ loanId: string }, ClassHistory>({
  name: 'loans.class-history',
  title: '贷款分类记录',
  permission: 'loans.read',
  input: shape<{ loanId: string }>({ loanId: idField('贷款编号') }),
  answer: shape<ClassHistory>({
    changes: listOf(changeShape),
    judgements: listOf(judgementShape),
  }),
  run: async (read, { loanId }) => {
    await loanWithin(read, loanId);
    const sql = read.unscoped('the loan was found within the reader’s limits');
    const order = { changedOn: 'asc', id: 'asc' } as const;
    const changes = await listRows(sql, LoanClassChange, { loanId }, order);
    const judgements = await listRows(sql, GradeJudgement, { loanId }, { id: 'asc' });
    return {
      changes: changes.map(({ changedOn, fromCode, toCode, ...one }) => ({
        ...{ on: changedOn, from: fromCode, to: toCode, overdueDays: one.overdueDays },
        ...{ cause: one.cause, causeName: CAUSE_NAMES[one.cause] },
        ...{ policyRowId: one.policyRowId, judgementId: one.judgementId },
      })),
      judgements: judgements.map(({ gradeCode, decisionNote, ...one }) => ({
        ...{ id: one.id, grade: gradeCode, state: one.state, reason: one.reason },
        ...{ evidence: one.evidence, tableCode: one.tableCode, overdueDays: one.overdueDays },
        ...{ proposedBy: one.proposedBy, proposedOn: one.proposedOn },
        ...{ decidedBy: one.decidedBy, decidedOn: one.decidedOn, note: decisionNote },
      })),
    };
  },
});

interface ArrearsAnswer {
  on: string;
  maturesOn: string;
  outstanding: string;
  interestDue: string;
  interestToDate: string;
  penaltyToDate: string;
  ownInterestDue: string;
  principalDays: number;
  interestDays: number;
  tableCode: string;
  classCode: string;
  policyRowId: string;
}

/** What a loan owed on any day since its disbursal, how late it was, and its class on that day. */
export const loanArrears = defineQuery<{ loanId: string; on?: BusinessDate }, ArrearsAnswer>({
  name: 'loans.arrears',
  title: '某日欠款与逾期',
  permission: 'loans.read',
  input: shape<{ loanId: string; on?: BusinessDate }>({
    loanId: idField('贷款编号'),
    on: dateField('日期；不填为今日').optional(),
  }),
  answer: shape<ArrearsAnswer>({
    on: answer.date('日期'),
    maturesOn: answer.date('当日的到期日'),
    outstanding: answer.yuan('本金余额'),
    interestDue: answer.yuan('已结未付利息'),
    interestToDate: answer.yuan('截至当日应付利息'),
    penaltyToDate: answer.yuan('截至当日应付罚息'),
    ownInterestDue: answer.yuan('借款人自付利息中已到期未付的'),
    principalDays: answer.count('本金逾期天数'),
    interestDays: answer.count('借款人自付利息逾期天数'),
    tableCode: answer.text('按逾期天数的等级'),
    classCode: answer.text('当日登记的五级分类'),
    policyRowId: answer.text('所用分类表'),
  }),
  run: async (read, { loanId, on = read.today }) => {
    await loanWithin(read, loanId);
    const sql = read.unscoped('the loan was found within the reader’s limits');
    const then = await arrearsOn(sql, loanId, on);
    const classed = await sql.one<{ classCode: string }>(
      `SELECT ${classOn(':on')} AS classCode FROM loan l WHERE l.id = :loanId`,
      { loanId, on },
    );
    return {
      ...{ on, maturesOn: then.maturesOn, outstanding: yuan(then.outstandingFen) },
      ...{ interestDue: yuan(then.interestDueFen), interestToDate: yuan(then.interestToDateFen) },
      penaltyToDate: yuan(then.penaltyToDateFen),
      ownInterestDue: yuan(then.ownInterestDueFen),
      ...{ principalDays: then.principalDays, interestDays: then.interestDays },
      ...{ tableCode: then.classCode, classCode: classed?.classCode ?? then.classCode },
      policyRowId: then.policyRowId,
    };
  },
});
