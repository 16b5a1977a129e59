/**
 * The night runner: order, catching up, one bad record passed over, killed and resumed, a paused instance fenced
 * off. On both databases.
 */
import { defineAct } from '../../../src/platform/act';
import { businessDate } from '../../../src/platform/dates';
import type { Sql } from '../../../src/platform/db/database';
import { DatabaseAway } from '../../../src/platform/db/errors';
import { runChunks } from '../../../src/platform/jobs/chunks';
import { noteProgress, RunLost, takeRun } from '../../../src/platform/jobs/job-run';
import { NightRunner, type RunnerOptions } from '../../../src/platform/jobs/runner';
import type { BookStep, ChunkDeed, Step } from '../../../src/platform/jobs/step';
import { answer, shape, textField } from '../../../src/platform/shape';
import { type County, openCounty } from '../../support/county';
import { describeEachDatabase } from '../../support/databases';
import { ToyProblem } from '../../support/toys';

const DAY = businessDate('2018-03-01');
const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** Writes one row for a record and a night; refuses the bad one. */
const mark = defineAct({
  name: 'toys.mark',
  title: '夜间标记',
  permission: 'toys.mark',
  input: shape<{ key: string; date: string }>({ key: textField(20), date: textField(10) }),
  answer: shape({ key: answer.text() }),
  locate: async () => ({ region: null }),
  run: async (work, input) => {
    await work.tx.exec('INSERT INTO setting (name, value, version) VALUES (:name, :value, 0)', {
      name: `mark/${input.date}/${input.key}`,
      value: work.today,
    });
    if (input.key === 'bad') throw ToyProblem.tooLarge({ detail: 'bad' });
    if (crashAt === input.key) throw new DatabaseAway('as if the database went away');
    return { key: input.key };
  },
});

let crashAt: string | null = null;

const steps = (keys: readonly string[]): Step[] => [
  {
    kind: 'once',
    name: 'toys.first',
    title: '先',
    reason: 'first',
    run: async (work) => {
      await work.tx.exec('INSERT INTO setting (name, value, version) VALUES (:name, :value, 0)', {
        name: `first/${work.today}`,
        value: work.today,
      });
      return { count: 1, note: 'ok' };
    },
  },
  {
    kind: 'records',
    name: 'toys.records',
    title: '逐条',
    reason: 'records',
    act: mark,
    input: (key, date) => ({ key, date }),
    due: async (_sql, _date, after, limit) =>
      keys.filter((key) => after === null || key > after).slice(0, limit),
  },
  {
    kind: 'chunks',
    name: 'toys.chunks',
    title: '成批',
    reason: 'chunks',
    chunk: async (work, date, after, size) => {
      const from = after === null ? 0 : Number(after) + 1;
      const until = Math.min(from + size, 10);
      for (let n = from; n < until; n += 1) {
        await work.tx.exec('INSERT INTO setting (name, value, version) VALUES (:name, :v, 0)', {
          name: `chunk/${date}/${n}`,
          v: String(n),
        });
      }
      return { next: until < 10 ? String(until - 1) : null, count: until - from };
    },
  },
];

const touched: string[] = [];

/** A book of which `odd` records need the act, and the chunk stumbles over `bad`. */
const bookStep = (keys: readonly string[], odd: readonly string[]): BookStep => {
  const open = async (sql: Sql, date: string) => {
    const done = await sql.rows<{ name: string }>('SELECT name FROM setting');
    const names = new Set(done.map(({ name }) => name));
    return keys.filter((key) => !names.has(`mark/${date}/${key}`));
  };
  return {
    kind: 'book',
    name: 'toys.book',
    title: '全部',
    reason: 'book',
    act: mark,
    input: (key, date) => ({ key, date }),
    due: async (sql, date, after, limit) =>
      (await open(sql, date)).filter((key) => key > (after ?? '')).slice(0, limit),
    chunk: async (work, date, after, size) => {
      const due = (await open(work.tx, date)).filter((key) => key > (after ?? '')).slice(0, size);
      touched.push(due.join(''));
      const plain = due.filter((key) => !odd.includes(key));
      for (const key of plain) {
        await work.tx.exec('INSERT INTO setting (name, value, version) VALUES (:name, :v, 0)', {
          name: `mark/${date}/${key}`,
          v: 'chunk',
        });
        if (key === 'bad') throw new Error('a record that cannot be');
      }
      if (crashAt !== null && due.includes(crashAt)) throw new DatabaseAway('as if it went away');
      const deeds = plain.length > 0 ? [deedOf(plain)] : [];
      return { next: due.length < size ? null : due.at(-1)!, count: plain.length, deeds };
    },
  };
};

const deedOf = (keys: readonly string[]): ChunkDeed => ({
  place: { region: '450328000000' },
  subject: { kind: 'setting', id: 'all' },
  related: keys.map((id) => ({ kind: 'mark', id })),
  done: { marks: keys.length },
});

describeEachDatabase('The night runner', (open) => {
  let county: County;
  beforeEach(async () => {
    crashAt = null;
    county = await openCounty(open);
  });
  afterEach(() => county.close());

  const runner = (keys: readonly string[] = KEYS, options: Partial<RunnerOptions> = {}) =>
    new NightRunner(county.platform, steps(keys), { holder: 'one', chunkSize: 3, ...options });
  const marks = async () =>
    (
      await county.platform.db
        .reader()
        .rows<{ name: string }>('SELECT name FROM setting ORDER BY name')
    ).map((row) => row.name);

  test('when a night runs, then each step is done once, in order, and says how much', async () => {
    const report = await runner().runNight(DAY);
    expect(report.state).toBe('done');
    expect(report.steps.map(({ step, done, failed }) => [step, done, failed])).toEqual([
      ['toys.first', 1, 0],
      ['toys.records', 7, 0],
      ['toys.chunks', 10, 0],
    ]);
    expect(await marks()).toHaveLength(18);
  });

  test('when the same night is asked for again, then nothing more happens', async () => {
    await runner().runNight(DAY);
    const before = await county.snapshot('setting', 'job_run', 'audit_entry');
    expect((await runner().runNight(DAY)).state).toBe('done');
    expect(await county.snapshot('setting', 'job_run', 'audit_entry')).toBe(before);
  });

  test('when one record is bad, then it is reported and the others are done', async () => {
    const report = await runner(['a', 'bad', 'c']).runNight(DAY);
    expect(report.steps[1]).toMatchObject({ state: 'done', done: 2, failed: 1 });
    const failures = await county.platform.db
      .reader()
      .rows('SELECT step, record_key, problem FROM job_failure');
    expect(failures).toEqual([
      { step: 'toys.records', record_key: 'bad', problem: 'toys.too-large' },
    ]);
    expect(await marks()).not.toContain(`mark/${DAY}/bad`);
  });

  test('when more records are bad than may be, then the night stops and says so', async () => {
    const bad = ['bad', 'bae', 'baf'];
    const all = new NightRunner(
      county.platform,
      steps(bad).map((step) => (step.kind === 'records' ? { ...step, input: badInput } : step)),
      { holder: 'one', failureLimit: 1 },
    );
    const report = await all.runNight(DAY);
    expect(report.state).toBe('failed');
    expect(report.steps.map((step) => step.state)).toEqual(['done', 'failed']);
    expect(report.steps[1]?.note).toMatch(/超过上限/);
  });
  const badInput = (_key: string, date: string) => ({ key: 'bad', date });

  test.each(KEYS)(
    'when the database goes away at record %s, then the resumed night ends equal',
    async (key) => {
      crashAt = key;
      await expect(runner().runNight(DAY)).rejects.toThrow(DatabaseAway);
      expect(await marks()).not.toContain(`mark/${DAY}/${key}`);
      crashAt = null;
      const report = await runner().runNight(DAY);
      expect(report.steps.map(({ state, done, failed }) => [state, done, failed])).toEqual([
        ['done', 1, 0],
        ['done', 7, 0],
        ['done', 10, 0],
      ]);
      expect(await marks()).toHaveLength(18);
    },
  );

  test('when an instance dies in a step, then another takes over after the lease and goes on', async () => {
    const { db, clock } = county.platform;
    const lease = { step: 'toys.records', date: DAY, leaseMs: 60_000 };
    const dead = await db.inTransaction((tx) =>
      takeRun(tx, { ...lease, holder: 'dead', now: clock.now() }),
    );
    await db.inTransaction((tx) =>
      noteProgress(tx, dead!, {
        checkpoint: 'c',
        done: 3,
        failed: 0,
        leaseUntil: clock.now() + 60_000,
      }),
    );
    expect((await runner().runNight(DAY)).state).toBe('held');
    county.clock.stepMs(60_001);
    const report = await runner().runNight(DAY);
    expect(report.steps[1]).toMatchObject({ state: 'done', done: 7 });
    expect((await marks()).filter((name) => name.startsWith('mark/'))).toHaveLength(4);
    await expect(
      db.inTransaction((tx) =>
        noteProgress(tx, dead!, { checkpoint: 'd', done: 1, failed: 0, leaseUntil: 0 }),
      ),
    ).rejects.toThrow(RunLost);
  });

  test('when two instances run the same night, then each record is done once', async () => {
    const nights = await Promise.all([
      runner(KEYS, { holder: 'one' }).runNight(DAY),
      runner(KEYS, { holder: 'two' }).runNight(DAY),
    ]);
    expect(nights.map((night) => night.state)).toContain('done');
    expect(await marks()).toHaveLength(18);
  });

  test('when nights were missed, then they are caught up oldest first and within the bound', async () => {
    await runner().runNight(DAY);
    const reports = await runner(KEYS, { catchUpDays: 3 }).catchUp(businessDate('2018-03-08'));
    expect(reports.map((report) => report.date)).toEqual([
      '2018-03-02',
      '2018-03-03',
      '2018-03-04',
    ]);
    const rest = await runner().catchUp(businessDate('2018-03-08'));
    expect(rest.map((report) => report.date)).toEqual([
      '2018-03-05',
      '2018-03-06',
      '2018-03-07',
      '2018-03-08',
    ]);
  });

  describe('over a book', () => {
    const run = (odd: readonly string[], keys: readonly string[] = KEYS) =>
      new NightRunner(county.platform, [bookStep(keys, odd)], {
        ...{ holder: 'one', chunkSize: 3 },
      }).runNight(DAY);
    const values = async () =>
      (
        await county.platform.db
          .reader()
          .rows<{ name: string; value: string }>('SELECT name, value FROM setting ORDER BY name')
      ).map(({ name, value }) => `${name.split('/')[2]} ${value === 'chunk' ? 'chunk' : 'act'}`);
    beforeEach(() => {
      touched.length = 0;
    });

    test('when all records are plain, then chunks do them, each with its entry in the audit', async () => {
      const { steps: told } = await run([]);
      expect(told[0]).toMatchObject({ state: 'done', done: 7, failed: 0, note: null });
      expect(touched).toEqual(['abc', 'def', 'g']);
      const sql = county.platform.db.reader();
      const audit = await sql.rows<{ body: string }>(
        `SELECT body, title, subject_id FROM audit_entry WHERE act = 'toys.book' ORDER BY id`,
      );
      expect(audit).toHaveLength(3);
      expect(JSON.parse(audit[0]!.body)).toEqual({ input: { date: DAY }, answer: { marks: 3 } });
      const subjects = await sql.rows<{ id: string }>(
        `SELECT subject_id AS id FROM audit_subject WHERE subject_kind = 'mark' ORDER BY subject_id`,
      );
      expect(subjects.map(({ id }) => id)).toEqual(KEYS);
    });

    test('when some are not, then the act does those afterwards and the night says how many', async () => {
      const { steps: told } = await run(['b', 'f']);
      expect(told[0]).toMatchObject({ state: 'done', done: 7, note: '其中逐笔办理 2 笔' });
      expect((await values()).filter((line) => line.endsWith('act'))).toEqual(['b act', 'f act']);
    });

    test('when a chunk stumbles over one record, then it alone is left to the act and reported', async () => {
      const { steps: told } = await run([], ['a', 'b', 'bad', 'c', 'd']);
      expect(told[0]).toMatchObject({ state: 'done', done: 4, failed: 1 });
      expect(await values()).toEqual(['a chunk', 'b chunk', 'c chunk', 'd chunk']);
      const failures = await county.platform.db.reader().rows('SELECT record_key FROM job_failure');
      expect(failures).toEqual([{ record_key: 'bad' }]);
    });

    test.each(KEYS)(
      'when the database goes away at %s, then the resumed night ends equal',
      async (key) => {
        crashAt = key;
        await expect(run(['b', 'f'])).rejects.toThrow(DatabaseAway);
        crashAt = null;
        const { steps: told } = await run(['b', 'f']);
        expect(told[0]).toMatchObject({ state: 'done', done: 7, note: '其中逐笔办理 2 笔' });
        expect(await values()).toHaveLength(7);
      },
    );

    test('when another instance took the run meanwhile, then a chunk of the old one is not stored', async () => {
      const { db, clock } = county.platform;
      const taken = { step: 'toys.book', date: DAY, leaseMs: 0 };
      const old = await db.inTransaction((tx) =>
        takeRun(tx, { ...taken, holder: 'old', now: clock.now() }),
      );
      county.clock.stepMs(1);
      await db.inTransaction((tx) => takeRun(tx, { ...taken, holder: 'new', now: clock.now() }));
      const late = runChunks(county.platform, bookStep(KEYS, []), {
        ...{ run: old!, date: DAY, size: 3, leaseMs: 60_000, before: () => undefined },
      });
      await expect(late).rejects.toThrow(RunLost);
      expect(touched).toEqual([]);
      expect(await values()).toEqual([]);
    });
  });
});
