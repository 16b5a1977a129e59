/**
 * The authorisation matrix, over HTTP with real sign-in: every address × every role × own county, another county,
 * nobody. It is made from the route tables and the role file, so a new route or role is tried without being named
 * here. On both databases.
 */
import { allRoutes } from '../../src/app';
import { PUBLIC, SELF } from '../../src/platform/authority';
import type { Route } from '../../src/platform/http/routes';
import { Joi } from '../../src/platform/shape';
import type { Facts } from '../journeys/journey';
import { describeEachService, type OpenedService } from '../journeys/service';
import { Person, type Reply, settle, TOWN, type Town } from '../journeys/town';
import { columnsOf } from '../support/databases';
import { type Caller, type Cast, FAR, gather, nobody, ROLES } from './cast';
import { sampleOf } from './sample';
import { STORY_ENDS, tellStory } from './story';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);
jest.setTimeout(120_000);

const declared = (route: Route) => ('act' in route ? route.act : route.query);
const nameOf = (route: Route) => `${route.method.toUpperCase()} ${route.path}`;
const open = (route: Route) => [PUBLIC, SELF].includes(declared(route).permission);
const guarded = allRoutes.filter((route) => !open(route));
const may = (role: string, route: Route) =>
  ROLES.find(({ code }) => code === role)!.permissions.includes(declared(route).permission);

/** Tables in which a refusal leaves its trace: the trail and its seals, sign-in and when a session was last used. */
const TRAIL = /^(audit_\w+|lease|user_session|sign_in_guard)$/;
/** An id that no record has. */
const ABSENT = '7ZZZZZZZZZZZZZZZZZZZZZZZZZ';
const ABSENT_COUNTY = '450999000000';
/** Public codes: that such a place, parameter or role exists is no secret. */
const CODES = new Set(['county', 'periodCode', 'parameter', 'role', 'region', 'regionCode']);

/** Fields of addresses and forms by name, as this county has them. */
function realFields(facts: Facts, town: Town, cast: Cast): Record<string, string> {
  return {
    householdId: facts.household,
    memberId: facts.members[0],
    ratingId: facts.rating,
    caseId: facts.ratingCase,
    applicationId: facts.application,
    noticeId: facts.notice,
    objectionId: facts.objection,
    receiptCode: facts.receiptCode,
    loanId: facts.loan,
    certificateNumber: facts.certificate,
    claimId: facts.claim,
    recoveryId: facts.recovery,
    rowId: facts.policyRow,
    taskId: facts.task,
    evidenceId: facts.evidence,
    roundId: facts.round,
    importId: facts.householdImport,
    bankFileId: facts.bankFile,
    bankRowId: facts.bankRow,
    simulationId: facts.simulation,
    checkId: facts.useCheck,
    photoId: facts.usePhoto,
    flagId: facts.flag,
    level: 'county',
    userId: town.people.villageWang!.id,
    tokenId: cast.tokenId,
    bankId: town.bodies.bank!,
    organisationId: town.bodies.bank!,
    parentId: town.bodies.bank!,
    book: `bank:${town.bodies.bank}`,
    kind: 'loan',
    id: facts.loan,
    subjectKind: 'loan',
    subjectId: facts.loan,
    county: TOWN.county,
    region: TOWN.county,
    regionCode: TOWN.village,
    periodCode: '2018Q2',
    parameter: 'subsidies.cycle',
    role: 'village-worker',
    on: STORY_ENDS,
    from: '2018-06-21',
    to: '2018-09-21',
    date: STORY_ENDS,
  };
}

/** The same fields, pointing at nothing. */
function absentFields(real: Record<string, string>): Record<string, string> {
  const point = ([name, value]: [string, string]) => {
    if (name === 'county') return ABSENT_COUNTY;
    if (name === 'certificateNumber') return 'DKZ000000-2018-00000';
    if (name === 'book') return `bank:${ABSENT}`;
    if (name === 'receiptCode')
      return value.replace(/./g, (letter) => (letter === '-' ? '-' : 'A'));
    return value.length === ABSENT.length ? ABSENT : value;
  };
  return Object.fromEntries(Object.entries(real).map((entry) => [entry[0], point(entry)]));
}

const parametersOf = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);

/** Calls a route as a browser would, its fields shared out over address, query and body. */
async function call(
  caller: Caller,
  route: Route,
  known: Record<string, string>,
  dryRun = false,
): Promise<Reply> {
  const { input } = declared(route);
  const ofEvidence = route.path.includes('/evidence/') && { fileId: known.evidenceId! };
  const fields = sampleOf(input, { ...known, ...ofEvidence });
  let path = route.path;
  for (const name of parametersOf(route.path)) {
    path = path.replace(`:${name}`, encodeURIComponent(String(fields[name])));
    delete fields[name];
  }
  const trial: Record<string, unknown> = dryRun ? { dryRun } : {};
  if (route.method === 'get') return caller.get(addressOf(path, fields));
  if (!route.takesFile) return caller.post(addressOf(path, trial), fields);
  // The body is the file; its type is a header.
  const { file, type, ...inQuery } = fields;
  return caller.post(addressOf(path, { ...inQuery, ...trial }), {});
}

function addressOf(path: string, query: Record<string, unknown>): string {
  const fields = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return fields.length > 0 ? `${path}?${fields.join('&')}` : path;
}

/** An answer without the number of its request and without the book it was asked for, which it repeats. */
function told({ status, body }: Reply, known: Record<string, string>): string {
  const text = JSON.stringify({ ...body, instance: null });
  return `${status} ${text.replaceAll(known.book!, 'the book')}`;
}

/** Runs the tries a few at a time and returns what they found. */
async function each<T>(items: readonly T[], attempt: (item: T) => Promise<string | null>) {
  const found: string[] = [];
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) {
      const fault = await attempt(item).catch((error: unknown) => String(error));
      if (fault) found.push(fault);
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return found;
}

describe('The route tables', () => {
  test.each(allRoutes.map((route) => [nameOf(route), route] as const))(
    '%s has a permission, an input shape and an answer shape',
    (_, route) => {
      const { permission, input, answer } = declared(route);
      expect(permission).toMatch(/^(public|self|[a-z]+\.[a-z-]+)$/);
      expect(Joi.isSchema(input) && input.describe().type).toBe('object');
      expect(Joi.isSchema(answer)).toBe(true);
    },
  );

  test.each(guarded.map((route) => [nameOf(route), route] as const))(
    '%s is tried below with an input that has its shape',
    (_, route) => {
      const { input } = declared(route);
      const { error } = input.validate(sampleOf(input, {}), { convert: true });
      expect(error?.message).toBeUndefined();
    },
  );

  test('every permission but the open ones is held by some role, and every role holds only such', () => {
    const held = new Set(ROLES.flatMap(({ permissions }) => permissions));
    const asked = new Set(guarded.map((route) => declared(route).permission));
    expect([...asked].filter((permission) => !held.has(permission))).toEqual([]);
    expect([...held].filter((permission) => !asked.has(permission))).toEqual([]);
  });

  test('system and security administrators reach no route of the business', () => {
    const reached = guarded
      .filter((route) => may('system-administrator', route) || may('security-administrator', route))
      .map((route) => declared(route).name);
    expect(reached.filter((name) => !name.startsWith('identity.'))).toEqual([]);
    const both = guarded.filter(
      (route) =>
        'act' in route &&
        may('system-administrator', route) &&
        may('security-administrator', route),
    );
    expect(both.map(nameOf)).toEqual([]);
  });

  test('the inspector reaches no write but verifying, and looking where looking is recorded', () => {
    const writes = guarded
      .filter((route) => 'act' in route && may('discipline-inspector', route))
      .map((route) => declared(route).name);
    const looking = [
      'households.find-by-id-number',
      'households.reveal-member',
      'monitoring.open-use-photo',
      'notices.open-board-photo',
      'notices.open-evidence',
      'notices.read-objection',
      'notices.reveal-objector',
      'platform.open-file',
    ];
    expect(writes.sort()).toEqual([...looking, 'inspection.verify-audit'].sort());
  });
});

describeEachService('The authorisation matrix', (openAt) => {
  let opened: OpenedService;
  let cast: Cast;
  let real: Record<string, string>;
  let absent: Record<string, string>;
  const pairs = ROLES.flatMap(({ code }) => guarded.map((route) => ({ role: code, route })));
  const without = pairs.filter(({ role, route }) => !may(role, route));
  const within = pairs.filter(({ role, route }) => may(role, route));

  beforeAll(async () => {
    opened = await openAt('2018-05-07');
    const town = await settle(opened);
    const facts = await tellStory(opened, town);
    cast = await gather(opened, town);
    real = realFields(facts, town, cast);
    const sent = await cast.own['county-officer']!.post('/files?name=a.csv&purpose=sample', {});
    real.fileId = sent.body.fileId;
    const place = { region: TOWN.village, year: 2017 };
    const judged = await cast.own['county-officer']!.post('/credit-places', place);
    real.awardId = judged.body.awardId;
    absent = absentFields(real);
    // The story took longer than a session lives; below several requests of a person go out at once.
    await each(Object.values({ ...cast.own, ...cast.far }), async (caller) => {
      if (caller instanceof Person) await caller.signIn();
      return null;
    });
  });
  afterAll(() => opened.close());

  /** Where somebody of the other county asks for things to be put. */
  const elsewhere = { region: FAR.county, regionCode: FAR.village };
  const rows = <T extends object>(sql: string) => opened.service.platform.db.reader().rows<T>(sql);

  /** Everything in the database but the trail. */
  async function business(): Promise<string> {
    const tables = Object.keys(await columnsOf(opened.service.platform.db));
    const parts: string[] = [];
    for (const table of tables.filter((name) => !TRAIL.test(name))) {
      const lines = (await rows(`SELECT * FROM ${table}`)).map((row) => JSON.stringify(row));
      parts.push(`${table}\n${lines.sort().join('\n')}`);
    }
    return parts.join('\n');
  }

  const refusals = async () => {
    const [row] = await rows<{ n: number }>(
      `SELECT COUNT(*) AS n FROM audit_entry WHERE problem = 'platform.not-permitted'`,
    );
    return row!.n;
  };

  test('nobody is told 401 wherever the route is not public, and nothing is written', async () => {
    const before = await business();
    const closed = allRoutes.filter((route) => declared(route).permission !== PUBLIC);
    const faults = await each(closed, async (route) => {
      const { status, body } = await call(nobody(opened), route, real);
      const right = status === 401 && body.code === 'platform.not-signed-in';
      return right ? null : `${nameOf(route)}: ${status} ${body.code}`;
    });
    expect(faults).toEqual([]);
    expect(await business()).toBe(before);
  });

  test('a role with the permission is let in, in its own county', async () => {
    const seen = new Set<string>();
    const before = await business();
    const faults = await each(within, async ({ role, route }) => {
      const { status, body } = await call(cast.own[role]!, route, real, true);
      if (status === 200) seen.add(nameOf(route));
      const refused = status === 401 || body.code === 'platform.not-permitted' || status >= 500;
      return refused ? `${role} ${nameOf(route)}: ${status} ${body.code} ${body.detail}` : null;
    });
    expect(faults).toEqual([]);
    const reads = guarded.filter(({ method }) => method === 'get').map(nameOf);
    expect(reads.filter((name) => !seen.has(name))).toEqual([]);
    // Tries are dry and leave nothing; an act with a private answer cannot be tried dry and is refused.
    expect(await business()).toBe(before);
  });

  test('no answer to a person of another county holds a record of this one', async () => {
    const ids = new Set<string>();
    for (const [table, columns] of Object.entries(await columnsOf(opened.service.platform.db))) {
      if (!columns.includes('region_code') || !columns.includes('id')) continue;
      const found = await rows<{ id: string }>(
        `SELECT id FROM ${table} WHERE region_code >= '450328' AND region_code < '450329'`,
      );
      for (const { id } of found) ids.add(id);
    }
    expect(ids.size).toBeGreaterThan(100);
    const reads = within.filter(({ route }) => route.method === 'get');
    const faults = await each(reads, async ({ role, route }) => {
      const fields = { ...real, ...elsewhere, county: FAR.county };
      const { status, body } = await call(cast.far[role]!, route, fields);
      const text = JSON.stringify(body);
      // A book is named in the answer as it was asked for.
      const asked = route.path.includes(':book') ? real.bankId : null;
      const found = [...text.matchAll(/[0-9A-HJKMNP-TV-Z]{26}/g)].map(([id]) => id);
      const leaked = found.filter((id) => ids.has(id) && id !== asked);
      const right = (status === 200 || status === 404) && leaked.length === 0;
      return right ? null : `${role} ${nameOf(route)}: ${status} ${text.slice(0, 300)}`;
    });
    expect(faults).toEqual([]);
  });
  test('what belongs to another county is answered exactly as what does not exist', async () => {
    const before = await business();
    const pointed = within.filter(({ route }) => {
      const names = Object.keys(declared(route).input.describe().keys ?? {});
      return names.some((name) => name in real && !CODES.has(name) && real[name] !== absent[name]);
    });
    expect(new Set(pointed.map(({ route }) => route)).size).toBeGreaterThan(40);
    const attempt = async ({ role, route }: (typeof pointed)[number]) => {
      const caller = cast.far[role]!;
      const theirs = told(await call(caller, route, { ...real, ...elsewhere }), real);
      const nothing = told(await call(caller, route, { ...absent, ...elsewhere }), absent);
      // A list that is asked for what is elsewhere is empty, not absent.
      const right =
        theirs.startsWith('404') || (route.method === 'get' && theirs.startsWith('200'));
      return right && theirs === nothing
        ? null
        : `${role} ${nameOf(route)}:\n${theirs}\n${nothing}`;
    };
    // Reads first: tries of acts stand in the trail, which the inspector then reads.
    const reads = pointed.filter(({ route }) => 'query' in route);
    const writes = pointed.filter(({ route }) => 'act' in route);
    expect(await each(reads, attempt)).toEqual([]);
    expect(await each(writes, attempt)).toEqual([]);
    expect(await business()).toBe(before);
  });

  test.each(['own', 'far'] as const)(
    'a role without the permission is told 403 (%s county), the trail tells of each try, nothing else is written',
    async (where) => {
      const before = await business();
      const already = await refusals();
      const faults = await each(without, async ({ role, route }) => {
        const { status, body } = await call(cast[where][role]!, route, real);
        const right = status === 403 && body.code === 'platform.not-permitted';
        return right ? null : `${role} ${nameOf(route)}: ${status} ${body.code}`;
      });
      expect(faults).toEqual([]);
      expect(await business()).toBe(before);
      const writes = without.filter(({ route }) => 'act' in route).length;
      expect((await refusals()) - already).toBe(writes);
    },
  );
});
