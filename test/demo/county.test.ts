/** The demonstration county: built by acts alone, so that a rule it breaks stops it here and not at its first start. */
import { allRoutes, openService, type Service } from '../../src/app';
import { demoClock, prepareDemo } from '../../src/demo';
import { actorById } from '../../src/identity';
import { listNotices, oneNotice } from '../../src/notices';
import { steppingClock } from '../../src/platform/clock';
import { readConfig } from '../../src/platform/config';
import { seededRandom } from '../../src/platform/ids';
import { openLog } from '../../src/platform/log';
import { ask } from '../../src/platform/query';
import { sqlitePlace } from '../support/databases';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);

/** The last autumn that is known, and a spring in which one loan falls into the weeks when none could be signed. */
const PRESENTS = ['2026-11-16', '2026-05-11'];

describe.each(PRESENTS)('The demonstration of %s', (present) => {
  const place = sqlitePlace();
  let service: Service;
  beforeAll(async () => {
    const base = steppingClock(present);
    const clock = demoClock(base);
    const config = readConfig({
      XINFU_MODE: 'test',
      XINFU_DEMO: 'true',
      XINFU_SCHEDULER: 'false',
      DATABASE_URL: place.url,
    });
    const parts = { config, clock, log: openLog('silent'), random: seededRandom(20181031) };
    service = await openService(parts);
    await prepareDemo({ ...service, clock, base, routes: allRoutes });
  }, 120_000);
  afterAll(async () => {
    await service.close();
    await place.remove();
  });

  test('is built, and two neighbours hang on one sheet that was posted once', async () => {
    const sql = service.platform.db.reader();
    const row = await sql.one<{ id: string }>("SELECT id FROM app_user WHERE login = 'county'");
    const officer = await actorById(sql, String(row?.id));
    if (!officer) throw new Error('The county officer of the demonstration can sign in');
    const { items } = await ask(service.platform, listNotices, officer, { state: 'running' });
    expect(items).toHaveLength(1);
    const [sheet] = items;
    expect(sheet?.missing).toEqual([]);
    expect(sheet?.boards.map(({ photoKept, samePhoto }) => [photoKept, samePhoto])).toEqual(
      Array.from({ length: 3 }, () => [true, false]),
    );
    const shown = await ask(service.platform, oneNotice, officer, { noticeId: sheet?.id ?? '' });
    expect(shown.items.map(({ position, state }) => [position, state])).toEqual([
      [1, 'shown'],
      [2, 'shown'],
    ]);
  });

  test('has loans in the class that their households earn, with their own interest paid', async () => {
    const loans = await service.platform.db.reader().rows<{
      number: string;
      classCode: string;
      since: string | null;
      matured: number;
    }>(
      `SELECT number, class_code AS classCode, own_due_since AS since,
              CASE WHEN matures_on < :present THEN 1 ELSE 0 END AS matured
         FROM loan WHERE state = 'running' ORDER BY number`,
      { present },
    );
    expect(loans.length).toBeGreaterThan(3);
    for (const { number, classCode, since, matured } of loans) {
      const expected = matured
        ? expect.stringMatching(/^(SPECIAL_MENTION|SUBSTANDARD)$/)
        : 'NORMAL';
      expect([number, classCode]).toEqual([number, expected]);
      if (!matured) expect([number, since]).toEqual([number, null]);
    }
  });
});
