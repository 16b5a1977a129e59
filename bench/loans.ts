/** Many loans for the cases that need a book: one household by its act, its loan, and copies of that loan. */
import { Loan } from '../src/loans/loan.entity';
import { addMonths, businessDate } from '../src/platform/dates';
import type { Param } from '../src/platform/db/sql';
import { insertRows } from '../src/platform/db/store';
import type { Work } from '../src/platform/work';
import { lend, openLending } from '../test/subsidies/lending';
import type { County } from '../test/support/county';
import { openOurs, type Place } from './places';

/** The day on which all of them were paid out; settled on every 20th of a quarter's last month after it. */
export const PAID_OUT = '2018-06-20';
const MONTHS = 120;
const PIECE = 1000;

/** A county with so many running loans. The books hold the first one's payout only; nobody proves them here. */
export async function openBookOf(place: Place, count: number): Promise<County> {
  const county = await openLending(() => openOurs(place), PAID_OUT);
  const first = await lend(county, { disbursedOn: PAID_OUT });
  for (let left = count - 1; left > 0; left -= PIECE) {
    await county.system((work) => copies(work, first, Math.min(left, PIECE)));
  }
  return county;
}

/** Copies of a loan, each with a household of its own, because a household has one running loan. */
async function copies(work: Work, first: Loan, count: number): Promise<void> {
  const maturesOn = addMonths(businessDate(PAID_OUT), MONTHS);
  const loans = Array.from({ length: count }, () => {
    const [id, householdId] = [work.newId(), work.newId()];
    const keys = { id, householdId, runningKey: householdId, applicationId: work.newId() };
    return { ...first, ...keys, number: `BENCH-${id}`, termMonths: MONTHS, maturesOn };
  });
  const households = loans.map(({ householdId: id }) => ({ id, code: id, head_member_id: id }));
  await repeat(work, 'household', first.householdId, households);
  const applications = loans.map((loan) => ({
    ...{ id: loan.applicationId, number: loan.number, household_id: loan.householdId },
    ...{ busy_household_id: loan.householdId, certificate_number: loan.id, loan_id: loan.id },
  }));
  await repeat(work, 'application', first.applicationId, applications);
  await insertRows(work.tx, Loan, loans);
}

/** Inserts a row of a table again and again, with some columns changed. */
async function repeat(
  work: Work,
  table: string,
  id: string,
  changes: readonly Record<string, Param>[],
): Promise<void> {
  const row = await work.tx.one<Record<string, Param>>(`SELECT * FROM ${table} WHERE id = :id`, {
    id,
  });
  const columns = Object.keys(row!);
  const values = changes.map((change) =>
    columns.map((column) => ({ ...row, ...change })[column] ?? null),
  );
  await work.tx.insertMany(table, columns, values);
}
