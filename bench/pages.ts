/** The last pages of long lists against their first: with keysets the one costs what the other does. */
import { findEntries } from '../src/inspection/trail.queries';
import { listLoans } from '../src/loans/loans.queries';
import { CONTENT_COLUMNS } from '../src/platform/audit/append';
import type { Actor } from '../src/platform/authority';
import type { AnyQuery } from '../src/platform/http/routes';
import { ask } from '../src/platform/query';
import { type County, openCounty, PLACES } from '../test/support/county';
import type { Bench, Case, Side } from './harness';
import { openBookOf } from './loans';
import { type Kind, newPlace, openOurs, type Place } from './places';

const ROWS = 20_000;
/** Rows that come after the deep page. */
const LEFT = 100;

/** The mark of a page that begins after the row with these keys. */
const markOf = (...keys: (string | number)[]) =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

function reading(county: County, actor: Actor, query: AnyQuery, after?: string): Side {
  const platform = { ...county.platform, checkAnswers: false };
  const run = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const { items } = (await ask(platform, query, actor, { size: 20, after })) as {
        items: object[];
      };
      if (items.length !== 20) throw new Error(`A page of ${items.length}`);
    }
  };
  return { what: after === undefined ? 'first page' : `page ${(ROWS - LEFT) / 20}`, run };
}

async function fillTrail(place: Place): Promise<County> {
  const county = await openCounty(() => openOurs(place));
  const entry = (id: string, at: number) => ({
    ...{ id, at, actor_id: 'somebody', actor_name: '某人', act: 'loans.repay', title: '登记还款' },
    ...{ outcome: 'done', problem: null, subject_kind: 'loan', subject_id: id, org_id: null },
    ...{ region_code: PLACES.county, request_id: 'bench', before_digest: null, after_digest: null },
    ...{ body: '{"answer":null,"input":null}', leaf: '0'.repeat(64), mac: '0'.repeat(64) },
  });
  const columns = [...CONTENT_COLUMNS, 'leaf', 'mac'] as const;
  for (let from = 0; from < ROWS; from += 1000) {
    await county.system((work) => {
      const rows = Array.from({ length: 1000 }, (_, n) => entry(work.newId(), work.now + from + n));
      const values = rows.map((row) => columns.map((column) => row[column]));
      return work.tx.insertMany('audit_entry', columns, values);
    });
  }
  return county;
}

async function openTrail(kind: Kind): Promise<Bench> {
  const place = newPlace(kind);
  const county = await fillTrail(place);
  const inspector = county.actor({ permissions: [findEntries.permission] });
  const [row] = await county.platform.db
    .reader()
    .rows<{ at: number; id: string }>(
      `SELECT at, id FROM audit_entry ORDER BY at, id LIMIT 1 OFFSET ${LEFT}`,
    );
  return sides(county, place, inspector, findEntries, markOf(row!.at, row!.id));
}

async function openLoans(kind: Kind): Promise<Bench> {
  const place = newPlace(kind);
  const county = await openBookOf(place, ROWS);
  const [row] = await county.platform.db
    .reader()
    .rows<{ id: string }>(`SELECT id FROM loan ORDER BY id LIMIT 1 OFFSET ${LEFT}`);
  const officer = county.actor({ permissions: [listLoans.permission] });
  return sides(county, place, officer, listLoans, markOf(row!.id));
}

function sides(county: County, place: Place, actor: Actor, query: AnyQuery, after: string): Bench {
  return {
    floor: reading(county, actor, query),
    ours: reading(county, actor, query, after),
    close: async () => {
      await county.close();
      await place.remove();
    },
  };
}

/** Goal P8: page 50,000 no slower than 1.5 × page 1. */
export const pageCases = (kind: Kind): readonly Case[] => [
  {
    name: `${kind}: a late page of the trail against its first`,
    count: 20,
    open: () => openTrail(kind),
  },
  {
    name: `${kind}: a late page of the loans against its first`,
    count: 10,
    open: () => openLoans(kind),
  },
];
