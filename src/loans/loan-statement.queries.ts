/** What a loan's own page and its statement (对账单) show: figures, payments to come, events, corrections, book. */
import { memberFor } from '../households';
import { organisationById, regionName } from '../identity';
import { bankBook, linesOfSub, type SubLine } from '../ledger';
import { isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { listRows } from '../platform/db/store';
import { yuan } from '../platform/money';
import { defineQuery, type Reader } from '../platform/query';
import { answer, idField, listOf, shape } from '../platform/shape';
import { factsOf, lifeTerms, settledThrough } from './history';
import { compareFacts } from './life';
import {
  type LoanAnswer,
  type LoanEventAnswer,
  loanAnswer,
  loanAnswerFields,
  loanEventAnswer,
  loanEventShape,
} from './loan';
import { type Loan, LoanCorrection, LoanEvent } from './loan.entity';
import { isPaidOut } from './loan-state';
import { loanWithin } from './loans.queries';
import { outlookOf } from './outlook';
import { replay } from './replay';

const paymentShape = shape<Payment>({
  on: answer.date('应还日'),
  days: answer.count('计息天数'),
  interest: answer.yuan('利息'),
  principal: answer.yuan('本金'),
  balance: answer.yuan('还后本金余额'),
});

interface Payment {
  on: string;
  days: number;
  interest: string;
  principal: string;
  balance: string;
}

const correctionShape = shape<CorrectionAnswer>({
  id: idField('更正编号'),
  kind: answer.text('reversal 冲正, back-dated 补记'),
  eventId: idField('所更正的业务'),
  effectiveOn: answer.date('自此日起重算'),
  correctedOn: answer.date('更正日'),
  reason: answer.text('原因'),
  correctedBy: answer.text('更正人'),
  correctedAt: answer.instant('更正时刻'),
  voided: listOf(loanEventShape),
});

interface CorrectionAnswer {
  id: string;
  kind: string;
  eventId: string;
  effectiveOn: string;
  correctedOn: string;
  reason: string;
  correctedBy: string;
  correctedAt: string;
  /** The rows it overtook, as they stood. */
  voided: LoanEventAnswer[];
}

const lineShape = shape<BookLine>({
  on: answer.date('记账日期'),
  event: answer.text('事项'),
  memo: answer.text('摘要'),
  account: answer.text('科目'),
  debit: answer.yuan('借方'),
  credit: answer.yuan('贷方'),
  key: answer.text('分录'),
  corrects: answer.text('所更正的分录').allow(null),
});

interface BookLine {
  on: string;
  event: string;
  memo: string;
  account: string;
  debit: string;
  credit: string;
  key: string;
  corrects: string | null;
}

/** Everything that a loan's own module knows of it. */
export interface LoanStatement {
  on: BusinessDate;
  loan: LoanAnswer;
  borrower: string;
  bankName: string;
  village: string;
  payments: Payment[];
  events: LoanEventAnswer[];
  corrections: CorrectionAnswer[];
  book: BookLine[];
}

/** Fields of the answer, for whoever adds to them. */
export const statementFields = {
  on: answer.date('截至'),
  loan: shape<LoanAnswer>(loanAnswerFields),
  borrower: answer.text('借款人'),
  bankName: answer.text('承贷银行'),
  village: answer.text('村'),
  payments: listOf(paymentShape),
  events: listOf(loanEventShape),
  corrections: listOf(correctionShape),
  book: listOf(lineShape),
};

/** A statement of a loan within the reader's limits. @throws Problem loans.absent */
export async function statementOf(
  read: Reader,
  loanId: string,
): Promise<{ sql: Sql; loan: Loan; statement: LoanStatement }> {
  const loan = await loanWithin(read, loanId);
  const sql = read.unscoped('the loan was found within the reader’s limits');
  const events = await listRows(sql, LoanEvent, { loanId }, { originId: 'asc', revision: 'asc' });
  const standing = events.filter(({ voidedBy }) => voidedBy === null).sort(inOrder);
  const bank = await organisationById(sql, loan.bankId);
  const statement: LoanStatement = {
    on: read.today,
    loan: loanAnswer(loan),
    borrower: (await memberFor(sql, loan.memberId)).name,
    bankName: bank?.name ?? loan.bankId,
    village: await regionName(sql, loan.regionCode),
    payments: paymentsToCome(loan, standing, read.today),
    events: standing.map(loanEventAnswer),
    corrections: await correctionsOf(sql, loanId, events),
    book: (await linesOfSub(sql, bankBook(loan.bankId), loanId)).map(bookLine),
  };
  return { sql, loan, statement };
}

const inOrder = (a: LoanEvent, b: LoanEvent) =>
  compareFacts({ ...a, on: a.happenedOn }, { ...b, on: b.happenedOn });

function paymentsToCome(loan: Loan, events: readonly LoanEvent[], today: BusinessDate): Payment[] {
  if (!isPaidOut(loan) || loan.state !== 'running') return [];
  const terms = lifeTerms(loan);
  const [begun, facts] = factsOf(loan, events);
  const { life } = replay(begun, facts, settledThrough(events, today), terms);
  return outlookOf(life, terms).map((one) => ({
    ...{ on: one.on, days: one.days, interest: yuan(one.interestFen) },
    ...{ principal: yuan(one.principalFen), balance: yuan(one.balanceFen) },
  }));
}

async function correctionsOf(
  sql: Sql,
  loanId: string,
  events: readonly LoanEvent[],
): Promise<CorrectionAnswer[]> {
  const rows = await listRows(sql, LoanCorrection, { loanId }, { id: 'asc' });
  return rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, eventId: row.eventId, effectiveOn: row.effectiveOn },
    ...{ correctedOn: row.correctedOn, reason: row.reason, correctedBy: row.correctedBy },
    correctedAt: isoInstant(row.correctedAt),
    voided: events.filter(({ voidedBy }) => voidedBy === row.id).map(loanEventAnswer),
  }));
}

function bookLine({
  onDate,
  event,
  memo,
  title,
  amountFen,
  entryKey,
  corrects,
}: SubLine): BookLine {
  const [debit, credit] =
    amountFen > 0 ? [yuan(amountFen), '0.00'] : ['0.00', yuan(amountFen).slice(1)];
  return { on: onDate, event, memo, account: title, debit, credit, key: entryKey, corrects };
}

/** The statement of one loan, to look at or to print. */
export const loanStatement = defineQuery<{ loanId: string }, LoanStatement>({
  name: 'loans.statement',
  title: '贷款对账单',
  permission: 'loans.read',
  input: shape<{ loanId: string }>({ loanId: idField('贷款编号') }),
  answer: shape<LoanStatement>(statementFields),
  run: async (read, { loanId }) => (await statementOf(read, loanId)).statement,
});
