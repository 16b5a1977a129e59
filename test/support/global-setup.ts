/**
 * Before all tests: a private MariaDB for the run, unless TEST_MYSQL_URL names a server that tests may use
 * (an account that may create databases), and a folder for SQLite files. REQUIRE_MYSQL=1 makes its absence
 * an error.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fastFolder } from './folders';
import { startServer, type TestServer } from './mariadb';

/** What the setup leaves for the teardown; both run in jest's own process. */
export interface TestRun {
  folder: string;
  server: TestServer | undefined;
}

declare global {
  var xinfuTestRun: TestRun | undefined;
}

export default async function setup(): Promise<void> {
  const server = process.env.TEST_MYSQL_URL ? undefined : await startServer();
  // Within the server's folder, which is cleared away even after a killed run.
  const folder = mkdtempSync(join(server?.folder ?? fastFolder(), 'xinfu-run-'));
  process.env.XINFU_TEST_FOLDER = folder;
  globalThis.xinfuTestRun = { folder, server };
  if (server) process.env.TEST_MYSQL_URL = server.url('mysql');
  if (!process.env.TEST_MYSQL_URL && process.env.REQUIRE_MYSQL === '1') {
    throw new Error('REQUIRE_MYSQL=1, but there is no mariadbd or mysqld and no TEST_MYSQL_URL');
  }
}
