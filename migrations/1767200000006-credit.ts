/** Credit: ratings with their state, and the content each was proposed with, which is never changed. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { code, date, digest, id, integer, json, money, schema, text, version } from './schema';

/** A state and what must be known of a rating in it, in the order of its life. */
const STATES = [
  "(state = 'proposed' AND decided_by IS NULL AND valid_until IS NULL AND superseded_on IS NULL" +
    ' AND open_key IS NOT NULL AND open_key = household_id AND current_key IS NULL)',
  "(state = 'confirmed' AND decided_by IS NOT NULL AND decided_on IS NOT NULL" +
    ' AND valid_until IS NOT NULL AND superseded_on IS NULL' +
    ' AND open_key IS NULL AND current_key IS NOT NULL AND current_key = household_id)',
  "(state = 'rejected' AND decided_by IS NOT NULL AND decided_on IS NOT NULL" +
    ' AND decision_reason IS NOT NULL AND valid_until IS NULL AND superseded_on IS NULL' +
    ' AND open_key IS NULL AND current_key IS NULL)',
  "(state = 'superseded' AND decided_by IS NOT NULL AND decided_on IS NOT NULL" +
    ' AND valid_until IS NOT NULL AND superseded_on IS NOT NULL' +
    ' AND open_key IS NULL AND current_key IS NULL)',
];

export class Credit1767200000006 implements MigrationInterface {
  readonly name = 'Credit1767200000006';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.createTable(
      'rating',
      {
        id: id(),
        household_id: id(),
        household_code: code(32),
        head_name: text(60),
        region_code: code(12),
        scorecard_row_id: code(40),
        score_hundredths: integer(),
        grade: code(8),
        grade_name: text(20),
        line_fen: money(),
        validity_months: integer(),
        rated_on: date(),
        rated_by: code(40),
        rated_by_name: text(60),
        state: code(12),
        decided_by: code(40).null(),
        decided_by_name: text(60).null(),
        decided_on: date().null(),
        decision_reason: text(200).null(),
        valid_until: date().null(),
        superseded_on: date().null(),
        // NULLs do not collide: one proposed and one confirmed rating of a household, any number of past ones.
        open_key: id().null(),
        current_key: id().null(),
        content_digest: digest(),
        version: version(),
      },
      {
        primary: ['id'],
        unique: [['open_key'], ['current_key']],
        index: [['household_id', 'decided_on'], ['region_code'], ['state', 'region_code']],
        foreign: { household_id: 'household', scorecard_row_id: 'policy_row' },
        check: {
          two_people: 'decided_by IS NULL OR decided_by <> rated_by',
          state_known: STATES.join(' OR '),
          score_not_negative: 'score_hundredths >= 0',
          line_not_negative: 'line_fen >= 0',
          validity_positive: 'validity_months > 0',
        },
      },
    );
    await s.createTable(
      'rating_content',
      { rating_id: id(), inputs: json(), evidence: json(), result: json() },
      { primary: ['rating_id'], foreign: { rating_id: 'rating' } },
    );
    await s.appendOnly('rating_content');
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['rating_content', 'rating']) await s.dropTable(table);
  }
}
