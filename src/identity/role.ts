/**
 * Roles are data (reference/roles.json): what each may do, in which bodies and at which levels it exists. Laws,
 * after the separation of the three administrators (三员分立, GB/T 22239-2019 third level, 8.1.4.2): every role is of
 * one kind, and a person holds roles of one kind only; system and security administrators hold no permission of
 * the business; nobody grants a role to themself.
 */
import Joi from 'joi';
import type { OrganisationKind } from '../platform/authority';
import { check } from '../platform/check';
import { ORGANISATION_KINDS, ORGANISATION_NAMES } from './organisation';
import { P } from './problems';
import { LEVEL_NAMES, REGION_LEVELS, type RegionLevel } from './region';

/** Kinds of role, mutually exclusive: users' administration, roles' administration, business, inspection, machines. */
export const DUTY_KINDS = ['system', 'security', 'business', 'inspection', 'machine'] as const;

export type DutyKind = (typeof DUTY_KINDS)[number];

/** What the kinds are called. */
export const DUTY_NAMES: Readonly<Record<DutyKind, string>> = {
  system: '系统管理',
  security: '安全管理',
  business: '业务',
  inspection: '监督',
  machine: '接口程序',
};

/** A role as reference/roles.json defines it. */
export interface RoleDefinition {
  code: string;
  name: string;
  kind: DutyKind;
  /** In which kinds of body the role exists. */
  organisationKinds: OrganisationKind[];
  /** For regions of which levels a holder may be appointed. */
  regionLevels: RegionLevel[];
  permissions: string[];
}

/** What a role may ask of its holder: the rules need no more than this. */
export type RoleRule = Omit<RoleDefinition, 'permissions'>;

/** The person or program that is to hold a role. */
export interface Candidate {
  kind: 'person' | 'machine';
  /** The kind of the roles held already; null when there are none. */
  dutyKind: DutyKind | null;
  organisationKind: OrganisationKind;
  regionLevel: RegionLevel;
}

/** Whether a role is for programs rather than people. */
export function holderOf(kind: DutyKind): 'person' | 'machine' {
  return kind === 'machine' ? 'machine' : 'person';
}

/**
 * Refuses a candidate whom the role does not fit.
 * @throws Problem identity.wrong-user-kind, role-kind-mixed, role-organisation or role-level
 */
export function requireFit(role: RoleRule, candidate: Candidate): void {
  if (candidate.kind !== holderOf(role.kind))
    throw P.wrongUserKind({ detail: `岗位：${role.name}` });
  if (candidate.dutyKind !== null && candidate.dutyKind !== role.kind) {
    const held = DUTY_NAMES[candidate.dutyKind];
    throw P.roleKindMixed({
      detail: `已任${held}类岗位，${role.name}属${DUTY_NAMES[role.kind]}类`,
    });
  }
  if (!role.organisationKinds.includes(candidate.organisationKind)) {
    const wanted = role.organisationKinds.map((kind) => ORGANISATION_NAMES[kind]).join('、');
    throw P.roleOrganisation({ detail: `${role.name}须属于：${wanted}` });
  }
  if (!role.regionLevels.includes(candidate.regionLevel)) {
    const wanted = role.regionLevels.map((level) => LEVEL_NAMES[level]).join('、');
    throw P.roleLevel({ detail: `${role.name}的辖区须为：${wanted}` });
  }
}

const codes = (values: readonly string[]) =>
  Joi.array()
    .items(Joi.string().valid(...values))
    .min(1)
    .unique()
    .required();

const ROLES = Joi.array()
  .items(
    Joi.object<RoleDefinition>({
      code: Joi.string()
        .pattern(/^[a-z]+(-[a-z]+)*$/)
        .max(40)
        .required(),
      name: Joi.string().max(20).required(),
      kind: Joi.string()
        .valid(...DUTY_KINDS)
        .required(),
      organisationKinds: codes(ORGANISATION_KINDS),
      regionLevels: codes(REGION_LEVELS),
      permissions: Joi.array()
        .items(
          Joi.string()
            .pattern(/^[a-z]+\.[a-z-]+$/)
            .max(60),
        )
        .min(1)
        .unique()
        .required(),
    }),
  )
  .min(1)
  .unique('code')
  .required();

/** Takes the content of reference/roles.json. @throws CheckFailed naming the place that is wrong. */
export function parseRoles(content: unknown): RoleDefinition[] {
  const { value, error } = ROLES.validate(content, { convert: false });
  check(!error, `reference/roles.json: ${error?.message}`);
  return value as RoleDefinition[];
}

/**
 * Refuses to start when a role names a permission that no act and no query declares: whoever relied on it would
 * find out at the counter.
 * @throws CheckFailed naming role and permission
 */
export function requireDeclared(
  roles: readonly RoleDefinition[],
  declared: ReadonlySet<string>,
): void {
  for (const role of roles) {
    for (const permission of role.permissions) {
      const known = declared.has(permission);
      check(known, `Role ${role.code} names ${permission}, which no act and no query declares.`);
    }
  }
}
