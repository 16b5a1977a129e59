// `npm test`: the whole gate. Installs what is missing, checks format, lint and types, runs every
// test on SQLite and, where a MariaDB can be had, on MariaDB, and ends with the plain line
// `N passed, N failed`. `npm test -- path` runs the matching test files alone, for the inner loop.
'use strict';

const { runChecks } = require('./lib/checks');
const { prepare } = require('./lib/prepare');
const { runTests } = require('./lib/tests');

const write = (line) => process.stdout.write(`${line}\n`);

async function main() {
  const args = process.argv.slice(2);
  const whole = args.length === 0;
  const total = { passed: 0, failed: 0, skipped: 0 };
  const count = (passed) => {
    total[passed ? 'passed' : 'failed'] += 1;
  };

  if (!(await prepare())) {
    count(false);
    return conclude(total);
  }
  if (whole) for (const check of await runChecks()) count(check.passed);

  const tests = await runTests(whole ? ['--ci'] : args);
  total.passed += tests.passed;
  total.failed += tests.failed;
  total.skipped += tests.skipped;
  write('');
  for (const file of tests.failedFiles) write(`✗ ${file}`);
  if (tests.trouble) {
    write(`✗ ${tests.trouble}`);
    count(false);
  }
  if (whole) reportMariaDb(tests.mysql, count);
  return conclude(total);
}

/** A half-tested database must never look like a tested one, so its absence is the last thing said. */
function reportMariaDb(ran, count) {
  if (ran) {
    write('✓ MariaDB 部分已运行 · the MariaDB part ran');
    return;
  }
  const required = process.env.REQUIRE_MYSQL === '1';
  write('!'.repeat(78));
  write('!! MariaDB 部分未运行：本机没有 mariadbd，也没有设置 TEST_MYSQL_URL。');
  write('!! 安装（Debian：apt-get install -y mariadb-server）后重新运行 npm test。');
  write('!! The MariaDB part was SKIPPED: no mariadbd on this machine and no TEST_MYSQL_URL.');
  write('!! Install it (Debian: apt-get install -y mariadb-server) and run npm test again.');
  if (required) write('!! REQUIRE_MYSQL=1：因此判为失败 · counted as a failure.');
  write('!'.repeat(78));
  if (required) count(false);
}

function conclude({ passed, failed, skipped }) {
  write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main();
