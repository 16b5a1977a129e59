/**
 * The audit under attack by somebody with full rights over the database: each kind of change is found and its
 * first place is named. On both databases.
 */

import { keepDailyHead } from '../../../src/platform/audit/head';
import { sealWaiting } from '../../../src/platform/audit/sealer';
import { type Head, type Verification, verifyAudit } from '../../../src/platform/audit/verify';
import type { Actor } from '../../../src/platform/authority';
import { businessDate } from '../../../src/platform/dates';
import { type County, openCounty } from '../../support/county';
import { describeEachDatabase } from '../../support/databases';
import { addToCounter, makeCounter } from '../../support/toys';
import { withoutTriggers } from '../../support/triggers';

describeEachDatabase('The audit', (open) => {
  let county: County;
  let adder: Actor;

  // One database for all attacks: a copy of the tables is kept and put back after each.
  const tables = ['audit_entry', 'audit_subject', 'audit_queue', 'audit_seal', 'audit_sealed'];
  const kept = [...tables, 'audit_head', 'lease'];
  afterEach(() =>
    attack(
      ...kept.flatMap((t) => [`DELETE FROM ${t}`, `INSERT INTO ${t} SELECT * FROM kept_${t}`]),
    ),
  );
  beforeAll(async () => {
    county = await openCounty(open);
    const maker = county.actor({ permissions: ['toys.make'] });
    adder = county.actor({ permissions: ['toys.add'] });
    await county.do(maker, makeCounter, { name: 'one', region: '450328100001' });
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 5; n += 1) {
        await county.do(adder, addToCounter, { name: 'one', amount: '1' });
      }
      await sealWaiting(county.platform, 'tester');
    }
    await attack(...kept.map((t) => `CREATE TABLE kept_${t} AS SELECT * FROM ${t}`));
  });
  afterAll(() => county.close());

  const verify = (lastHead?: Head): Promise<Verification> =>
    verifyAudit(county.platform.db.reader(), { mac: county.platform.crypto.mac, lastHead });
  const attack = (...statements: string[]) => withoutTriggers(county.platform.db, statements);
  const entryAt = async (n: number, position: number): Promise<string> => {
    const row = await county.platform.db
      .reader()
      .one<{ id: string }>(
        'SELECT entry_id AS id FROM audit_sealed WHERE n = :n AND position = :position',
        { n, position },
      );
    return row!.id;
  };

  test('when nobody touched it, then it is whole and every entry is counted', async () => {
    const found = await verify();
    expect(found).toMatchObject({ ok: true, fault: null, seals: 3, entries: 16, waiting: 0 });
  });

  test('when entries still wait for the sealer, then it is whole and says how many wait', async () => {
    await county.do(adder, addToCounter, { name: 'one', amount: '1' });
    expect(await verify()).toMatchObject({ ok: true, waiting: 1 });
  });

  const changes: [string, (id: string) => string[], RegExp][] = [
    [
      'a body',
      (id) => [`UPDATE audit_entry SET body = REPLACE(body, '1', '2') WHERE id = '${id}'`],
      /内容被改动/,
    ],
    [
      'an actor',
      (id) => [`UPDATE audit_entry SET actor_name = '他人' WHERE id = '${id}'`],
      /内容被改动/,
    ],
    ['a time', (id) => [`UPDATE audit_entry SET at = at + 1 WHERE id = '${id}'`], /内容被改动/],
    [
      'an outcome',
      (id) => [`UPDATE audit_entry SET outcome = 'refused' WHERE id = '${id}'`],
      /内容被改动/,
    ],
    ['the MAC', (id) => [`UPDATE audit_entry SET mac = leaf WHERE id = '${id}'`], /伪造/],
    ['a deleted entry', (id) => [`DELETE FROM audit_entry WHERE id = '${id}'`], /已被删除/],
  ];

  test.each(changes)(
    'when somebody changes %s, then that entry is named',
    async (_, statements, what) => {
      const id = await entryAt(2, 3);
      await attack(...statements(id));
      const found = await verify();
      expect(found.fault).toMatchObject({ seal: 2, entryId: id });
      expect(found.fault?.what).toMatch(what);
    },
  );

  test('when two entries change places, then it is found', async () => {
    const [a, b] = [await entryAt(2, 1), await entryAt(2, 2)];
    await attack(
      `UPDATE audit_sealed SET entry_id = 'swap' WHERE entry_id = '${a}'`,
      `UPDATE audit_sealed SET entry_id = '${a}' WHERE entry_id = '${b}'`,
      `UPDATE audit_sealed SET entry_id = '${b}' WHERE entry_id = 'swap'`,
    );
    expect((await verify()).fault).toMatchObject({
      seal: 2,
      what: expect.stringMatching(/默克尔根/),
    });
  });

  test('when an entry and its place are both removed, then the count betrays it', async () => {
    const id = await entryAt(2, 4);
    await attack(
      `DELETE FROM audit_entry WHERE id = '${id}'`,
      `DELETE FROM audit_sealed WHERE entry_id = '${id}'`,
    );
    expect((await verify()).fault).toMatchObject({
      seal: 2,
      what: expect.stringMatching(/记录数/),
    });
  });

  test('when a seal in the middle is removed, then the gap is found', async () => {
    await attack('DELETE FROM audit_sealed WHERE n = 2', 'DELETE FROM audit_seal WHERE n = 2');
    expect((await verify()).fault).toMatchObject({ seal: 2 });
  });

  test('when the tail is cut off, then the head kept before demands it', async () => {
    const { head } = await verify();
    await attack(
      'DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_sealed WHERE n = 3)',
      'DELETE FROM audit_sealed WHERE n = 3',
      'DELETE FROM audit_seal WHERE n = 3',
    );
    expect((await verify()).ok).toBe(true);
    expect((await verify(head!)).fault?.what).toMatch(/截去/);
  });

  test('when all of it is replaced by another whole chain, then the head kept before does not fit', async () => {
    const { head } = await verify();
    const last = head!.n;
    await attack('DELETE FROM audit_sealed', 'DELETE FROM audit_seal');
    await county.platform.db.inTransaction((tx) =>
      tx.exec('INSERT INTO audit_queue (entry_id) SELECT id FROM audit_entry'),
    );
    county.clock.stepMs(20_000);
    await sealWaiting(county.platform, 'forger');
    expect((await verify()).ok).toBe(true);
    expect((await verify({ n: 1, hash: 'f'.repeat(64) })).fault?.what).toMatch(/整体改写/);
    expect((await verify({ n: last, hash: head!.hash })).ok).toBe(false);
  });

  test('when an entry is slipped in without a seal, then it lacks the key or waits too long', async () => {
    await attack(
      `INSERT INTO audit_entry SELECT 'ZZZZZZZZZZZZZZZZZZZZZZZZZZ', at, actor_id, actor_name, act, title, outcome,
        problem, subject_kind, subject_id, region_code, org_id, request_id, before_digest, after_digest, body,
        leaf, mac FROM audit_entry LIMIT 1`,
    );
    expect((await verify()).fault).toMatchObject({ entryId: 'ZZZZZZZZZZZZZZZZZZZZZZZZZZ' });
  });

  test('when the application itself tries, then the database refuses', async () => {
    const { db } = county.platform;
    for (const table of ['audit_entry', 'audit_seal', 'audit_sealed', 'audit_subject']) {
      await expect(db.inTransaction((tx) => tx.exec(`DELETE FROM ${table}`))).rejects.toThrow();
    }
    await expect(
      db.inTransaction((tx) => tx.exec(`UPDATE audit_entry SET title = 'x'`)),
    ).rejects.toThrow();
    expect((await verify()).ok).toBe(true);
  });

  test('when two sealers run at once, then each entry is sealed once', async () => {
    for (let n = 0; n < 10; n += 1) {
      await county.do(adder, addToCounter, { name: 'one', amount: '1' });
    }
    county.clock.stepMs(20_000);
    const counts = await Promise.all([
      sealWaiting(county.platform, 'first'),
      sealWaiting(county.platform, 'second'),
    ]);
    expect(counts[0]! + counts[1]!).toBe(10);
    expect(await verify()).toMatchObject({ ok: true, entries: 26 });
  });

  test('when the day ends, then its head is kept once and later days start from it', async () => {
    const day = businessDate('2018-03-01');
    const first = await county.system((work) => keepDailyHead(work, day));
    await county.do(adder, addToCounter, { name: 'one', amount: '1' });
    county.clock.stepMs(20_000);
    await sealWaiting(county.platform, 'tester');
    await county.system((work) => keepDailyHead(work, day));
    const kept = await county.platform.db
      .reader()
      .rows<Head & { day: string }>('SELECT day, n, hash FROM audit_head');
    expect(kept).toEqual([{ day, ...first }]);
    const rest = await verifyAudit(county.platform.db.reader(), {
      mac: county.platform.crypto.mac,
      from: first!,
    });
    expect(rest).toMatchObject({ ok: true, seals: 1, entries: 1 });
  });
});
