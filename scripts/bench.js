// `npm run bench [-- words] [--rounds N]`: our cost above the floor, see bench/harness.ts. Runs the
// sources through tsx, which compiles while loading and leaves no trace in what is measured.
'use strict';

const { prepare } = require('./lib/prepare');
const { run } = require('./lib/tool');

async function main() {
  if (!(await prepare())) return 1;
  const args = ['--import', 'tsx', 'bench/index.ts', ...process.argv.slice(2)];
  return (await run(process.execPath, args)).code;
}

void main().then((code) => {
  process.exitCode = code;
});
