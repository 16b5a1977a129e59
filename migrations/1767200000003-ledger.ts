/**
 * The books: entries and their lines, which are added and never changed or removed, and the balances that
 * follow from them.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { code, date, digest, id, instant, integer, money, schema, text } from './schema';

export class Ledger1767200000003 implements MigrationInterface {
  readonly name = 'Ledger1767200000003';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.createTable(
      'ledger_entry',
      {
        id: id(),
        entry_key: code(160),
        book: code(40),
        on_date: date(),
        event: code(80),
        memo: text(200),
        subject_kind: code(40),
        subject_id: code(80),
        region_code: code(12),
        org_id: code(40).null(),
        content_digest: digest(),
        corrects_entry_id: id().null(),
        posted_at: instant(),
        actor_id: code(40),
      },
      {
        primary: ['id'],
        // An entry is corrected once: a second mirror would turn the first one round again.
        unique: [['entry_key'], ['corrects_entry_id']],
        index: [
          ['subject_kind', 'subject_id', 'on_date'],
          ['region_code', 'on_date'],
        ],
        foreign: { corrects_entry_id: 'ledger_entry' },
        check: {
          key_not_blank: "entry_key <> ''",
          book_has_kind: "book LIKE 'bank:_%' OR book LIKE 'county:_%' OR book LIKE 'fund:_%'",
          corrects_another: 'corrects_entry_id IS NULL OR corrects_entry_id <> id',
        },
      },
    );
    await s.appendOnly('ledger_entry');
    await s.createTable(
      'ledger_line',
      {
        entry_id: id(),
        line_no: integer(),
        book: code(40),
        account: code(32),
        sub: code(40),
        amount_fen: money(),
        on_date: date(),
      },
      {
        primary: ['entry_id', 'line_no'],
        index: [['book', 'account', 'sub', 'on_date']],
        foreign: { entry_id: 'ledger_entry' },
        check: { line_from_one: 'line_no >= 1', amount_not_zero: 'amount_fen <> 0' },
      },
    );
    await s.appendOnly('ledger_line');
    await s.createTable(
      'ledger_balance',
      { book: code(40), account: code(32), sub: code(40), shard: integer(), balance_fen: money() },
      {
        primary: ['book', 'account', 'sub', 'shard'],
        check: { shard_of_sixteen: 'shard BETWEEN 0 AND 15' },
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['ledger_balance', 'ledger_line', 'ledger_entry']) await s.dropTable(table);
  }
}
