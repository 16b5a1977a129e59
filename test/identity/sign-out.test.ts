/** Signing out: the session dies on the server. */
import { signOut } from '../../src/identity';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import { describeEachDatabase } from '../support/databases';
import { type MadeUser, type Office, openOffice } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

describeEachDatabase('Signing out', (open) => {
  let office: Office;
  let user: MadeUser;
  beforeAll(async () => {
    office = await openOffice(open);
    user = await office.user('leaver', 'county-officer');
  });
  afterAll(() => office.close());

  const lives = async (token: string) =>
    (await office.authority.bySession(token, office.clock.now())) !== null;

  test('when one signs out, then this session is dead and the others live', async () => {
    const actor = await office.actorOf(user.userId);
    const one = await office.enter(user.login, user.password);
    const other = await office.enter(user.login, user.password);
    const input = { sessionToken: one.sessionToken };
    expect(await office.do(actor, signOut, input)).toEqual({ ended: 1 });
    expect(await lives(one.sessionToken)).toBe(false);
    expect(await lives(other.sessionToken)).toBe(true);
    expect(await office.do(actor, signOut, input)).toEqual({ ended: 0 });
    expect(await office.do(actor, signOut, {})).toEqual({ ended: 1 });
    expect(await lives(other.sessionToken)).toBe(false);
  });

  test('the token does not stand in the audit', async () => {
    const actor = await office.actorOf(user.userId);
    const { sessionToken } = await office.enter(user.login, user.password);
    await office.do(actor, signOut, { sessionToken });
    expect(await office.snapshot('audit_entry')).not.toContain(sessionToken);
  });

  test('when nobody is signed in, then it is refused and no session ends', async () => {
    const { sessionToken } = await office.enter(user.login, user.password);
    const attempt = office.do(PUBLIC_ACTOR, signOut, { sessionToken });
    expect(await office.refusal(attempt)).toBe('platform.not-signed-in');
    expect(await lives(sessionToken)).toBe(true);
  });

  test('one who must change the first password may sign out', async () => {
    const actor = { ...(await office.actorOf(user.userId)), mustChangePassword: true };
    await office.do(actor, signOut, {});
  });
});
