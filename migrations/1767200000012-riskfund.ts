/**
 * The risk-compensation fund of a county: its money, the banks' claims on it with the signatures of the three
 * seats, and what comes back when a borrower pays after all.
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
  ppm,
  type Schema,
  schema,
  text,
  version,
} from './schema';

/** A person, or the system. */
const actorId = () => code(40);

const SEATS = "('poverty-office', 'finance-bureau', 'platform-company')";

const TABLES = ['fund', 'fund_claim', 'fund_signature', 'fund_recovery', 'fund_movement'];

export class Riskfund1767200000012 implements MigrationInterface {
  readonly name = 'Riskfund1767200000012';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.createTable(
      'fund',
      {
        region_code: code(12),
        balance_fen: money(),
        reserved_fen: money(),
        version: version(),
      },
      {
        primary: ['region_code'],
        check: { covered: 'balance_fen >= reserved_fen AND reserved_fen >= 0' },
      },
    );
    await claims(s);
    await signatures(s);
    await recoveries(s);
    await movements(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of [...TABLES].reverse()) await s.dropTable(table);
  }
}

async function claims(s: Schema): Promise<void> {
  await s.createTable(
    'fund_claim',
    {
      id: id(),
      fund_region_code: code(12),
      loan_id: id(),
      // The loan while this claim stands (submitted, signed or paid), NULL once refused: one standing claim a loan.
      standing_loan_id: id().null(),
      household_id: id(),
      region_code: code(12),
      bank_id: code(40),
      principal_fen: money(),
      interest_fen: money(),
      covered_principal_fen: money(),
      covered_interest_fen: money(),
      share_ppm: ppm(),
      amount_fen: money(),
      overdue_days: integer(),
      cut_off_on: date(),
      terms_row_id: text(80),
      seats: json(),
      return_working_days: integer(),
      content_digest: digest(),
      state: code(10),
      signature_count: integer(),
      claimed_by: actorId(),
      claimed_on: date(),
      claimed_at: instant(),
      paid_by: actorId().null(),
      paid_on: date().null(),
      refused_by: actorId().null(),
      refused_seat: code(20).null(),
      refused_on: date().null(),
      refusal_code: code(30).null(),
      refusal_note: text(300).null(),
      // What of the amount is to come back so far; never more than the fund paid.
      due_back_fen: money(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['standing_loan_id'], ['id', 'claimed_by', 'content_digest']],
      index: [['loan_id'], ['region_code', 'id'], ['state', 'id']],
      foreign: { fund_region_code: 'fund(region_code)' },
      check: {
        state_known: "state IN ('submitted', 'signed', 'paid', 'refused')",
        standing: "(state = 'refused') = (standing_loan_id IS NULL)",
        amount: 'amount_fen > 0 AND amount_fen <= covered_principal_fen + covered_interest_fen',
        covered: 'covered_principal_fen <= principal_fen AND covered_interest_fen <= interest_fen',
        due_back: 'due_back_fen >= 0 AND due_back_fen <= amount_fen',
        signatures: 'signature_count >= 0 AND signature_count <= 3',
        payer: 'paid_by IS NULL OR paid_by <> claimed_by',
        refuser: 'refused_by IS NULL OR refused_by <> claimed_by',
        refused_with_reason: "state <> 'refused' OR refusal_code IS NOT NULL",
        paid_by_somebody: "state <> 'paid' OR paid_by IS NOT NULL",
      },
    },
  );
}

async function signatures(s: Schema): Promise<void> {
  // The signature repeats the claimant and the digest of the claim, so that the database itself refuses the
  // claimant's own signature and a signature under another content.
  await s.createTable(
    'fund_signature',
    {
      claim_id: id(),
      seat: code(20),
      actor_id: actorId(),
      actor_name: text(60),
      claimed_by: actorId(),
      content_digest: digest(),
      signed_on: date(),
      signed_at: instant(),
    },
    {
      primary: ['claim_id', 'seat'],
      unique: [['claim_id', 'actor_id']],
      foreign: {
        'claim_id, claimed_by, content_digest': 'fund_claim(id, claimed_by, content_digest)',
      },
      check: { seat_known: `seat IN ${SEATS}`, not_claimant: 'actor_id <> claimed_by' },
    },
  );
  await s.appendOnly('fund_signature');
}

async function recoveries(s: Schema): Promise<void> {
  await s.createTable(
    'fund_recovery',
    {
      id: id(),
      claim_id: id(),
      loan_id: id(),
      household_id: id(),
      region_code: code(12),
      bank_id: code(40),
      repayment_id: id(),
      received_on: date(),
      recovered_fen: money(),
      fund_part_fen: money(),
      due_on: date(),
      returned_on: date().null(),
      returned_by: actorId().null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['repayment_id']],
      index: [['claim_id'], ['loan_id'], ['returned_on', 'due_on', 'id']],
      foreign: { claim_id: 'fund_claim' },
      check: {
        parts: 'fund_part_fen > 0 AND fund_part_fen <= recovered_fen',
        returned_by_somebody: '(returned_on IS NULL) = (returned_by IS NULL)',
      },
    },
  );
}

async function movements(s: Schema): Promise<void> {
  await s.createTable(
    'fund_movement',
    {
      id: id(),
      // The event that moved the money, such as `reserve/<claim>`: it moves it once.
      natural_key: code(60),
      region_code: code(12),
      kind: code(20),
      balance_change_fen: money(),
      reserved_change_fen: money(),
      claim_id: id().null(),
      recovery_id: id().null(),
      source: code(20).null(),
      document: text(120).null(),
      moved_on: date(),
      recorded_by: actorId(),
      recorded_at: instant(),
    },
    {
      primary: ['id'],
      unique: [['natural_key'], ['region_code', 'document']],
      index: [['region_code', 'id'], ['claim_id']],
      foreign: {
        region_code: 'fund(region_code)',
        claim_id: 'fund_claim',
        recovery_id: 'fund_recovery',
      },
      check: {
        kind_known: "kind IN ('contribution', 'reserve', 'release', 'compensation', 'return')",
        moves: 'balance_change_fen <> 0 OR reserved_change_fen <> 0',
      },
    },
  );
  await s.appendOnly('fund_movement');
}
