/**
 * The end of a bad loan: write-offs proposed and decided, money returned that was paid too much; and the fund follows
 * what happens to the loan book afterwards.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  type ColumnSpec,
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

interface Added {
  table: string;
  name: string;
  spec: ColumnSpec;
  check: Record<string, string>;
}

/** What the fund's tables gain. */
const ADDED: readonly Added[] = [
  // The quarters whose subsidy was left out of the claim, because the county had undertaken it.
  { table: 'fund_claim', name: 'subsidy_periods', spec: json().null(), check: {} },
  // What of the compensation bears the bank's loss, and the entry that says so.
  {
    table: 'fund_claim',
    name: 'loss_used_fen',
    spec: money().default(0),
    check: { loss_used_within: 'loss_used_fen >= 0 AND loss_used_fen <= amount_fen' },
  },
  { table: 'fund_claim', name: 'loss_entry_key', spec: code(160).null(), check: {} },
  // What was returned stays returned; only what is open can be voided.
  {
    table: 'fund_recovery',
    name: 'voided_on',
    spec: date().null(),
    check: { voided_open: 'voided_on IS NULL OR returned_on IS NULL' },
  },
  // The returned recovery of the same payment that this one adds to.
  { table: 'fund_recovery', name: 'supplements_id', spec: id().null(), check: {} },
  { table: 'fund_recovery', name: 'entry_key', spec: code(160).null(), check: {} },
];

const OVERPAID = ['overpaid_fen'] as const;

export class WriteOff1767200000028 implements MigrationInterface {
  readonly name = 'WriteOff1767200000028';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await writeOffs(s);
    await refunds(s);
    await s.addIndex('loan', OVERPAID);
    for (const { table, name, spec, check } of ADDED) await s.addColumn(table, name, spec, check);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const { table, name, check } of [...ADDED].reverse()) {
      await s.dropColumn(table, name, Object.keys(check));
    }
    await s.dropIndex('loan', OVERPAID);
    await s.dropTable('loan_refund');
    await s.dropTable('loan_write_off');
  }
}

async function writeOffs(s: Schema): Promise<void> {
  await s.createTable(
    'loan_write_off',
    {
      id: id(),
      loan_id: id(),
      // The loan while the proposal waits or stands, NULL once refused or taken back: one a loan.
      standing_loan_id: id().null(),
      household_id: id(),
      region_code: code(12),
      bank_id: code(40),
      ground_code: code(30),
      reason: text(500),
      evidence: json(),
      // What is owed as the proposal shows it, to the day of the proposal.
      principal_fen: money(),
      interest_fen: money(),
      penalty_fen: money(),
      // What the bank keeps of a compensation: it bears so much of the loss.
      compensation_fen: money(),
      fund_state: code(10),
      days_overdue: integer(),
      class_code: code(20),
      policy_row_id: code(80),
      content_digest: digest(),
      state: code(10),
      proposed_by: code(40),
      proposed_on: date(),
      proposed_at: instant(),
      decided_by: code(40).null(),
      decided_on: date().null(),
      decided_at: instant().null(),
      decision_note: text(500).null(),
      event_id: id().null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['standing_loan_id']],
      index: [
        ['loan_id', 'id'],
        ['state', 'id'],
      ],
      foreign: { loan_id: 'loan' },
      check: {
        state_known: "state IN ('proposed', 'approved', 'refused', 'reversed')",
        fund_known: "fund_state IN ('none', 'refused', 'paid')",
        standing:
          "(state IN ('proposed', 'approved') AND standing_loan_id IS NOT NULL" +
          ' AND standing_loan_id = loan_id)' +
          " OR (state IN ('refused', 'reversed') AND standing_loan_id IS NULL)",
        amounts_not_negative:
          'principal_fen >= 0 AND interest_fen >= 0 AND penalty_fen >= 0 AND compensation_fen >= 0',
        something_lost: 'principal_fen + interest_fen + penalty_fen > 0',
        // Nobody decides what they proposed.
        two_people: 'decided_by IS NULL OR decided_by <> proposed_by',
        decided_whole:
          "(state = 'proposed' AND decided_by IS NULL AND decided_on IS NULL" +
          ' AND decided_at IS NULL AND decision_note IS NULL)' +
          " OR (state <> 'proposed' AND decided_by IS NOT NULL AND decided_on IS NOT NULL" +
          ' AND decided_at IS NOT NULL AND decision_note IS NOT NULL)',
        event_of_approval:
          "(state IN ('approved', 'reversed') AND event_id IS NOT NULL)" +
          " OR (state IN ('proposed', 'refused') AND event_id IS NULL)",
        not_backwards: 'decided_on IS NULL OR decided_on >= proposed_on',
      },
    },
  );
}

async function refunds(s: Schema): Promise<void> {
  await s.createTable(
    'loan_refund',
    {
      event_id: id(),
      loan_id: id(),
      region_code: code(12),
      bank_id: code(40),
      bank_reference: code(64),
      amount_fen: money(),
      paid_on: date(),
      // The account by blind index and mask, never its number.
      account_index: digest(),
      account_masked: text(40),
      // Who had entered the money that was too much.
      received_by: code(40),
      returned_by: code(40),
      returned_at: instant(),
    },
    {
      primary: ['event_id'],
      index: [['loan_id', 'paid_on']],
      foreign: { loan_id: 'loan' },
      check: {
        amount_positive: 'amount_fen > 0',
        two_people: 'received_by <> returned_by',
      },
    },
  );
  await s.appendOnly('loan_refund');
}
