/** What the write pipeline costs above a bare commit to the same kind of SQLite file. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { migrations } from '../migrations';
import { openDatabase } from '../src/platform/db/database';
import { type County, openCounty, PLACES } from '../test/support/county';
import { addToCounter, makeCounter } from '../test/support/toys';
import type { Bench, Case, Side } from './harness';

/** On the disk of the checkout: a temporary folder in memory would make every commit look free. */
function newFolder(): string {
  const parent = path.resolve(__dirname, '../data');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(path.join(parent, 'bench-'));
}

/** One row read and written in one transaction, by the driver alone, with the service's own safety. */
function bareCommits(file: string): Side & { close(): void } {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER) STRICT');
  db.exec("INSERT INTO counter VALUES ('one', 0)");
  const read = db.prepare("SELECT value FROM counter WHERE name = 'one'");
  const write = db.prepare("UPDATE counter SET value = value + 1 WHERE name = 'one'");
  const once = db.transaction(() => {
    read.get();
    write.run();
  });
  const run = async (count: number) => {
    for (let n = 0; n < count; n += 1) once.immediate();
  };
  return { what: 'bare commit', run, close: () => db.close() };
}

async function openActs(folder: string): Promise<{ county: County; act: () => Promise<unknown> }> {
  const county = await openCounty(async () => {
    const db = await openDatabase({
      url: `sqlite:${path.join(folder, 'ours.db')}`,
      entities: [],
      migrations,
    });
    await db.migrate();
    return db;
  });
  const maker = county.actor({ permissions: ['toys.make'] });
  const adder = county.actor({ permissions: ['toys.add'] });
  await county.do(maker, makeCounter, { name: 'one', region: PLACES.county });
  const act = () => county.do(adder, addToCounter, { name: 'one', amount: '0.01' });
  return { county, act };
}

/** Opens floor and ours side by side; `inFlight` acts are asked for at a time. */
async function open(inFlight: number): Promise<Bench> {
  const folder = newFolder();
  const floor = bareCommits(path.join(folder, 'floor.db'));
  const { county, act } = await openActs(folder);
  const run = async (count: number) => {
    for (let done = 0; done < count; done += inFlight) {
      await Promise.all(Array.from({ length: Math.min(inFlight, count - done) }, act));
    }
  };
  return {
    floor,
    ours: { what: 'act', run },
    close: async () => {
      floor.close();
      await county.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An act through permission, shape, key, audit and answer, against the commit it cannot do without. */
export const actCases: readonly Case[] = [
  { name: 'sqlite: an act against a bare commit', count: 200, open: () => open(1) },
  { name: 'sqlite: acts, 20 at a time, against bare commits', count: 200, open: () => open(20) },
];
