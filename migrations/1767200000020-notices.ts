/**
 * Public notices made whole: until when the page is seen and objections are taken, what the rule demands of the
 * boards, the kept photos, the township's check of an objection and the evidence to it. Notices of the time before
 * keep their meaning: nothing is demanded of them, and objections end with the notice.
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
  longText,
  type Schema,
  schema,
} from './schema';

/** Columns by table; the condition of a group stands on its last column. */
const COLUMNS: Record<string, Columns> = {
  notice: {
    shows_until: date().null(),
    objections_until: date().null(),
    photo_required: flag().default(0),
    photo_holds: flag().default(0),
    take_down_required: flag().default(0),
  },
  notice_level: {
    photo_file_id: id().null(),
    photo_by: code(40).null(),
    photo_at: instant().null(),
  },
  notice_item: {
    announced_by: code(40).null(),
  },
  objection: {
    check_first: flag().default(0),
    check_by: date().null(),
    checked_by: code(40).null(),
    checked_on: date().null(),
    check_outcome: code(10).null(),
    check_text: longText().null(),
  },
};

const CHECKS: Record<string, Record<string, Record<string, string>>> = {
  notice: {
    objections_until: {
      window_after_end:
        'objections_until IS NULL OR (ends_on IS NOT NULL AND objections_until >= ends_on)',
    },
    photo_holds: { holds_if_required: 'photo_holds = 0 OR photo_required = 1' },
  },
  notice_level: {
    photo_at: {
      photo_whole:
        '(photo_file_id IS NULL AND photo_by IS NULL AND photo_at IS NULL)' +
        ' OR (photo_file_id IS NOT NULL AND photo_by IS NOT NULL AND photo_at IS NOT NULL' +
        ' AND photo_digest IS NOT NULL)',
    },
  },
  objection: {
    checked_by: {
      // Who found the facts does not judge them.
      two_people: 'checked_by IS NULL OR decided_by IS NULL OR decided_by <> checked_by',
    },
    check_text: {
      checked_whole:
        '(checked_by IS NULL AND checked_on IS NULL AND check_outcome IS NULL' +
        ' AND check_text IS NULL)' +
        " OR (checked_by IS NOT NULL AND check_outcome IN ('founded', 'unfounded', 'unclear')" +
        ' AND check_text IS NOT NULL AND checked_on IS NOT NULL AND checked_on >= raised_on)',
    },
  },
};

export class Notices1767200000020 implements MigrationInterface {
  readonly name = 'Notices1767200000020';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const [table, columns] of Object.entries(COLUMNS)) {
      for (const [name, spec] of Object.entries(columns)) {
        await s.addColumn(table, name, spec, CHECKS[table]?.[name]);
      }
    }
    await s.run("UPDATE notice SET shows_until = ends_on WHERE state = 'running'");
    await s.addIndex('notice_level', ['photo_digest']);
    await s.addIndex('objection', ['state', 'decide_by']);
    await evidence(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.dropTable('objection_evidence');
    await s.dropIndex('objection', ['state', 'decide_by']);
    await s.dropIndex('notice_level', ['photo_digest']);
    for (const [table, columns] of Object.entries(COLUMNS)) {
      for (const name of Object.keys(columns).reverse()) {
        await s.dropColumn(table, name, Object.keys(CHECKS[table]?.[name] ?? {}));
      }
    }
  }
}

async function evidence(s: Schema): Promise<void> {
  await s.createTable(
    'objection_evidence',
    {
      id: id(),
      objection_id: id(),
      file_id: id(),
      digest: digest(),
      added_at: instant(),
    },
    {
      primary: ['id'],
      unique: [['objection_id', 'digest'], ['file_id']],
      foreign: { objection_id: 'objection' },
    },
  );
  await s.appendOnly('objection_evidence');
}
