/**
 * TypeORM's data source for a URL. The service opens it through `openDatabase`; TypeORM's own command line
 * opens it through ormconfig.ts. Tables are made by migrations only, so `synchronize` is never on.
 */
import { resolve } from 'node:path';
import { DataSource } from 'typeorm';
import { type Random, systemRandom } from '../ids';
import type { Engine } from './engine';
import { driverWithSetup, type MysqlSetup, openMysql } from './mysql-engine';
import { CONNECT_TIMEOUT_MS, connectionOptions, PLAIN_SETUP } from './mysql-setup';
import { parseMysqlUrl } from './mysql-url';
import { SnakeNaming } from './names';
import { openSqlite } from './sqlite-engine';
import { SqlitePool } from './sqlite-pool';
import { usePool } from './sqlite-runner';

/** What is needed to open a database. */
export interface OpenOptions {
  /** `sqlite:data/xinfu.db` (relative to the working directory) or `mysql://user:password@host:port/name`. */
  url: string;
  /** Table maps. */
  // biome-ignore lint/complexity/noBannedTypes: TypeORM names entity classes by this type.
  entities: Function[];
  /** Migration classes, see migrations/index.ts. */
  // biome-ignore lint/complexity/noBannedTypes: TypeORM names migration classes by this type.
  migrations: Function[];
  /** Connections held to MySQL at most; 10 when left out. */
  poolSize?: number;
  /** A number in [0, 1) for the jitter of retries; the system's randomness when left out. */
  random?: () => number;
}

const POOL_SIZE = 10;

/** A data source that is not open yet, and how to open it as an engine. */
export interface Prepared {
  dataSource: DataSource;
  open(): Promise<Engine>;
}

/** Reads the URL and builds the data source. @throws Error when the URL is of neither kind. */
export function prepare(options: OpenOptions): Prepared {
  const { url, random = systemRandom } = options;
  if (url.startsWith('sqlite:')) return prepareSqlite(url.slice('sqlite:'.length), options, random);
  if (/^(mysql|mariadb):\/\//.test(url)) return prepareMysql(url, options);
  throw new Error('DATABASE_URL must begin with sqlite: or mysql://');
}

function prepareSqlite(path: string, options: OpenOptions, random: Random): Prepared {
  if (path === '' || path.includes(':memory:')) {
    throw new Error('DATABASE_URL must name a file, for example sqlite:data/xinfu.db');
  }
  const pool = new SqlitePool(resolve(path));
  const dataSource = new DataSource({
    type: 'better-sqlite3',
    database: pool.path,
    entities: options.entities,
    migrations: options.migrations,
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    logging: false,
  });
  usePool(dataSource, pool, random);
  return { dataSource, open: () => openSqlite(dataSource, pool) };
}

function prepareMysql(url: string, options: OpenOptions): Prepared {
  const place = parseMysqlUrl(url.replace(/^mariadb:/, 'mysql:'));
  const setup: MysqlSetup = { place, poolSize: options.poolSize ?? POOL_SIZE, facts: undefined };
  const { user: username, ...connection } = connectionOptions(place);
  const dataSource = new DataSource({
    type: 'mysql',
    driver: driverWithSetup(() => setup.facts?.setup ?? PLAIN_SETUP),
    ...(place.socketPath === undefined
      ? { host: place.host, port: place.port }
      : { socketPath: place.socketPath }),
    username: place.user,
    password: place.password,
    database: place.database,
    charset: connection.charset as string,
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    poolSize: setup.poolSize,
    ...(connection.ssl === undefined ? {} : { ssl: connection.ssl }),
    entities: options.entities,
    migrations: options.migrations,
    // MySQL commits with every CREATE TABLE; a transaction around it would only pretend.
    migrationsTransactionMode: 'none',
    namingStrategy: new SnakeNaming(),
    logging: false,
  });
  return { dataSource, open: () => openMysql(dataSource, setup) };
}
