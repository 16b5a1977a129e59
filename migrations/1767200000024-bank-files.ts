/**
 * Bank files: a file of repayments, payouts or interest that a bank's officer uploads, and its rows with what became of
 * them. Who uploaded a file neither confirms it nor settles what is left of it.
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
  longText,
  money,
  type Schema,
  schema,
  text,
  version,
} from './schema';

export class BankFiles1767200000024 implements MigrationInterface {
  readonly name = 'BankFiles1767200000024';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await files(s);
    await rows(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['bank_file_row', 'bank_file']) await s.dropTable(table);
  }
}

const KINDS = "kind IN ('repayments', 'disbursals', 'interest')";

async function files(s: Schema): Promise<void> {
  await s.createTable(
    'bank_file',
    {
      id: id(),
      bank_id: code(40),
      region_code: code(12),
      kind: code(12),
      file_id: id(),
      file_name: text(200),
      file_digest: digest(),
      // Bank, kind and digest until the file is given up: the same bytes are posted once.
      digest_key: code(130).null(),
      state: code(12),
      task_id: id().null(),
      started_by: code(40),
      started_by_name: text(60),
      started_on: date(),
      started_at: instant(),
      // What the file turned out to be: sheet, encoding, unit of the amounts, rows without a payment.
      about: json().null(),
      counts: json().null(),
      counts_digest: digest().null(),
      confirmed_by: code(40).null(),
      confirmed_by_name: text(60).null(),
      confirmed_on: date().null(),
      error_file_id: id().null(),
      note: text(500).null(),
      ended_on: date().null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['digest_key']],
      index: [
        ['bank_id', 'id'],
        ['region_code', 'id'],
      ],
      foreign: { file_id: 'stored_file' },
      check: {
        kind_known: KINDS,
        state_known: "state IN ('CHECKING', 'CHECKED', 'POSTING', 'DONE', 'CANCELLED', 'FAILED')",
        given_up_is_free: "(state IN ('CANCELLED', 'FAILED')) = (digest_key IS NULL)",
        ended_whole: "(state IN ('DONE', 'CANCELLED', 'FAILED')) = (ended_on IS NOT NULL)",
        second_person: 'confirmed_by IS NULL OR confirmed_by <> started_by',
        posted_is_confirmed:
          "state NOT IN ('POSTING', 'DONE') OR (confirmed_by IS NOT NULL AND confirmed_on IS NOT NULL)",
      },
    },
  );
}

async function rows(s: Schema): Promise<void> {
  await s.createTable(
    'bank_file_row',
    {
      id: id(),
      bank_file_id: id(),
      row_no: integer(),
      bank_id: code(40),
      kind: code(12),
      uploaded_by: code(40),
      contract_shown: text(60).null(),
      name_masked: text(60).null(),
      // Contract number and name as written; null once the row has been matched.
      written_sealed: longText().null(),
      reference: code(64).null(),
      paid_on: date().null(),
      amount_fen: money().null(),
      loan_id: id().null(),
      outcome: code(10).null(),
      remarks: json(),
      state: code(10),
      repayment_id: id().null(),
      // Bank, kind and reference while the row is open: one payment is one piece of work.
      work_key: code(130).null(),
      resolution: code(10).null(),
      resolved_by: code(40).null(),
      resolved_by_name: text(60).null(),
      resolved_at: instant().null(),
      resolve_reason: text(300).null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['bank_file_id', 'row_no'], ['work_key']],
      index: [
        ['bank_file_id', 'reference'],
        ['bank_file_id', 'outcome', 'row_no'],
        ['bank_file_id', 'state', 'paid_on', 'row_no'],
        ['bank_id', 'state', 'id'],
      ],
      foreign: { bank_file_id: 'bank_file' },
      check: rowChecks,
    },
  );
}

/** What no row may be, whoever writes it. */
const rowChecks = {
  kind_known: KINDS,
  outcome_known:
    "outcome IS NULL OR outcome IN ('READY', 'ALREADY', 'AGREES', 'DIFFERS', 'UNMATCHED', 'WAITING', 'ERROR')",
  state_known: "state IN ('CHECKED', 'POSTED', 'REPEATED', 'OPEN', 'RESOLVED', 'CLOSED')",
  amount_positive: 'amount_fen IS NULL OR amount_fen > 0',
  ready_is_whole:
    "outcome IS NULL OR outcome <> 'READY' OR (loan_id IS NOT NULL AND reference IS NOT NULL AND paid_on IS NOT NULL AND amount_fen IS NOT NULL)",
  posted_has_repayment:
    "state NOT IN ('POSTED', 'REPEATED') OR (loan_id IS NOT NULL AND repayment_id IS NOT NULL)",
  payouts_post_nothing: "kind <> 'disbursals' OR repayment_id IS NULL",
  open_has_key: "(state = 'OPEN') = (work_key IS NOT NULL)",
  resolved_whole:
    "(state = 'RESOLVED' AND resolution IN ('POSTED', 'DISMISSED') AND resolved_by IS NOT NULL AND resolved_at IS NOT NULL AND resolve_reason IS NOT NULL)" +
    " OR (state <> 'RESOLVED' AND resolution IS NULL AND resolved_by IS NULL AND resolved_at IS NULL AND resolve_reason IS NULL)",
  resolved_by_another: 'resolved_by IS NULL OR resolved_by <> uploaded_by',
  resolution_shows: "resolution IS NULL OR (resolution = 'POSTED') = (repayment_id IS NOT NULL)",
};
