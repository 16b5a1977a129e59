/** Verifying the audit, against hashing the same texts once and doing nothing else. */
import { CONTENT_COLUMNS, type EntryContent } from '../src/platform/audit/append';
import { sealWaiting } from '../src/platform/audit/sealer';
import { verifyAudit } from '../src/platform/audit/verify';
import { canonical } from '../src/platform/crypto/canonical';
import { sm3Hex } from '../src/platform/crypto/digest';
import { openCounty, PLACES } from '../test/support/county';
import { addToCounter, makeCounter } from '../test/support/toys';
import type { Bench, Case } from './harness';
import { type Kind, newPlace, openOurs } from './places';

const ENTRIES = 1000;

async function open(kind: Kind): Promise<Bench> {
  const place = newPlace(kind);
  const county = await openCounty(() => openOurs(place));
  const maker = county.actor({ permissions: ['toys.make'] });
  const adder = county.actor({ permissions: ['toys.add'] });
  await county.do(maker, makeCounter, { name: 'one', region: PLACES.county });
  for (let n = 1; n < ENTRIES; n += 1) {
    await county.do(adder, addToCounter, { name: 'one', amount: '0.01' });
  }
  await sealWaiting(county.platform, 'bench');
  const sql = county.platform.db.reader();
  const { mac } = county.platform.crypto;
  const entries = await sql.rows<EntryContent>(
    `SELECT ${CONTENT_COLUMNS.join(', ')} FROM audit_entry`,
  );
  const texts = entries.map((entry) => canonical(entry));
  return {
    floor: {
      what: 'SM3',
      run: async () => {
        for (const text of texts) sm3Hex(text);
      },
    },
    ours: {
      what: 'verified entry',
      run: async (count) => {
        const found = await verifyAudit(sql, { mac });
        if (!found.ok || found.entries !== count) throw new Error(JSON.stringify(found));
      },
    },
    close: async () => {
      await county.close();
      await place.remove();
    },
  };
}

/** Goal P12: 100,000 records a second, 0.010 ms each. */
export const auditCases = (kind: Kind): readonly Case[] => [
  { name: `${kind}: verifying the audit against SM3`, count: ENTRIES, open: () => open(kind) },
];
