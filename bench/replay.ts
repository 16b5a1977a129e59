/**
 * One loan with 2,000 repayments, a day apart, and one more that comes late for its second day: the whole life is
 * taken again, and everything after that day is voided and booked anew, with its entries mirrored. The floor writes
 * as many rows by INSERT … SELECT in one transaction. The seconds are for the one late repayment.
 */
import { repay } from '../src/loans';
import { addDays, businessDate } from '../src/platform/dates';
import { BANK, lend, openLending } from '../test/subsidies/lending';
import type { Bench, Case } from './harness';
import { type Kind, newPlace, openBare, openOurs, type Statement } from './places';

const PAID_OUT = businessDate('2016-06-20');
const EVENTS = 2_000;

const TABLES = [
  'CREATE TABLE seed (n INT PRIMARY KEY)',
  `INSERT INTO seed VALUES ${Array.from({ length: EVENTS }, (_, n) => `(${n + 1})`).join(', ')}`,
  'CREATE TABLE event (id INT, loan VARCHAR(26), fen BIGINT, voided VARCHAR(26))',
  'CREATE TABLE entry (id INT, memo VARCHAR(200), digest VARCHAR(64))',
  'CREATE TABLE line (id INT, account VARCHAR(32), fen BIGINT)',
  "INSERT INTO event SELECT n, 'loan', 100, NULL FROM seed",
];

/** Two voided and two new rows for an event and its interest; an entry of 2 to 4 lines for each of the four. */
const FLOOR: Statement[] = [
  ["UPDATE event SET voided = 'c' WHERE voided IS NULL", []],
  ...Array.from(
    { length: 2 },
    (): Statement => ["INSERT INTO event SELECT n, 'loan', 100, NULL FROM seed", []],
  ),
  ...Array.from(
    { length: 4 },
    (): Statement => ["INSERT INTO entry SELECT n, '合同 更正', 'd' FROM seed", []],
  ),
  ...Array.from(
    { length: 10 },
    (): Statement => ["INSERT INTO line SELECT n, 'BANK_CASH', 100 FROM seed", []],
  ),
];

async function open(kind: Kind): Promise<Bench> {
  const place = newPlace(kind);
  const bare = await openBare(place, TABLES);
  const county = await openLending(() => openOurs(place), PAID_OUT);
  // A repayment a day for 2,000 days: the term is longer than any product's.
  const loan = await lend(county, { disbursedOn: PAID_OUT, termMonths: 120 });
  const officer = county.actor({ permissions: ['loans.repay'], org: { id: BANK, kind: 'bank' } });
  const pay = (n: number, on: string) => {
    const input = { loanId: loan.id, amount: '10.00', paidOn: on, bankReference: `BENCH-${n}` };
    return county.do(officer, repay, input);
  };
  for (let n = 1; n <= EVENTS; n += 1) {
    const on = addDays(PAID_OUT, n + 1);
    county.clock.set(on);
    await pay(n, on);
  }
  let late = 0;
  return {
    floor: { what: 'the same rows', run: () => bare.transaction(FLOOR) },
    ours: {
      what: `repayment before ${EVENTS} others`,
      run: async () => {
        late += 1;
        await pay(EVENTS + late, addDays(PAID_OUT, 1));
      },
    },
    close: async () => {
      await bare.close();
      await county.close();
      await place.remove();
    },
  };
}

export const replayCases = (kind: Kind): Case[] => [
  { name: `replay ${kind}`, count: 1, open: () => open(kind) },
];
