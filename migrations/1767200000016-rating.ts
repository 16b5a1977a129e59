/**
 * The way of a rating: the file in which a household's rating is collected, the sheets of the village's
 * appraisers, and every step from the first figures to the bank's decision. Ratings that were made before keep
 * their meaning: no file, and first, computed and final grade are one.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  type Columns,
  code,
  date,
  digest,
  flag,
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

/** A file's state and what must be known of it, in the order of its life. */
const CASE_STATES = [
  "(state IN ('collecting', 'computed') AND open_key IS NOT NULL AND open_key = household_id" +
    ' AND closed_on IS NULL)',
  "(state = 'closed' AND open_key IS NULL AND closed_on IS NOT NULL)",
  "(state = 'cancelled' AND open_key IS NULL AND closed_on IS NOT NULL AND closed_reason IS NOT NULL)",
];

/** Columns that ratings get: what they grew from, how far they have come, and the grades on the way. */
const RATING_COLUMNS: Columns = {
  case_id: id().null(),
  round_id: id().null(),
  bank_id: id().null(),
  // A proposal made before waits for the bank, as it did.
  stage: code(12).default('township'),
  first_grade: code(8).null(),
  first_line_fen: money().null(),
  computed_grade: code(8).null(),
  computed_line_fen: money().null(),
};

const RATING_CHECKS: Record<string, Record<string, string>> = {
  stage: { stage_known: "stage IN ('computed', 'village', 'township', 'raise')" },
  first_grade: { first_known: 'case_id IS NULL OR first_grade IS NOT NULL' },
  first_line_fen: { first_line_known: 'case_id IS NULL OR first_line_fen >= 0' },
  computed_grade: { computed_known: 'case_id IS NULL OR computed_grade IS NOT NULL' },
  computed_line_fen: { computed_line_known: 'case_id IS NULL OR computed_line_fen >= 0' },
};

export class Rating1767200000016 implements MigrationInterface {
  readonly name = 'Rating1767200000016';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await cases(s);
    await sheets(s);
    for (const [name, spec] of Object.entries(RATING_COLUMNS)) {
      await s.addColumn('rating', name, spec, RATING_CHECKS[name]);
    }
    await s.run(
      `UPDATE rating SET first_grade = grade, first_line_fen = line_fen,
              computed_grade = grade, computed_line_fen = line_fen
        WHERE first_grade IS NULL`,
    );
    await steps(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['rating_step', 'appraisal_sheet', 'rating_case_item', 'rating_case']) {
      await s.dropTable(table);
    }
    for (const name of Object.keys(RATING_COLUMNS).reverse()) {
      await s.dropColumn('rating', name, Object.keys(RATING_CHECKS[name] ?? {}));
    }
  }
}

async function cases(s: Schema): Promise<void> {
  await s.createTable(
    'rating_case',
    {
      id: id(),
      household_id: id(),
      household_code: code(32),
      head_name: text(60),
      region_code: code(12),
      round_id: id().null(),
      // The card of the day on which the file was opened; a newer card does not reach it.
      scorecard_row_id: code(40),
      state: code(12),
      opened_on: date(),
      opened_by: code(40),
      opened_by_name: text(60),
      closed_on: date().null(),
      closed_reason: text(200).null(),
      // The household's id while open: NULLs do not collide, two open files of a household do.
      open_key: id().null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['open_key']],
      index: [['household_id'], ['region_code'], ['state', 'region_code'], ['round_id', 'state']],
      foreign: { household_id: 'household', scorecard_row_id: 'policy_row' },
      check: { state_known: CASE_STATES.join(' OR ') },
    },
  );
  await s.createTable(
    'rating_case_item',
    {
      case_id: id(),
      seq: integer(),
      item: code(40),
      level: code(40).null(),
      quantity: integer().null(),
      value_fen: money().null(),
      note: text(200).null(),
      given_by: code(40),
      given_by_name: text(60),
      given_on: date(),
      given_at: instant(),
    },
    {
      primary: ['case_id', 'seq'],
      foreign: { case_id: 'rating_case' },
      check: {
        level_or_quantity:
          '(level IS NOT NULL AND quantity IS NULL AND value_fen IS NULL)' +
          ' OR (level IS NULL AND quantity IS NOT NULL AND quantity >= 0)',
        value_not_negative: 'value_fen IS NULL OR value_fen >= 0',
      },
    },
  );
  await s.appendOnly('rating_case_item');
}

async function sheets(s: Schema): Promise<void> {
  await s.createTable(
    'appraisal_sheet',
    {
      id: id(),
      case_id: id(),
      // The name without blanks and case: one person, one sheet, by own login or on paper.
      appraiser_key: text(60),
      appraiser_name: text(60),
      appraiser_id: code(40).null(),
      mode: code(12),
      witness_name: text(60).null(),
      entered_by: code(40),
      entered_by_name: text(60),
      knows_household: flag(),
      related_text: text(60).null(),
      options: json(),
      points_hundredths: integer().null(),
      veto_code: code(40).null(),
      veto_reason: text(200).null(),
      void_reason: code(12).null(),
      given_on: date(),
      given_at: instant(),
    },
    {
      primary: ['id'],
      unique: [
        ['case_id', 'appraiser_key'],
        ['case_id', 'appraiser_id'],
      ],
      foreign: { case_id: 'rating_case' },
      check: {
        mode_known:
          "(mode = 'OWN_LOGIN' AND appraiser_id IS NOT NULL AND appraiser_id = entered_by" +
          ' AND witness_name IS NULL)' +
          " OR (mode = 'PAPER' AND appraiser_id IS NULL AND witness_name IS NOT NULL" +
          ' AND witness_name <> appraiser_name AND witness_name <> entered_by_name)',
        points_unless_void:
          '(void_reason IS NULL AND points_hundredths IS NOT NULL AND points_hundredths >= 0)' +
          " OR (void_reason IN ('UNKNOWING', 'RELATIVE') AND points_hundredths IS NULL)",
        veto_with_reason:
          '(veto_code IS NULL AND veto_reason IS NULL)' +
          ' OR (veto_code IS NOT NULL AND veto_reason IS NOT NULL)',
      },
    },
  );
  await s.appendOnly('appraisal_sheet');
}

async function steps(s: Schema): Promise<void> {
  await s.createTable(
    'rating_step',
    {
      rating_id: id(),
      seq: integer(),
      step: code(12),
      outcome: code(12),
      reason: text(200).null(),
      person_id: code(40),
      person_name: text(60),
      organisation_id: id().null(),
      // What the person saw and signed.
      content_digest: digest(),
      grade: code(8),
      line_fen: money(),
      findings: json().null(),
      taken_on: date(),
      taken_at: instant(),
    },
    {
      primary: ['rating_id', 'seq'],
      // Each step once, and nobody signs two of them.
      unique: [
        ['rating_id', 'step'],
        ['rating_id', 'person_id'],
      ],
      foreign: { rating_id: 'rating' },
      check: {
        step_known:
          "(step = 'compute' AND outcome = 'computed')" +
          " OR (step IN ('village', 'township') AND outcome IN ('agree', 'return'))" +
          " OR (step = 'decide' AND outcome IN ('confirm', 'lower', 'raise', 'reject'))" +
          " OR (step = 'raise' AND outcome IN ('agree', 'decline'))",
        reason_given: "reason IS NOT NULL OR outcome IN ('computed', 'agree', 'confirm')",
        line_not_negative: 'line_fen >= 0',
      },
    },
  );
  await s.appendOnly('rating_step');
}
