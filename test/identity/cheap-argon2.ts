/**
 * The same argon2id at a hundredth of the cost, for tests that try many passwords. What the real cost is and that
 * it is paid stands in password.test.ts.
 */
import type * as argon2 from '@node-rs/argon2';

/** The module with a cheap `hash`; `verify` is watched, its cost is that of the hash it is given. */
export function cheapArgon2(): typeof argon2 {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return {
    ...real,
    hash: (password) => real.hash(password, { memoryCost: 256, timeCost: 1, parallelism: 1 }),
    verify: jest.fn(real.verify),
  };
}
