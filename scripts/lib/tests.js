// Runs jest and brings back the counts, also when jest dies, hangs or finds nothing.
'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { root } = require('./tool');

/** After the last test jest has this long to stop the database and end; then something leaks. */
const PATIENCE_MS = 60_000;

/**
 * @param {string[]} args what to hand to jest besides our own: paths, `-t name`, `--config file`.
 * @returns {Promise<{passed: number, failed: number, skipped: number, failedFiles: string[],
 *   mysql: boolean, trouble: string | null}>} `trouble` says what went wrong outside any test.
 */
async function runTests(args) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xinfu-test-'));
  const file = path.join(folder, 'summary.json');
  try {
    const end = await jest(args, file);
    const summary = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
    return judge(summary, end);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function jest(args, file) {
  return new Promise((resolve) => {
    const reporters = ['--reporters=default', '--reporters=./scripts/lib/jest-summary.js'];
    const child = spawn(
      process.execPath,
      // Paths before the reporters: jest takes what follows an option for another of its values.
      [path.join(root, 'node_modules/jest/bin/jest.js'), ...args, ...reporters],
      { cwd: root, stdio: 'inherit', env: { ...process.env, XINFU_SUMMARY: file } },
    );
    let hung = false;
    const watch = setInterval(() => {
      const done = fs.existsSync(file) && Date.now() - fs.statSync(file).mtimeMs > PATIENCE_MS;
      if (!done) return;
      hung = true;
      child.kill('SIGKILL');
    }, 1000);
    const stop = (signal) => child.kill(signal);
    process.once('SIGTERM', stop);
    process.on('SIGINT', () => {});
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ code, hung });
    });
  });
}

function judge(summary, { code, hung }) {
  const counts = summary ?? { passed: 0, failed: 0, skipped: 0, failedFiles: [], mysql: false };
  return { ...counts, trouble: troubleOf(summary, code, hung) };
}

function troubleOf(summary, code, hung) {
  if (hung) return '测试结束后进程没有退出 · jest did not end after the last test (an open handle)';
  if (summary === null) return '测试没有跑完 · jest ended without a result';
  if (summary.passed + summary.failed === 0) return '没有运行任何测试 · no test was run';
  if (code !== 0 && summary.failed === 0) return `jest 退出码 ${code} · jest ended with ${code}`;
  return null;
}

module.exports = { runTests };
