/**
 * The night runner: runs the steps of a business date in order, catches up missed dates oldest first, and can be
 * killed anywhere. What is done stands with its checkpoint in the same transaction; what is resumed goes on from
 * there and ends equal to an undisturbed night. It holds no rules of lending.
 */
import { perform } from '../act';
import { SYSTEM_ACTOR } from '../authority';
import { CheckFailed } from '../check';
import { addDays, type BusinessDate, compareDates } from '../dates';
import { Problem } from '../problems';
import { openWork, type Platform } from '../work';
import { markOfRest, restOf, runChunks } from './chunks';
import {
  endRun,
  findRun,
  type JobRun,
  noteFailure,
  noteProgress,
  RunLost,
  takeRun,
} from './job-run';
import type { BookStep, ChunkStep, OnceStep, RecordStep, Step } from './step';
import { codeOf, isOfTheDatabase } from './trouble';

/** How a runner behaves. Times in milliseconds. */
export interface RunnerOptions {
  /** Names this instance in leases. */
  holder: string;
  leaseMs?: number;
  /** Records of a chunk (about 5,000 keeps Galera write sets small) and of one look for due records. */
  chunkSize?: number;
  /** Bad records in one step beyond which the night stops for a person to look. */
  failureLimit?: number;
  /** Missed dates caught up in one go at most. */
  catchUpDays?: number;
}

/** How one step of a night ended. `held`: another instance is at it. */
export interface StepReport {
  step: string;
  title: string;
  state: 'done' | 'failed' | 'held' | 'skipped';
  done: number;
  failed: number;
  note: string | null;
}

/** How a night ended. */
export interface NightReport {
  date: BusinessDate;
  state: 'done' | 'failed' | 'held';
  steps: StepReport[];
}

/** The pseudo step whose row says that a whole night is done; the watermark of catching up. */
export const NIGHT = 'night';

/** A step in one transaction gets this many times the ordinary lease. */
const ONCE_LEASES = 30;

type Options = Required<RunnerOptions>;

/** Runs nights for one service instance. */
export class NightRunner {
  private readonly options: Options;
  private stopping = false;

  constructor(
    private readonly platform: Platform,
    private readonly steps: readonly Step[],
    options: RunnerOptions,
  ) {
    this.options = {
      leaseMs: 60_000,
      chunkSize: 5_000,
      failureLimit: 100,
      catchUpDays: 31,
      ...options,
    };
  }

  /** Makes the runner give up after the transaction in hand (graceful stop). */
  stop(): void {
    this.stopping = true;
  }

  /** Runs all missed nights up to and including `upTo`, oldest first; stops at the first that fails. */
  async catchUp(upTo: BusinessDate): Promise<NightReport[]> {
    const last = await this.platform.db
      .reader()
      .one<{ date: BusinessDate | null }>(
        `SELECT MAX(business_date) AS date FROM job_run WHERE step = :night AND state = 'done'`,
        { night: NIGHT },
      );
    let date = last?.date ? addDays(last.date, 1) : upTo;
    const reports: NightReport[] = [];
    while (compareDates(date, upTo) <= 0 && reports.length < this.options.catchUpDays) {
      const report = await this.runNight(date);
      reports.push(report);
      if (report.state !== 'done') break;
      date = addDays(date, 1);
    }
    return reports;
  }

  /** Runs one night. Steps already done are left alone, so calling it twice is harmless. */
  async runNight(date: BusinessDate): Promise<NightReport> {
    const steps: StepReport[] = [];
    for (const step of this.steps) {
      const report = await this.runStep(step, date);
      steps.push(report);
      if (report.state === 'failed') return { date, state: 'failed', steps };
      if (report.state === 'held') return { date, state: 'held', steps };
    }
    await this.closeNight(date);
    return { date, state: 'done', steps };
  }

  private async closeNight(date: BusinessDate): Promise<void> {
    await this.platform.db.inTransaction(async (tx) => {
      const now = this.platform.clock.now();
      const run = await takeRun(tx, { step: NIGHT, date, now, ...this.lease() });
      if (run) await endRun(tx, run, { state: 'done', at: now, note: null });
    });
  }

  private lease() {
    return { holder: this.options.holder, leaseMs: this.options.leaseMs };
  }

  private async runStep(step: Step, date: BusinessDate): Promise<StepReport> {
    const base = { step: step.name, title: step.title };
    if (step.when && !step.when(date)) {
      return { ...base, state: 'skipped', done: 0, failed: 0, note: null };
    }
    const run = await this.platform.db.inTransaction((tx) =>
      takeRun(tx, { step: step.name, date, now: this.platform.clock.now(), ...this.lease() }),
    );
    if (!run) {
      const stands = await findRun(this.platform.db.reader(), step.name, date);
      const state = stands?.state === 'done' ? 'done' : 'held';
      const [done, failed] = [stands?.done_count ?? 0, stands?.failed_count ?? 0];
      return { ...base, state, done, failed, note: stands?.note ?? null };
    }
    try {
      const note = await this.work(step, run, date);
      await this.end(run, 'done', note);
    } catch (error) {
      if (error instanceof RunLost) {
        return { ...base, state: 'held', done: 0, failed: 0, note: '已由另一实例接手' };
      }
      if (
        !(error instanceof Problem || error instanceof CheckFailed || error instanceof TooManyBad)
      ) {
        await this.giveBack(run);
        throw error;
      }
      this.platform.log.error({ step: step.name, date, code: codeOf(error) }, 'night step failed');
      await this.end(run, 'failed', error.message.slice(0, 500));
    }
    const ended = await findRun(this.platform.db.reader(), step.name, date);
    const state = ended?.state === 'done' ? 'done' : 'failed';
    const [done, failed] = [ended?.done_count ?? 0, ended?.failed_count ?? 0];
    return { ...base, state, done, failed, note: ended?.note ?? null };
  }

  private work(step: Step, run: JobRun, date: BusinessDate): Promise<string | null> {
    if (step.kind === 'records') return this.runRecords(step, run, date);
    if (step.kind === 'chunks') return this.runChunks(step, run, date);
    if (step.kind === 'book') return this.runBook(step, run, date);
    return this.runOnce(step, run, date);
  }

  private async runRecords(
    step: RecordStep | BookStep,
    run: JobRun,
    date: BusinessDate,
    from: string | null = run.checkpoint,
    checkpointOf: (key: string) => string = (key) => key,
  ): Promise<null> {
    let after = from;
    // Counted anew when a stopped step is run again: a person has looked meanwhile.
    let failed = 0;
    for (;;) {
      const keys = await step.due(this.platform.db.reader(), date, after, this.options.chunkSize);
      for (const key of keys) {
        this.checkStopping(run);
        if (!(await this.runRecord(step, run, date, key, checkpointOf(key)))) failed += 1;
        if (failed > this.options.failureLimit) throw new TooManyBad(failed);
        after = key;
      }
      if (keys.length < this.options.chunkSize) return null;
    }
  }

  /** One act for one record. False when the record was reported as bad and passed over. */
  private async runRecord(
    step: RecordStep | BookStep,
    run: JobRun,
    date: BusinessDate,
    key: string,
    checkpoint: string,
  ) {
    const progress = (done: number) => ({
      checkpoint,
      done,
      failed: 1 - done,
      leaseUntil: this.platform.clock.now() + this.options.leaseMs,
    });
    try {
      await perform(this.platform, step.act, {
        actor: SYSTEM_ACTOR,
        input: step.input(key, date),
        requestId: `${step.name}/${date}`,
        key: `${step.name}/${date}/${key}`,
        today: date,
        guard: (tx) => noteProgress(tx, run, progress(1)),
      });
      return true;
    } catch (error) {
      if (error instanceof RunLost || isOfTheDatabase(error)) throw error;
      this.platform.log.warn(
        { step: step.name, date, code: codeOf(error) },
        'bad record passed over',
      );
      await this.platform.db.inTransaction(async (tx) => {
        await noteProgress(tx, run, progress(0));
        const at = this.platform.clock.now();
        const detail = error instanceof Error ? error.message : String(error);
        await noteFailure(tx, run, { key, problem: codeOf(error), detail, at });
      });
      return false;
    }
  }

  private async runChunks(
    step: ChunkStep | BookStep,
    run: JobRun,
    date: BusinessDate,
  ): Promise<null> {
    const { chunkSize: size, leaseMs } = this.options;
    const before = () => this.checkStopping(run);
    await runChunks(this.platform, step, { run, date, size, leaseMs, before });
    return null;
  }

  private async runBook(step: BookStep, run: JobRun, date: BusinessDate): Promise<string | null> {
    const rest = restOf(run.checkpoint);
    if (!rest) await this.runChunks(step, run, date);
    let alone = rest?.alone ?? 0;
    await this.runRecords(step, run, date, rest?.key ?? null, (key) => {
      alone += 1;
      return markOfRest({ alone, key });
    });
    return alone === 0 ? null : `其中逐笔办理 ${alone} 笔`;
  }

  private runOnce(step: OnceStep, run: JobRun, date: BusinessDate): Promise<string | null> {
    return this.platform.db.inTransaction(async (tx) => {
      const work = openWork(this.platform, tx, SYSTEM_ACTOR, `${step.name}/${date}`, date);
      // A proof over years of books is one transaction and cannot renew its lease on the way.
      const leaseUntil = work.now + ONCE_LEASES * this.options.leaseMs;
      await noteProgress(tx, run, { checkpoint: null, done: 0, failed: 0, leaseUntil });
      const { count, note } = await step.run(work, date);
      await noteProgress(tx, run, { checkpoint: null, done: count, failed: 0, leaseUntil });
      return note ?? null;
    });
  }

  private checkStopping(run: JobRun): void {
    if (this.stopping) throw new RunLost(`stopping: ${run.step} ${run.business_date}`);
  }

  private end(run: JobRun, state: 'done' | 'failed', note: string | null): Promise<void> {
    const at = this.platform.clock.now();
    return this.platform.db.inTransaction((tx) => endRun(tx, run, { state, at, note }));
  }

  /** After an error of ours or of the database: the run is left to be resumed at once, not held till its lease ends. */
  private async giveBack(run: JobRun): Promise<void> {
    try {
      await this.end(run, 'failed', '因系统错误中断，可重新运行');
    } catch {
      this.platform.log.warn({ step: run.step }, 'run could not be given back; its lease will end');
    }
  }
}

/** More bad records than a step may have: something general is wrong, a person must look. */
class TooManyBad extends Error {
  constructor(count: number) {
    super(`出错的记录已达 ${count} 条，超过上限，本步骤停止`);
  }
}
