// `npm run xinfu -- <command>`: the operator's tool. Compiles only when the sources have changed and
// says so on stderr, so that with `npm run --silent` stdout holds the tool's answer and nothing else.
'use strict';

const { prepare } = require('./lib/prepare');
const { runNode } = require('./lib/tool');

async function main() {
  if (!(await prepare({ build: true }))) return 1;
  return (await runNode('dist/src/cli.js', process.argv.slice(2))).code;
}

void main().then((code) => {
  process.exitCode = code;
});
