/**
 * A round of 100,000 files computed in one run, against a bare INSERT … SELECT of the very rows of rating and content
 * that it made, as many to a transaction. Prints households a second, the most memory that the process held, and
 * whether a sample of 1,000 is what one by one gives. BENCH_FILES makes a smaller try.
 */

import { creditTasks, useEvidence } from '../src/credit';
import { compute } from '../src/credit/compute';
import { computeRound } from '../src/credit/compute-round';
import { loadReferenceRegions } from '../src/identity';
import { lendersOf, overdueHouseholds, repaymentRecords, usedOf } from '../src/loans';
import type { Actor } from '../src/platform/authority';
import { TaskRunner } from '../src/platform/jobs/task-runner';
import { loadPolicyFiles } from '../src/policy';
import { fileId, fillRound, ROUND } from '../test/credit/many-files';
import { type County, openCounty } from '../test/support/county';
import type { Bench, Case } from './harness';
import { type Kind, newPlace, openOurs } from './places';

const FILES = Number(process.env.BENCH_FILES ?? 100_000);
const SAMPLE = Math.min(1000, FILES);
/** Files to a transaction, in the task as in the floor. */
const CHUNK = 500;
const MEMORY = 1024 * 1024 * 1024;
const TABLES = ['rating', 'rating_content'] as const;

async function openRating(kind: Kind): Promise<Bench> {
  const place = newPlace(kind);
  const opened = await openCounty(() => openOurs(place));
  const county = { ...opened, platform: { ...opened.platform, checkAnswers: false } };
  const { dataSource } = county.platform.db;
  if (kind === 'mariadb') await dataSource.query(`SET GLOBAL innodb_buffer_pool_size = ${MEMORY}`);
  await loadReferenceRegions(county.platform);
  await loadPolicyFiles(county.platform, { parameters: ['credit.scorecard'] });
  useEvidence({ repaymentRecords, usedOf, lendersOf, overdueHouseholds });
  await fillRound(county, FILES);
  const permissions = ['credit.compute'];
  const collector = county.actor({ permissions, name: '乡镇经办' });
  const alone = await oneByOne(county, collector);
  return {
    ours: { what: 'computed', run: () => computeAll(county, kind, collector, alone) },
    floor: { what: 'copied', run: () => copyAll(county, kind) },
    close: async () => {
      await county.close();
      await place.remove();
    },
  };
}

/** Digests of the content that each file of the sample gives when it is computed alone, rolled back. */
async function oneByOne(county: County, actor: Actor): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (let n = 0; n < SAMPLE; n += 1) {
    const caseId = fileId(n * Math.floor(FILES / SAMPLE));
    const input = { caseId, version: 1 };
    const { contentDigest } = await county.do(actor, compute, input, { dryRun: true });
    digests.set(caseId, contentDigest);
  }
  return digests;
}

async function computeAll(
  county: County,
  kind: Kind,
  actor: Actor,
  alone: ReadonlyMap<string, string>,
): Promise<void> {
  await county.do(actor, computeRound, { roundId: ROUND });
  county.clock.stepMs(1);
  const runner = new TaskRunner(county.platform, creditTasks, { holder: 'bench' });
  const before = process.memoryUsage.rss();
  let most = before;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const looking = setInterval(look, 50);
  const started = performance.now();
  await runner.runWaiting();
  const seconds = (performance.now() - started) / 1000;
  clearInterval(looking);
  look();
  const rows = await county.platform.db
    .reader()
    .rows<{ caseId: string; digest: string }>(
      'SELECT case_id AS caseId, content_digest AS digest FROM rating WHERE case_id IN (:ids)',
      { ids: [...alone.keys()] },
    );
  const same = rows.filter((row) => alone.get(row.caseId) === row.digest).length;
  const speed = Math.round(FILES / seconds);
  console.log(
    `${kind}: rating of ${FILES} households in ${seconds.toFixed(1)} s: ${speed} a second, ${megabytes(before)} MB before, ${megabytes(most)} MB at most; ${same} of ${SAMPLE} as one by one`,
  );
  if (same !== SAMPLE) throw new Error('A round does not give what one by one gives');
}

const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576);

/** Copies the rows of both tables into tables of the same form, a transaction for as many files as ours. */
async function copyAll(county: County, kind: Kind): Promise<void> {
  const { dataSource, reader } = county.platform.db;
  for (const table of TABLES) {
    for (const sql of await copyOf(county, kind, table)) await dataSource.query(sql);
  }
  const sql = reader.call(county.platform.db);
  for (let from = ''; ; ) {
    const last = await sql.one<{ id: string }>(
      `SELECT MAX(x.id) AS id FROM (SELECT id FROM rating WHERE id > :from ORDER BY id LIMIT ${CHUNK}) x`,
      { from },
    );
    const until = last?.id ?? null;
    if (until === null) return;
    await county.system(async ({ tx }) => {
      for (const table of TABLES) {
        const id = table === 'rating' ? 'id' : 'rating_id';
        await tx.exec(
          `INSERT INTO bare_${table} SELECT * FROM ${table} WHERE ${id} > :from AND ${id} <= :until`,
          { from, until },
        );
      }
    });
    from = until;
  }
}

/** The statements that make an empty table of the same form, indexes included. */
async function copyOf(county: County, kind: Kind, table: string): Promise<string[]> {
  if (kind === 'mariadb') return [`CREATE TABLE bare_${table} LIKE ${table}`];
  const { dataSource } = county.platform.db;
  const rows: { sql: string }[] = await dataSource.query(
    `SELECT sql FROM sqlite_schema WHERE tbl_name = '${table}' AND type IN ('table', 'index')
        AND sql IS NOT NULL ORDER BY type DESC`,
  );
  return rows.map(({ sql }) =>
    sql
      .replace(new RegExp(`^CREATE TABLE ${table}\\b`), `CREATE TABLE bare_${table}`)
      .replace(/^CREATE INDEX (\w+) ON (\w+)/, 'CREATE INDEX bare_$1 ON bare_$2'),
  );
}

export const ratingCases = (kind: Kind): readonly Case[] => [
  {
    name: `${kind}: rating ${FILES} households in a round`,
    count: FILES,
    once: true,
    open: () => openRating(kind),
  },
];
