/** Dated rules: the rows of each parameter, and for each parameter and region the row that guards its dates. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { code, date, digest, flag, instant, json, schema, text, version } from './schema';

/** A state and what must be known of a row in it. In the order of a row's life. */
const STATES = [
  "(state = 'proposed' AND confirmed_by IS NULL AND rejected_by IS NULL)",
  "(state = 'in-force' AND origin = 'file' AND rejected_by IS NULL)",
  "(state = 'in-force' AND origin = 'act' AND confirmed_by IS NOT NULL AND confirmed_at IS NOT NULL AND rejected_by IS NULL)",
  "(state = 'rejected' AND rejected_by IS NOT NULL AND rejected_at IS NOT NULL AND confirmed_by IS NULL)",
];

export class Policy1767200000004 implements MigrationInterface {
  readonly name = 'Policy1767200000004';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    // Rules over several rows (no two lie over one another) are guarded by a write of this row.
    await s.createTable(
      'policy_line',
      { parameter: code(60), region_code: code(12), version: version() },
      { primary: ['parameter', 'region_code'] },
    );
    await s.createTable(
      'policy_row',
      {
        id: code(40),
        parameter: code(60),
        region_code: code(12),
        effective_from: date(),
        effective_to: date().null(),
        source: text(500),
        provisional: flag(),
        value: json(),
        content_digest: digest(),
        origin: code(4),
        state: code(10),
        // Set while in force only: MySQL has no unique key over some of the rows, but NULLs do not collide.
        in_force_key: code(90).null(),
        proposed_by: code(40),
        proposed_by_name: text(60),
        proposed_at: instant(),
        confirmed_by: code(40).null(),
        confirmed_by_name: text(60).null(),
        confirmed_at: instant().null(),
        rejected_by: code(40).null(),
        rejected_by_name: text(60).null(),
        rejected_at: instant().null(),
        rejected_reason: text(200).null(),
        version: version(),
      },
      {
        primary: ['id'],
        unique: [['in_force_key']],
        index: [
          ['parameter', 'region_code', 'effective_from'],
          ['state', 'region_code'],
        ],
        foreign: { 'parameter, region_code': 'policy_line(parameter, region_code)' },
        check: {
          two_people: 'confirmed_by IS NULL OR confirmed_by <> proposed_by',
          origin_known: "origin IN ('file', 'act')",
          state_known: STATES.join(' OR '),
          key_in_force: "(state = 'in-force') = (in_force_key IS NOT NULL)",
          ends_after_start: 'effective_to IS NULL OR effective_to >= effective_from',
        },
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['policy_row', 'policy_line']) await s.dropTable(table);
  }
}
