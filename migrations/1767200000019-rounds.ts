/**
 * Rating in rounds (整村评级, 全县评级): the round, the households it passed over, what was done to all of its files or
 * ratings at once, record by record; and the trial of a new scorecard on the ratings in force.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  code,
  date,
  digest,
  flag,
  id,
  integer,
  json,
  money,
  type Schema,
  schema,
  text,
  version,
} from './schema';

export class Rounds1767200000019 implements MigrationInterface {
  readonly name = 'Rounds1767200000019';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await rounds(s);
    await runs(s);
    await simulations(s);
    await s.addIndex('rating', ['round_id', 'state']);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await s.dropIndex('rating', ['round_id', 'state']);
    for (const table of [
      'card_simulation',
      'round_run_item',
      'round_run',
      'rating_round_skip',
      'rating_round',
    ]) {
      await s.dropTable(table);
    }
  }
}

async function rounds(s: Schema): Promise<void> {
  await s.createTable(
    'rating_round',
    {
      id: id(),
      region_code: code(12),
      title: text(60),
      due_on: date(),
      // The card of the day of opening; a newer card does not reach the round.
      scorecard_row_id: code(40),
      // Whether households whose line outlasts the round are rated again, too.
      include_valid: flag(),
      state: code(12),
      opened_by: code(40),
      opened_by_name: text(60),
      opened_on: date(),
      closed_by: code(40).null(),
      closed_by_name: text(60).null(),
      closed_on: date().null(),
      // The region while open: one open round of a place.
      open_key: code(12).null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['open_key']],
      index: [['region_code', 'id']],
      foreign: { region_code: 'region(code)', scorecard_row_id: 'policy_row' },
      check: {
        state_known:
          "(state = 'open' AND open_key IS NOT NULL AND open_key = region_code AND closed_on IS NULL" +
          ' AND closed_by IS NULL)' +
          " OR (state = 'closed' AND open_key IS NULL AND closed_on IS NOT NULL" +
          ' AND closed_by IS NOT NULL)',
        due_not_before: 'due_on >= opened_on',
      },
    },
  );
  await s.createTable(
    'rating_round_skip',
    { round_id: id(), household_id: id(), region_code: code(12), reason: code(20) },
    {
      primary: ['round_id', 'household_id'],
      foreign: { round_id: 'rating_round', household_id: 'household' },
      check: { reason_known: "reason IN ('CASE-OPEN', 'RATING-OPEN', 'LINE-VALID', 'OTHER-CARD')" },
    },
  );
  await s.appendOnly('rating_round_skip');
}

async function runs(s: Schema): Promise<void> {
  await s.createTable(
    'round_run',
    {
      id: id(),
      round_id: id(),
      // The part of the round: the round's own region, or one below it.
      region_code: code(12),
      step: code(12),
      // Files that were waiting, or ratings that were to pass; and the lines that these give.
      records: integer(),
      line_fen: money(),
      started_by: code(40),
      started_by_name: text(60),
      started_on: date(),
    },
    {
      primary: ['id'],
      index: [['round_id'], ['region_code', 'id']],
      foreign: { round_id: 'rating_round' },
      check: { step_known: "step IN ('compute', 'village', 'township', 'decide')" },
    },
  );
  await s.appendOnly('round_run');
  await s.createTable(
    'round_run_item',
    {
      run_id: id(),
      // The rating; when computing, the file.
      record_id: id(),
      household_id: id(),
      household_code: code(32),
      head_name: text(60),
      region_code: code(12),
      content_digest: digest().null(),
      state: code(12),
      reason: code(60).null(),
      detail: text(500).null(),
    },
    {
      primary: ['run_id', 'record_id'],
      index: [['run_id', 'state', 'record_id']],
      foreign: { run_id: 'round_run' },
      check: {
        state_known:
          "(state IN ('waiting', 'done') AND reason IS NULL)" +
          " OR (state = 'left' AND reason IS NOT NULL)",
      },
    },
  );
}

async function simulations(s: Schema): Promise<void> {
  await s.createTable(
    'card_simulation',
    {
      id: id(),
      policy_row_id: code(40),
      // Of the proposed row: another text needs another trial.
      content_digest: digest(),
      region_code: code(12),
      as_of: date(),
      households: integer(),
      upgraded: integer(),
      downgraded: integer(),
      unchanged: integer(),
      before_fen: money(),
      after_fen: money(),
      result: json(),
      made_by: code(40),
      made_by_name: text(60),
    },
    {
      primary: ['id'],
      index: [['policy_row_id'], ['region_code', 'id']],
      foreign: { policy_row_id: 'policy_row' },
      check: { adds_up: 'households = upgraded + downgraded + unchanged' },
    },
  );
  await s.appendOnly('card_simulation');
}
