/** The narrow questions that other modules ask of the loan book, answered from the rows of the work in hand. */
import { regionPrefix } from '../platform/authority';
import { type BusinessDate, maxDate, quarterOf } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { findRow, listRows } from '../platform/db/store';
import type { DayBasis, Fen } from '../platform/money';
import type { Ppm } from '../platform/rate';
import { policyAsOf } from '../policy';
import { arrearsOf } from './arrears.queries';
import { classificationTable } from './classification';
import { Loan, LoanInterest, type LoanState } from './loan.entity';
import { isPaidOut } from './loan-state';
import { type LoanPosition, positionOf } from './position';
import { P } from './problems';

/** A loan as other modules see it. */
export interface LoanFace {
  id: string;
  /** The bank's contract number. */
  number: string;
  applicationId: string;
  householdId: string;
  memberId: string;
  regionCode: string;
  bankId: string;
  productCode: string;
  principalFen: Fen;
  outstandingFen: Fen;
  ratePpm: Ppm;
  basis: DayBasis;
  signedOn: BusinessDate;
  disbursedOn: BusinessDate | null;
  maturesOn: BusinessDate | null;
  state: LoanState;
  /** Days on which principal and own interest are overdue, as last counted. */
  daysOverdue: number;
  interestDaysOverdue: number;
  classCode: string;
  compensatedOn: BusinessDate | null;
  version: number;
}

/** The loan with this id. @throws Problem loans.absent */
export async function loanFor(sql: Sql, id: string): Promise<LoanFace> {
  const loan = await findRow(sql, Loan, { id });
  if (!loan) throw P.absent();
  return loan;
}

/** A loan's position on any date since its disbursal. @throws Problem loans.absent, loans.before-disbursal */
export async function positionOn(
  sql: Sql,
  loanId: string,
  date: BusinessDate,
): Promise<LoanPosition> {
  const loan = await findRow(sql, Loan, { id: loanId });
  if (!loan) throw P.absent();
  return positionOfLoan(sql, loan, date);
}

/**
 * The position on a date, or on the day of the last booking when that is later: for texts and pages that tell
 * what is owed now, also in a night that is caught up after a repayment.
 * @throws Problem loans.absent
 */
export async function currentPosition(
  sql: Sql,
  loanId: string,
  date: BusinessDate,
): Promise<{ on: BusinessDate; position: LoanPosition }> {
  const loan = await findRow(sql, Loan, { id: loanId });
  if (!loan) throw P.absent();
  const on = maxDate(date, loan.lastBookingOn ?? date);
  return { on, position: await positionOfLoan(sql, loan, on) };
}

async function positionOfLoan(sql: Sql, loan: Loan, date: BusinessDate): Promise<LoanPosition> {
  if (isPaidOut(loan) && date < loan.lastBookingOn) {
    const { principalDays, interestDays, ...then } = await arrearsOf(sql, loan, date);
    return { ...then, daysOverdue: principalDays, interestDaysOverdue: interestDays };
  }
  const { value } = await policyAsOf(sql, classificationTable, { region: loan.regionCode, date });
  const parts = loan.bookedUntil
    ? await listRows(sql, LoanInterest, {
        loanId: loan.id,
        periodCode: quarterOf(loan.bookedUntil),
        voidedBy: null,
      })
    : [];
  return positionOf(loan, parts, value, date);
}

/** One part of a loan's normal interest of a settlement period, before maturity. */
export interface InterestRow {
  loanId: string;
  regionCode: string;
  bankId: string;
  householdId: string;
  productCode: string;
  signedOn: BusinessDate;
  fromOn: BusinessDate;
  /** First day not counted. */
  untilOn: BusinessDate;
  days: number;
  principalFen: Fen;
  interestFen: Fen;
}

/** The range of codes that lie in a region. */
function codesIn(region: string): { from: string; to: string } {
  const prefix = regionPrefix(region);
  // ':' follows '9', so this is the first text after every code with the prefix.
  return { from: prefix, to: `${prefix}:` };
}

/**
 * The booked normal interest of a settlement period in a county: no penalty, no day after maturity. A loan has
 * one row for each stretch of equal principal; all rows of a loan come together, at most `limit` loans, ordered
 * by loan. `after` is the loan id of the last row seen.
 */
export async function interestRows(
  sql: Sql,
  asked: { periodCode: string; countyRegion: string; after?: string | null; limit: number },
): Promise<InterestRow[]> {
  const { periodCode, countyRegion, limit } = asked;
  return sql.rows<InterestRow>(
    `SELECT l.id AS loanId, l.region_code AS regionCode, l.bank_id AS bankId,
            l.household_id AS householdId, l.product_code AS productCode, l.signed_on AS signedOn,
            i.from_on AS fromOn, i.until_on AS untilOn, i.days AS days,
            i.principal_fen AS principalFen, i.amount_fen AS interestFen
       FROM (SELECT DISTINCT d.loan_id AS loan_id
               FROM loan_interest d JOIN loan p ON p.id = d.loan_id
              WHERE d.period_code = :periodCode AND d.kind = 'NORMAL' AND d.voided_by IS NULL AND d.loan_id > :after
                AND p.region_code >= :from AND p.region_code < :to
              ORDER BY d.loan_id LIMIT :limit) chosen
       JOIN loan l ON l.id = chosen.loan_id
       JOIN loan_interest i ON i.loan_id = l.id
        AND i.period_code = :periodCode AND i.kind = 'NORMAL' AND i.voided_by IS NULL
      ORDER BY l.id, i.from_on`,
    { periodCode, after: asked.after ?? '', limit, ...codesIn(countyRegion) },
  );
}

/** A running loan that matures on one of the days asked for. */
export interface MaturingLoan {
  id: string;
  regionCode: string;
  maturesOn: BusinessDate;
}

/** Running loans that mature on one of these days, by id ascending, greater than `after`. */
export function loansMaturingOn(
  sql: Sql,
  asked: { dates: readonly BusinessDate[]; after: string | null; limit: number },
): Promise<MaturingLoan[]> {
  return sql.rows<MaturingLoan>(
    `SELECT id, region_code AS regionCode, matures_on AS maturesOn
       FROM loan WHERE state = 'running' AND matures_on IN (:dates) AND id > :after
      ORDER BY id LIMIT :limit`,
    { dates: asked.dates, after: asked.after ?? '', limit: asked.limit },
  );
}

/** The counties in which loans run, as 12-digit codes, ascending. */
export async function countiesWithLoans(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ code: string }>(
    `SELECT DISTINCT ${sql.dialect.concat('SUBSTR(region_code, 1, 6)', "'000000'")} AS code
       FROM loan WHERE state = 'running' ORDER BY code`,
  );
  return rows.map(({ code }) => code);
}

/** Running loans of one township and bank whose principal is equally many days overdue (0: not); none written off. */
export interface OverdueGroup {
  townshipCode: string;
  bankId: string;
  daysOverdue: number;
  loans: number;
  principalFen: Fen;
}

/** The running loans by township, bank and days overdue on a date, in that order. */
export async function overdueGroups(sql: Sql, date: BusinessDate): Promise<OverdueGroup[]> {
  const { dialect } = sql;
  const days = `CASE WHEN matures_on < :date AND outstanding_fen > 0
                     THEN ${dialect.daysBetween('matures_on', ':date')} ELSE 0 END`;
  const township = dialect.concat('SUBSTR(region_code, 1, 9)', "'000'");
  return sql.rows<OverdueGroup>(
    `SELECT ${township} AS townshipCode, bank_id AS bankId, ${days} AS daysOverdue,
            COUNT(*) AS loans, SUM(outstanding_fen) AS principalFen
       FROM loan WHERE state = 'running' AND written_off_on IS NULL
      GROUP BY townshipCode, bankId, daysOverdue
      ORDER BY townshipCode, bankId, daysOverdue`,
    { date },
  );
}
