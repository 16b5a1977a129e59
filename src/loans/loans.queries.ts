/** The screens of the loan book: the register, and one loan. */
import { memberFor } from '../households';
import { findRow, listRows } from '../platform/db/store';
import { yuan, ZERO_FEN } from '../platform/money';
import {
  defineQuery,
  type Page,
  pageFields,
  pageOf,
  type Reader,
  readPage,
} from '../platform/query';
import { answer, codeField, idField, Joi, listOf, shape } from '../platform/shape';
import { arrearsOf } from './arrears.queries';
import { type InterestKind } from './interest';
import {
  type LoanAnswer,
  type LoanEventAnswer,
  loanAnswer,
  loanAnswerFields,
  loanEventAnswer,
  loanEventShape,
} from './loan';
import { Loan, LoanEvent, LoanInterest } from './loan.entity';
import { currentPosition } from './loan-faces.queries';
import { isPaidOut } from './loan-state';
import { P } from './problems';
import { renewedBy } from './renewals.queries';

/** A loan with its borrower's name, as the register shows it. */
type RegisterRow = LoanAnswer & { borrowerName: string };

const registerFields = { ...loanAnswerFields, borrowerName: answer.text('借款人') };

async function withName(read: Reader, loan: Loan): Promise<RegisterRow> {
  const sql = read.unscoped('the loan was found within the reader’s limits');
  return { ...loanAnswer(loan), borrowerName: (await memberFor(sql, loan.memberId)).name };
}

/** The loan within the reader's limits. @throws Problem loans.absent */
export async function loanWithin(read: Reader, loanId: string): Promise<Loan> {
  const found = await read.one(
    'SELECT l.id FROM loan l WHERE l.id = :loanId AND {scope:l.region_code,l.bank_id}',
    { loanId },
  );
  const sql = read.unscoped('the loan was found within the reader’s limits');
  const loan = found && (await findRow(sql, Loan, { id: loanId }));
  if (!loan) throw P.absent();
  return loan;
}

interface ListInput {
  state?: string;
  overdue?: boolean;
  householdId?: string;
  after?: string;
  size?: number;
}

/** The register of loans (贷款台账), newest first. */
export const listLoans = defineQuery<ListInput, Page<RegisterRow>>({
  name: 'loans.list',
  title: '贷款台账',
  permission: 'loans.read',
  input: shape<ListInput>({
    state: codeField(['signed', 'running', 'settled'], '状态').optional(),
    overdue: Joi.boolean().description('只看逾期(true)或未逾期(false)').optional(),
    householdId: idField('户编号').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape<RegisterRow>(registerFields)),
  run: async (read, input) => {
    const conditions = ['{scope:l.region_code,l.bank_id}', '{after}'];
    const params: Record<string, string> = {};
    if (input.state !== undefined) {
      conditions.push('l.state = :state');
      params.state = input.state;
    }
    if (input.householdId !== undefined) {
      conditions.push('l.household_id = :householdId');
      params.householdId = input.householdId;
    }
    if (input.overdue !== undefined) {
      const days = 'l.days_overdue + l.interest_days_overdue';
      conditions.push(input.overdue ? `${days} > 0` : `${days} = 0`);
    }
    const page = await readPage<{ id: string }>(
      read,
      `SELECT l.id AS id FROM loan l WHERE ${conditions.join(' AND ')}`,
      params,
      { keys: [{ sql: 'l.id', field: 'id' }], direction: 'desc' },
      input,
    );
    const sql = read.unscoped('the page holds loans within the reader’s limits only');
    const loans = await listRows(sql, Loan, { id: page.items.map(({ id }) => id) }, { id: 'desc' });
    const items: RegisterRow[] = [];
    for (const loan of loans) items.push(await withName(read, loan));
    return { items, next: page.next };
  },
});

interface InterestAnswer {
  periodCode: string;
  kind: InterestKind;
  from: string;
  until: string;
  days: number;
  principal: string;
  amount: string;
  bookedOn: string;
}

interface PositionAnswer {
  on: string;
  outstanding: string;
  interestDue: string;
  ownInterestDue: string;
  interestToDate: string;
  penaltyToDate: string;
  daysOverdue: number;
  interestDaysOverdue: number;
  classCode: string;
}

interface LoanPage {
  loan: RegisterRow;
  events: LoanEventAnswer[];
  interest: InterestAnswer[];
  position: PositionAnswer;
  renewedByLoanId: string | null;
}

const interestShape = shape<InterestAnswer>({
  periodCode: answer.text('结息期'),
  kind: answer.text('NORMAL 到期前利息, OVERDUE 到期后利息, PENALTY 罚息'),
  from: answer.date('起息日'),
  until: answer.date('止息日(不含)'),
  days: answer.count('天数'),
  principal: answer.yuan('计息本金'),
  amount: answer.yuan('金额'),
  bookedOn: answer.date('入账日'),
});

const positionShape = shape<PositionAnswer>({
  on: answer.date('日期'),
  outstanding: answer.yuan('本金余额'),
  interestDue: answer.yuan('已结未付利息'),
  ownInterestDue: answer.yuan('其中已到期、应由借款人自付'),
  interestToDate: answer.yuan('截至当日应付利息'),
  penaltyToDate: answer.yuan('截至当日应付罚息'),
  daysOverdue: answer.count('本金逾期天数'),
  interestDaysOverdue: answer.count('自付利息逾期天数'),
  classCode: answer.text('按逾期天数的五级分类'),
});

/** One loan with everything that happened to it, and where it stands today. */
export const getLoan = defineQuery<{ loanId: string }, LoanPage>({
  name: 'loans.get',
  title: '贷款详情',
  permission: 'loans.read',
  input: shape<{ loanId: string }>({ loanId: idField('贷款编号') }),
  answer: shape<LoanPage>({
    loan: shape<RegisterRow>(registerFields),
    events: listOf(loanEventShape),
    interest: listOf(interestShape),
    position: positionShape,
    renewedByLoanId: answer.text('续贷的新贷款编号').allow(null),
  }),
  run: async (read, { loanId }) => {
    const loan = await loanWithin(read, loanId);
    const sql = read.unscoped('the loan was found within the reader’s limits');
    const events = await listRows(
      sql,
      LoanEvent,
      { loanId, voidedBy: null },
      { happenedOn: 'asc', originId: 'asc' },
    );
    const interest = await listRows(
      sql,
      LoanInterest,
      { loanId, voidedBy: null },
      { fromOn: 'asc', kind: 'asc' },
    );
    return {
      loan: await withName(read, loan),
      events: events.map(loanEventAnswer),
      interest: interest.map(interestAnswer),
      position: await positionAnswer(read, loan),
      renewedByLoanId: await renewedBy(sql, loanId),
    };
  },
});

function interestAnswer(row: LoanInterest): InterestAnswer {
  const { periodCode, kind, days, bookedOn } = row;
  return {
    ...{ periodCode, kind, from: row.fromOn, until: row.untilOn, days },
    ...{ principal: yuan(row.principalFen), amount: yuan(row.amountFen), bookedOn },
  };
}

async function positionAnswer(read: Reader, loan: Loan): Promise<PositionAnswer> {
  const sql = read.unscoped('the loan was found within the reader’s limits');
  const { on, position } = await currentPosition(sql, loan.id, read.today);
  const { daysOverdue, interestDaysOverdue, classCode } = position;
  const owes = isPaidOut(loan) && loan.ownDueSince !== null;
  const own = owes ? (await arrearsOf(sql, loan, on)).ownInterestDueFen : ZERO_FEN;
  return {
    on,
    outstanding: yuan(position.outstandingFen),
    interestDue: yuan(position.interestDueFen),
    ownInterestDue: yuan(own),
    interestToDate: yuan(position.interestToDateFen),
    penaltyToDate: yuan(position.penaltyToDateFen),
    ...{ daysOverdue, interestDaysOverdue, classCode },
  };
}
