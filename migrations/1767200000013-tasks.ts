/** Long tasks: imports, rounds and whatever else an officer starts and watches. One row is queue, lock and history. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { code, date, flag, id, instant, integer, schema, text } from './schema';

export class Tasks1767200000013 implements MigrationInterface {
  readonly name = 'Tasks1767200000013';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.createTable(
      'task',
      {
        id: id(),
        kind: code(60),
        title: text(120),
        subject_kind: code(40),
        subject_id: code(80),
        // Kind and subject while the task is open, NULL afterwards: a subject has one open task of a kind.
        open_key: code(190).null(),
        region_code: code(12),
        bank_id: code(40).null(),
        business_date: date(),
        started_by: code(40),
        started_by_name: text(60),
        state: code(12),
        token: integer(),
        holder: text(80).null(),
        lease_until: instant(),
        tries: integer(),
        steps: integer(),
        total: integer().null(),
        done_count: integer(),
        failed_count: integer(),
        beat_count: integer().null(),
        checkpoint: text(500).null(),
        note: text(500).null(),
        cancel_asked: flag(),
        created_at: instant(),
        ended_at: instant().null(),
      },
      {
        primary: ['id'],
        unique: [['open_key']],
        index: [
          ['state', 'lease_until'],
          ['region_code', 'created_at'],
        ],
        check: {
          state_known: "state IN ('waiting', 'running', 'done', 'failed', 'cancelled')",
          open_until_end: "(open_key IS NULL) = (state IN ('done', 'failed', 'cancelled'))",
          ended_at_end: '(ended_at IS NULL) = (open_key IS NOT NULL)',
          counts: 'done_count >= 0 AND failed_count >= 0 AND total >= 0 AND beat_count >= 0',
        },
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.dropTable('task');
  }
}
