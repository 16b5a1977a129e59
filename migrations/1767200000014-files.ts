/** Files: uploaded lists, error sheets and exports, their content sealed in parts beside them. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  code,
  date,
  digest,
  id,
  instant,
  integer,
  longText,
  schema,
  text,
  version,
} from './schema';

export class Files1767200000014 implements MigrationInterface {
  readonly name = 'Files1767200000014';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.createTable(
      'stored_file',
      {
        id: id(),
        name: text(200),
        type: text(100),
        purpose: code(40),
        region_code: code(12),
        bytes: integer(),
        parts: integer(),
        digest: digest(),
        made_by: code(40),
        made_at: instant(),
        expires_on: date(),
        state: code(10),
        version: version(),
      },
      {
        primary: ['id'],
        index: [['state', 'expires_on', 'id']],
        check: {
          state_known: "state IN ('kept', 'swept')",
          whole: 'bytes >= 0 AND parts >= 0 AND (bytes = 0) = (parts = 0)',
        },
      },
    );
    // No key to the row above: the parts of a file are written before its size and digest are known.
    await s.createTable(
      'stored_file_part',
      { file_id: id(), no: integer(), sealed: longText() },
      { primary: ['file_id', 'no'], check: { numbered: 'no >= 0' } },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['stored_file_part', 'stored_file']) await s.dropTable(table);
  }
}
