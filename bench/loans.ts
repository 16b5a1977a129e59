/** Many loans for the cases that need a book: one household by its act, its loan, and copies of that loan. */
import { Loan } from '../src/loans/loan.entity';
import { businessDate, addMonths } from '../src/platform/dates';
import { insertRows } from '../src/platform/db/store';
import type { Param } from '../src/platform/db/sql';
import type { Work } from '../src/platform/work';
import type { County } from '../test/support/county';
import { lend, openLending } from '../test/subsidies/lending';
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
  const household = await work.tx.one<Record<string, Param>>(
    'SELECT * FROM household WHERE id = :id',
    { id: first.householdId },
  );
  const columns = Object.keys(household!);
  const ids = Array.from({ length: count }, () => work.newId());
  const households = ids.map((id) => ({ ...household, id, code: id, head_member_id: id }) as Record<string, Param>);
  const values = households.map((row) => columns.map((column) => row[column] ?? null));
  await work.tx.insertMany('household', columns, values);
  const loans = ids.map((householdId) => {
    const own = { id: work.newId(), applicationId: work.newId(), number: `BENCH-${householdId}` };
    return { ...first, ...own, householdId, runningKey: householdId, termMonths: MONTHS, maturesOn };
  });
  await insertRows(work.tx, Loan, loans);
}
