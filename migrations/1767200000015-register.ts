/**
 * The register deepened: where a household stood and who headed it by periods, when members came and why they
 * left, what is known of each as of a day, who edited what; and the columns by which lists are searched.
 * Rows that were there begin their periods on the first day of the household's first status.
 */
import { pinyin } from 'pinyin-pro';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  type Columns,
  code,
  date,
  flag,
  id,
  instant,
  type Schema,
  schema,
  type TableRules,
  text,
} from './schema';

/** What MySQL gives rows that were there before `joined_on` was; no member has it afterwards. */
const NOT_FILLED = '1900-01-01';

/** Indexes of the lists, by table: each serves one order of pages. */
const INDEXES: readonly [table: string, columns: readonly string[]][] = [
  ['household', ['head_name', 'id', 'region_code']],
  ['household', ['head_initials', 'id', 'region_code']],
  ['household', ['status_now', 'region_code', 'code']],
  ['household_member', ['name', 'id']],
  ['household_member', ['initials', 'id']],
];

const TABLES = [
  'village_merger',
  'household_edit',
  'member_traits',
  'household_head',
  'household_place',
];

export class Register1767200000015 implements MigrationInterface {
  readonly name = 'Register1767200000015';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await newColumns(s);
    await places(s);
    await heads(s);
    await traits(s);
    await edits(s);
    await villageMergers(s);
    await fill(s, runner);
    for (const [table, columns] of INDEXES) await s.addIndex(table, columns);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const [table, columns] of INDEXES) await s.dropIndex(table, columns);
    for (const table of TABLES) await s.dropTable(table);
    await s.dropColumn('household_member', 'deceased_on', ['death_is_a_leaving']);
    await s.dropColumn('household_member', 'left_reason', ['left_reason_known']);
    await s.dropColumn('household_member', 'joined_on', ['joined_before_left']);
    await s.dropColumn('household_member', 'initials');
    for (const column of ['subsidy_member_id', 'status_now', 'head_initials', 'head_name']) {
      await s.dropColumn('household', column);
    }
  }
}

async function newColumns(s: Schema): Promise<void> {
  await s.addColumn('household', 'head_name', text(60).default(''));
  await s.addColumn('household', 'head_initials', code(40).default(''));
  await s.addColumn('household', 'status_now', code(20).default(''));
  await s.addColumn('household', 'subsidy_member_id', id().null());
  await s.addColumn('household_member', 'initials', code(40).default(''));
  await s.addColumn('household_member', 'joined_on', date().default(NOT_FILLED), {
    joined_before_left: 'left_on IS NULL OR joined_on <= left_on',
  });
  await s.addColumn('household_member', 'left_reason', code(12).null(), {
    left_reason_known:
      'left_reason IS NULL OR (left_on IS NOT NULL AND left_reason IN ' +
      "('MOVED', 'MARRIED', 'DIVORCED', 'DIED', 'SPLIT', 'MERGED', 'OTHER'))",
  });
  await s.addColumn('household_member', 'deceased_on', date().null(), {
    death_is_a_leaving: "deceased_on IS NULL OR left_reason = 'DIED'",
  });
}

/** Columns and rules that every table of periods has; `owner` names what the periods belong to. */
function periods(owner: string, columns: Columns, rules: Partial<TableRules>) {
  return [
    {
      id: id(),
      [owner]: id(),
      ...columns,
      from_on: date(),
      to_on: date().null(),
      // The owner's id while the period is open: at most one open period each.
      open_key: id().null(),
      source: text(200),
      recorded_by: code(40),
      recorded_at: instant(),
    },
    {
      primary: ['id'],
      unique: [['open_key'], [owner, 'from_on']],
      ...rules,
      check: {
        ...rules.check,
        ends_after_start: 'to_on IS NULL OR to_on >= from_on',
        open_or_ended:
          `(to_on IS NULL AND open_key IS NOT NULL AND open_key = ${owner}) OR ` +
          '(to_on IS NOT NULL AND open_key IS NULL)',
      },
    },
  ] as const;
}

async function places(s: Schema): Promise<void> {
  const [columns, rules] = periods(
    'household_id',
    { region_code: code(12), cause: code(12) },
    {
      index: [['region_code']],
      foreign: { household_id: 'household' },
      check: { cause_known: "cause IN ('REGISTERED', 'MOVE', 'MERGER', 'CORRECTION')" },
    },
  );
  await s.createTable('household_place', columns, rules);
}

async function heads(s: Schema): Promise<void> {
  const [columns, rules] = periods(
    'household_id',
    { member_id: id() },
    { foreign: { household_id: 'household', member_id: 'household_member' } },
  );
  await s.createTable('household_head', columns, rules);
}

async function traits(s: Schema): Promise<void> {
  const oneOf = (column: string, codes: string) => `${column} IS NULL OR ${column} IN (${codes})`;
  const [columns, rules] = periods(
    'member_id',
    {
      health: code(16).null(),
      labour: code(16).null(),
      skills: text(100).null(),
      working_away: code(16).null(),
      away_place: text(60).null(),
      public_employee: flag().null(),
    },
    {
      foreign: { member_id: 'household_member' },
      check: {
        health_known: oneOf('health', "'HEALTHY', 'CHRONIC', 'SERIOUS_ILLNESS', 'DISABLED'"),
        labour_known: oneOf('labour', "'SKILLED', 'ORDINARY', 'WEAK', 'LOST', 'NONE'"),
        away_known: oneOf('working_away', "'NO', 'IN_COUNTY', 'IN_PROVINCE', 'OUTSIDE'"),
      },
    },
  );
  await s.createTable('member_traits', columns, rules);
}

/** Append-only: what inspection reads to find edits from elsewhere, in bulk, or just before a loan. */
async function edits(s: Schema): Promise<void> {
  await s.createTable(
    'household_edit',
    {
      id: id(),
      household_id: id(),
      member_id: id().null(),
      // The household's village on the day of the edit.
      region_code: code(12),
      act: code(60),
      fields: code(200),
      // Old and new form where the edit replaces a value; masked where it is personal.
      detail: text(200).null(),
      edited_by: code(40),
      editor_name: text(60),
      editor_region: code(12),
      editor_org_id: code(40).null(),
      outside: flag(),
      task_id: code(40).null(),
      edited_on: date(),
      edited_at: instant(),
    },
    {
      primary: ['id'],
      index: [['household_id', 'edited_on'], ['region_code', 'id'], ['outside', 'id'], ['task_id']],
      foreign: { household_id: 'household', member_id: 'household_member' },
    },
  );
  await s.appendOnly('household_edit');
}

/** Append-only: a village's households go to another one by a long task. */
async function villageMergers(s: Schema): Promise<void> {
  await s.createTable(
    'village_merger',
    {
      id: id(),
      from_code: code(12),
      to_code: code(12),
      from_on: date(),
      source: text(200),
      asked_by: code(40),
      asked_at: instant(),
    },
    { primary: ['id'], index: [['from_code']], check: { two_villages: 'from_code <> to_code' } },
  );
  await s.appendOnly('village_merger');
}

const START = `COALESCE((SELECT MIN(s.from_on) FROM household_status s
  WHERE s.household_id = h.id AND s.from_on <= h.registered_on), h.registered_on)`;
const RECORDED = `COALESCE((SELECT MIN(s.recorded_at) FROM household_status s
  WHERE s.household_id = h.id), 0)`;

/** Fills what is new from what stands. Every statement leaves alone what it filled before. */
async function fill(s: Schema, runner: QueryRunner): Promise<void> {
  await s.run(`UPDATE household_member SET joined_on = (SELECT
      CASE WHEN household_member.birth_date > ${START} THEN household_member.birth_date ELSE ${START} END
      FROM household h WHERE h.id = household_member.household_id)
    WHERE joined_on = '${NOT_FILLED}'`);
  await fillInitials(s, runner);
  await s.run(`UPDATE household SET
      head_name = (SELECT m.name FROM household_member m WHERE m.id = household.head_member_id),
      head_initials = (SELECT m.initials FROM household_member m WHERE m.id = household.head_member_id),
      status_now = COALESCE((SELECT s.status FROM household_status s
                              WHERE s.open_key = household.id), 'REMOVED')
    WHERE status_now = ''`);
  // One period each: the household's own id is as good as a new one.
  await s.run(`INSERT INTO household_place (id, household_id, region_code, cause, from_on, to_on,
      open_key, source, recorded_by, recorded_at)
    SELECT h.id, h.id, h.region_code, 'REGISTERED', ${START}, NULL, h.id, '登记', h.registered_by,
           ${RECORDED} FROM household h
     WHERE NOT EXISTS (SELECT 1 FROM household_place p WHERE p.household_id = h.id)`);
  await s.run(`INSERT INTO household_head (id, household_id, member_id, from_on, to_on,
      open_key, source, recorded_by, recorded_at)
    SELECT h.id, h.id, h.head_member_id, ${START}, NULL, h.id, '登记', h.registered_by,
           ${RECORDED} FROM household h
     WHERE NOT EXISTS (SELECT 1 FROM household_head p WHERE p.household_id = h.id)`);
}

/** Initials by name, a thousand different names at a time; as `initials.ts` makes them on this day. */
async function fillInitials(s: Schema, runner: QueryRunner): Promise<void> {
  for (let after = ''; ; ) {
    const names = (await runner.query(
      'SELECT DISTINCT name FROM household_member WHERE name > ? ORDER BY name LIMIT 1000',
      [after],
    )) as { name: string }[];
    if (names.length === 0) return;
    for (const { name } of names) {
      const letters = pinyin(name, {
        pattern: 'first',
        toneType: 'none',
        type: 'array',
        surname: 'head',
      });
      const initials = letters
        .join('')
        .normalize('NFD')
        .toLowerCase()
        .replace(/[^a-z]/g, '')
        .slice(0, 40);
      await s.run('UPDATE household_member SET initials = ? WHERE name = ?', [initials, name]);
      after = name;
    }
  }
}
