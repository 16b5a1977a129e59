// `node scripts/prepare.js [build]`: the step before `npm start` and `npm run dev`.
'use strict';

const { prepare } = require('./lib/prepare');

void prepare({ build: process.argv.includes('build') }).then((ready) => {
  process.exitCode = ready ? 0 : 1;
});
