// A jest reporter that leaves the counts of a run in the file XINFU_SUMMARY, for the gate to add up.
// It lives in jest's own process, where the global setup has put the address of the MariaDB it
// started (or was given), and so knows whether the MariaDB part really ran.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

class JestSummary {
  onRunComplete(_contexts, results) {
    const failedFiles = results.testResults
      .filter((file) => file.numFailingTests > 0 || file.testExecError)
      .map((file) => path.relative(process.cwd(), file.testFilePath));
    const summary = {
      passed: results.numPassedTests,
      // A file that could not even be loaded has no failed tests, yet it has failed.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      failedFiles,
      mysql: Boolean(process.env.TEST_MYSQL_URL),
    };
    fs.writeFileSync(process.env.XINFU_SUMMARY, JSON.stringify(summary));
  }
}

module.exports = JestSummary;
