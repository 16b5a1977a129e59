/** Tokens of programs: told once, for a year at most, good through their last day. */
import { createUser, grantRole, issueToken } from '../../src/identity';
import type { Actor } from '../../src/platform/authority';
import { describeEachDatabase } from '../support/databases';
import { AT, type Office, openOffice, TABLES } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('Issuing a token', (open) => {
  let office: Office;
  let userId: string;
  beforeAll(async () => {
    office = await openOffice(open);
    const organisationId = await office.body('bank', AT.county);
    const input = {
      login: 'core',
      name: '核心系统',
      kind: 'machine',
      region: AT.county,
      organisationId,
    };
    userId = (await office.do(office.users, createUser, input)).userId;
    await office.do(office.roles, grantRole, { userId, role: 'bank-system', version: 1 });
  });
  afterAll(() => office.close());

  const issue = (change: object = {}, actor: Actor = office.roles) =>
    office.do(actor, issueToken, {
      userId,
      purpose: '还款回传',
      expiresOn: '2018-06-30',
      ...change,
    });

  test('when it is done, then the program acts as itself through the last day and not after', async () => {
    const { token } = await issue();
    const actor = await office.authority.byToken(token, office.clock.now());
    expect(actor).toMatchObject({ id: userId, kind: 'machine', roles: ['bank-system'] });
    expect([...(actor?.permissions ?? [])]).toEqual(['loans.read', 'loans.repay']);
    expect(actor?.organisation?.kind).toBe('bank');
    const clock = office.clock;
    clock.set('2018-06-30T23:59:59+08:00');
    expect(await office.authority.byToken(token, clock.now())).not.toBeNull();
    clock.set('2018-07-01T00:00:00+08:00');
    expect(await office.authority.byToken(token, clock.now())).toBeNull();
    clock.set('2018-03-01');
  });

  test('the token stands nowhere, not even where the answer is kept for a repeated request', async () => {
    const { token } = await issue();
    const all = await office.snapshot(...TABLES, 'audit_entry', 'idempotency');
    expect(all).not.toContain(token);
  });

  test('a wrong token lets nobody in', async () => {
    const { token } = await issue();
    const now = office.clock.now();
    expect(await office.authority.byToken(`${token}x`, now)).toBeNull();
    expect(await office.authority.bySession(token, now)).toBeNull();
  });

  const refused: [string, object, string][] = [
    ['today as the last day', { expiresOn: '2018-03-01' }, 'identity.token-term'],
    ['more than a year', { expiresOn: '2019-03-02' }, 'identity.token-term'],
    ['a day that does not exist', { expiresOn: '2018-02-30' }, 'platform.invalid-input'],
    ['an unknown user', { userId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }, 'identity.user-absent'],
  ];
  test.each(refused)(
    'with %s it is refused and nothing is changed',
    async (_what, change, code) => {
      const before = await office.snapshot(...TABLES);
      expect(await office.refusal(issue(change))).toBe(code);
      expect(await office.snapshot(...TABLES)).toBe(before);
    },
  );

  test('for a person, by the system administrator or from another county it is refused', async () => {
    const far = office.actor({ permissions: ['identity.manage-tokens'], region: AT.otherCounty });
    expect(await office.refusal(issue({ userId: office.users.id }))).toBe(
      'identity.wrong-user-kind',
    );
    expect(await office.refusal(issue({}, office.users))).toBe('platform.not-permitted');
    expect(await office.refusal(issue({}, far))).toBe('platform.absent');
  });
});
