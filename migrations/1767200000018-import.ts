/**
 * Import and export of the register: an import with its rows (sealed, removed when it is over), the outcome for each
 * household, and what was said of each row; an export with its file.
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
  type Schema,
  schema,
  text,
  version,
} from './schema';

const OUTCOMES = "'NEW', 'CHANGED', 'UNCHANGED', 'REJECTED'";

export class Import1767200000018 implements MigrationInterface {
  readonly name = 'Import1767200000018';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await imports(s);
    await rows(s);
    await results(s);
    await remarks(s);
    await householdExports(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of [
      'household_export',
      'household_import_remark',
      'household_import_result',
      'household_import_row',
      'household_import',
    ]) {
      await s.dropTable(table);
    }
  }
}

async function imports(s: Schema): Promise<void> {
  await s.createTable(
    'household_import',
    {
      id: id(),
      region_code: code(12),
      file_id: id(),
      file_name: text(200),
      file_digest: digest(),
      // The digest and the region while the import is open: one file is imported once at a time.
      open_key: code(80).null(),
      source: text(200),
      default_status: code(20).null(),
      default_from_on: date().null(),
      state: code(12),
      task_id: id().null(),
      started_by: code(40),
      started_by_name: text(60),
      started_on: date(),
      started_at: instant(),
      // What the file turned out to be: sheet, encoding, columns that were not understood.
      about: json().null(),
      counts: json().null(),
      counts_digest: digest().null(),
      confirmed_by: code(40).null(),
      applied_on: date().null(),
      applied_counts: json().null(),
      error_file_id: id().null(),
      note: text(500).null(),
      ended_on: date().null(),
      // Yes while the rows with the personal data are still there.
      rows_kept: flag(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['open_key']],
      index: [['region_code', 'id'], ['file_digest'], ['rows_kept', 'started_on']],
      foreign: { file_id: 'stored_file' },
      check: {
        state_known:
          "state IN ('CHECKING', 'CHECKED', 'APPLYING', 'APPLIED', 'CANCELLED', 'FAILED')",
        open_or_ended:
          "(state IN ('APPLIED', 'CANCELLED', 'FAILED') AND open_key IS NULL AND ended_on IS NOT NULL) OR " +
          "(state IN ('CHECKING', 'CHECKED', 'APPLYING') AND open_key IS NOT NULL AND ended_on IS NULL)",
        default_whole: '(default_status IS NULL) = (default_from_on IS NULL)',
      },
    },
  );
}

async function rows(s: Schema): Promise<void> {
  await s.createTable(
    'household_import_row',
    {
      import_id: id(),
      row_no: integer(),
      // Null where the row names no household.
      household_code: code(32).null(),
      id_index: digest().null(),
      // What was read, sealed; null when the row is faulty.
      content_sealed: longText().null(),
      faults: integer(),
    },
    {
      primary: ['import_id', 'row_no'],
      index: [
        ['import_id', 'household_code', 'row_no'],
        ['import_id', 'id_index'],
      ],
      foreign: { import_id: 'household_import' },
    },
  );
}

async function results(s: Schema): Promise<void> {
  await s.createTable(
    'household_import_result',
    {
      import_id: id(),
      household_code: code(32),
      first_row: integer(),
      row_count: integer(),
      outcome: code(10),
      // Names of what changes, by commas; no values.
      changes: text(500),
      // Keyed digest of everything that would be written: what is confirmed is what is applied.
      plan_mac: digest().null(),
      applied_outcome: code(10).null(),
    },
    {
      primary: ['import_id', 'household_code'],
      foreign: { import_id: 'household_import' },
      check: {
        outcome_known: `outcome IN (${OUTCOMES})`,
        applied_known: `applied_outcome IS NULL OR applied_outcome IN (${OUTCOMES})`,
      },
    },
  );
}

async function remarks(s: Schema): Promise<void> {
  await s.createTable(
    'household_import_remark',
    {
      import_id: id(),
      row_no: integer(),
      // Counted from 0 in each phase of a row, so that a repetition makes the same rows.
      phase: code(8),
      no: integer(),
      // FAULT keeps the household out; TOLD was put right or is only said.
      kind: code(6),
      column_title: text(40),
      value_masked: text(80),
      reason: text(500),
      remedy: text(300),
    },
    {
      primary: ['import_id', 'row_no', 'phase', 'no'],
      foreign: { import_id: 'household_import' },
      check: {
        phase_known: "phase IN ('READ', 'PLAN', 'APPLY')",
        kind_known: "kind IN ('FAULT', 'TOLD')",
      },
    },
  );
}

async function householdExports(s: Schema): Promise<void> {
  await s.createTable(
    'household_export',
    {
      id: id(),
      region_code: code(12),
      status: code(20).null(),
      on_date: date(),
      full_form: flag(),
      reason: text(200),
      task_id: id().null(),
      asked_by: code(40),
      asked_by_name: text(60),
      asked_at: instant(),
      state: code(12),
      households: integer().null(),
      persons: integer().null(),
      file_id: id().null(),
      version: version(),
    },
    {
      primary: ['id'],
      index: [
        ['asked_by', 'id'],
        ['region_code', 'id'],
      ],
      check: { state_known: "state IN ('RUNNING', 'DONE')" },
    },
  );
}
