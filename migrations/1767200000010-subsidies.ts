/**
 * Interest subsidy: the run of a county's quarter and its claims, what the county was appropriated and what
 * it paid to each bank. What a claim says never changes; how far its quarter has come stands on the run.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  code,
  date,
  digest,
  id,
  instant,
  integer,
  json,
  money,
  type Schema,
  schema,
  text,
  version,
} from './schema';

/** A person, or the system. */
const actorId = () => code(40);
/** A quarter such as 2018Q3. */
const periodCode = () => code(6);

const TABLES = [
  'subsidy_run',
  'subsidy_claim',
  'subsidy_exclusion',
  'subsidy_account',
  'subsidy_appropriation',
  'subsidy_payment',
];

export class Subsidies1767200000010 implements MigrationInterface {
  readonly name = 'Subsidies1767200000010';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await quarters(s);
    await claims(s);
    await moneySide(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of [...TABLES].reverse()) await s.dropTable(table);
  }
}

async function quarters(s: Schema): Promise<void> {
  await s.createTable(
    'subsidy_run',
    {
      region_code: code(12),
      period_code: periodCode(),
      from_on: date(),
      to_on: date(),
      state: code(10),
      payee: code(20),
      cycle_row_id: text(80),
      claim_count: integer(),
      interest_fen: money(),
      subsidised_fen: money(),
      excluded_fen: money(),
      content_digest: digest(),
      proposed_by: actorId(),
      proposed_on: date(),
      proposed_at: instant(),
      approved_by: actorId().null(),
      approved_on: date().null(),
      approved_at: instant().null(),
      paid_by: actorId().null(),
      paid_on: date().null(),
      paid_at: instant().null(),
      voucher: text(80).null(),
      version: version(),
    },
    {
      primary: ['region_code', 'period_code'],
      check: {
        state_known: "state IN ('proposed', 'approved', 'paid')",
        sum: 'interest_fen = subsidised_fen + excluded_fen',
        not_negative: 'subsidised_fen >= 0 AND excluded_fen >= 0 AND claim_count >= 0',
        two_people: 'approved_by IS NULL OR approved_by <> proposed_by',
        three_people: 'paid_by IS NULL OR (paid_by <> proposed_by AND paid_by <> approved_by)',
        approved_first: "state = 'proposed' OR approved_by IS NOT NULL",
        paid_by_somebody: "state <> 'paid' OR paid_by IS NOT NULL",
      },
    },
  );
}

async function claims(s: Schema): Promise<void> {
  await s.createTable(
    'subsidy_claim',
    {
      period_code: periodCode(),
      loan_id: id(),
      run_region_code: code(12),
      region_code: code(12),
      bank_id: code(40),
      household_id: id(),
      product_code: code(20),
      interest_fen: money(),
      subsidised_fen: money(),
      excluded_fen: money(),
      basis: integer(),
      parts: json(),
      share_rows: json(),
    },
    {
      primary: ['period_code', 'loan_id'],
      index: [
        ['loan_id'],
        ['run_region_code', 'period_code', 'loan_id'],
        ['period_code', 'region_code', 'loan_id'],
      ],
      foreign: { 'run_region_code, period_code': 'subsidy_run(region_code, period_code)' },
      check: {
        sum: 'interest_fen = subsidised_fen + excluded_fen',
        not_negative: 'subsidised_fen >= 0 AND excluded_fen >= 0',
      },
    },
  );
  await s.appendOnly('subsidy_claim');
  // Why interest is not subsidised, one row a reason, so that the coverage of a county is one sum.
  await s.createTable(
    'subsidy_exclusion',
    { period_code: periodCode(), loan_id: id(), reason: code(30), amount_fen: money() },
    {
      primary: ['period_code', 'loan_id', 'reason'],
      foreign: { 'period_code, loan_id': 'subsidy_claim(period_code, loan_id)' },
      check: { positive: 'amount_fen > 0' },
    },
  );
  await s.appendOnly('subsidy_exclusion');
}

async function moneySide(s: Schema): Promise<void> {
  // The owner row of "never pay more than was appropriated": every appropriation and payment writes it.
  await s.createTable(
    'subsidy_account',
    { region_code: code(12), balance_fen: money(), version: version() },
    { primary: ['region_code'], check: { not_overdrawn: 'balance_fen >= 0' } },
  );
  await s.createTable(
    'subsidy_appropriation',
    {
      id: id(),
      region_code: code(12),
      source: code(20),
      document: text(120),
      amount_fen: money(),
      appropriated_on: date(),
      recorded_by: actorId(),
      recorded_at: instant(),
    },
    {
      primary: ['id'],
      unique: [['region_code', 'document']],
      foreign: { region_code: 'subsidy_account(region_code)' },
      check: {
        positive: 'amount_fen > 0',
        source_known: "source IN ('CENTRAL', 'PROVINCE', 'CITY', 'COUNTY')",
      },
    },
  );
  await s.appendOnly('subsidy_appropriation');
  await s.createTable(
    'subsidy_payment',
    {
      region_code: code(12),
      period_code: periodCode(),
      bank_id: code(40),
      claim_count: integer(),
      amount_fen: money(),
      voucher: text(80),
      paid_on: date(),
    },
    {
      primary: ['region_code', 'period_code', 'bank_id'],
      foreign: { 'region_code, period_code': 'subsidy_run(region_code, period_code)' },
      check: { positive: 'amount_fen > 0' },
    },
  );
  await s.appendOnly('subsidy_payment');
}
