// The long fault runs (kills, lost connections, paused instances): `npm run faults`, apart from the
// gate because each takes minutes.
'use strict';

const { projects } = require('./jest.config');

const service = projects.find((project) => project.displayName === 'service');

module.exports = {
  maxWorkers: 1,
  testTimeout: 900_000,
  projects: [
    {
      ...service,
      displayName: 'faults',
      testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
      testPathIgnorePatterns: [],
    },
  ],
};
