/** Other processes for tests: small programs in test/support/child.ts, run by tsx. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Program } from './child';

/** How a child ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** Runs a program of child.ts with its options and waits for its end. */
export function runChild(program: Program, options: Record<string, string>): Promise<Ended> {
  const root = join(__dirname, '../..');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'child.ts'), program, JSON.stringify(options)],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    output += data;
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}
