/** Whether the system's tables say what the model says, record by record and to the fen. */
import type { Sql } from '../../src/platform/db/database';
import { differs } from './operation';
import { duesOn, outstanding, type World } from './world';

type Row = Record<string, string | number | null>;

/** One kind of record: how the system and the model tell it, in the same words. */
interface Comparison {
  what: string;
  sql: string;
  model: (world: World) => Row[];
}

const COMPARISONS: readonly Comparison[] = [
  {
    what: 'loan',
    sql: `SELECT id, state, outstanding_fen AS principal, interest_due_fen AS interest,
                 penalty_due_fen AS penalty, overpaid_fen AS overpaid, days_overdue AS daysOverdue,
                 matures_on AS maturesOn, booked_until AS bookedUntil,
                 compensated_on AS compensatedOn FROM loan`,
    model: ({ loans }) =>
      loans.map((loan) => {
        const { interest, penalty } = duesOn(loan, loan.bookedUntil);
        const { id, state, overpaid, daysOverdue, compensatedOn } = loan;
        const dates = state === 'signed' ? { maturesOn: null, bookedUntil: null } : loan;
        const { maturesOn, bookedUntil } = dates;
        const owed = { principal: outstanding(loan), interest, penalty, overpaid };
        return { id, state, ...owed, daysOverdue, maturesOn, bookedUntil, compensatedOn };
      }),
  },
  {
    what: 'application',
    sql: 'SELECT id, state, version, amount_fen AS amount FROM application',
    model: ({ applications }) =>
      applications.map(({ id, state, version, amountFen: amount }) => ({
        id,
        state,
        version,
        amount,
      })),
  },
  {
    what: 'household',
    sql: 'SELECT id, version FROM household',
    model: ({ households }) => households.map(({ id, version }) => ({ id, version })),
  },
  {
    what: 'claim',
    sql: `SELECT id, state, amount_fen AS amount, due_back_fen AS dueBack,
                 signature_count AS signatures FROM fund_claim`,
    model: ({ claims }) =>
      claims.map(({ id, state, amountFen: amount, dueBackFen: dueBack, seats }) => ({
        ...{ id, state, amount, dueBack },
        signatures: seats.size,
      })),
  },
  {
    what: 'recovery',
    sql: `SELECT id, fund_part_fen AS part, CASE WHEN returned_on IS NULL THEN 0 ELSE 1 END AS returned
            FROM fund_recovery`,
    model: ({ recoveries }) =>
      recoveries.map(({ id, partFen: part, returned }) => ({
        id,
        part,
        returned: Number(returned),
      })),
  },
  {
    what: 'quarter',
    sql: 'SELECT period_code AS id, state, subsidised_fen AS subsidised FROM subsidy_run',
    model: ({ runs }) =>
      runs.map(({ period, state, claims }) => ({
        ...{ id: period, state },
        subsidised: [...claims.values()].reduce((sum, claim) => sum + claim.subsidised, 0),
      })),
  },
  {
    what: 'money',
    sql: `SELECT 'fund' AS id, balance_fen AS balance, reserved_fen AS reserved FROM fund
           UNION ALL SELECT 'county', balance_fen, 0 FROM subsidy_account`,
    model: (world) => [
      ...(world.fund.open
        ? [{ id: 'fund', balance: world.fundBalance, reserved: world.fundReserved }]
        : []),
      ...(world.papers.county.size > 0
        ? [{ id: 'county', balance: world.countyBalance, reserved: 0 }]
        : []),
    ],
  },
];

/** What the model and the tables disagree on, in words; at most ten of each kind. */
export async function disagreements(sql: Sql, world: World): Promise<string[]> {
  const told: string[] = [];
  for (const { what, sql: statement, model } of COMPARISONS) {
    const rows = await sql.rows<Row>(statement);
    const system = new Map(rows.map((row) => [row.id, row]));
    const expected = model(world);
    const faults = expected.flatMap((row) =>
      compared(`${what} ${row.id}`, row, system.get(row.id!)),
    );
    told.push(
      ...faults.slice(0, 10),
      ...differs(`number of ${what}s`, expected.length, rows.length),
    );
  }
  return told;
}

function compared(name: string, expected: Row, actual: Row | undefined): string[] {
  if (!actual) return [`${name} is not in the tables`];
  return Object.keys(expected).flatMap((field) =>
    differs(`${name}, ${field}`, expected[field], actual[field]),
  );
}
