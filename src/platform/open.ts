/** Puts the parts of a running service together; which modules it has is said in `src/app.ts`. */

import { type Authority, SYSTEM_ACTOR } from './authority';
import type { Clock } from './clock';
import { fieldCrypto } from './crypto/field-crypto';
import type { KeyRing } from './crypto/keys';
import type { Database } from './db/database';
import { Events } from './events';
import { idFactory, type Random } from './ids';
import type { Log } from './log';
import { openWork, type Platform } from './work';

/** What a service is made of. */
export interface PlatformParts {
  db: Database;
  clock: Clock;
  keys: KeyRing;
  log: Log;
  authority: Authority;
  /** Checks each answer against its shape; on in tests and development. */
  checkAnswers: boolean;
  /** Repeatable randomness for ids in tests. */
  random?: Random;
}

/** Builds the platform of one service instance. */
export function openPlatform(parts: PlatformParts): Platform {
  return {
    db: parts.db,
    clock: parts.clock,
    newId: idFactory(parts.clock, parts.random),
    crypto: fieldCrypto(parts.keys),
    events: new Events(),
    log: parts.log,
    authority: parts.authority,
    checkAnswers: parts.checkAnswers,
  };
}

/** The work of the service's own housekeeping (loading reference data at start), as the system actor. */
export function systemWork(platform: Platform, tx: Parameters<typeof openWork>[1], what: string) {
  return openWork(platform, tx, SYSTEM_ACTOR, what);
}
