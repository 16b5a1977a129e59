/** Taking a token back. */
import { createUser, issueToken, revokeToken } from '../../src/identity';
import { listTokens } from '../../src/identity/user.queries';
import type { Actor } from '../../src/platform/authority';
import { describeEachDatabase } from '../support/databases';
import { AT, type Office, openOffice, TABLES } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('Revoking a token', (open) => {
  let office: Office;
  let issued: { tokenId: string; token: string };
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
    const { userId } = await office.do(office.users, createUser, input);
    const token = { userId, purpose: '还款回传', expiresOn: '2018-06-30' };
    issued = await office.do(office.roles, issueToken, token);
  });
  afterAll(() => office.close());

  const revoke = (tokenId: string, actor: Actor = office.roles) =>
    office.do(actor, revokeToken, { tokenId });

  test('by the wrong person, from another county, or of an unknown token it is refused', async () => {
    const before = await office.snapshot(...TABLES);
    const far = office.actor({ permissions: ['identity.manage-tokens'], region: AT.otherCounty });
    expect(await office.refusal(revoke(issued.tokenId, office.users))).toBe(
      'platform.not-permitted',
    );
    expect(await office.refusal(revoke(issued.tokenId, far))).toBe('platform.absent');
    expect(await office.refusal(revoke('01ARZ3NDEKTSV4RRFFQ69G5FAV'))).toBe(
      'identity.token-absent',
    );
    expect(await office.snapshot(...TABLES)).toBe(before);
  });

  test('when it is done, then the token is dead, the list says so, and a second time is refused', async () => {
    const now = office.clock.now();
    expect(await office.authority.byToken(issued.token, now)).not.toBeNull();
    await revoke(issued.tokenId);
    expect(await office.authority.byToken(issued.token, now)).toBeNull();
    const { items } = await office.ask(office.roles, listTokens);
    expect(items).toMatchObject([
      { id: issued.tokenId, userName: '核心系统', revokedAt: '2018-03-01T09:00:00.000+08:00' },
    ]);
    expect(await office.refusal(revoke(issued.tokenId))).toBe('identity.token-revoked');
  });
});
