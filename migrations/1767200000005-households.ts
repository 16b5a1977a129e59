/** The register: households, their members with sealed personal fields, and their statuses by period. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  code,
  date,
  digest,
  id,
  instant,
  longText,
  type Schema,
  schema,
  text,
  version,
} from './schema';

const KINDS =
  "'REGISTERED_POOR', 'OUT_OF_POVERTY', 'UNSTABLE', 'MARGINAL', 'SUDDEN_HARDSHIP', 'ASSISTED', " +
  "'REMOVED', 'MOVED_OUT'";
const RELATIONS =
  "'HEAD', 'SPOUSE', 'SON', 'DAUGHTER', 'GRANDCHILD', 'PARENT', 'GRANDPARENT', 'SIBLING', 'OTHER'";

export class Households1767200000005 implements MigrationInterface {
  readonly name = 'Households1767200000005';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await households(s);
    await members(s);
    await statuses(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of ['household_status', 'household_member', 'household']) {
      await s.dropTable(table);
    }
  }
}

async function households(s: Schema): Promise<void> {
  await s.createTable(
    'household',
    {
      id: id(),
      code: code(32),
      region_code: code(12),
      // No foreign key: household and head are made in one transaction, each naming the other.
      head_member_id: id(),
      registered_on: date(),
      registered_by: code(40),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['code'], ['head_member_id']],
      index: [['region_code', 'code']],
      check: { code_not_blank: "code <> ''" },
    },
  );
}

async function members(s: Schema): Promise<void> {
  await s.createTable(
    'household_member',
    {
      id: id(),
      household_id: id(),
      name: text(60),
      relation: code(20),
      id_number_sealed: longText(),
      id_number_index: digest(),
      // Set while the person belongs to the household: NULLs do not collide, so one may come back later.
      current_index: digest().null(),
      id_number_masked: text(18),
      birth_date: date(),
      sex: code(6),
      phone_sealed: longText().null(),
      phone_index: digest().null(),
      phone_masked: text(20).null(),
      account_sealed: longText().null(),
      account_index: digest().null(),
      account_masked: text(20).null(),
      left_on: date().null(),
    },
    {
      primary: ['id'],
      unique: [['current_index']],
      index: [['household_id'], ['id_number_index'], ['phone_index'], ['account_index'], ['name']],
      foreign: { household_id: 'household' },
      check: {
        relation_known: `relation IN (${RELATIONS})`,
        sex_known: "sex IN ('male', 'female')",
        current_or_left:
          '(left_on IS NULL AND current_index IS NOT NULL AND current_index = id_number_index) OR ' +
          '(left_on IS NOT NULL AND current_index IS NULL)',
      },
    },
  );
}

async function statuses(s: Schema): Promise<void> {
  await s.createTable(
    'household_status',
    {
      id: id(),
      household_id: id(),
      status: code(20),
      from_on: date(),
      to_on: date().null(),
      // The household's id while the period is open: at most one open period each.
      open_key: id().null(),
      source: text(200),
      recorded_by: code(40),
      recorded_at: instant(),
    },
    {
      primary: ['id'],
      unique: [['open_key'], ['household_id', 'from_on']],
      foreign: { household_id: 'household' },
      check: {
        status_known: `status IN (${KINDS})`,
        ends_after_start: 'to_on IS NULL OR to_on >= from_on',
        open_or_ended:
          '(to_on IS NULL AND open_key IS NOT NULL AND open_key = household_id) OR ' +
          '(to_on IS NOT NULL AND open_key IS NULL)',
      },
    },
  );
}
