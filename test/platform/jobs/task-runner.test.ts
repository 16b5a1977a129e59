/**
 * Long tasks: progress in steps, killed and resumed, fenced off, cancelled, retried; whose work it is. On both
 * databases.
 */
import * as fc from 'fast-check';
import { defineAct } from '../../../src/platform/act';
import type { Actor } from '../../../src/platform/authority';
import { CheckFailed } from '../../../src/platform/check';
import { DatabaseAway } from '../../../src/platform/db/database';
import { RunAgain } from '../../../src/platform/db/errors';
import { cancelTask } from '../../../src/platform/jobs/cancel-task';
import { letGo } from '../../../src/platform/jobs/let-go';
import {
  defineTask,
  startTask,
  type TaskInHand,
  TaskLost,
  TaskStopped,
  type TaskView,
} from '../../../src/platform/jobs/task';
import { findTask, takeTask, viewOf } from '../../../src/platform/jobs/task-row';
import { TaskRunner, type TaskRunnerOptions } from '../../../src/platform/jobs/task-runner';
import { PlatformProblem } from '../../../src/platform/problems';
import { answer, shape, textField } from '../../../src/platform/shape';
import type { Work } from '../../../src/platform/work';
import { type County, openCounty } from '../../support/county';
import { describeEachDatabase } from '../../support/databases';
import { ToyProblem } from '../../support/toys';

const ALL = 10;
const STEP = 3;
const MINUTE = 60_000;

/** What a test does inside the task, by the number of the record; nothing unless a test says so. */
let at: Record<number, (work: Work, job: TaskInHand) => unknown> = {};

const write = (work: Work, job: TaskInHand, n: number) =>
  work.tx.exec('INSERT INTO setting (name, value, version) VALUES (:name, :value, 0)', {
    name: `${job.task.subject.id}/${n}`,
    value: `${work.today} ${work.actor.name}`,
  });

/** Writes ten records, three in a step. */
const counting = defineTask({
  name: 'toys.count',
  title: '逐批登记',
  run: async (job) => {
    for (;;) {
      const from = Number(job.task.checkpoint ?? 0);
      if (from >= ALL) return `共 ${job.task.done} 条`;
      await job.step(async (work) => {
        const until = Math.min(from + STEP, ALL);
        for (let n = from; n < until; n += 1) {
          await write(work, job, n);
          work.record({ subject: { kind: 'record', id: String(n) }, after: n });
          await at[n]?.(work, job);
        }
        return { checkpoint: String(until), done: until - from, total: ALL };
      });
    }
  },
});

const start = defineAct({
  name: 'toys.start',
  title: '发起登记',
  permission: 'toys.start',
  input: shape<{ subject: string; region: string }>({
    subject: textField(20),
    region: textField(12),
  }),
  answer: shape({ taskId: answer.text() }),
  locate: async (_work, input) => ({ region: input.region }),
  run: async (work, { subject, region }) => ({
    taskId: await startTask(work, counting, {
      subject: { kind: 'list', id: subject },
      region,
      title: `登记 ${subject}`,
    }),
  }),
});

describeEachDatabase('The task runner', (open) => {
  let county: County;
  let officer: Actor;
  beforeAll(async () => {
    county = await openCounty(open);
  });
  beforeEach(async () => {
    at = {};
    county.clock.set('2018-03-01');
    await county.system(async ({ tx }) => {
      await tx.exec('DELETE FROM task');
      await tx.exec('DELETE FROM setting');
    });
    officer = county.actor({ permissions: ['toys.start', 'tasks.cancel'], name: '韦经办' });
  });
  afterAll(() => county.close());

  const runner = (options: Partial<TaskRunnerOptions> = {}) =>
    new TaskRunner(county.platform, [counting], { holder: 'one', ...options });
  const begin = async (subject = 'one', actor = officer) =>
    (await county.do(actor, start, { subject, region: '450328100000' })).taskId;
  const see = async (id: string): Promise<TaskView> => {
    const row = await findTask(county.platform.db.reader(), id);
    return viewOf(row!);
  };
  /** What the tasks of a subject have written, without its name. */
  const records = (subject = 'one') =>
    county.platform.db
      .reader()
      .rows<{ name: string; value: string }>(
        `SELECT SUBSTR(name, :from) AS name, value FROM setting WHERE name LIKE :subject ORDER BY name`,
        { from: subject.length + 1, subject: `${subject}/%` },
      );
  /** As another instance would have it: its lease is running. */
  const takenByAnother = (id: string) =>
    county.platform.db.inTransaction((tx) =>
      takeTask(tx, { id, holder: 'two', now: county.platform.clock.now(), leaseMs: MINUTE }),
    );
  const later = (ms = MINUTE + 1) => county.clock.stepMs(ms);

  test('when a task waits, then it is run to its end and says how far it came', async () => {
    const id = await begin();
    expect(await see(id)).toMatchObject({ state: 'waiting', done: 0, total: null, endedAt: null });
    later(1);
    expect(await runner().runWaiting()).toBe(1);
    expect(await see(id)).toMatchObject({
      kind: 'toys.count',
      title: '登记 one',
      subject: { kind: 'list', id: 'one' },
      state: 'done',
      total: ALL,
      done: ALL,
      failed: 0,
      note: '共 10 条',
      startedByName: '韦经办',
      endedAt: county.platform.clock.now(),
    });
    expect(await records()).toHaveLength(ALL);
    expect(await runner().runWaiting()).toBe(0);
  });

  test('when a second one of the same subject is asked for, then it is refused until the first has ended', async () => {
    await begin();
    const before = await county.snapshot('task', 'audit_entry', 'setting');
    expect(await county.refusal(begin())).toBe('platform.task-open');
    expect(await county.snapshot('task', 'audit_entry', 'setting')).toBe(before);
    await begin('two');
    at = { 0: () => Promise.reject(ToyProblem.tooLarge()) };
    later(1);
    expect(await runner().runWaiting()).toBe(2);
    await begin();
  });

  test('each step leaves one entry, with the kind, whoever started the task, and the records', async () => {
    const id = await begin();
    later(1);
    await runner().runWaiting();
    const sql = county.platform.db.reader();
    const entries = await sql.rows<{ id: string }>(
      `SELECT id, act, title, actor_name, subject_kind, subject_id, region_code, request_id
         FROM audit_entry WHERE act = 'toys.count' AND subject_id = :id ORDER BY id`,
      { id },
    );
    expect(entries).toHaveLength(4);
    expect(entries[0]).toMatchObject({
      title: '逐批登记',
      actor_name: '韦经办',
      subject_kind: 'task',
      subject_id: id,
      region_code: '450328100000',
      request_id: `toys.count/${id}`,
    });
    const subjects = await sql.rows<{ name: string }>(
      `SELECT subject_kind || '/' || subject_id AS name FROM audit_subject WHERE entry_id = :entry ORDER BY 1`,
      { entry: entries[0]!.id },
    );
    expect(subjects.map(({ name }) => name)).toEqual([
      'record/0',
      'record/1',
      'record/2',
      `task/${id}`,
    ]);
  });

  test('when the task goes on on another day, then it keeps the business date of its start', async () => {
    await begin();
    county.clock.stepDays(3);
    await runner().runWaiting();
    expect(new Set((await records()).map(({ value }) => value))).toEqual(
      new Set(['2018-03-01 韦经办']),
    );
  });

  /** What a task left, to be compared with what another left. */
  const left = async (id: string, subject: string) => {
    const { state, total, done, failed, checkpoint, note } = await see(id);
    return { state, total, done, failed, checkpoint, note, records: await records(subject) };
  };

  test.each([0, 1, 4, 8, 9])(
    'when the instance dies at record %i, then another resumes after the lease and ends equal',
    async (n) => {
      const whole = await begin('whole');
      later(1);
      await runner().runWaiting();
      const id = await begin();
      later(1);
      // A lost task is dropped without a word to the database, as a killed process would.
      at = { [n]: () => Promise.reject(new TaskLost('as if killed')) };
      await runner().runWaiting();
      at = {};
      expect(await see(id)).toMatchObject({ state: 'running', done: n - (n % STEP) });
      expect(await runner({ holder: 'two' }).runWaiting()).toBe(0);
      later();
      await runner({ holder: 'two' }).runWaiting();
      expect(await left(id, 'one')).toEqual(await left(whole, 'whole'));
    },
  );

  test('whatever interrupts it, where and how often, it ends equal', async () => {
    const whole = await begin('whole');
    later(1);
    await runner().runWaiting();
    const expected = await left(whole, 'whole');
    const how = {
      dies: () => new TaskLost('as if killed'),
      breaks: () => new TypeError('a defect'),
      away: () => new DatabaseAway('as if the database went away'),
      stops: () => new TaskStopped('as if told to stop'),
      deadlock: () => new RunAgain('as if of a deadlock'),
      stale: () => PlatformProblem.stale(),
    };
    const trouble = fc.record({
      n: fc.integer({ min: 0, max: ALL - 1 }),
      what: fc.constantFrom(...(Object.keys(how) as (keyof typeof how)[])),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(trouble, { maxLength: 5 }), async (troubles) => {
        round += 1;
        const subject = `round-${round}`;
        const id = await begin(subject);
        const waiting = [...troubles];
        const stumble = (n: number) => async () => {
          if (waiting[0]?.n === n) throw how[waiting.shift()!.what]();
        };
        at = Object.fromEntries(Array.from({ length: ALL }, (_, n) => [n, stumble(n)]));
        const patient = runner({ mostTries: 100 });
        while ((await see(id)).endedAt === null) {
          later();
          await patient.runWaiting().catch(() => undefined);
        }
        expect(await left(id, subject)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  test('when the whole step is run again after a deadlock or a row changed meanwhile, then nothing counts twice', async () => {
    const id = await begin();
    later(1);
    const troubles = [new RunAgain('as if of a deadlock'), PlatformProblem.stale()];
    at = {
      4: async () => {
        const trouble = troubles.shift();
        if (trouble) throw trouble;
      },
    };
    await runner().runWaiting();
    expect(troubles).toEqual([]);
    expect(await see(id)).toMatchObject({ state: 'done', done: ALL });
    expect(await records()).toHaveLength(ALL);
  });

  test.each([true, false])(
    'when the answer to COMMIT is lost (stored: %p), then the count of steps tells, and nothing is done twice',
    async (stored) => {
      const id = await begin();
      later(1);
      const { db } = county.platform;
      let losses = 0;
      const inTransaction: typeof db.inTransaction = async (run, options = {}) => {
        if (!options.resolveUnknownCommit || losses > 1) return db.inTransaction(run, options);
        losses += 1;
        const done = await db.inTransaction(run, { ...options, rollback: !stored });
        const found = await options.resolveUnknownCommit();
        expect(found).toEqual(stored ? done : undefined);
        return found ?? db.inTransaction(run, options);
      };
      const wavering = {
        ...county.platform,
        db: Object.assign(Object.create(db), { inTransaction }),
      };
      await new TaskRunner(wavering, [counting], { holder: 'one' }).runWaiting();
      expect(losses).toBe(2);
      expect(await see(id)).toMatchObject({ state: 'done', done: ALL });
      expect(await records()).toHaveLength(ALL);
    },
  );

  test('when two runners look at once, then each task is worked on by one of them', async () => {
    const ids = [await begin('one'), await begin('two'), await begin('three')];
    later(1);
    const taken = await Promise.all([
      runner({ holder: 'one' }).runWaiting(),
      runner({ holder: 'two' }).runWaiting(),
    ]);
    expect(taken[0]! + taken[1]!).toBe(ids.length);
    for (const id of ids) expect(await see(id)).toMatchObject({ state: 'done', done: ALL });
    for (const subject of ['one', 'two', 'three']) expect(await records(subject)).toHaveLength(ALL);
  });

  test('when another holds it, then it is left alone until the lease has ended', async () => {
    const id = await begin();
    later(1);
    await takenByAnother(id);
    expect(await runner().runWaiting()).toBe(0);
    later(MINUTE);
    expect(await runner().runWaiting()).toBe(0);
    later(1);
    expect(await runner().runWaiting()).toBe(1);
    expect((await see(id)).state).toBe('done');
  });

  test('when an instance was paused beyond its lease, then it can no longer write, and the other is not disturbed', async () => {
    const id = await begin();
    later(1);
    const fates: unknown[] = [];
    const paused = defineTask({
      ...counting,
      run: async (job) => {
        await job.step(async (work) => {
          await write(work, job, 0);
          return { checkpoint: '1', done: 1 };
        });
        later();
        await runner({ holder: 'two' }).runWaiting();
        const after = await county.snapshot('task', 'setting', 'audit_entry');
        for (const attempt of [
          () => job.step(async (work) => ({ checkpoint: '99', done: await write(work, job, 99) })),
          () => job.beat({ done: 99 }),
        ]) {
          await attempt().catch((error) => fates.push(error));
        }
        expect(await county.snapshot('task', 'setting', 'audit_entry')).toBe(after);
        return 'swallowed';
      },
    });
    await new TaskRunner(county.platform, [paused], { holder: 'one' }).runWaiting();
    expect(fates).toEqual([expect.any(TaskLost), expect.any(TaskLost)]);
    expect(await see(id)).toMatchObject({ state: 'done', done: ALL, note: '共 10 条' });
  });

  test('when a Problem or a failed check stops it, then it has failed with that sentence and keeps what was done', async () => {
    const [one, two] = [await begin('one'), await begin('two')];
    let failures = 0;
    at = {
      4: () => {
        failures += 1;
        throw failures === 1 ? ToyProblem.tooLarge({ detail: '第 5 行' }) : new CheckFailed('不平');
      },
    };
    later(1);
    await runner().runWaiting();
    expect(await see(one)).toMatchObject({
      state: 'failed',
      note: '数额超过上限:第 5 行',
      done: 3,
    });
    expect(await see(two)).toMatchObject({ state: 'failed', note: '不平', done: 3 });
  });

  test('when it breaks again and again without a step, then it fails after the third time, with pauses between', async () => {
    const id = await begin();
    at = {
      4: () => {
        throw new TypeError('cannot read 450328199001011234');
      },
    };
    later(1);
    for (const [n, pause] of [10_000, 10_000, 20_000].entries()) {
      await expect(runner().runWaiting()).rejects.toThrow(TypeError);
      expect(await see(id)).toMatchObject({ state: 'waiting', done: 3 });
      later(pause);
      expect(await runner().runWaiting()).toBe(0);
      later(1);
      if (n === 2) break;
    }
    await expect(runner().runWaiting()).rejects.toThrow(TypeError);
    const ended = await see(id);
    expect(ended).toMatchObject({ state: 'failed', done: 3 });
    expect(ended.note).toMatch(/系统错误/);
    expect(ended.note).not.toMatch(/\d/);
  });

  test('when it kills each process that takes it, then the fourth gives it up without running it', async () => {
    const id = await begin();
    for (let n = 0; n < 3; n += 1) {
      later();
      await takenByAnother(id);
    }
    later();
    await runner().runWaiting();
    expect(await see(id)).toMatchObject({ state: 'failed', done: 0 });
    expect(await records()).toEqual([]);
  });

  test('when it is cancelled while it waits, then it ends at once and is never run', async () => {
    const id = await begin();
    expect(await county.do(officer, cancelTask, { taskId: id })).toMatchObject({
      state: 'cancelled',
    });
    later(1);
    expect(await runner().runWaiting()).toBe(0);
    expect(await see(id)).toMatchObject({
      state: 'cancelled',
      note: expect.stringMatching(/韦经办/),
    });
    await begin();
  });

  test('when it is cancelled between two steps, then it stops there and keeps what was done', async () => {
    const id = await begin();
    later(1);
    const slow = defineTask({
      ...counting,
      run: async (job) => {
        await job.step(async (work) => ({ checkpoint: 'a', done: await write(work, job, 0) }));
        expect(await county.do(officer, cancelTask, { taskId: id })).toMatchObject({
          state: 'running',
        });
        await job.step(async (work) => ({ checkpoint: 'b', done: await write(work, job, 1) }));
        return 'too far';
      },
    });
    await new TaskRunner(county.platform, [slow], { holder: 'one' }).runWaiting();
    expect(await see(id)).toMatchObject({ state: 'cancelled', done: 1, checkpoint: 'a' });
    expect(await records()).toHaveLength(1);
  });

  test('when it is cancelled in the middle of a step, then that step is the last', async () => {
    const id = await begin();
    later(1);
    let inStep: () => void = () => undefined;
    // Asked from outside the step's transaction, as a request would be; it waits for the step to commit.
    const asked = new Promise<void>((resolve) => {
      inStep = resolve;
    }).then(() => county.do(officer, cancelTask, { taskId: id }));
    const slow = defineTask({
      ...counting,
      run: async (job) => {
        await job.step(async (work) => {
          inStep();
          await new Promise((resolve) => setTimeout(resolve, 50));
          return { checkpoint: 'a', done: await write(work, job, 0) };
        });
        await asked;
        await job.beat();
        return 'too far';
      },
    });
    await new TaskRunner(county.platform, [slow], { holder: 'one' }).runWaiting();
    expect(await see(id)).toMatchObject({ state: 'cancelled', done: 1, checkpoint: 'a' });
  });

  test('when it was cancelled and the instance died, then the next only ends it', async () => {
    const id = await begin();
    later(1);
    await takenByAnother(id);
    await county.do(officer, cancelTask, { taskId: id });
    later();
    await runner().runWaiting();
    expect(await see(id)).toMatchObject({
      state: 'cancelled',
      note: expect.stringMatching(/韦经办/),
    });
    expect(await records()).toEqual([]);
  });

  test('when whoever started it is disabled, then it is cancelled and says why', async () => {
    const id = await begin();
    later(1);
    at = { 4: () => county.disable(officer) };
    await runner().runWaiting();
    expect(await see(id)).toMatchObject({
      state: 'cancelled',
      done: 6,
      note: expect.stringMatching(/停用/),
    });
    expect(await records()).toHaveLength(6);
  });

  test('when whoever started it was moved to another county, then it is cancelled', async () => {
    const id = await begin();
    later(1);
    county.actor({ permissions: [], id: officer.id, region: '450226000000' });
    await runner().runWaiting();
    expect(await see(id)).toMatchObject({ state: 'cancelled', done: 0 });
  });

  test('when the instance stops, then the task is given back and goes on at once elsewhere', async () => {
    const id = await begin();
    later(1);
    const stopping = runner();
    at = { 4: () => stopping.stop() };
    await stopping.runWaiting();
    expect(await see(id)).toMatchObject({ state: 'waiting', done: 6 });
    expect(await stopping.runWaiting()).toBe(0);
    await runner({ holder: 'two' }).runWaiting();
    expect(await see(id)).toMatchObject({ state: 'done', done: ALL });
    expect(await records()).toHaveLength(ALL);
  });

  test('when the instance lets go of what it holds, then the task is resumed at once', async () => {
    const id = await begin();
    later(1);
    await takenByAnother(id);
    await letGo(county.platform.db, 'two');
    expect((await see(id)).state).toBe('waiting');
    await runner().runWaiting();
    expect((await see(id)).state).toBe('done');
  });

  test('when a beat tells how far reading has come, then the lease is renewed and the next step puts its own count', async () => {
    const id = await begin();
    later(1);
    const reading = defineTask({
      ...counting,
      run: async (job) => {
        await job.beat({ done: 400, total: 1000 });
        expect(await see(id)).toMatchObject({ done: 400, total: 1000 });
        later(MINUTE - 1);
        await job.beat();
        expect(job.task.done).toBe(400);
        later(MINUTE - 1);
        expect(await runner({ holder: 'two' }).runWaiting()).toBe(0);
        const told = await job.step(async (work) => {
          await write(work, job, 0);
          return { checkpoint: null, done: 1, failed: 2, value: 'told' };
        });
        expect(told).toBe('told');
        return null;
      },
    });
    await new TaskRunner(county.platform, [reading], { holder: 'one' }).runWaiting();
    expect(await see(id)).toMatchObject({
      state: 'done',
      done: 1,
      failed: 2,
      total: 1000,
      note: null,
    });
  });

  test('when an instance does not know the kind, then it leaves the task to one that does', async () => {
    const id = await begin();
    later(1);
    expect(await new TaskRunner(county.platform, [], { holder: 'old' }).runWaiting()).toBe(0);
    expect((await see(id)).state).toBe('waiting');
  });

  test('two kinds of one name are a defect', () => {
    expect(() => new TaskRunner(county.platform, [counting, counting], { holder: 'x' })).toThrow();
  });
});
