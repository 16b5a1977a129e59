/** Tables of the module `identity`: places, organisations, users, roles, sessions and tokens. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  code,
  date,
  digest,
  flag,
  id,
  instant,
  integer,
  json,
  type Schema,
  schema,
  text,
  version,
} from './schema';

const TABLES = [
  'region',
  'organisation',
  'app_user',
  'password_history',
  'sign_in_guard',
  'role',
  'role_permission',
  'user_role',
  'user_session',
  'machine_token',
];

export class Identity1767200000002 implements MigrationInterface {
  readonly name = 'Identity1767200000002';

  async up(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    await places(s);
    await users(s);
    await roles(s);
    await entries(s);
  }

  async down(runner: QueryRunner): Promise<void> {
    const s = await schema(runner);
    for (const table of [...TABLES].reverse()) await s.dropTable(table);
  }
}

async function places(s: Schema): Promise<void> {
  await s.createTable(
    'region',
    { code: code(12), name: text(60), level: code(10), parent_code: code(12).null() },
    {
      primary: ['code'],
      index: [['parent_code']],
      foreign: { parent_code: 'region(code)' },
      check: {
        code_length: 'LENGTH(code) = 12',
        level_known: "level IN ('province', 'city', 'county', 'township', 'village')",
        province_on_top: "(level = 'province') = (parent_code IS NULL)",
      },
    },
  );
  await s.createTable(
    'organisation',
    {
      id: id(),
      name: text(60),
      kind: code(20),
      parent_id: id().null(),
      root_id: id(),
      region_code: code(12),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['region_code', 'name']],
      foreign: {
        parent_id: 'organisation',
        root_id: 'organisation',
        region_code: 'region(code)',
      },
      check: {
        kind_known:
          "kind IN ('poverty-office', 'finance-bureau', 'platform-company', 'bank', 'inspection', " +
          "'village', 'township', 'administration')",
        only_banks_branch: "parent_id IS NULL OR kind = 'bank'",
        root_of_branch: '(parent_id IS NULL) = (root_id = id)',
      },
    },
  );
}

async function users(s: Schema): Promise<void> {
  await s.createTable(
    'app_user',
    {
      id: id(),
      login: code(32),
      name: text(40),
      kind: code(10),
      status: code(10),
      region_code: code(12),
      organisation_id: id(),
      password_hash: code(200).null(),
      must_change_password: flag(),
      password_set_at: instant().null(),
      duty_kind: code(12).null(),
      created_at: instant(),
      version: version(),
    },
    {
      primary: ['id'],
      // The second is the target by which every role held is of the user's one kind.
      unique: [['login'], ['id', 'duty_kind']],
      index: [['region_code', 'login'], ['organisation_id']],
      foreign: { region_code: 'region(code)', organisation_id: 'organisation' },
      check: {
        kind_known: "kind IN ('person', 'machine')",
        status_known: "status IN ('active', 'disabled')",
        persons_have_passwords: "(kind = 'person') = (password_hash IS NOT NULL)",
        argon2id_only: "password_hash IS NULL OR SUBSTR(password_hash, 1, 10) = '$argon2id$'",
        duty_of_machines: "duty_kind IS NULL OR (kind = 'machine') = (duty_kind = 'machine')",
      },
    },
  );
  await s.createTable(
    'password_history',
    { id: id(), user_id: id(), password_hash: code(200) },
    { primary: ['id'], index: [['user_id']], foreign: { user_id: 'app_user' } },
  );
  await s.createTable(
    'sign_in_guard',
    {
      login_index: digest(),
      failures: json(),
      locked_until: instant().null(),
      touched_at: instant(),
      version: version(),
    },
    { primary: ['login_index'], index: [['touched_at']] },
  );
}

async function roles(s: Schema): Promise<void> {
  await s.createTable(
    'role',
    {
      code: code(40),
      name: text(20),
      kind: code(12),
      organisation_kinds: json(),
      region_levels: json(),
      version: version(),
    },
    {
      primary: ['code'],
      unique: [['code', 'kind']],
      check: { kind_known: "kind IN ('system', 'security', 'business', 'inspection', 'machine')" },
    },
  );
  await s.createTable(
    'role_permission',
    { role_code: code(40), permission: code(60) },
    { primary: ['role_code', 'permission'], foreign: { role_code: 'role(code)' } },
  );
  await s.createTable(
    'user_role',
    {
      user_id: id(),
      role_code: code(40),
      duty_kind: code(12),
      granted_by: code(40),
      granted_at: instant(),
    },
    {
      primary: ['user_id', 'role_code'],
      // One kind only: the role's kind and the user's kind are the same value in this row.
      foreign: {
        'user_id, duty_kind': 'app_user(id, duty_kind)',
        'role_code, duty_kind': 'role(code, kind)',
      },
      check: { not_by_oneself: 'granted_by <> user_id' },
    },
  );
}

async function entries(s: Schema): Promise<void> {
  await s.createTable(
    'user_session',
    {
      id: id(),
      token_hash: digest(),
      user_id: id(),
      opened_at: instant(),
      last_seen_at: instant(),
      idle_minutes: integer(),
      ends_at: instant(),
    },
    {
      primary: ['id'],
      unique: [['token_hash']],
      index: [['user_id', 'opened_at'], ['ends_at']],
      foreign: { user_id: 'app_user' },
      check: { ends_later: 'ends_at > opened_at', idle_positive: 'idle_minutes > 0' },
    },
  );
  await s.createTable(
    'machine_token',
    {
      id: id(),
      token_hash: digest(),
      user_id: id(),
      purpose: text(60),
      issued_by: code(40),
      issued_at: instant(),
      expires_on: date(),
      revoked_at: instant().null(),
      version: version(),
    },
    {
      primary: ['id'],
      unique: [['token_hash']],
      index: [['user_id']],
      foreign: { user_id: 'app_user' },
      check: { not_for_oneself: 'issued_by <> user_id' },
    },
  );
}
