// How the tests run. Two projects: `house` reads the sources and needs no database, `service` is
// everything else and gets the private MariaDB, where there is one, from its global setup.
'use strict';

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
};

module.exports = {
  // A test over a loaded two-core machine and a database on disk may take seconds, never minutes.
  testTimeout: 30_000,
  // Two workers: the machine that checks us has two cores, and MariaDB needs its share.
  maxWorkers: 2,
  // A worker that has grown is replaced between files, so that the run fits in a small machine.
  workerIdleMemoryLimit: '768MB',
  projects: [
    {
      ...shared,
      displayName: 'house',
      testMatch: ['<rootDir>/test/house/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'service',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/house/', '<rootDir>/test/faults/'],
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
};
