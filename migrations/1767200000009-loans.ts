/**
 * The loan book: contracts with the terms they froze, what happened to them, and the interest booked. Events and
 * interest rows are added and never changed; the amounts on the loan are their running totals.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  code,
  date,
  id,
  instant,
  integer,
  json,
  money,
  ppm,
  type Schema,
  schema,
  version,
} from './schema';

export class Loans1767200000009 implements MigrationInterface {
  readonly name = 'Loans1767200000009';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await createLoan(s);
    await s.createTable(
      'loan_event',
      {
        id: id(),
        loan_id: id(),
        bank_id: code(40),
        natural_key: code(120),
        kind: code(20),
        happened_on: date(),
        amount_fen: money(),
        principal_fen: money(),
        interest_fen: money(),
        penalty_fen: money(),
        overpaid_fen: money(),
        outstanding_after_fen: money(),
        caused_by: code(40),
        recorded_at: instant(),
      },
      {
        primary: ['id'],
        unique: [['bank_id', 'natural_key']],
        index: [['loan_id', 'happened_on']],
        foreign: { loan_id: 'loan' },
        check: {
          kind_known: "kind IN ('disbursal', 'repayment', 'settlement', 'subsidy', 'compensation')",
          parts_not_negative:
            'principal_fen >= 0 AND interest_fen >= 0 AND penalty_fen >= 0 AND overpaid_fen >= 0',
          parts_sum: 'amount_fen = principal_fen + interest_fen + penalty_fen + overpaid_fen',
        },
      },
    );
    await s.appendOnly('loan_event');
    await s.createTable(
      'loan_interest',
      {
        loan_id: id(),
        period_code: code(6),
        kind: code(10),
        part_no: integer(),
        from_on: date(),
        until_on: date(),
        days: integer(),
        principal_fen: money(),
        amount_fen: money(),
        booked_on: date(),
      },
      {
        primary: ['loan_id', 'period_code', 'kind', 'part_no'],
        // No day is booked twice, whatever part or period it is said to belong to.
        unique: [['loan_id', 'kind', 'from_on']],
        index: [['period_code', 'kind', 'loan_id']],
        foreign: { loan_id: 'loan' },
        check: {
          kind_known: "kind IN ('NORMAL', 'OVERDUE', 'PENALTY')",
          days_forward: 'days > 0 AND from_on < until_on',
          principal_positive: 'principal_fen > 0',
          amount_not_negative: 'amount_fen >= 0',
        },
      },
    );
    await s.appendOnly('loan_interest');
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['loan_interest', 'loan_event', 'loan']) await s.dropTable(table);
  }
}

/** A contract: who borrows where, what is owed, what the contract froze, and its days. */
const loanColumns = {
  id: id(),
  number: code(40),
  application_id: id(),
  household_id: id(),
  member_id: id(),
  region_code: code(12),
  bank_id: code(40),
  product_code: code(10),
  principal_fen: money(),
  outstanding_fen: money(),
  interest_due_fen: money(),
  penalty_due_fen: money(),
  overpaid_fen: money(),
  rate_ppm: ppm(),
  rate_cap_ppm: ppm(),
  surcharge_ppm: ppm(),
  basis: integer(),
  term_months: integer(),
  terms: json(),
  state: code(10),
  signed_on: date(),
  signed_by: code(40),
  decided_by: code(40),
  disbursed_on: date().null(),
  disbursed_by: code(40).null(),
  matures_on: date().null(),
  booked_until: date().null(),
  last_booking_on: date().null(),
  settled_on: date().null(),
  compensated_on: date().null(),
  days_overdue: integer(),
  class_code: code(20),
  running_key: id().null(),
  signed_at: instant(),
  version: version(),
};

/** What no row of a loan may ever be, whoever writes it. */
const loanChecks = {
  principal_positive: 'principal_fen > 0',
  outstanding_within: 'outstanding_fen BETWEEN 0 AND principal_fen',
  dues_not_negative: 'interest_due_fen >= 0 AND penalty_due_fen >= 0 AND overpaid_fen >= 0',
  rate_within_cap: 'rate_ppm > 0 AND rate_ppm <= rate_cap_ppm',
  surcharge_share: 'surcharge_ppm BETWEEN 0 AND 1000000',
  basis_known: 'basis IN (360, 364, 365)',
  term_positive: 'term_months > 0',
  state_known: "state IN ('signed', 'running', 'settled')",
  signer_did_not_decide: 'signed_by <> decided_by',
  payer_did_not_sign: 'disbursed_by IS NULL OR disbursed_by <> signed_by',
  paid_out_whole:
    "(state = 'signed' AND disbursed_on IS NULL AND disbursed_by IS NULL AND matures_on IS NULL" +
    ' AND booked_until IS NULL AND last_booking_on IS NULL AND outstanding_fen = 0)' +
    " OR (state <> 'signed' AND disbursed_on IS NOT NULL AND disbursed_by IS NOT NULL" +
    ' AND matures_on IS NOT NULL AND booked_until IS NOT NULL AND last_booking_on IS NOT NULL' +
    ' AND matures_on > disbursed_on AND booked_until >= disbursed_on' +
    ' AND last_booking_on >= disbursed_on AND disbursed_on >= signed_on)',
  settled_owes_nothing:
    "(state <> 'settled' AND settled_on IS NULL) OR (state = 'settled' AND settled_on IS NOT NULL" +
    ' AND outstanding_fen = 0 AND interest_due_fen = 0 AND penalty_due_fen = 0)',
  running_is_keyed:
    "(state = 'settled' AND running_key IS NULL)" +
    " OR (state <> 'settled' AND running_key IS NOT NULL AND running_key = household_id)",
  overdue_only_running:
    "days_overdue = 0 OR (days_overdue > 0 AND state = 'running' AND outstanding_fen > 0)",
  compensated_after_maturity:
    'compensated_on IS NULL OR (matures_on IS NOT NULL AND compensated_on > matures_on)',
};

async function createLoan(s: Schema): Promise<void> {
  await s.createTable('loan', loanColumns, {
    primary: ['id'],
    // running_key is the household while the loan is not settled: one running loan per household.
    unique: [['application_id'], ['bank_id', 'number'], ['running_key']],
    index: [
      ['household_id'],
      ['region_code', 'bank_id'],
      ['state', 'matures_on'],
      ['state', 'booked_until'],
    ],
    foreign: {
      application_id: 'application',
      household_id: 'household',
      member_id: 'household_member',
    },
    check: loanChecks,
  });
}
