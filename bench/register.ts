/**
 * The register with a million households: any page of twenty, by every way of asking, against one read by primary
 * key. Prints the middle and the 99th of a hundred readings for each page: the goal is 50 ms on MariaDB.
 */
import { listMembers } from '../src/households/people.queries';
import { listHouseholds } from '../src/households/register.queries';
import type { Actor } from '../src/platform/authority';
import type { AnyQuery } from '../src/platform/http/routes';
import { ask } from '../src/platform/query';
import { type County, openCounty } from '../test/support/county';
import type { Bench, Case } from './harness';
import { type Kind, newPlace, openOurs } from './places';

/** Households; BENCH_HOUSEHOLDS makes a smaller try. */
const ROWS = Number(process.env.BENCH_HOUSEHOLDS ?? 1_000_000);
/** Townships of one county with 25 villages each, as a large county has. */
const TOWNSHIPS = 40;
const VILLAGES = 25;
const CHUNK = 5000;
/** Bytes of pages that MariaDB may keep in memory: 1 GiB. */
const MEMORY = 1024 * 1024 * 1024;
const READINGS = 100;

const SURNAMES: readonly (readonly [string, string])[] = [
  ...([
    ['韦', 'w'],
    ['覃', 'q'],
    ['廖', 'l'],
    ['黄', 'h'],
    ['李', 'l'],
    ['杨', 'y'],
  ] as const),
  ...([
    ['吴', 'w'],
    ['潘', 'p'],
    ['石', 's'],
    ['蒙', 'm'],
    ['侯', 'h'],
    ['余', 'y'],
  ] as const),
];
const GIVEN: readonly (readonly [string, string])[] = [
  ...([
    ['大', 'd'],
    ['秀', 'x'],
    ['小', 'x'],
    ['明', 'm'],
    ['英', 'y'],
    ['强', 'q'],
  ] as const),
  ...([
    ['芳', 'f'],
    ['军', 'j'],
    ['桂', 'g'],
    ['兰', 'l'],
    ['福', 'f'],
    ['生', 's'],
  ] as const),
];
const KINDS = ['OUT_OF_POVERTY', 'OUT_OF_POVERTY', 'OUT_OF_POVERTY', 'UNSTABLE', 'MARGINAL'];

/** The n-th household: repeatable, village after village as lists come in, names and statuses mixed. */
function household(n: number) {
  const village = Math.floor((n * TOWNSHIPS * VILLAGES) / ROWS);
  const township = 100 + Math.floor(village / VILLAGES);
  const region = `450328${township}${200 + (village % VILLAGES)}`;
  const mixed = Math.imul(n, 2_654_435_761) >>> 0;
  const [surname, one] = SURNAMES[mixed % 12] as (typeof SURNAMES)[number];
  const [first, two] = GIVEN[(mixed >>> 4) % 12] as (typeof GIVEN)[number];
  const [second, three] = GIVEN[(mixed >>> 9) % 12] as (typeof GIVEN)[number];
  return {
    id: `H${String(n).padStart(25, '0')}`,
    code: `${region}${String(n).padStart(7, '0')}`,
    region,
    name: surname + first + second,
    initials: one + two + three,
    status: KINDS[(mixed >>> 13) % KINDS.length] as string,
  };
}

async function fill(county: County): Promise<void> {
  for (let from = 0; from < ROWS; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, ROWS - from) }, (_, n) =>
      household(from + n),
    );
    await county.system(async (work) => {
      await work.tx.insertMany(
        'household',
        [
          ...['id', 'code', 'region_code', 'head_member_id', 'registered_on', 'registered_by'],
          ...['version', 'head_name', 'head_initials', 'status_now'],
        ],
        rows.map((row) => [
          ...[row.id, row.code, row.region, `M${row.id.slice(1)}`, '2018-03-01', 'bench', 1],
          ...[row.name, row.initials, row.status],
        ]),
      );
      await work.tx.insertMany(
        'household_member',
        [
          ...['id', 'household_id', 'name', 'relation', 'id_number_sealed', 'id_number_index'],
          ...['current_index', 'id_number_masked', 'birth_date', 'sex', 'initials', 'joined_on'],
        ],
        rows.map((row) => {
          const digest = row.id.slice(1).padStart(64, '0');
          return [
            ...[`M${row.id.slice(1)}`, row.id, row.name, 'HEAD', 'sealed', digest, digest],
            ...['masked', '1978-06-15', 'male', row.initials, '2018-03-01'],
          ];
        }),
      );
    });
  }
}

/** A way of asking: filter, who asks, and the SQL that finds the keys of the row before a page. */
interface Way {
  what: string;
  query: AnyQuery;
  filter: object;
  actor: Actor;
  /** Columns of the order and the condition, to jump to a late page. */
  keys: string;
  from: string;
}

function ways(county: County): Way[] {
  const actor = county.actor({ permissions: ['households.read'] });
  const worker = county.actor({ permissions: ['households.read'], region: '450328110205' });
  const township = county.actor({ permissions: ['households.read'], region: '450328110000' });
  const list = { query: listHouseholds as AnyQuery, actor };
  const place = 'region_code, code';
  return [
    { ...list, what: 'all', filter: {}, keys: place, from: 'household' },
    {
      ...{ ...list, what: 'status', filter: { status: 'MARGINAL' }, keys: place },
      from: "household WHERE status_now = 'MARGINAL'",
    },
    {
      ...{ ...list, what: 'code prefix', filter: { code: '450328' }, keys: 'code' },
      from: 'household',
    },
    {
      ...{ ...list, what: 'name prefix', filter: { name: '韦' }, keys: 'head_name, id' },
      from: "household WHERE head_name >= '韦' AND head_name < '韧'",
    },
    {
      ...{ ...list, what: 'initials', filter: { initials: 'wd' }, keys: 'head_initials, id' },
      from: "household WHERE head_initials >= 'wd' AND head_initials < 'we'",
    },
    {
      ...{ ...list, what: 'township, name', filter: { name: '韦' }, actor: township, keys: place },
      from: "household WHERE region_code >= '450328110' AND region_code < '450328111' AND head_name >= '韦' AND head_name < '韧'",
    },
    {
      ...{ ...list, what: 'village', filter: {}, actor: worker, keys: place },
      from: "household WHERE region_code = '450328110205'",
    },
    {
      ...{ query: listMembers, actor, what: 'people by name', filter: { name: '覃' } },
      ...{ keys: 'name, id', from: "household_member WHERE name >= '覃' AND name < '觉'" },
    },
    {
      ...{ query: listMembers, actor, what: 'people by initials', filter: { initials: 'qd' } },
      ...{
        keys: 'initials, id',
        from: "household_member WHERE initials >= 'qd' AND initials < 'qe'",
      },
    },
  ];
}

/** The mark after the row with this number of the way's order, null when there are fewer. */
async function markAt(county: County, way: Way, rows: number): Promise<string | null> {
  if (rows === 0) return '';
  const row = await county.platform.db
    .reader()
    .one<object>(
      `SELECT ${way.keys} FROM ${way.from} ORDER BY ${way.keys} LIMIT 1 OFFSET ${rows - 1}`,
    );
  return row && Buffer.from(JSON.stringify(Object.values(row))).toString('base64url');
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

async function printWay(county: County, kind: Kind, way: Way): Promise<void> {
  const platform = { ...county.platform, checkAnswers: false };
  for (const page of [1, 1000, 49_990]) {
    const after = await markAt(county, way, (page - 1) * 20);
    if (after === null) continue;
    const input = { ...way.filter, size: 20, ...(after && { after }) };
    const sql = county.platform.db.reader();
    const pages: number[] = [];
    const keys: number[] = [];
    for (let n = 0; n < READINGS + 10; n += 1) {
      const page = await timed(() => ask(platform, way.query, way.actor, input));
      // Taken in turns, so that a busy minute of the machine shows in both.
      const key = await timed(() => sql.one(BY_KEY, { id: household(n * 31).id }));
      if (n < 10) continue;
      pages.push(page);
      keys.push(key);
    }
    const name = `${kind}: register of ${ROWS}, ${way.what}, page ${page}`;
    console.log(`${name}: ${spread(pages)} (by primary key ${spread(keys)})`);
  }
}

const BY_KEY = 'SELECT code FROM household WHERE id = :id';

function spread(times: number[]): string {
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.ceil(times.length * part) - 1]?.toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

async function openRegister(kind: Kind): Promise<Bench> {
  const place = newPlace(kind);
  const county = await openCounty(() => openOurs(place));
  const { dataSource } = county.platform.db;
  // The private server of the tests is small; a county's has memory for its register.
  if (kind === 'mariadb') await dataSource.query(`SET GLOBAL innodb_buffer_pool_size = ${MEMORY}`);
  await fill(county);
  if (kind === 'mariadb') await dataSource.query('ANALYZE TABLE household, household_member');
  const asked = ways(county);
  for (const way of asked) await printWay(county, kind, way);
  const platform = { ...county.platform, checkAnswers: false };
  const [all] = asked as [Way];
  const sql = county.platform.db.reader();
  return {
    floor: {
      what: 'a read by primary key',
      run: async (count) => {
        for (let n = 0; n < count; n += 1) {
          await sql.one(BY_KEY, { id: household(n * 31).id });
        }
      },
    },
    ours: {
      what: 'a page of 20 of the register',
      run: async (count) => {
        for (let n = 0; n < count; n += 1) await ask(platform, all.query, all.actor, { size: 20 });
      },
    },
    close: async () => {
      await county.close();
      await place.remove();
    },
  };
}

/** Goal of the register: any page of 20 over a million households under 50 ms (p99) on MariaDB. */
export const registerCases = (kind: Kind): readonly Case[] => [
  { name: `${kind}: register, a page of households`, count: 50, open: () => openRegister(kind) },
];
