// `npm run check`: format, lint and types, in seconds; the part of the gate to run while writing.
'use strict';

const { runChecks } = require('./lib/checks');
const { prepare } = require('./lib/prepare');

async function main() {
  if (!(await prepare())) return 1;
  const results = await runChecks();
  return results.every((result) => result.passed) ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
