/**
 * The settlement step over 200 loans, a quarter a turn: one act for each loan, with audit and key, against a bare
 * transaction for each loan that writes the same rows of the trade, and against one transaction for all of them.
 */
import { settleInterestStep } from '../src/loans';
import { businessDate, settlementDays } from '../src/platform/dates';
import { NightRunner } from '../src/platform/jobs/runner';
import type { Bench, Case, Side } from './harness';
import { openBookOf } from './loans';
import { type Bare, type Kind, newPlace, openBare, type Statement } from './places';

const LOANS = 200;

const TABLES = [
  'CREATE TABLE loan (id INT PRIMARY KEY, due BIGINT NOT NULL, booked INT NOT NULL)',
  'CREATE TABLE interest (loan_id INT, quarter INT, days INT, fen BIGINT, PRIMARY KEY (loan_id, quarter))',
  'CREATE TABLE event (id BIGINT PRIMARY KEY, loan_id INT, fen BIGINT)',
  'CREATE TABLE entry (id BIGINT PRIMARY KEY, memo VARCHAR(200))',
  'CREATE TABLE line (entry_id BIGINT, line_no INT, fen BIGINT, PRIMARY KEY (entry_id, line_no))',
  'CREATE TABLE balance (account VARCHAR(20) PRIMARY KEY, fen BIGINT NOT NULL)',
  "INSERT INTO balance VALUES ('receivable', 0), ('income', 0)",
];

/** The rows of one loan's quarter. */
function rowsOf(loan: number, quarter: number): Statement[] {
  const fen = 60_694;
  const id = quarter * 1_000_000 + loan;
  return [
    ['SELECT due, booked FROM loan WHERE id = ?', [loan]],
    ['INSERT INTO interest VALUES (?, ?, 92, ?)', [loan, quarter, fen]],
    ['INSERT INTO event VALUES (?, ?, ?)', [id, loan, fen]],
    ['UPDATE loan SET due = due + ?, booked = ? WHERE id = ?', [fen, quarter, loan]],
    ['INSERT INTO entry VALUES (?, ?)', [id, '合同 BENCH 计息']],
    ['INSERT INTO line VALUES (?, 1, ?), (?, 2, ?)', [id, fen, id, -fen]],
    ['UPDATE balance SET fen = fen + ? WHERE account = ?', [fen, 'receivable']],
    ['UPDATE balance SET fen = fen - ? WHERE account = ?', [fen, 'income']],
  ];
}

/** A quarter a turn, one transaction for each loan or one for all. */
function floorOf(bare: Bare, together: boolean): Side {
  let quarter = 0;
  const run = async (count: number) => {
    quarter += 1;
    const each = Array.from({ length: count }, (_, loan) => rowsOf(loan, quarter));
    if (together) await bare.transaction(each.flat());
    else for (const rows of each) await bare.transaction(rows);
  };
  return { what: together ? 'one transaction' : 'a transaction a loan', run };
}

async function open(kind: Kind, together: boolean): Promise<Bench> {
  const place = newPlace(kind);
  const loans = Array.from(
    { length: LOANS },
    (_, loan) => `INSERT INTO loan VALUES (${loan}, 0, 0)`,
  );
  const bare = await openBare(place, [...TABLES, ...loans]);
  const county = await openBookOf(place, LOANS);
  const platform = { ...county.platform, checkAnswers: false };
  const runner = new NightRunner(platform, [settleInterestStep], { holder: 'bench' });
  const days = settlementDays(businessDate('2018-06-21'), businessDate('2028-06-19'));
  const run = async (count: number) => {
    const day = days.shift();
    if (!day) throw new Error('The loans have matured: take fewer rounds');
    const { steps } = await runner.runNight(day);
    const [step] = steps;
    if (step?.done !== count) throw new Error(`Not settled: ${JSON.stringify(steps)}`);
  };
  return {
    floor: floorOf(bare, together),
    ours: { what: 'settled loan', run },
    close: async () => {
      await bare.close();
      await county.close();
      await place.remove();
    },
  };
}

export const settlementCases = (kind: Kind): readonly Case[] => [
  {
    name: `${kind}: settling ${LOANS} loans against a bare transaction a loan`,
    count: LOANS,
    open: () => open(kind, false),
  },
  {
    name: `${kind}: settling ${LOANS} loans against one bare transaction`,
    count: LOANS,
    open: () => open(kind, true),
  },
];
