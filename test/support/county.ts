/**
 * A county for act tests: a real migrated database, a clock that is moved by hand, and actors made of
 * permissions. Sign-in and roles are not in the way here; the journeys test those over HTTP.
 */
import { type Act, type ActRequest, perform } from '../../src/platform/act';
import type { Actor, Authority, OrganisationKind, Place } from '../../src/platform/authority';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { type SteppingClock, steppingClock } from '../../src/platform/clock';
import { developmentKeys } from '../../src/platform/crypto/keys';
import type { Database } from '../../src/platform/db/database';
import { seededRandom } from '../../src/platform/ids';
import { openLog } from '../../src/platform/log';
import { openPlatform } from '../../src/platform/open';
import { Problem } from '../../src/platform/problems';
import { ask, type Query } from '../../src/platform/query';
import { openWork, type Platform, type Work } from '../../src/platform/work';

/** Real places of Longsheng county and one village of another county. */
export const PLACES = {
  county: '450328000000',
  otherCounty: '450226000000',
} as const;

/** How a test describes an actor; what is left out has a harmless default. */
export interface ActorSpec {
  permissions: readonly string[];
  region?: string;
  org?: { id: string; kind: OrganisationKind; rootId?: string } | null;
  id?: string;
  name?: string;
  roles?: readonly string[];
}

export interface County {
  platform: Platform;
  clock: SteppingClock;
  actor(spec: ActorSpec): Actor;
  /** As if the account had been disabled: long tasks of theirs stop. */
  disable(actor: Actor): void;
  /** Performs an act with a fresh key and returns its answer. */
  do<I, L extends Place, R>(
    actor: Actor,
    act: Act<I, L, R>,
    input: unknown,
    options?: Partial<Pick<ActRequest, 'key' | 'dryRun' | 'today'>>,
  ): Promise<R>;
  ask<I, R>(actor: Actor, query: Query<I, R>, input?: unknown): Promise<R>;
  /** Runs the system's own writes (setting up what another module would have made). */
  system<T>(run: (work: Work) => Promise<T>): Promise<T>;
  /** The code of the problem with which this is refused; fails the test when it is not refused. */
  refusal(attempt: Promise<unknown>): Promise<string>;
  /** All rows of these tables, to prove that a refusal changed nothing. */
  snapshot(...tables: string[]): Promise<string>;
  close(): Promise<void>;
}

/** Nobody signs in here, but a long task must find who started it: the actors that the test has made. */
const authorityOver = (actors: ReadonlyMap<string, Actor>): Authority => ({
  bySession: async () => null,
  byToken: async () => null,
  byId: async (id) => actors.get(id) ?? null,
});

/** Opens a county over a migrated database at a date (09:00) or instant. */
export async function openCounty(
  open: () => Promise<Database>,
  start = '2018-03-01',
): Promise<County> {
  const db = await open();
  const clock = steppingClock(start);
  const actors = new Map<string, Actor>();
  const platform = openPlatform({
    db,
    clock,
    keys: developmentKeys(),
    log: openLog('silent'),
    authority: authorityOver(actors),
    checkAnswers: true,
    random: seededRandom(20181031),
  });
  let keys = 0;
  const system = <T>(run: (work: Work) => Promise<T>) =>
    db.inTransaction((tx) => run(openWork(platform, tx, SYSTEM_ACTOR, 'test')));
  return {
    platform,
    clock,
    actor: (spec) => {
      const actor = makeActor(spec, platform.newId);
      actors.set(actor.id, actor);
      return actor;
    },
    disable: (actor) => actors.delete(actor.id),
    do: async (actor, act, input, options = {}) => {
      keys += 1;
      const key = `test-key-${keys}`;
      const outcome = await perform(platform, act, {
        actor,
        input,
        requestId: `request-${keys}`,
        key,
        ...options,
      });
      return outcome.answer;
    },
    ask: (actor, query, input = {}) => ask(platform, query, actor, input),
    system,
    refusal: refusalOf,
    snapshot: (...tables) => snapshotOf(db, tables),
    close: () => db.close(),
  };
}

function makeActor(spec: ActorSpec, newId: () => string): Actor {
  const org = spec.org ?? null;
  return {
    id: spec.id ?? newId(),
    name: spec.name ?? '测试人员',
    kind: 'person',
    roles: spec.roles ?? [],
    permissions: new Set(spec.permissions),
    region: spec.region ?? PLACES.county,
    organisation: org && { id: org.id, kind: org.kind, rootId: org.rootId ?? org.id },
    mustChangePassword: false,
  };
}

async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
  throw new Error('The attempt was expected to be refused, but it was done');
}

async function snapshotOf(db: Database, tables: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const table of tables) {
    const rows = await db.reader().rows<Record<string, unknown>>(`SELECT * FROM ${table}`);
    const lines = rows.map((row) => JSON.stringify(row)).sort();
    parts.push(`${table}\n${lines.join('\n')}`);
  }
  return parts.join('\n\n');
}
