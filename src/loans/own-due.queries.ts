/** What of a loan's interest is the borrower's own and open, read from the books. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { listRows } from '../platform/db/store';
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import { ExpectedSubsidy } from './expected-subsidy';
import type { InterestPart } from './interest';
import type { Life } from './life';
import { LoanEvent, LoanInterest } from './loan.entity';
import type { PaidOutLoan } from './loan-state';
import { type LostSubsidy, type OwnDue, unpaidOwn } from './own-interest';

/** What a loan's events tell of its interest. */
export interface BookedInterest {
  parts: readonly InterestPart[];
  events: readonly PayingEvent[];
}

/** An event, as far as it pays interest. */
export type PayingEvent = Pick<LoanEvent, 'kind' | 'interestFen' | 'amountFen' | 'detail'> & {
  on: BusinessDate;
};

/** The part of a life that tells what is open. */
export type OwedLife = Pick<Life, 'interestDueFen' | 'bookedUntil' | 'maturesOn'>;

/** Holds on the subsidy that were decided to be its loss up to a date, by loan. */
export async function lostSubsidies(
  sql: Sql,
  loanIds: readonly string[],
  upTo: BusinessDate | null = null,
): Promise<Map<string, LostSubsidy[]>> {
  const lost = new Map<string, LostSubsidy[]>();
  if (loanIds.length === 0) return lost;
  const rows = await sql.rows<LostSubsidy & { loanId: string }>(
    `SELECT loan_id AS loanId, lost_from_on AS fromOn, ended_on AS decidedOn FROM subsidy_hold
      WHERE loan_id IN (:loanIds) AND state = 'lost' ORDER BY loan_id, id`,
    { loanIds },
  );
  for (const { loanId, ...one } of rows) {
    if (upTo === null || one.decidedOn <= upTo)
      lost.set(loanId, [...(lost.get(loanId) ?? []), one]);
  }
  return lost;
}

/**
 * The day on which the oldest own interest that is not wholly paid fell or falls due; null when there is none. A loan
 * whose interest the county bears wholly is told so by what the county is expected to pay, without its events.
 */
export async function ownDueSinceOf(
  sql: Sql,
  loan: PaidOutLoan,
  life: OwedLife,
): Promise<BusinessDate | null> {
  if (life.interestDueFen === 0) return null;
  const lost = (await lostSubsidies(sql, [loan.id])).get(loan.id) ?? [];
  const subsidy = new ExpectedSubsidy(sql);
  const days = { from: loan.disbursedOn, untilExclusive: life.bookedUntil };
  const within = life.bookedUntil <= life.maturesOn;
  if (within && lost.length === 0 && (await subsidy.bearsAll(loan, days))) return null;
  const where = { loanId: loan.id, voidedBy: null };
  const parts = await listRows(sql, LoanInterest, where);
  const events = await listRows(sql, LoanEvent, where, { happenedOn: 'asc', originId: 'asc' });
  const booked = { parts, events: events.map((one) => ({ ...one, on: one.happenedOn })) };
  return (await openOwn(subsidy, loan, life, booked, lost))[0]?.dueOn ?? null;
}

/** The own interest of a loan that is booked and not paid, oldest first. `events` in order. */
export async function openOwn(
  subsidy: ExpectedSubsidy,
  loan: PaidOutLoan,
  life: OwedLife,
  { parts, events }: BookedInterest,
  lost: readonly LostSubsidy[],
): Promise<OwnDue[]> {
  const days = { from: loan.disbursedOn, untilExclusive: life.bookedUntil };
  const received = new Map<string, Fen>();
  for (const { kind, detail, amountFen } of events) {
    if (kind !== 'subsidy' || detail?.periodCode === undefined) continue;
    const before = received.get(detail.periodCode) ?? ZERO_FEN;
    received.set(detail.periodCode, addFen(before, amountFen));
  }
  const { ratePpm, basis } = loan;
  return unpaidOwn({
    ...{ parts, ratePpm, basis, lost, received },
    maturesOn: life.maturesOn,
    borne: await subsidy.of(loan, days),
    paid: events.filter(({ kind }) => kind === 'repayment' || kind === 'renewal'),
    interestDueFen: life.interestDueFen,
  });
}
