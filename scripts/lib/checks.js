// The checks that need no test runner: formatting, lint and types. Each counts as one in the gate.
'use strict';

const { runNode } = require('./tool');

const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const TSC = 'node_modules/typescript/bin/tsc';

// Its own record of the last run, apart from the build's, keeps a repeated check to a few seconds.
const TYPES = ['--noEmit', '-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile'];

const checks = [
  {
    name: 'format',
    title: '格式',
    remedy: 'npm run format',
    program: BIOME,
    args: ['format', '--max-diagnostics=20'],
  },
  {
    name: 'lint',
    title: '规范',
    remedy: 'npm run format',
    program: BIOME,
    args: ['lint', '--error-on-warnings', '--max-diagnostics=50'],
  },
  {
    name: 'types',
    title: '类型',
    remedy: 'npx tsc --noEmit',
    program: TSC,
    args: [...TYPES, 'node_modules/.cache/xinfu/types.tsbuildinfo'],
  },
];

/**
 * Runs every check, also after one has failed, so that one run shows all there is to repair.
 * @returns {Promise<{name: string, passed: boolean}[]>}
 */
async function runChecks() {
  const results = [];
  for (const check of checks) {
    const { code, text } = await runNode(check.program, check.args, { output: 'quiet' });
    const passed = code === 0;
    process.stdout.write(`${passed ? '✓' : '✗'} ${check.title} · ${check.name}\n`);
    if (!passed) process.stdout.write(`${text}  → ${check.remedy}\n`);
    results.push({ name: check.name, passed });
  }
  return results;
}

module.exports = { runChecks };
