/**
 * One page per loan: its statement, and what the modules above the loan book know of it: the notice, subsidies,
 * contacts with the borrower, checks of use, claims at the risk fund.
 */
import { contactsOf } from '../collections';
import { type LoanStatement, statementFields, statementOf } from '../loans';
import { checksOf, USE_NAMES } from '../monitoring';
import { LEVEL_NAMES, noticeOf } from '../notices';
import type { Sql } from '../platform/db/database';
import { yuan } from '../platform/money';
import { defineQuery } from '../platform/query';
import { answer, idField, listOf, shape } from '../platform/shape';
import { claimsOf } from '../riskfund';
import { subsidiesOf } from '../subsidies';

const fields = {
  ...statementFields,
  notice: shape<Notice>({
    noticeId: idField('公示编号'),
    state: answer.text('状态'),
    endsOn: answer.date('公示至(含)').allow(null),
    openObjections: answer.count('未办结的异议'),
    boards: listOf(
      shape<Board>({
        level: answer.text('级别'),
        postedOn: answer.date('张贴日').allow(null),
      }),
    ),
  }).allow(null),
  subsidies: listOf(
    shape<Subsidy>({
      periodCode: answer.text('季度'),
      state: answer.text('状态'),
      interest: answer.yuan('利息'),
      subsidised: answer.yuan('应贴'),
      excluded: answer.yuan('不贴'),
      paidOn: answer.date('支付日').allow(null),
    }),
  ),
  contacts: listOf(
    shape<ContactAnswer>({
      what: answer.text('reminder 提醒, visit 走访, demand 催收'),
      on: answer.date('日期'),
      stepCode: answer.text('催收步骤'),
      about: answer.text('内容或对象'),
      countsForClaim: answer.flag('计入代偿所需的催收记录'),
    }),
  ),
  checks: listOf(
    shape<Check>({
      on: answer.date('走访日期'),
      dueOn: answer.date('应查日期'),
      use: answer.text('用途认定'),
      findings: answer.text('检查情况'),
      by: answer.text('登记人'),
      flagState: answer.text('预警状态').allow(null),
    }),
  ),
  claims: listOf(
    shape<Claim>({
      claimId: idField('代偿申请'),
      state: answer.text('状态'),
      amount: answer.yuan('代偿金额'),
      claimedOn: answer.date('申请日'),
      paidOn: answer.date('支付日').allow(null),
      signatures: answer.count('已签字的席位'),
    }),
  ),
};

interface Board {
  level: string;
  postedOn: string | null;
}
interface Notice {
  noticeId: string;
  state: string;
  endsOn: string | null;
  openObjections: number;
  boards: Board[];
}
interface Subsidy {
  periodCode: string;
  state: string;
  interest: string;
  subsidised: string;
  excluded: string;
  paidOn: string | null;
}
interface ContactAnswer {
  what: string;
  on: string;
  stepCode: string;
  about: string;
  countsForClaim: boolean;
}
interface Check {
  on: string;
  dueOn: string;
  use: string;
  findings: string;
  by: string;
  flagState: string | null;
}
interface Claim {
  claimId: string;
  state: string;
  amount: string;
  claimedOn: string;
  paidOn: string | null;
  signatures: number;
}

/** The page of a loan. */
export interface LoanFile extends LoanStatement {
  notice: Notice | null;
  subsidies: Subsidy[];
  contacts: ContactAnswer[];
  checks: Check[];
  claims: Claim[];
}

/** Everything about one loan. @throws Problem loans.absent */
export const loanFile = defineQuery<{ loanId: string }, LoanFile>({
  name: 'inspection.loan-file',
  title: '贷款档案',
  permission: 'loans.read',
  input: shape<{ loanId: string }>({ loanId: idField('贷款编号') }),
  answer: shape<LoanFile>(fields),
  run: async (read, { loanId }) => {
    const { sql, loan, statement } = await statementOf(read, loanId);
    return {
      ...statement,
      notice: await noticeAnswer(sql, loan.applicationId, read.today),
      subsidies: (await subsidiesOf(sql, loanId)).map((one) => ({
        ...{ periodCode: one.periodCode, state: one.state, paidOn: one.paidOn },
        interest: yuan(one.interestFen),
        ...{ subsidised: yuan(one.subsidisedFen), excluded: yuan(one.excludedFen) },
      })),
      contacts: (await contactsOf(sql, loanId)).map(({ id: _, onDate: on, ...one }) => ({
        ...one,
        on,
      })),
      checks: (await checksOf(sql, loanId)).map((one) => ({
        ...{ on: one.visitedOn, dueOn: one.dueOn, use: USE_NAMES[one.useFound] },
        ...{ findings: one.findings, by: one.recordedByName, flagState: one.flagState },
      })),
      claims: (await claimsOf(sql, loanId)).map((one) => ({
        ...{ claimId: one.id, state: one.state, amount: yuan(one.amountFen) },
        ...{ claimedOn: one.claimedOn, paidOn: one.paidOn, signatures: one.signatures.length },
      })),
    };
  },
});

async function noticeAnswer(
  sql: Sql,
  applicationId: string,
  today: LoanStatement['on'],
): Promise<Notice | null> {
  const standing = await noticeOf(sql, { kind: 'application', id: applicationId }, today);
  if (!standing) return null;
  const { noticeId, state, endsOn, openObjections, levels } = standing;
  const boards = levels.map(({ level, postedOn }) => ({ level: LEVEL_NAMES[level], postedOn }));
  return { noticeId, state, endsOn, openObjections, boards };
}
