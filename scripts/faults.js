// `npm run faults [-- path]`: the long fault runs of test/faults, one after the other.
'use strict';

const { prepare } = require('./lib/prepare');
const { runTests } = require('./lib/tests');

async function main() {
  if (!(await prepare())) return 1;
  const args = ['--config', 'jest.faults.config.js', '--runInBand', ...process.argv.slice(2)];
  const { passed, failed, skipped, trouble } = await runTests(args);
  if (trouble) process.stdout.write(`✗ ${trouble}\n`);
  const failures = failed + (trouble ? 1 : 0);
  process.stdout.write(`${passed} passed, ${failures} failed, ${skipped} skipped\n`);
  return failures === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
