/** Applications for loans: the application itself, the steps of its review, village reviews and certificates. */
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
  type Schema,
  schema,
  text,
  version,
} from './schema';

const OPEN =
  "'submitted', 'village-reviewed', 'township-checked', 'county-checked', 'certified', 'approved'";

export class Applications1767200000008 implements MigrationInterface {
  readonly name = 'Applications1767200000008';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await createApplication(s);
    await createSteps(s);
    await createVillageReviews(s);
    await createCertificates(s);
    await s.createTable(
      'application_serial',
      { kind: code(20), county_code: code(12), year_text: code(4), last_serial: integer() },
      {
        primary: ['kind', 'county_code', 'year_text'],
        check: { serial_positive: 'last_serial > 0' },
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    const tables = ['application_serial', 'certificate', 'review_vote', 'village_review'];
    for (const table of [...tables, 'review_step', 'application']) await s.dropTable(table);
  }
}

async function createApplication(s: Schema): Promise<void> {
  await s.createTable(
    'application',
    {
      id: id(),
      number: code(40),
      household_id: id(),
      member_id: id(),
      relation: code(20),
      region_code: code(12),
      bank_id: code(40),
      product_code: code(10),
      product_row_id: code(60),
      uses_row_id: code(60),
      amount_fen: money(),
      term_months: integer(),
      use_code: code(40),
      use_detail: text(500),
      project: text(200).null(),
      repayment_source: text(500),
      witness_name: text(60),
      consents: json(),
      entered_by: code(40),
      entered_on: date(),
      entered_at: instant(),
      state: code(20),
      step_due_on: date().null(),
      content_digest: digest(),
      busy_household_id: id().null(),
      certificate_number: code(40).null(),
      bank_decision_by: code(40).null(),
      bank_decision_on: date().null(),
      loan_id: id().null(),
      closed_on: date().null(),
      closed_by: code(40).null(),
      close_reason: text(1100).null(),
      version: version(),
    },
    {
      primary: ['id'],
      // busy_household_id is the household while it is taken: one application or running loan per household.
      unique: [['number'], ['busy_household_id'], ['certificate_number'], ['loan_id']],
      index: [['household_id'], ['region_code', 'bank_id'], ['state', 'step_due_on']],
      foreign: { household_id: 'household', member_id: 'household_member' },
      check: {
        amount_positive: 'amount_fen > 0',
        term_positive: 'term_months > 0',
        state_known: `state IN (${OPEN}, 'contracted', 'settled', 'refused', 'withdrawn')`,
        busy_while_taken:
          // IS NOT NULL stands there because a condition that comes to NULL refuses nothing.
          `(state IN (${OPEN}, 'contracted') AND busy_household_id IS NOT NULL` +
          ' AND busy_household_id = household_id)' +
          " OR (state IN ('settled', 'refused', 'withdrawn') AND busy_household_id IS NULL)",
        certified_has_number:
          "state NOT IN ('certified', 'approved', 'contracted', 'settled') OR certificate_number IS NOT NULL",
        approved_was_decided:
          "state NOT IN ('approved', 'contracted', 'settled')" +
          ' OR (bank_decision_by IS NOT NULL AND bank_decision_on IS NOT NULL)',
        decider_did_not_enter: 'bank_decision_by IS NULL OR bank_decision_by <> entered_by',
        contract_has_loan: "state NOT IN ('contracted', 'settled') OR loan_id IS NOT NULL",
        closed_whole:
          `(state IN (${OPEN}, 'contracted') AND closed_on IS NULL AND closed_by IS NULL AND close_reason IS NULL)` +
          " OR (state IN ('settled', 'refused', 'withdrawn') AND closed_on IS NOT NULL" +
          ' AND closed_by IS NOT NULL AND close_reason IS NOT NULL)',
      },
    },
  );
}

export async function createSteps(s: Schema): Promise<void> {
  await s.createTable(
    'review_step',
    {
      application_id: id(),
      step: code(20),
      position: integer(),
      actor_id: code(40),
      actor_name: text(60),
      outcome: code(10),
      reason: text(1000).null(),
      done_on: date(),
      done_at: instant(),
      due_on: date().null(),
      seen_version: integer(),
      content_digest: digest(),
      findings: json(),
    },
    {
      primary: ['application_id', 'step'],
      // Every step by another person.
      unique: [
        ['application_id', 'actor_id'],
        ['application_id', 'position'],
      ],
      foreign: { application_id: 'application' },
      check: {
        step_known:
          "step IN ('submit', 'village-review', 'township-check', 'county-recheck', 'certificate', 'bank-decision')",
        outcome_known: "outcome IN ('passed', 'refused')",
        refusal_has_reason: "outcome = 'passed' OR reason IS NOT NULL",
        position_positive: 'position > 0',
      },
    },
  );
  await s.appendOnly('review_step');
}

export async function createVillageReviews(s: Schema): Promise<void> {
  await s.createTable(
    'village_review',
    {
      application_id: id(),
      held_on: date(),
      place: text(200),
      votes_for: integer(),
      votes_against: integer(),
      abstained: integer(),
      aside: integer(),
      carried: flag(),
      minutes_text: longText(),
      chain_row_id: code(60),
    },
    {
      primary: ['application_id'],
      foreign: { application_id: 'application' },
      check: {
        counts_not_negative:
          'votes_for >= 0 AND votes_against >= 0 AND abstained >= 0 AND aside >= 0',
      },
    },
  );
  await s.appendOnly('village_review');
  await s.createTable(
    'review_vote',
    { application_id: id(), voter_name: text(60), relative: flag(), vote: code(10) },
    {
      primary: ['application_id', 'voter_name'],
      foreign: { application_id: 'village_review(application_id)' },
      check: {
        vote_known: "vote IN ('for', 'against', 'abstain', 'aside')",
        relatives_stand_aside: "relative = 0 OR vote = 'aside'",
      },
    },
  );
  await s.appendOnly('review_vote');
}

async function createCertificates(s: Schema): Promise<void> {
  await s.createTable(
    'certificate',
    {
      number: code(40),
      application_id: id(),
      county_code: code(12),
      year: integer(),
      serial: integer(),
      issued_by: code(40),
      issued_on: date(),
      issued_at: instant(),
      content_digest: digest(),
    },
    {
      primary: ['number'],
      unique: [['application_id'], ['county_code', 'year', 'serial']],
      foreign: { application_id: 'application' },
      check: { serial_positive: 'serial > 0' },
    },
  );
  await s.appendOnly('certificate');
}
