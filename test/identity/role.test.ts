/** Roles: what the file says, the separation of the three administrators, and whom a role fits. */
import { checkRoles, identityActs } from '../../src/identity';
import { readRoleFile } from '../../src/identity/load-files';
import {
  type Candidate,
  type DutyKind,
  parseRoles,
  requireDeclared,
  requireFit,
} from '../../src/identity/role';

const roles = readRoleFile();
const role = (code: string) => {
  const found = roles.find((one) => one.code === code);
  if (!found) throw new Error(`No role ${code}`);
  return found;
};

describe('The roles of the file', () => {
  test('are the twelve of people and the one of programs', () => {
    expect(roles.map((one) => one.code)).toEqual([
      'village-worker',
      'village-appraiser',
      'township-officer',
      'county-officer',
      'county-approver',
      'bank-officer',
      'bank-approver',
      'finance-officer',
      'platform-company-officer',
      'discipline-inspector',
      'system-administrator',
      'security-administrator',
      'bank-system',
    ]);
  });

  test.each(['system-administrator', 'security-administrator'])(
    '%s holds no permission of the business',
    (code) => {
      const outside = role(code).permissions.filter((one) => !one.startsWith('identity.'));
      expect(outside).toEqual([]);
    },
  );

  test('nobody but the system administrator manages users, nobody but the security administrator roles', () => {
    const holders = (permission: string) =>
      roles.filter((one) => one.permissions.includes(permission)).map((one) => one.code);
    expect(holders('identity.manage-users')).toEqual(['system-administrator']);
    expect(holders('identity.manage-roles')).toEqual(['security-administrator']);
    expect(holders('identity.manage-tokens')).toEqual(['security-administrator']);
    expect(holders('identity.set-up')).toEqual([]);
  });

  test('the inspector reads and looks, and changes no business record', () => {
    const changing = role('discipline-inspector').permissions.filter(
      (one) => !/\.(read|reveal|verify|export)(-\w+)?$/.test(one),
    );
    expect(changing).toEqual([]);
  });

  test('maker and checker of one paper are different roles', () => {
    const together = (one: string, other: string) =>
      roles.filter((r) => r.permissions.includes(one) && r.permissions.includes(other));
    expect(together('subsidies.propose', 'subsidies.approve')).toEqual([]);
    expect(together('subsidies.approve', 'subsidies.pay')).toEqual([]);
    expect(together('credit.compute', 'credit.decide')).toEqual([]);
    expect(together('applications.county-recheck', 'applications.issue-certificate')).toEqual([]);
    expect(together('riskfund.claim', 'riskfund.sign')).toEqual([]);
  });

  test('every permission of identity in a role is that of an act or a query', () => {
    const declared = new Set([...identityActs.map((act) => act.permission), 'identity.read']);
    const named = roles.flatMap((one) => one.permissions).filter((one) => /^identity\./.test(one));
    expect(named.filter((one) => !declared.has(one))).toEqual([]);
  });
});

describe('The start', () => {
  test('is refused when a role names a permission that nothing declares', () => {
    const all = new Set(roles.flatMap((one) => one.permissions));
    expect(() => checkRoles(all)).not.toThrow();
    all.delete('loans.sign');
    expect(() => checkRoles(all)).toThrow('Role bank-officer names loans.sign');
    expect(() => requireDeclared(roles, new Set())).toThrow('Role village-worker');
  });

  const wrong: [string, object][] = [
    ['an unknown kind', { kind: 'chief' }],
    ['an unknown kind of body', { organisationKinds: ['club'] }],
    ['an unknown level', { regionLevels: ['street'] }],
    ['a permission twice', { permissions: ['loans.read', 'loans.read'] }],
    ['a permission that is none', { permissions: ['everything'] }],
    ['a field too many', { power: true }],
  ];
  test.each(wrong)('is refused when a role has %s', (_what, change) => {
    expect(() => parseRoles([{ ...role('bank-officer'), ...change }])).toThrow('roles.json');
  });

  test('is refused when two roles have one code', () => {
    expect(() => parseRoles([role('bank-officer'), role('bank-officer')])).toThrow('roles.json');
  });
});

const candidate = (change: Partial<Candidate> = {}): Candidate => ({
  kind: 'person',
  dutyKind: null,
  organisationKind: 'poverty-office',
  regionLevel: 'county',
  ...change,
});

describe('A role fits', () => {
  const fits: [string, string, Partial<Candidate>][] = [
    ['a first role', 'county-officer', {}],
    ['a second role of the same kind', 'county-approver', { dutyKind: 'business' }],
    ['a village worker', 'village-worker', { organisationKind: 'village', regionLevel: 'village' }],
    [
      'a bank officer of a township',
      'bank-officer',
      { organisationKind: 'bank', regionLevel: 'township' },
    ],
    ['a bank’s system', 'bank-system', { kind: 'machine', organisationKind: 'bank' }],
  ];
  test.each(fits)('%s', (_what, code, change) => {
    expect(() => requireFit(role(code), candidate(change))).not.toThrow();
  });

  const unfit: [string, string, Partial<Candidate>, string][] = [
    [
      'an officer of another kind of body',
      'county-officer',
      { organisationKind: 'bank' },
      'role-organisation',
    ],
    ['an officer of another level', 'county-officer', { regionLevel: 'township' }, 'role-level'],
    [
      'a program for a role of people',
      'bank-officer',
      { kind: 'machine', organisationKind: 'bank' },
      'wrong-user-kind',
    ],
    [
      'a person for a role of programs',
      'bank-system',
      { organisationKind: 'bank' },
      'wrong-user-kind',
    ],
  ];
  test.each(unfit)('not %s', (_what, code, change, problem) => {
    const attempt = () => requireFit(role(code), candidate(change));
    expect(attempt).toThrow(expect.objectContaining({ code: `identity.${problem}` }));
  });

  const KINDS: readonly [DutyKind, string, Candidate['organisationKind']][] = [
    ['system', 'system-administrator', 'administration'],
    ['security', 'security-administrator', 'administration'],
    ['business', 'county-officer', 'poverty-office'],
    ['inspection', 'discipline-inspector', 'inspection'],
  ];
  const mixed = KINDS.flatMap(([held]) =>
    KINDS.filter(([kind]) => kind !== held).map(
      ([, code, body]): [DutyKind, string, Candidate['organisationKind']] => [held, code, body],
    ),
  );
  test.each(mixed)('not one who holds a %s role: %s', (dutyKind, code, organisationKind) => {
    const attempt = () => requireFit(role(code), candidate({ dutyKind, organisationKind }));
    expect(attempt).toThrow(expect.objectContaining({ code: 'identity.role-kind-mixed' }));
  });
});
