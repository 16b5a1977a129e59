/**
 * The front door of the database layer: `openDatabase` takes a URL and returns a `Database`, whichever
 * engine is behind it.
 */
import { systemRandom } from '../ids';
import { type OpenOptions, prepare } from './data-source';
import { type Engine, refuseInsideTransaction } from './engine';
import { DatabaseAway, DatabaseBusy, troubleOf } from './errors';
import { migrate, pendingMigrations, revertLast } from './migrate';
import { type Bound, bind } from './params';
import { Patience, TRANSACTION_LIMITS } from './patience';
import type { Database, Params, Sql, TransactionOptions, Tx } from './sql';
import { onlyRow, runTransaction } from './transaction';

export type { OpenOptions } from './data-source';
export type { DialectTools } from './dialect';
export {
  CommitUnknown,
  DatabaseAway,
  DatabaseBusy,
  isAppendOnlyViolation,
  isCheckViolation,
  isForeignKeyViolation,
  isUniqueViolation,
  RunAgain,
  TransactionMisuse,
} from './errors';
export type { Database, Param, Params, Sql, TransactionOptions, Tx } from './sql';

class OpenDatabase implements Database {
  readonly dialect;
  readonly dataSource;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly random: () => number,
  ) {
    this.dialect = engine.dialect;
    this.dataSource = engine.dataSource;
  }

  reader(): Sql {
    const rows = <T extends object>(sql: string, params?: Params) =>
      this.read(sql, params) as Promise<T[]>;
    return {
      dialect: this.dialect,
      rows,
      one: async <T extends object>(sql: string, params?: Params) =>
        onlyRow(await rows<T>(sql, params), sql),
    };
  }

  private async read(sql: string, params?: Params): Promise<object[]> {
    refuseInsideTransaction('Reading through the database');
    const bound = bind(sql, params);
    if (!bound.reads) throw new Error(`A reader only reads: ${sql}`);
    return this.readAgain(bound);
  }

  /** A read changes nothing, so it is simply asked again when the database or the connection wavers. */
  private async readAgain(bound: Bound): Promise<object[]> {
    const patience = new Patience(this.random, TRANSACTION_LIMITS);
    for (;;) {
      try {
        return await this.engine.read(bound);
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble === 'other') throw error;
        if (trouble === 'away')
          throw new DatabaseAway('The database cannot be read', { cause: error });
        if (await patience.again()) continue;
        const Kind = trouble === 'again' ? DatabaseBusy : DatabaseAway;
        throw new Kind('The database did not let us read in time', { cause: error });
      }
    }
  }

  inTransaction<T>(fn: (tx: Tx) => Promise<T>, options: TransactionOptions<T> = {}): Promise<T> {
    return runTransaction(this.engine, fn, options, this.random);
  }

  migrate(): Promise<string[]> {
    return migrate(this.engine);
  }

  revertLastMigration(): Promise<string | null> {
    return revertLast(this.engine);
  }

  pendingMigrations(): Promise<string[]> {
    return pendingMigrations(this.engine);
  }

  async ping(): Promise<void> {
    await this.read('SELECT 1 AS alive');
  }

  close(): Promise<void> {
    this.closing ??= this.engine.close();
    return this.closing;
  }
}

/**
 * Opens a database. A SQLite file and its folder are made when they are not there; so is a MySQL database
 * when the account may make it. Tables are not: see `Database.migrate`.
 * @throws Error when the URL is wrong, DatabaseAway when the database cannot be reached.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const engine = await prepare(options).open();
  return new OpenDatabase(engine, options.random ?? systemRandom);
}
