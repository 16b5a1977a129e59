/**
 * A private MariaDB (or MySQL) server for tests: its own folder, socket and port, never the one of the
 * machine. A small shell stands between us and the server and holds a pipe to us: when this process ends in
 * whatever way, the pipe closes, and the shell stops the server and removes its folder.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as mysql from 'mysql2';
import { fastFolder } from './folders';

/** A running server. */
export interface TestServer {
  /** Its folder, removed with it even when this process is killed. */
  readonly folder: string;
  readonly port: number;
  readonly socket: string;
  /** The URL of a database on it, over TCP. */
  url(database: string): string;
  /** Ends the server at once, as a crash would (SIGKILL); its data stay. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  restart(): Promise<void>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

const FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/mysql/bin', '/opt/homebrew/bin'];
const START_MS = 60_000;

/** Runs the server until it ends or the pipe closes; then removes the folder when asked to. */
const KEEPER = `
folder="$1"; shift
"$@" >/dev/null 2>&1 3<&- & server=$!
exec 3<&0
(cat <&3 >/dev/null; kill -TERM $server 2>/dev/null) & watcher=$!
wait $server
if kill -0 $watcher 2>/dev/null; then kill $watcher 2>/dev/null; else wait $server; rm -rf "$folder"; fi
`;

function find(...names: string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...FOLDERS];
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here; the next folder may have it.
      }
    }
  }
  return undefined;
}

/** Whether a server can be started on this machine. */
export function serverBinary(): string | undefined {
  return find('mariadbd', 'mysqld');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const asRoot = () => process.getuid?.() === 0;

function install(binary: string, data: string): void {
  const user = asRoot() ? ['--user=root'] : [];
  const quiet = { stdio: 'pipe' as const };
  const installer = find('mariadb-install-db', 'mysql_install_db');
  if (installer) {
    const auth = [
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
    ];
    execFileSync(installer, ['--no-defaults', `--datadir=${data}`, ...auth, ...user], quiet);
  } else {
    execFileSync(
      binary,
      ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, ...user],
      quiet,
    );
  }
}

class PrivateServer implements TestServer {
  private keeper: ChildProcess | undefined;

  constructor(
    readonly folder: string,
    private readonly binary: string,
    readonly port: number,
    private readonly options: readonly string[],
  ) {}

  get socket(): string {
    return join(this.folder, 's.sock');
  }

  url(database: string): string {
    return `mysql://root@127.0.0.1:${this.port}/${database}`;
  }

  async restart(): Promise<void> {
    const at = (name: string) => join(this.folder, name);
    const server = [
      this.binary,
      '--no-defaults',
      `--datadir=${at('data')}`,
      // A server that starts sweeps temporary tables out of its folder, another server's too.
      `--tmpdir=${at('data')}`,
      `--socket=${this.socket}`,
      `--pid-file=${at('pid')}`,
      `--log-error=${at('log')}`,
      `--port=${this.port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--max-connections=300',
      '--innodb-buffer-pool-size=64M',
      '--innodb-log-file-size=16M',
      '--performance-schema=OFF',
      ...this.options,
      ...(asRoot() ? ['--user=root'] : []),
    ];
    const keeper = spawn('sh', ['-c', KEEPER, 'keeper', this.folder, ...server], {
      stdio: ['pipe', 'ignore', 'ignore'],
      // Not in our process group: Ctrl-C must reach the tests first.
      detached: true,
    });
    keeper.unref();
    (keeper.stdin as unknown as { unref?: () => void }).unref?.();
    this.keeper = keeper;
    await this.answers();
  }

  private async answers(): Promise<void> {
    const deadline = AbortSignal.timeout(START_MS);
    let last: unknown;
    while (!deadline.aborted) {
      if (this.keeper?.exitCode !== null) break;
      last = await this.tryConnection();
      if (last === undefined) return;
      await sleep(50);
    }
    const log = readFileSync(join(this.folder, 'log'), 'utf8').slice(-2000);
    throw new Error(`The test server did not start: ${String(last)}\n${log}`);
  }

  private tryConnection(): Promise<unknown> {
    return new Promise((resolve) => {
      const connection = mysql.createConnection({
        host: '127.0.0.1',
        port: this.port,
        user: 'root',
      });
      connection.on('error', resolve);
      connection.query('SELECT 1', (error) => {
        connection.destroy();
        resolve(error ?? undefined);
      });
    });
  }

  async kill(): Promise<void> {
    const ended = this.ended();
    process.kill(Number(readFileSync(join(this.folder, 'pid'), 'utf8')), 'SIGKILL');
    await ended;
  }

  private ended(): Promise<void> {
    const { keeper } = this;
    if (!keeper || keeper.exitCode !== null) return Promise.resolve();
    keeper.ref();
    return new Promise((resolve) => keeper.once('exit', () => resolve()));
  }

  async stop(): Promise<void> {
    const ended = this.ended();
    this.keeper?.stdin?.end();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Settings that forgo safety against a power cut, for tests that are not about durability. */
const FAST = [
  '--innodb-flush-log-at-trx-commit=2',
  '--loose-innodb-flush-method=nosync',
  '--loose-sync-frm=OFF',
  '--loose-innodb-file-per-table=OFF',
  '--sync-binlog=0',
];

/**
 * Starts a private server, undefined when there is no server program on this machine.
 * `durable` keeps the settings under which a commit survives.
 */
export async function startServer(
  options: { durable?: boolean } = {},
): Promise<TestServer | undefined> {
  const binary = serverBinary();
  if (!binary) return undefined;
  const folder = mkdtempSync(join(options.durable ? tmpdir() : fastFolder(), 'xinfu-db-'));
  try {
    install(binary, join(folder, 'data'));
    const server = new PrivateServer(folder, binary, await freePort(), options.durable ? [] : FAST);
    await server.restart();
    return server;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
