/** Users and tokens as the administrators' screens show them, within the reader's region. */
import type { OrganisationKind } from '../platform/authority';
import { type Instant, isoInstant } from '../platform/clock';
import type { Sql } from '../platform/db/database';
import { countRows } from '../platform/db/store';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, shape, textField } from '../platform/shape';
import { ORGANISATION_KINDS } from './organisation';
import { P } from './problems';
import { rolesOf } from './role.queries';
import { USER_KINDS, User } from './user.entity';

const STATUSES = ['active', 'disabled'] as const;

/** How many users there are, of whatever status. */
export function countUsers(sql: Sql): Promise<number> {
  return countRows(sql, User, {});
}

interface UserRow {
  id: string;
  login: string;
  name: string;
  kind: (typeof USER_KINDS)[number];
  status: (typeof STATUSES)[number];
  regionCode: string;
  regionName: string;
  organisationId: string;
  organisationName: string;
  organisationKind: OrganisationKind;
  mustChange: number;
  version: number;
}

const userShape = () =>
  shape({
    id: idField(),
    login: answer.text('登录名'),
    name: answer.text('姓名'),
    kind: codeField(USER_KINDS, '用户类别'),
    status: codeField(STATUSES, '状态'),
    region: shape({ code: answer.text('辖区代码'), name: answer.text('辖区') }),
    organisation: shape({
      id: idField(),
      name: answer.text('机构'),
      kind: codeField(ORGANISATION_KINDS, '机构类别'),
    }),
    roles: listOf(shape({ code: answer.text('岗位代码'), name: answer.text('岗位') })),
    mustChangePassword: answer.flag('须先修改密码'),
    version: answer.count('版本号'),
  });

const USERS = `
  SELECT u.id, u.login, u.name, u.kind, u.status, u.must_change_password AS mustChange, u.version,
         u.region_code AS regionCode, r.name AS regionName, o.id AS organisationId,
         o.name AS organisationName, o.kind AS organisationKind
    FROM app_user u
    JOIN region r ON r.code = u.region_code
    JOIN organisation o ON o.id = u.organisation_id
   WHERE {scope:u.region_code,o.root_id}`;

/** Adds the roles of users that are already known to lie within the reader's limits. */
async function withRoles(read: Reader, rows: readonly UserRow[]) {
  const sql = read.unscoped('roles of users who have passed the scope');
  const held =
    rows.length === 0
      ? []
      : await rolesOf(
          sql,
          rows.map((row) => row.id),
        );
  return rows.map((row) => ({
    id: row.id,
    login: row.login,
    name: row.name,
    kind: row.kind,
    status: row.status,
    region: { code: row.regionCode, name: row.regionName },
    organisation: {
      id: row.organisationId,
      name: row.organisationName,
      kind: row.organisationKind,
    },
    roles: held.filter((role) => role.userId === row.id).map(({ code, name }) => ({ code, name })),
    mustChangePassword: row.mustChange === 1,
    version: row.version,
  }));
}

interface ListInput {
  status?: string;
  role?: string;
  organisationId?: string;
  after?: string;
  size?: number;
}

export const listUsers = defineQuery({
  name: 'identity.users',
  title: '用户列表',
  permission: 'identity.read',
  input: shape<ListInput>({
    status: codeField(STATUSES, '状态').optional(),
    role: textField(40, '岗位代码').optional(),
    organisationId: idField('机构').optional(),
    ...pageFields,
  }),
  answer: pageOf(userShape()),
  run: async (read, input) => {
    const page = await readPage<UserRow>(
      read,
      `${USERS}
        AND (:status IS NULL OR u.status = :status)
        AND (:organisationId IS NULL OR u.organisation_id = :organisationId)
        AND (:role IS NULL OR EXISTS (SELECT 1 FROM user_role h
                                       WHERE h.user_id = u.id AND h.role_code = :role))
        AND {after}`,
      {
        status: input.status ?? null,
        role: input.role ?? null,
        organisationId: input.organisationId ?? null,
      },
      { keys: [{ sql: 'u.login', field: 'login' }], direction: 'asc' },
      input,
    );
    return { items: await withRoles(read, page.items), next: page.next };
  },
});

export const readUser = defineQuery({
  name: 'identity.user',
  title: '用户详情',
  permission: 'identity.read',
  input: shape<{ userId: string }>({ userId: idField('用户编号') }),
  answer: userShape(),
  run: async (read, input) => {
    const row = await read.one<UserRow>(`${USERS} AND u.id = :userId`, { userId: input.userId });
    const [user] = row ? await withRoles(read, [row]) : [];
    if (!user) throw P.userAbsent();
    return user;
  },
});

interface TokenRow {
  id: string;
  userId: string;
  userName: string;
  purpose: string;
  issuedAt: Instant;
  expiresOn: string;
  revokedAt: Instant | null;
}

/** Tokens of machine clients; the tokens themselves are nowhere. */
export const listTokens = defineQuery({
  name: 'identity.tokens',
  title: '接口令牌列表',
  permission: 'identity.read',
  input: shape<{ after?: string; size?: number }>({ ...pageFields }),
  answer: pageOf(
    shape({
      id: idField(),
      userId: idField(),
      userName: answer.text('接口程序'),
      purpose: answer.text('用途'),
      issuedAt: answer.instant('发放时刻'),
      expiresOn: answer.date('最后有效日'),
      revokedAt: answer.instant('撤销时刻').allow(null),
    }),
  ),
  run: async (read, input) => {
    const page = await readPage<TokenRow>(
      read,
      `SELECT t.id, t.user_id AS userId, u.name AS userName, t.purpose, t.issued_at AS issuedAt,
              t.expires_on AS expiresOn, t.revoked_at AS revokedAt
         FROM machine_token t
         JOIN app_user u ON u.id = t.user_id
         JOIN organisation o ON o.id = u.organisation_id
        WHERE {scope:u.region_code,o.root_id} AND {after}`,
      {},
      { keys: [{ sql: 't.id', field: 'id' }], direction: 'desc' },
      input,
    );
    const items = page.items.map((row) => ({
      ...row,
      issuedAt: isoInstant(row.issuedAt),
      revokedAt: row.revokedAt === null ? null : isoInstant(row.revokedAt),
    }));
    return { items, next: page.next };
  },
});
