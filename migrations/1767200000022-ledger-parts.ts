/** An entry that stands for many subjects at once (a settlement of many loans) is corrected subject by subject. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, schema } from './schema';

const ONCE = ['corrects_part_of_id', 'subject_kind', 'subject_id'] as const;

export class LedgerParts1767200000022 implements MigrationInterface {
  readonly name = 'LedgerParts1767200000022';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.addColumn('ledger_entry', 'corrects_part_of_id', id().null(), {
      corrects_in_one_way: 'corrects_part_of_id IS NULL OR corrects_entry_id IS NULL',
    });
    await s.addUnique('ledger_entry', ONCE);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.dropUnique('ledger_entry', ONCE);
    await s.dropColumn('ledger_entry', 'corrects_part_of_id', ['corrects_in_one_way']);
  }
}
