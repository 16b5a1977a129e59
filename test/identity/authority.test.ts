/** Who is calling: a session's life at the hands of the clock, and what the database is told of its use. */
import { sweepSessionsStep } from '../../src/identity';
import { describeEachDatabase } from '../support/databases';
import { fileRules, type MadeUser, type Office, openOffice } from './office';

jest.mock('@node-rs/argon2', () =>
  jest.requireActual<typeof import('./cheap-argon2')>('./cheap-argon2').cheapArgon2(),
);

const MINUTE = 60_000;

describeEachDatabase('A session', (open) => {
  let office: Office;
  let user: MadeUser;
  beforeAll(async () => {
    office = await openOffice(open);
    user = await office.user('officer', 'county-officer');
  });
  afterAll(() => office.close());

  const enter = async () => (await office.enter(user.login, user.password)).sessionToken;
  const look = async (token: string) => office.authority.bySession(token, office.clock.now());

  test('carries the actor as the roles make it, and the forgery token of the sign-in', async () => {
    const { sessionToken, csrfToken } = await office.enter(user.login, user.password);
    const signedIn = await look(sessionToken);
    expect(signedIn?.csrfToken).toBe(csrfToken);
    expect(signedIn?.sessionId).not.toBe(sessionToken);
    expect(signedIn?.actor).toMatchObject({
      id: user.userId,
      kind: 'person',
      roles: ['county-officer'],
      region: '450328000000',
      organisation: { kind: 'poverty-office' },
      mustChangePassword: true,
    });
  });

  test('lives while it is used and dies after half an hour of idleness', async () => {
    const token = await enter();
    for (let n = 0; n < 4; n += 1) {
      office.clock.stepMs(29 * MINUTE);
      expect(await look(token)).not.toBeNull();
    }
    office.clock.stepMs(30 * MINUTE);
    expect(await look(token)).toBeNull();
  });

  test('dies after eight hours, however busy', async () => {
    const token = await enter();
    for (let n = 0; n < 31; n += 1) {
      office.clock.stepMs(15 * MINUTE);
      expect(await look(token)).not.toBeNull();
    }
    office.clock.stepMs(15 * MINUTE);
    expect(await look(token)).toBeNull();
  });

  test('keeps the rules of the day on which it was opened', async () => {
    const rules = fileRules();
    office.rules({ ...rules, idleMinutes: 5 });
    const short = await enter();
    office.rules(rules);
    const long = await enter();
    office.clock.stepMs(6 * MINUTE);
    expect(await look(short)).toBeNull();
    expect(await look(long)).not.toBeNull();
  });

  test('is written to once a minute at most', async () => {
    const token = await enter();
    const seen = async () => {
      await look(token);
      const rows = await office.platform.db
        .reader()
        .rows<{ seen: number }>('SELECT MAX(last_seen_at) AS seen FROM user_session');
      return rows[0]?.seen;
    };
    const opened = office.clock.now();
    office.clock.stepMs(59_999);
    expect(await seen()).toBe(opened);
    office.clock.stepMs(1);
    expect(await seen()).toBe(opened + MINUTE);
  });

  test('of an unknown or empty token is nobody’s', async () => {
    expect(await look('x'.repeat(43))).toBeNull();
    expect(await look('')).toBeNull();
  });

  test('that is dead is swept away at night, with the failure counts of yesterday', async () => {
    await enter();
    await office.refusedEntry('somebody', 'wrong');
    office.clock.stepDays(1);
    office.clock.stepMs(1);
    const alive = await enter();
    if (sweepSessionsStep.kind !== 'once') throw new Error('The sweep is one piece of work');
    const { run } = sweepSessionsStep;
    const { count } = await office.system((work) => run(work, office.clock.today()));
    expect(count).toBeGreaterThan(1);
    expect(await office.count('user_session')).toBe(1);
    // Only the guard of the sign-in of this moment is left.
    expect(await office.count('sign_in_guard')).toBe(1);
    expect(await look(alive)).not.toBeNull();
  });

  test('a lock outlives the sweep', async () => {
    for (let n = 0; n < 5; n += 1) await office.refusedEntry('locked.one', 'wrong');
    if (sweepSessionsStep.kind !== 'once') throw new Error('The sweep is one piece of work');
    const { run } = sweepSessionsStep;
    await office.system((work) => run(work, office.clock.today()));
    expect((await office.refusedEntry('locked.one', 'wrong')).code).toBe('identity.sign-in-locked');
  });
});
