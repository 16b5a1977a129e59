/**
 * Public notices: the sheet (`notice`), its boards, its items and the objections to them. The content of an
 * item is stored as the public sees it; content and complainant of an objection are sealed.
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
  type Schema,
  schema,
  text,
  version,
} from './schema';

export class Notices1767200000007 implements MigrationInterface {
  readonly name = 'Notices1767200000007';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await createNotice(s);
    await createBoards(s);
    await createItems(s);
    await createObjections(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['objection', 'notice_item', 'notice_level', 'notice']) {
      await s.dropTable(table);
    }
  }
}

async function createNotice(s: Schema): Promise<void> {
  await s.createTable(
    'notice',
    {
      id: id(),
      kind: code(20),
      rule_key: code(60),
      rule_row_id: code(60).null(),
      masking_row_id: code(60),
      region_code: code(12),
      title: text(200),
      levels: json(),
      phones: json(),
      state: code(10),
      opened_by: code(40),
      opened_on: date(),
      opened_at: instant(),
      starts_on: date().null(),
      ends_on: date().null(),
      closed_on: date().null(),
      version: version(),
    },
    {
      primary: ['id'],
      index: [['region_code'], ['state', 'ends_on']],
      check: {
        state_known: "state IN ('posting', 'running', 'ended', 'stopped')",
        // No notice runs or ends without its clock, and none has a clock while a board is missing.
        clock_started:
          "(state = 'posting' AND starts_on IS NULL AND ends_on IS NULL AND rule_row_id IS NULL)" +
          " OR (state IN ('running', 'ended') AND starts_on IS NOT NULL AND ends_on IS NOT NULL" +
          " AND rule_row_id IS NOT NULL) OR state = 'stopped'",
        end_after_start: 'ends_on IS NULL OR (starts_on IS NOT NULL AND ends_on >= starts_on)',
        start_after_opening: 'starts_on IS NULL OR starts_on >= opened_on',
        closed_with_state:
          "(state IN ('posting', 'running') AND closed_on IS NULL)" +
          " OR (state IN ('ended', 'stopped') AND closed_on IS NOT NULL)",
        ended_after_the_end: "state <> 'ended' OR closed_on >= ends_on",
      },
    },
  );
}

async function createBoards(s: Schema): Promise<void> {
  await s.createTable(
    'notice_level',
    {
      notice_id: id(),
      level: code(10),
      posted_by: code(40),
      posted_on: date(),
      posted_at: instant(),
      place_text: text(200),
      photo_digest: digest().null(),
      taken_down_by: code(40).null(),
      taken_down_on: date().null(),
      version: version(),
    },
    {
      primary: ['notice_id', 'level'],
      // Three boards, three bodies: one person never stands for two of them.
      unique: [['notice_id', 'posted_by']],
      foreign: { notice_id: 'notice' },
      check: {
        level_known: "level IN ('county', 'township', 'village')",
        taken_down_whole:
          '(taken_down_by IS NULL AND taken_down_on IS NULL)' +
          ' OR (taken_down_by IS NOT NULL AND taken_down_on IS NOT NULL AND taken_down_on >= posted_on)',
      },
    },
  );
}

async function createItems(s: Schema): Promise<void> {
  await s.createTable(
    'notice_item',
    {
      id: id(),
      notice_id: id(),
      subject_kind: code(20),
      subject_id: code(40),
      position: integer(),
      content: json(),
      related: json(),
      state: code(10),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [
        ['subject_kind', 'subject_id'],
        ['notice_id', 'position'],
      ],
      foreign: { notice_id: 'notice' },
      check: { state_known: "state IN ('shown', 'stopped')", position_positive: 'position > 0' },
    },
  );
}

async function createObjections(s: Schema): Promise<void> {
  await s.createTable(
    'objection',
    {
      id: id(),
      notice_id: id(),
      item_id: id(),
      receipt_digest: digest(),
      level: code(10),
      content_sealed: longText(),
      complainant_name_sealed: longText().null(),
      complainant_phone_sealed: longText().null(),
      state: code(10),
      raised_on: date(),
      raised_at: instant(),
      decide_by: date().null(),
      decided_by: code(40).null(),
      decided_on: date().null(),
      answer_text: longText().null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['receipt_digest']],
      index: [
        ['notice_id', 'state'],
        ['item_id', 'state'],
      ],
      foreign: { notice_id: 'notice', item_id: 'notice_item' },
      check: {
        level_known: "level IN ('county', 'township', 'village')",
        state_known: "state IN ('open', 'upheld', 'dismissed')",
        decided_whole:
          "(state = 'open' AND decided_by IS NULL AND decided_on IS NULL AND answer_text IS NULL)" +
          " OR (state <> 'open' AND decided_by IS NOT NULL AND decided_on IS NOT NULL" +
          ' AND answer_text IS NOT NULL AND decided_on >= raised_on)',
      },
    },
  );
}
