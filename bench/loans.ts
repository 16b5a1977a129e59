/** Many loans for the cases that need a book: one household by its act, its loan, and copies of that loan. */
import { Loan } from '../src/loans/loan.entity';
import { businessDate, addMonths } from '../src/platform/dates';
import { insertRows } from '../src/platform/db/store';
import type { County } from '../test/support/county';
import { lend, openLending } from '../test/subsidies/lending';
import { openOurs, type Place } from './places';

/** The day on which all of them were paid out; settled on every 20th of a quarter's last month after it. */
export const PAID_OUT = '2018-06-20';
const MONTHS = 120;

/** A county with so many running loans. The acts' books hold the first one's payout only; nobody proves them here. */
export async function openBookOf(place: Place, count: number): Promise<County> {
  const county = await openLending(() => openOurs(place), PAID_OUT);
  const first = await lend(county, { disbursedOn: PAID_OUT });
  const maturesOn = addMonths(businessDate(PAID_OUT), MONTHS);
  await county.system(async (work) => {
    const copies = Array.from({ length: count - 1 }, () => {
      const [id, householdId] = [work.newId(), work.newId()];
      const own = { id, householdId, runningKey: householdId, applicationId: work.newId() };
      return { ...first, ...own, number: `BENCH-${id}`, termMonths: MONTHS, maturesOn };
    });
    for (let at = 0; at < copies.length; at += 1000) {
      await insertRows(work.tx, Loan, copies.slice(at, at + 1000));
    }
  });
  return county;
}
