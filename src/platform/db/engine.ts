/**
 * What a database engine gives to the transaction runner. Two engines exist, sqlite-engine.ts and
 * mysql-engine.ts; everything above them is the same for both.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, QueryRunner } from 'typeorm';
import type { DialectTools } from './dialect';
import { TransactionMisuse } from './errors';
import type { Bound } from './params';
import type { Param } from './sql';

/** A row as it comes from a driver, numbers already exact. */
export type Row = Record<string, unknown>;

/** One connection inside an open transaction. */
export interface Session {
  readonly runner: QueryRunner;
  rows(bound: Bound): Promise<Row[]>;
  /** Returns the number of matched rows. */
  exec(bound: Bound): Promise<number>;
  insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Param[])[],
  ): Promise<void>;
  commit(): Promise<void>;
  /** Never throws: a connection that cannot roll back is thrown away. */
  rollback(): Promise<void>;
  /** Gives the connection back; called once, last. */
  release(): Promise<void>;
}

/** One database behind its driver. */
export interface Engine {
  readonly dialect: DialectTools;
  readonly dataSource: DataSource;
  /** Runs a reading text on committed data. */
  read(bound: Bound): Promise<Row[]>;
  /** Opens a transaction on a connection of its own. */
  begin(): Promise<Session>;
  /** Runs `work` while no other instance migrates. */
  whileMigrating<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Surroundings {
  open: boolean;
}

const surroundings = new AsyncLocalStorage<Surroundings>();

/** Runs a transaction's function so that whatever it calls can tell that a transaction is open. */
export async function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  const here: Surroundings = { open: true };
  try {
    return await surroundings.run(here, work);
  } finally {
    here.open = false;
  }
}

/**
 * Refuses what would wait for the very transaction it is called from (SQLite has one writer, the pool of
 * MySQL can run dry) or would read past it.
 * @throws TransactionMisuse
 */
export function refuseInsideTransaction(what: string): void {
  if (surroundings.getStore()?.open) {
    throw new TransactionMisuse(`${what} inside an open transaction: use the handle of that one`);
  }
}
