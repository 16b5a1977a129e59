/** What the write pipeline costs above a bare commit to the same kind of database. */
import { type County, openCounty, PLACES } from '../test/support/county';
import { addToCounter, makeCounter } from '../test/support/toys';
import type { Bench, Case } from './harness';
import { type Kind, newPlace, openBare, openOurs, type Place } from './places';

/** One row read and written in one transaction, by the driver alone, with the service's own safety. */
async function bareCommits(place: Place) {
  const bare = await openBare(place, [
    'CREATE TABLE counter (name VARCHAR(10) PRIMARY KEY, value BIGINT NOT NULL)',
    "INSERT INTO counter VALUES ('one', 0)",
  ]);
  const once = () =>
    bare.transaction([
      ['SELECT value FROM counter WHERE name = ?', ['one']],
      ['UPDATE counter SET value = value + 1 WHERE name = ?', ['one']],
    ]);
  const run = async (count: number) => {
    for (let n = 0; n < count; n += 1) await once();
  };
  return { what: 'bare commit', run, close: bare.close };
}

async function openActs(place: Place): Promise<{ county: County; act: () => Promise<unknown> }> {
  const county = await openCounty(() => openOurs(place));
  const maker = county.actor({ permissions: ['toys.make'] });
  const adder = county.actor({ permissions: ['toys.add'] });
  await county.do(maker, makeCounter, { name: 'one', region: PLACES.county });
  const act = () => county.do(adder, addToCounter, { name: 'one', amount: '0.01' });
  return { county, act };
}

/** Opens floor and ours side by side; `inFlight` acts are asked for at a time. */
async function open(kind: Kind, inFlight: number): Promise<Bench> {
  const place = newPlace(kind);
  const floor = await bareCommits(place);
  const { county, act } = await openActs(place);
  const run = async (count: number) => {
    for (let done = 0; done < count; done += inFlight) {
      await Promise.all(Array.from({ length: Math.min(inFlight, count - done) }, act));
    }
  };
  return {
    floor,
    ours: { what: 'act', run },
    close: async () => {
      await floor.close();
      await county.close();
      await place.remove();
    },
  };
}

/** An act through permission, shape, key, audit and answer, against the commit it cannot do without. */
export const actCases = (kind: Kind): readonly Case[] => [
  { name: `${kind}: an act against a bare commit`, count: 200, open: () => open(kind, 1) },
  {
    name: `${kind}: acts, 20 at a time, against bare commits`,
    count: 200,
    open: () => open(kind, 20),
  },
];
