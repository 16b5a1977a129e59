/**
 * What a loan owed on any day since its disbursal, and how late it was: told by taking the loan's steps again up to that
 * day, with the holds on the subsidy and the class table as they were then. What is known only since (a repayment
 * entered late, a reversal) is in it: it is what was owed, not what the screens said.
 */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { findRow, listRows } from '../platform/db/store';
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import { policyAsOf } from '../policy';
import { lifeAsOf } from './as-of';
import { classificationTable, type GradeCode } from './classification';
import { ExpectedSubsidy } from './expected-subsidy';
import { gradingOf, interestDaysOn } from './grading';
import { overdueDaysOn } from './interest';
import { accrue } from './life';
import { Loan, LoanEvent } from './loan.entity';
import { isPaidOut, type PaidOutLoan } from './loan-state';
import { lostSubsidies, openOwn } from './own-due.queries';
import { P } from './problems';

/** What a loan owed on a day. Amounts in fen. */
export interface Arrears {
  on: BusinessDate;
  maturesOn: BusinessDate;
  outstandingFen: Fen;
  /** Interest booked and unpaid. */
  interestDueFen: Fen;
  /** The same with the interest of the days up to the date (not including it) that was not booked yet. */
  interestToDateFen: Fen;
  penaltyToDateFen: Fen;
  /** The borrower's own interest that was due and unpaid. */
  ownInterestDueFen: Fen;
  /** The day on which the oldest of it fell due; null when nothing was open. */
  ownDueSince: BusinessDate | null;
  /** Days on which principal and own interest were overdue. */
  principalDays: number;
  interestDays: number;
  /** The class by the table of the day and the longer count; judgement and the borrower's other loans left out. */
  classCode: GradeCode;
  policyRowId: string;
}

/** @throws Problem loans.absent, loans.not-running (never paid out), loans.before-disbursal */
export async function arrearsOn(sql: Sql, loanId: string, date: BusinessDate): Promise<Arrears> {
  const loan = await findRow(sql, Loan, { id: loanId });
  if (!loan) throw P.absent();
  if (!isPaidOut(loan)) throw P.notRunning();
  return arrearsOf(sql, loan, date);
}

/** The arrears of a loan that was loaded. @throws Problem loans.before-disbursal */
export async function arrearsOf(sql: Sql, loan: PaidOutLoan, date: BusinessDate): Promise<Arrears> {
  if (date < loan.disbursedOn) throw P.beforeDisbursal({ detail: `放款日 ${loan.disbursedOn}` });
  const events = await listRows(sql, LoanEvent, { loanId: loan.id, voidedBy: null });
  const { life, ...booked } = lifeAsOf(loan, events, date);
  const lost = (await lostSubsidies(sql, [loan.id], date)).get(loan.id) ?? [];
  const owed = life.interestDueFen > 0;
  const open = owed ? await openOwn(new ExpectedSubsidy(sql), loan, life, booked, lost) : [];
  const ownDueSince = open[0]?.dueOn ?? null;
  const place = { region: loan.regionCode, date };
  const { value: table, rowId } = await policyAsOf(sql, classificationTable, place);
  const { outstandingFen, maturesOn, writtenOffOn, settledOn } = life;
  const graded = {
    ...{ id: loan.id, outstandingFen, maturesOn, ownDueSince, judgedCode: null },
    writtenOffOn: settledOn === null ? writtenOffOn : null,
  };
  const { life: accrued } = accrue(life, date, loan);
  return {
    ...{ on: date, maturesOn, outstandingFen, interestDueFen: life.interestDueFen },
    interestToDateFen: accrued.interestDueFen,
    penaltyToDateFen: accrued.penaltyDueFen,
    ownInterestDueFen: addFen(
      ZERO_FEN,
      ...open.filter(({ dueOn }) => dueOn <= date).map(({ amountFen }) => amountFen),
    ),
    ownDueSince,
    principalDays: overdueDaysOn(maturesOn, outstandingFen, date),
    interestDays: interestDaysOn(ownDueSince, date),
    classCode: gradingOf(table, graded, [], date).code,
    policyRowId: rowId,
  };
}
