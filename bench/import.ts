/**
 * Lists imported from upload to applied (read, compared, confirmed, written, audited) against the bare insert of the
 * rows that remain of them, a hundred households in a transaction. What a list of 100,000 rows takes of memory is
 * tested in test/faults/big-import.test.ts.
 */
import { type SampleRow, sampleCells, sampleRegister } from '../src/demo';
import { LIST_COLUMNS } from '../src/households';
import { loadReferenceRegions } from '../src/identity';
import { writeSheet } from '../src/platform/sheets/write-sheet';
import { imported, importer } from '../test/households/lists';
import { openCounty } from '../test/support/county';
import type { Bench, Case } from './harness';
import { type Kind, newPlace, openBare, openOurs, type Statement } from './places';

/** Households on the sample list from which the turns take theirs, one after the other. */
const SAMPLE = 100_000;
const TRANSACTION = 100;

/** Rows as long as ours: `texts` columns of the length of an envelope, digest or name. */
const FLOOR = {
  household: [26, 16, 12, 26, 10, 26, 6, 20],
  member: [26, 26, 9, 8, 120, 64, 64, 18, 10, 6, 10],
  period: [26, 26, 20, 10, 26, 30, 26],
  traits: [26, 26, 10, 10, 10, 10, 26, 30, 26],
  edit: [26, 26, 12, 40, 40, 26, 20, 12, 26, 10],
} as const;

const tables = Object.entries(FLOOR).map(([table, columns]) => {
  const list = columns.map((_, at) => `c${at} VARCHAR(200) NOT NULL`).join(', ');
  return `CREATE TABLE ${table} (${list}, PRIMARY KEY (c0))`;
});

let made = 0;

function rowOf(table: keyof typeof FLOOR): Statement {
  made += 1;
  const id = String(made).padStart(26, '0');
  const values = FLOOR[table].map((length, at) => (at === 0 ? id : 'x'.repeat(length)));
  return [`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`, values];
}

function rowsOfHousehold(members: number): Statement[] {
  const person = Array.from({ length: members }, () => [rowOf('member'), rowOf('traits')]).flat();
  // Status, place and head are periods.
  const periods = [rowOf('period'), rowOf('period'), rowOf('period')];
  return [rowOf('household'), rowOf('edit'), ...periods, ...person];
}

/** Takes whole households from one long list. */
class Sample {
  private readonly rows = sampleRegister({ households: SAMPLE });
  private waiting: SampleRow | undefined;

  take(households: number): SampleRow[] {
    const taken: SampleRow[] = this.waiting ? [this.waiting] : [];
    this.waiting = undefined;
    for (let left = households; ; ) {
      const { value, done } = this.rows.next();
      if (done) throw new Error('The sample list is at its end');
      if (taken.length > 0 && value.code !== taken.at(-1)?.code) left -= 1;
      if (left === 0) {
        this.waiting = value;
        return taken;
      }
      taken.push(value);
    }
  }
}

async function openImport(kind: Kind): Promise<Bench> {
  const place = newPlace(kind);
  const county = await openCounty(() => openOurs(place));
  await loadReferenceRegions(county.platform);
  const bare = await openBare(place, tables);
  const actor = importer(county);
  const [sample, floorSample] = [new Sample(), new Sample()];
  const floor = async (count: number) => {
    const sizes = new Map<string, number>();
    for (const { code = '' } of floorSample.take(count))
      sizes.set(code, (sizes.get(code) ?? 0) + 1);
    const households = [...sizes.values()];
    for (let from = 0; from < households.length; from += TRANSACTION) {
      await bare.transaction(households.slice(from, from + TRANSACTION).flatMap(rowsOfHousehold));
    }
  };
  const ours = async (count: number) => {
    const rows = sample.take(count).map(sampleCells);
    const { appliedCounts } = await imported(
      county,
      actor,
      writeSheet({ sheet: '名单', columns: LIST_COLUMNS }, rows),
    );
    if (appliedCounts?.households.NEW !== count) throw new Error('Not all were imported');
  };
  return {
    floor: { what: 'bare inserts', run: floor },
    ours: { what: 'import', run: ours },
    close: async () => {
      await bare.close();
      await county.close();
      await place.remove();
    },
  };
}

export const importCases = (kind: Kind): readonly Case[] => [
  { name: `${kind}: an imported household`, count: 500, open: () => openImport(kind) },
];
