/**
 * Since when the borrowers' own interest is open, of many loans of one settlement at once: what `ownDueSinceOf` tells
 * of one. Most loans owe none because the county bears all of it, which is asked once for all of them.
 */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { listRows } from '../platform/db/store';
import { maxFen } from '../platform/money';
import { ExpectedSubsidy, type SubsidisedLoan } from './expected-subsidy';
import type { Life, Outcome } from './life';
import { LoanEvent, LoanInterest } from './loan.entity';
import type { PaidOutLoan } from './loan-state';
import { type BookedInterest, lostSubsidies, type OwedLife, openOwn } from './own-due.queries';
import type { LostSubsidy } from './own-interest';

/** Loans whose whole history is held at a time. */
const AT_ONCE = 250;

/** A loan as a settlement leaves it; `outcome.booked` is not in the books yet. */
export interface OwingLoan {
  loan: PaidOutLoan;
  life: Life & OwedLife;
  outcome: Pick<Outcome, 'booked'>;
}

/** The day on which the oldest own interest that is open fell or falls due, by loan; loans that owe none are left out. */
export async function ownDueSinceOfMany(
  sql: Sql,
  settled: readonly OwingLoan[],
): Promise<Map<string, BusinessDate>> {
  const lost = await lostSubsidies(
    sql,
    settled.map(({ loan }) => loan.id),
  );
  const subsidy = new ExpectedSubsidy(sql);
  const borne = new Set<string>();
  for (const [until, days] of byLastDay(settled.filter(({ loan }) => !lost.has(loan.id)))) {
    for (const id of await borneWholly(subsidy, days, until)) borne.add(id);
  }
  const owing = settled.filter(({ loan, life }) => life.interestDueFen > 0 && !borne.has(loan.id));
  const since = new Map<string, BusinessDate>();
  for (let at = 0; at < owing.length; at += AT_ONCE) {
    const some = owing.slice(at, at + AT_ONCE);
    for (const [loanId, day] of await openSince(sql, subsidy, some, lost)) since.set(loanId, day);
  }
  return since;
}

/** Loans that are not past their maturity, by the day to which their interest is booked. */
function byLastDay(settled: readonly OwingLoan[]): Map<BusinessDate, PaidOutLoan[]> {
  const days = new Map<BusinessDate, PaidOutLoan[]>();
  for (const { loan, life } of settled) {
    if (life.bookedUntil > life.maturesOn) continue;
    const own = days.get(life.bookedUntil);
    if (own) own.push(loan);
    else days.set(life.bookedUntil, [loan]);
  }
  return days;
}

/** A loan, as far as it tells who bears its interest. */
export type BorneLoan = SubsidisedLoan & Pick<PaidOutLoan, 'id' | 'disbursedOn'>;

/** The loans of which the county is expected to bear all interest from their first day to `untilExclusive`. */
export async function borneWholly(
  subsidy: ExpectedSubsidy,
  loans: readonly BorneLoan[],
  untilExclusive: BusinessDate,
): Promise<Set<string>> {
  const alike = new Map<string, BorneLoan[]>();
  for (const loan of loans) {
    const { regionCode, productCode, terms } = loan;
    const name = `${regionCode.slice(0, 6)}/${productCode}/${terms.productRowId}`;
    const own = alike.get(name);
    if (own) own.push(loan);
    else alike.set(name, [loan]);
  }
  const borne = new Set<string>();
  const bearsAll = (loan: BorneLoan) =>
    subsidy.bearsAll(loan, { from: loan.disbursedOn, untilExclusive });
  for (const group of alike.values()) {
    // What holds of the longest stretch of days and the largest principal holds of all.
    let longest = group[0]!;
    let { principalFen } = longest;
    for (const loan of group) {
      if (loan.disbursedOn < longest.disbursedOn) longest = loan;
      principalFen = maxFen(principalFen, loan.principalFen);
    }
    const all = await bearsAll({ ...longest, principalFen });
    for (const loan of group) if (all || (await bearsAll(loan))) borne.add(loan.id);
  }
  return borne;
}

async function openSince(
  sql: Sql,
  subsidy: ExpectedSubsidy,
  owing: readonly OwingLoan[],
  lost: ReadonlyMap<string, LostSubsidy[]>,
): Promise<Map<string, BusinessDate>> {
  const since = new Map<string, BusinessDate>();
  const where = { loanId: owing.map(({ loan }) => loan.id), voidedBy: null };
  const parts = byLoan(await listRows(sql, LoanInterest, where));
  const inOrder = { happenedOn: 'asc', originId: 'asc' } as const;
  const events = byLoan(await listRows(sql, LoanEvent, where, inOrder));
  for (const { loan, life, outcome } of owing) {
    const booked: BookedInterest = {
      parts: [...(parts.get(loan.id) ?? []), ...outcome.booked],
      events: (events.get(loan.id) ?? []).map((one) => ({ ...one, on: one.happenedOn })),
    };
    const [oldest] = await openOwn(subsidy, loan, life, booked, lost.get(loan.id) ?? []);
    if (oldest) since.set(loan.id, oldest.dueOn);
  }
  return since;
}

function byLoan<T extends { loanId: string }>(rows: readonly T[]): Map<string, T[]> {
  const loans = new Map<string, T[]>();
  for (const row of rows) {
    const own = loans.get(row.loanId);
    if (own) own.push(row);
    else loans.set(row.loanId, [row]);
  }
  return loans;
}
