/**
 * Collection: what reminded a borrower, who visited, what was held or handed over, and the nightly overdue
 * report. All of it is evidence, so rows are added and never changed.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  code,
  date,
  digest,
  flag,
  id,
  instant,
  integer,
  json,
  longText,
  money,
  ppm,
  type Schema,
  schema,
  text,
} from './schema';

/** What every record of a loan carries: the loan, where it stands, and who recorded it when. */
const ofLoan = {
  id: id(),
  loan_id: id(),
  household_id: id(),
  region_code: code(12),
  bank_id: code(40),
};
const recorded = { recorded_by: code(40), recorded_at: instant() };

export class Collections1767200000011 implements MigrationInterface {
  readonly name = 'Collections1767200000011';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.createTable(
      'reminder',
      {
        ...ofLoan,
        step_code: code(10),
        kind: code(30),
        channel: code(20),
        sent_on: date(),
        counts_for_claim: flag(),
        message_key: code(160),
        policy_row_id: code(80),
        ...recorded,
      },
      {
        primary: ['id'],
        unique: [['loan_id', 'step_code', 'sent_on'], ['message_key']],
        index: [['region_code', 'sent_on']],
        foreign: { loan_id: 'loan' },
      },
    );
    await s.appendOnly('reminder');
    await createHumanRecords(s);
    await createReport(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['overdue_report', 'demand', 'visit', 'reminder']) await s.dropTable(table);
  }
}

/** What people record: visits, and meetings and demands over overdue loans. */
async function createHumanRecords(s: Schema): Promise<void> {
  await s.createTable(
    'visit',
    {
      ...ofLoan,
      visited_on: date(),
      place: text(200),
      met_with: text(100),
      finding: longText(),
      use_checked: flag(),
      counts_for_claim: flag(),
      photo_digest: digest().null(),
      ...recorded,
    },
    {
      primary: ['id'],
      index: [
        ['loan_id', 'visited_on'],
        ['region_code', 'visited_on'],
      ],
      foreign: { loan_id: 'loan' },
    },
  );
  await s.appendOnly('visit');
  await s.createTable(
    'demand',
    {
      ...ofLoan,
      step_code: code(10),
      kind: code(30),
      held_on: date(),
      evidence: longText(),
      counts_for_claim: flag(),
      policy_row_id: code(80),
      ...recorded,
    },
    {
      primary: ['id'],
      unique: [['loan_id', 'kind', 'held_on']],
      foreign: { loan_id: 'loan' },
      check: { kind_known: "kind IN ('TOWNSHIP_MEETING', 'FORMAL_DEMAND')" },
    },
  );
  await s.appendOnly('demand');
}

async function createReport(s: Schema): Promise<void> {
  await s.createTable(
    'overdue_report',
    {
      business_date: date(),
      township_code: code(12),
      bank_id: code(40),
      loans: integer(),
      balance_fen: money(),
      overdue_loans: integer(),
      overdue_principal_fen: money(),
      overdue_rate_ppm: ppm().null(),
      bands: json(),
      made_at: instant(),
    },
    {
      primary: ['business_date', 'township_code', 'bank_id'],
      check: {
        counts_within: 'overdue_loans BETWEEN 0 AND loans',
        principal_within: 'overdue_principal_fen BETWEEN 0 AND balance_fen',
        rate_within: 'overdue_rate_ppm BETWEEN 0 AND 1000000',
      },
    },
  );
  await s.appendOnly('overdue_report');
}
