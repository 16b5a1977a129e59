/**
 * Applications that come back: a step may be taken again after a return, so steps and votes are told apart by lap,
 * and a table of its own says which one part each person has in an application, from entry to payout. Certificates
 * get an end and a code; a certificate shown at a counter starts the clock of its payout.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createSteps, createVillageReviews } from './1767200000008-applications';
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
  type Schema,
  schema,
  text,
  version,
} from './schema';

const CHAIN =
  "'submit', 'village-review', 'township-check', 'county-recheck', 'certificate', 'bank-decision'";

const STEP_COLUMNS =
  'application_id, position, step, actor_id, actor_name, outcome, reason, done_on, done_at, due_on,' +
  ' seen_version, content_digest, findings';
const REVIEW_COLUMNS =
  'application_id, held_on, place, votes_for, votes_against, abstained, aside, carried, minutes_text,' +
  ' chain_row_id';
const VOTE_COLUMNS = 'application_id, voter_name, relative, vote';

export class Applications1767200000021 implements MigrationInterface {
  readonly name = 'Applications1767200000021';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.addColumn('application', 'lap', integer().default(1), { lap_positive: 'lap > 0' });
    await s.addColumn('application', 'awaits_applicant', flag().default(0), {
      awaits_at_the_beginning: "awaits_applicant = 0 OR state = 'submitted'",
    });
    await s.addColumn('application', 'industry_code', code(40).null());
    await signers(s);
    await steps(s);
    await reviews(s);
    // Whoever was killed in the middle finds the old tables gone and has nothing left to copy.
    if (await runner.hasTable('review_step')) await bringOver(s);
    for (const table of ['review_vote', 'village_review', 'review_step']) await s.dropTable(table);
    await certificates(s);
    await payouts(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['payout', 'certificate_revocation']) await s.dropTable(table);
    await s.dropIndex('certificate', ['code']);
    for (const name of ['code', 'expires_on']) await s.dropColumn('certificate', name);
    await createSteps(s);
    await createVillageReviews(s);
    if (await runner.hasTable('application_step')) await bringBack(s);
    const tables = ['democratic_vote', 'democratic_review', 'application_step'];
    for (const table of [...tables, 'application_signer']) await s.dropTable(table);
    await s.dropColumn('application', 'industry_code');
    await s.dropColumn('application', 'awaits_applicant', ['awaits_at_the_beginning']);
    await s.dropColumn('application', 'lap', ['lap_positive']);
  }
}

/** One part per person: the primary key is the rule. */
async function signers(s: Schema): Promise<void> {
  await s.createTable(
    'application_signer',
    { application_id: id(), actor_id: code(40), step: code(20) },
    {
      primary: ['application_id', 'actor_id'],
      unique: [['application_id', 'actor_id', 'step']],
      foreign: { application_id: 'application' },
      check: { step_known: `step IN (${CHAIN}, 'contract', 'disbursal')` },
    },
  );
  await s.appendOnly('application_signer');
}

async function steps(s: Schema): Promise<void> {
  await s.createTable(
    'application_step',
    {
      application_id: id(),
      position: integer(),
      lap: integer(),
      step: code(20),
      actor_id: code(40),
      actor_name: text(60),
      outcome: code(10),
      reason: text(1000).null(),
      returned_to: code(20).null(),
      done_on: date(),
      done_at: instant(),
      due_on: date().null(),
      seen_version: integer(),
      content_digest: digest(),
      findings: json(),
    },
    {
      primary: ['application_id', 'position'],
      unique: [['application_id', 'lap', 'step']],
      foreign: {
        'application_id, actor_id, step': 'application_signer(application_id, actor_id, step)',
      },
      check: {
        step_known: `step IN (${CHAIN})`,
        outcome_known: "outcome IN ('passed', 'refused', 'returned')",
        refusal_has_reason: "outcome = 'passed' OR reason IS NOT NULL",
        return_has_goal: "(outcome = 'returned') = (returned_to IS NOT NULL)",
        position_positive: 'position > 0 AND lap > 0',
      },
    },
  );
  await s.appendOnly('application_step');
}

async function reviews(s: Schema): Promise<void> {
  await s.createTable(
    'democratic_review',
    {
      application_id: id(),
      lap: integer(),
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
      primary: ['application_id', 'lap'],
      foreign: { application_id: 'application' },
      check: {
        counts_not_negative:
          'votes_for >= 0 AND votes_against >= 0 AND abstained >= 0 AND aside >= 0',
      },
    },
  );
  await s.appendOnly('democratic_review');
  await s.createTable(
    'democratic_vote',
    {
      application_id: id(),
      lap: integer(),
      voter_name: text(60),
      relative: flag(),
      vote: code(10),
    },
    {
      primary: ['application_id', 'lap', 'voter_name'],
      foreign: { 'application_id, lap': 'democratic_review(application_id, lap)' },
      check: {
        vote_known: "vote IN ('for', 'against', 'abstain', 'aside')",
        relatives_stand_aside: "relative = 0 OR vote = 'aside'",
      },
    },
  );
  await s.appendOnly('democratic_vote');
}

/** What was signed before stands in the first lap. */
async function bringOver(s: Schema): Promise<void> {
  await s.run(
    `INSERT INTO application_signer (application_id, actor_id, step)
      SELECT o.application_id, o.actor_id, o.step FROM review_step o
       WHERE NOT EXISTS (SELECT 1 FROM application_signer n
                          WHERE n.application_id = o.application_id AND n.actor_id = o.actor_id)`,
  );
  await copy(s, 'review_step', 'application_step', STEP_COLUMNS, 'n.position = o.position');
  await copy(s, 'village_review', 'democratic_review', REVIEW_COLUMNS, 'n.lap = 1');
  const sameVoter = 'n.lap = 1 AND n.voter_name = o.voter_name';
  await copy(s, 'review_vote', 'democratic_vote', VOTE_COLUMNS, sameVoter);
}

function copy(s: Schema, from: string, to: string, columns: string, same: string): Promise<void> {
  return s.run(
    `INSERT INTO ${to} (${columns}, lap) SELECT ${columns}, 1 FROM ${from} o
      WHERE NOT EXISTS (SELECT 1 FROM ${to} n
                         WHERE n.application_id = o.application_id AND ${same})`,
  );
}

/** The old tables know no laps: of each step the last signature goes back, of each review the last. */
async function bringBack(s: Schema): Promise<void> {
  const last = (table: string, same: string) =>
    `NOT EXISTS (SELECT 1 FROM ${table} l
                  WHERE l.application_id = o.application_id AND l.lap > o.lap${same})`;
  const back = (from: string, to: string, columns: string, which: string, same: string) =>
    s.run(
      `INSERT INTO ${to} (${columns}) SELECT ${columns} FROM ${from} o
        WHERE ${which} AND NOT EXISTS (SELECT 1 FROM ${to} n
                                        WHERE n.application_id = o.application_id${same})`,
    );
  const steps = `o.outcome <> 'returned' AND ${last('application_step', ' AND l.step = o.step')}`;
  const position = ' AND n.position = o.position';
  await back('application_step', 'review_step', STEP_COLUMNS, steps, position);
  const review = last('democratic_review', '');
  await back('democratic_review', 'village_review', REVIEW_COLUMNS, review, '');
  const voter = ' AND n.voter_name = o.voter_name';
  await back('democratic_vote', 'review_vote', VOTE_COLUMNS, review, voter);
}

async function certificates(s: Schema): Promise<void> {
  await s.addColumn('certificate', 'expires_on', date().null());
  await s.addColumn('certificate', 'code', code(40).null());
  await s.addIndex('certificate', ['code']);
  await s.createTable(
    'certificate_revocation',
    {
      number: code(40),
      reason: text(1000),
      revoked_by: code(40),
      revoked_on: date(),
      revoked_at: instant(),
    },
    { primary: ['number'], foreign: { number: 'certificate(number)' } },
  );
  await s.appendOnly('certificate_revocation');
}

async function payouts(s: Schema): Promise<void> {
  await s.createTable(
    'payout',
    {
      certificate_number: code(40),
      application_id: id(),
      household_id: id(),
      region_code: code(12),
      bank_id: code(40),
      branch_id: code(40),
      presented_by: code(40),
      presented_on: date(),
      presented_at: instant(),
      due_at: instant(),
      findings: json(),
      loan_id: id().null(),
      paid_at: instant().null(),
      bank_reference: code(60).null(),
      account_index: digest().null(),
      account_masked: text(40).null(),
      late_reason: text(500).null(),
      late_by: code(40).null(),
      late_at: instant().null(),
      version: version(),
    },
    {
      // One presentation per certificate: a second branch is refused by the key.
      primary: ['certificate_number'],
      unique: [['application_id'], ['loan_id'], ['bank_id', 'bank_reference']],
      index: [['branch_id', 'presented_on'], ['account_index'], ['region_code']],
      foreign: { application_id: 'application', household_id: 'household' },
      check: {
        paid_whole:
          '(loan_id IS NULL AND paid_at IS NULL AND bank_reference IS NULL' +
          ' AND account_index IS NULL AND account_masked IS NULL)' +
          ' OR (loan_id IS NOT NULL AND paid_at IS NOT NULL AND bank_reference IS NOT NULL' +
          ' AND account_index IS NOT NULL AND account_masked IS NOT NULL)',
        paid_after: 'paid_at IS NULL OR paid_at >= presented_at',
        due_after: 'due_at > presented_at',
        lateness_whole:
          '(late_reason IS NULL AND late_by IS NULL AND late_at IS NULL)' +
          ' OR (late_reason IS NOT NULL AND late_by IS NOT NULL AND late_at IS NOT NULL)',
      },
    },
  );
}
