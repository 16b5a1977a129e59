/**
 * The service and its tool as their operator runs them: processes of their own, with an environment of their own,
 * spoken to over HTTP. Nothing of the test's own environment reaches them but where programs and files are.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromRoot } from '../../src/platform/root';

/** How a process ended, and all that it said. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
  errors: string;
}

/** A process under way. */
export interface Running {
  readonly ended: Promise<Ended>;
  output(): string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended>;
}

/** A service that answers at `base`. */
export interface RunningService extends Running {
  readonly port: number;
  readonly base: string;
}

type Environment = Record<string, string>;

/** tsx compiles on the way; on a machine busy with other tests that takes its time. In milliseconds. */
const START_MS = 90_000;

/** Children that still run when a test file ends, because a test failed half-way, are ended with it. */
const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Runs a TypeScript program of the repository. */
export function run(program: string, args: readonly string[], environment: Environment): Running {
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', fromRoot(program), ...args], {
    cwd: fromRoot(),
    env: { PATH, HOME, TMPDIR, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  alive.add(child);
  const said = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.errors += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      alive.delete(child);
      resolve({ code, signal, ...said });
    });
  });
  return {
    ended,
    output: () => said.output + said.errors,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs `xinfu` to its end. */
export function xinfu(args: readonly string[], environment: Environment = {}): Promise<Ended> {
  const settings = { XINFU_DEMO: 'false', LOG_LEVEL: 'warn', ...environment };
  return run('src/cli.ts', args, settings).ended;
}

/** A port that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Starts `src/main.ts` over a database and waits until it is ready. */
export async function startService(url: string, more: Environment = {}): Promise<RunningService> {
  const port = await freePort();
  const service = run('src/main.ts', [], {
    XINFU_DEMO: 'false',
    DATABASE_URL: url,
    PORT: String(port),
    ...more,
  });
  const base = `http://127.0.0.1:${port}`;
  let ended = false;
  void service.ended.then(() => {
    ended = true;
  });
  const deadline = AbortSignal.timeout(START_MS);
  while (!ended && !deadline.aborted) {
    const answer = await fetch(`${base}/readyz`).catch(() => null);
    if (answer?.ok) return { ...service, port, base };
    await sleep(50);
  }
  const { output, errors } = await service.end('SIGKILL');
  throw new Error(`The service did not become ready:\n${output}\n${errors}`);
}
