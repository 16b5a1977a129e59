/**
 * The one way to run a transaction: open, run, commit, and run the WHOLE function again when the database
 * asks for it. Never a single statement: after a deadlock everything the transaction had read is void.
 *
 * Laws (reliability notes §6, §8.3):
 * - ROLLBACK is sent before anything else: a lock timeout undoes one statement only.
 * - After any error the handle is poisoned: a COMMIT after a deadlock answers OK and commits nothing.
 * - A connection lost before COMMIT has stored nothing, so the function runs again. A connection lost DURING
 *   COMMIT leaves the outcome open; it is looked up, never guessed.
 */
import type { EntityManager } from 'typeorm';
import type { Random } from '../ids';
import type { DialectTools } from './dialect';
import { type Engine, insideTransaction, refuseInsideTransaction, type Session } from './engine';
import {
  CommitUnknown,
  DatabaseAway,
  DatabaseBusy,
  TransactionMisuse,
  type Trouble,
  troubleOf,
} from './errors';
import { bind, guardParam } from './params';
import { Patience, TRANSACTION_LIMITS } from './patience';
import type { Param, Params, TransactionOptions, Tx } from './sql';

/** The handle a transaction's function works with. */
class Handle implements Tx {
  private ended = false;
  private pending = 0;
  /** The first error of the transaction; nothing can be done or committed after it. */
  failure: { error: unknown } | undefined;
  readonly manager: EntityManager;

  constructor(
    private readonly session: Session,
    readonly dialect: DialectTools,
  ) {
    this.manager = session.runner.manager;
    const query = session.runner.query.bind(session.runner) as (...args: unknown[]) => unknown;
    // TypeORM's manager talks to the runner, so its statements are guarded here as ours are below.
    session.runner.query = ((...args: unknown[]) =>
      this.guard(async () => {
        guardParams(args[1]);
        return query(...args);
      })) as typeof session.runner.query;
  }

  rows<T extends object>(sql: string, params?: Params): Promise<T[]> {
    return this.guard(() => this.session.rows(bind(sql, params))) as Promise<T[]>;
  }

  async one<T extends object>(sql: string, params?: Params): Promise<T | null> {
    return onlyRow(await this.rows<T>(sql, params), sql);
  }

  exec(sql: string, params?: Params): Promise<number> {
    return this.guard(() => this.session.exec(bind(sql, params)));
  }

  insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Param[])[],
  ): Promise<void> {
    return this.guard(() => this.session.insertMany(table, columns, rows));
  }

  private async guard<T>(work: () => Promise<T>): Promise<T> {
    if (this.ended) throw new TransactionMisuse('The transaction has ended');
    if (this.failure) {
      throw new TransactionMisuse(
        'The transaction has failed already and can only be rolled back',
        {
          cause: this.failure.error,
        },
      );
    }
    this.pending += 1;
    try {
      return await work();
    } catch (error) {
      this.failure ??= { error };
      throw error;
    } finally {
      this.pending -= 1;
    }
  }

  /** Ends the handle. A statement nobody waited for would otherwise run after the end, or not at all. */
  end(): void {
    this.ended = true;
    if (this.pending > 0) {
      const error = new TransactionMisuse(
        'A statement was not awaited before the transaction ended',
      );
      this.failure ??= { error };
    }
  }

  /** Lets the session itself use the runner again, for COMMIT. */
  letGo(): void {
    delete (this.session.runner as { query?: unknown }).query;
  }
}

/** What TypeORM binds is guarded as our own parameters are; it turns true and false into 1 and 0 itself. */
function guardParams(values: unknown): void {
  if (!Array.isArray(values)) return;
  values.forEach((value, index) => {
    if (typeof value !== 'boolean') guardParam(value, `number ${index + 1}`);
  });
}

/** The only row of a result, or null. @throws Error when there are several. */
export function onlyRow<T>(rows: T[], sql: string): T | null {
  if (rows.length > 1) {
    throw new Error(`Expected one row, found ${rows.length}; add LIMIT 1 or use rows: ${sql}`);
  }
  return rows[0] ?? null;
}

type Outcome<T> =
  | { kind: 'done'; value: T }
  | { kind: 'failed'; error: unknown }
  | { kind: 'again' | 'lost' | 'unknown'; error: unknown };

function outcomeOf<T>(trouble: Trouble, error: unknown): Outcome<T> {
  if (trouble === 'again' || trouble === 'lost') return { kind: trouble, error };
  return { kind: 'failed', error: trouble === 'away' ? away(error) : error };
}

function away(error: unknown): DatabaseAway {
  if (error instanceof DatabaseAway) return error;
  return new DatabaseAway('The database cannot be reached or cannot store', { cause: error });
}

/** One try: a fresh connection, the function, the end. */
async function attempt<T>(
  engine: Engine,
  fn: (tx: Tx) => Promise<T>,
  dryRun: boolean,
): Promise<Outcome<T>> {
  let session: Session;
  try {
    session = await engine.begin();
  } catch (error) {
    return outcomeOf(troubleOf(error), error);
  }
  const handle = new Handle(session, engine.dialect);
  try {
    const outcome = await runFunction(handle, fn);
    handle.letGo();
    if (outcome.kind !== 'done' || dryRun) {
      await session.rollback();
      return outcome;
    }
    return await commit(session, outcome);
  } finally {
    await session.release();
  }
}

async function runFunction<T>(handle: Handle, fn: (tx: Tx) => Promise<T>): Promise<Outcome<T>> {
  let outcome: Outcome<T>;
  try {
    outcome = { kind: 'done', value: await insideTransaction(() => fn(handle)) };
  } catch (error) {
    outcome = { kind: 'failed', error };
  }
  handle.end();
  if (!handle.failure) {
    return outcome.kind === 'failed' && troubleOf(outcome.error) === 'again'
      ? { kind: 'again', error: outcome.error }
      : outcome;
  }
  // What the database said counts more than what the function made of it.
  const said = outcomeOf<T>(troubleOf(handle.failure.error), handle.failure.error);
  if (said.kind !== 'failed' || said.error instanceof DatabaseAway || outcome.kind === 'done') {
    return said;
  }
  const wish = troubleOf(outcome.kind === 'failed' ? outcome.error : undefined);
  return wish === 'again' && outcome.kind === 'failed'
    ? { kind: 'again', error: outcome.error }
    : outcome;
}

async function commit<T>(session: Session, done: Outcome<T>): Promise<Outcome<T>> {
  try {
    await session.commit();
    return done;
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === 'lost') return { kind: 'unknown', error };
    await session.rollback();
    return outcomeOf(trouble, error);
  }
}

/** Runs a function in a transaction, see `Database.inTransaction`. */
export async function runTransaction<T>(
  engine: Engine,
  fn: (tx: Tx) => Promise<T>,
  options: TransactionOptions<T>,
  random: Random,
): Promise<T> {
  refuseInsideTransaction('Opening a transaction');
  const patience = new Patience(random, TRANSACTION_LIMITS);
  for (;;) {
    const outcome = await attempt(engine, fn, options.rollback === true);
    if (outcome.kind === 'done') return outcome.value;
    if (outcome.kind === 'failed') throw outcome.error;
    if (outcome.kind === 'unknown') {
      const found = await lookUp(options, outcome.error, random);
      if (found !== undefined) return found;
    }
    if (!(await patience.again())) throw giveUp(outcome);
  }
}

function giveUp(outcome: { kind: 'again' | 'lost' | 'unknown'; error: unknown }): Error {
  const options = { cause: outcome.error };
  if (outcome.kind === 'again') {
    return new DatabaseBusy('The database was busy for longer than we wait', options);
  }
  return new DatabaseAway('The connection to the database is lost again and again', options);
}

/** Finds out how a COMMIT ended whose answer was lost. @throws CommitUnknown when it cannot be found out. */
async function lookUp<T>(
  options: TransactionOptions<T>,
  error: unknown,
  random: Random,
): Promise<T | undefined> {
  const { resolveUnknownCommit } = options;
  if (!resolveUnknownCommit) {
    throw new CommitUnknown('The connection was lost during COMMIT', { cause: error });
  }
  const patience = new Patience(random, TRANSACTION_LIMITS);
  for (;;) {
    try {
      return await resolveUnknownCommit();
    } catch (problem) {
      const passing = problem instanceof DatabaseAway || problem instanceof DatabaseBusy;
      if (!passing && troubleOf(problem) === 'other') throw problem;
      if (!(await patience.again())) {
        throw new CommitUnknown('The outcome of a COMMIT could not be looked up', {
          cause: problem,
        });
      }
    }
  }
}
