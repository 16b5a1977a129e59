/**
 * Post-loan care: when each loan is to be checked, the checks with their photos, the flags that failed ones raise, who
 * answers for a loan; and the holds on the subsidy of a loan, which belong to the loan book.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  code,
  date,
  digest,
  flag,
  id,
  instant,
  integer,
  longText,
  ppm,
  type Schema,
  schema,
  text,
  version,
} from './schema';

const TABLES = [
  'subsidy_hold',
  'use_check_plan',
  'use_check',
  'use_check_photo',
  'monitoring_flag',
  'loan_responsibility',
  'loan_responsibility_share',
];

/** A loan's record: where it stands. */
const place = { region_code: code(12), bank_id: code(40) };
const ofLoan = { loan_id: id(), household_id: id(), ...place };

export class Monitoring1767200000023 implements MigrationInterface {
  readonly name = 'Monitoring1767200000023';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await holds(s);
    await plans(s);
    await checks(s);
    await flags(s);
    await responsibility(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of [...TABLES].reverse()) await s.dropTable(table);
  }
}

async function holds(s: Schema): Promise<void> {
  await s.createTable(
    'subsidy_hold',
    {
      id: id(),
      loan_id: id(),
      ...place,
      from_on: date(),
      cause_kind: code(40),
      cause_id: id(),
      state: code(10),
      lost_from_on: date().null(),
      held_by: code(40),
      held_at: instant(),
      ended_by: code(40).null(),
      ended_on: date().null(),
      ended_at: instant().null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['cause_kind', 'cause_id']],
      index: [['loan_id', 'state']],
      foreign: { loan_id: 'loan' },
      check: {
        state_known: "state IN ('held', 'lost', 'released')",
        ended_whole:
          "(state = 'held' AND ended_by IS NULL AND ended_on IS NULL AND ended_at IS NULL)" +
          " OR (state <> 'held' AND ended_by IS NOT NULL AND ended_on IS NOT NULL" +
          ' AND ended_at IS NOT NULL)',
        lost_from:
          "(state = 'lost' AND lost_from_on IS NOT NULL AND lost_from_on >= from_on)" +
          " OR (state <> 'lost' AND lost_from_on IS NULL)",
        two_people: 'ended_by IS NULL OR ended_by <> held_by',
      },
    },
  );
}

async function plans(s: Schema): Promise<void> {
  await s.createTable(
    'use_check_plan',
    {
      ...ofLoan,
      disbursed_on: date(),
      last_visit_on: date().null(),
      due_on: date(),
      state: code(10),
      policy_row_id: code(80),
      version: version(),
    },
    {
      primary: ['loan_id'],
      index: [
        ['state', 'due_on', 'loan_id'],
        ['region_code', 'due_on'],
      ],
      foreign: { loan_id: 'loan' },
      check: {
        state_known: "state IN ('open', 'ended')",
        visit_after_payout: 'last_visit_on IS NULL OR last_visit_on >= disbursed_on',
        due_after_visit:
          'due_on > disbursed_on AND (last_visit_on IS NULL OR due_on > last_visit_on)',
      },
    },
  );
}

async function checks(s: Schema): Promise<void> {
  await s.createTable(
    'use_check',
    {
      id: id(),
      ...ofLoan,
      visited_on: date(),
      visited_at: instant(),
      due_on: date(),
      place: text(200),
      latitude_millionths: integer().null(),
      longitude_millionths: integer().null(),
      met_with: text(100),
      findings: longText(),
      use_found: code(20),
      note: text(500).null(),
      entered_late: flag(),
      flag_id: id().null(),
      policy_row_id: code(80),
      recorded_by: code(40),
      recorded_by_name: text(60),
      recorded_at: instant(),
    },
    {
      primary: ['id'],
      unique: [['loan_id', 'visited_at', 'recorded_by']],
      index: [
        ['loan_id', 'visited_on'],
        ['region_code', 'visited_on'],
      ],
      foreign: { loan_id: 'loan' },
      check: {
        use_known: "use_found IN ('as-agreed', 'diverted', 'lent-on', 'idle', 'cannot-tell')",
        flagged_if_failed:
          "(flag_id IS NOT NULL AND use_found IN ('diverted', 'lent-on'))" +
          " OR (flag_id IS NULL AND use_found NOT IN ('diverted', 'lent-on'))",
        point_whole:
          '(latitude_millionths IS NULL AND longitude_millionths IS NULL)' +
          ' OR (latitude_millionths IS NOT NULL AND longitude_millionths IS NOT NULL)',
        latitude_real:
          'latitude_millionths IS NULL OR latitude_millionths BETWEEN -90000000 AND 90000000',
        longitude_real:
          'longitude_millionths IS NULL OR longitude_millionths BETWEEN -180000000 AND 180000000',
        not_before_visit: 'recorded_at >= visited_at',
      },
    },
  );
  await s.appendOnly('use_check');
  await s.createTable(
    'use_check_photo',
    { check_id: id(), no: integer(), photo_id: id(), digest: digest() },
    {
      primary: ['check_id', 'no'],
      unique: [['check_id', 'digest'], ['photo_id']],
      index: [['digest']],
      foreign: { check_id: 'use_check' },
      check: { from_one: 'no > 0' },
    },
  );
  await s.appendOnly('use_check_photo');
}

async function flags(s: Schema): Promise<void> {
  await s.createTable(
    'monitoring_flag',
    {
      id: id(),
      kind: code(20),
      ...ofLoan,
      check_id: id(),
      raised_by: code(40),
      raised_on: date(),
      raised_at: instant(),
      state: code(10),
      standing_key: id().null(),
      decided_by: code(40).null(),
      decided_on: date().null(),
      decided_at: instant().null(),
      reason: text(500).null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['check_id'], ['standing_key']],
      index: [['state', 'raised_on', 'id'], ['household_id']],
      foreign: { check_id: 'use_check', loan_id: 'loan' },
      check: {
        kind_known: "kind IN ('USE_DIVERTED', 'USE_LENT_ON')",
        state_known: "state IN ('open', 'confirmed', 'dismissed')",
        standing:
          "(state <> 'dismissed' AND standing_key IS NOT NULL AND standing_key = loan_id)" +
          " OR (state = 'dismissed' AND standing_key IS NULL)",
        decided_whole:
          "(state = 'open' AND decided_by IS NULL AND decided_on IS NULL" +
          ' AND decided_at IS NULL AND reason IS NULL)' +
          " OR (state <> 'open' AND decided_by IS NOT NULL AND decided_on IS NOT NULL" +
          ' AND decided_at IS NOT NULL AND reason IS NOT NULL)',
        // Who found it does not judge it.
        two_people: 'decided_by IS NULL OR decided_by <> raised_by',
        not_backwards: 'decided_on IS NULL OR decided_on >= raised_on',
      },
    },
  );
}

async function responsibility(s: Schema): Promise<void> {
  await s.createTable(
    'loan_responsibility',
    {
      id: id(),
      loan_id: id(),
      ...place,
      from_on: date(),
      until_on: date().null(),
      open_key: id().null(),
      assigned_by: code(40),
      assigned_at: instant(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['open_key']],
      index: [['loan_id', 'from_on']],
      foreign: { loan_id: 'loan' },
      check: {
        not_backwards: 'until_on IS NULL OR until_on >= from_on',
        open:
          '(until_on IS NULL AND open_key IS NOT NULL AND open_key = loan_id)' +
          ' OR (until_on IS NOT NULL AND open_key IS NULL)',
      },
    },
  );
  await s.createTable(
    'loan_responsibility_share',
    { responsibility_id: id(), user_id: code(40), user_name: text(60), share_ppm: ppm() },
    {
      primary: ['responsibility_id', 'user_id'],
      index: [['user_id']],
      foreign: { responsibility_id: 'loan_responsibility' },
      check: { share_within: 'share_ppm BETWEEN 1 AND 1000000' },
    },
  );
  await s.appendOnly('loan_responsibility_share');
}
