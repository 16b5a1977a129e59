/** What of the files is in the table already. */
import type { Sql } from '../platform/db/database';

/** Digests of all rows by id, and the natural keys that are taken. */
export interface Standing {
  byId: ReadonlyMap<string, string>;
  byKey: ReadonlySet<string>;
}

/** Reads ids, digests and natural keys of all rows; some hundreds, without their values. */
export async function standingRows(sql: Sql): Promise<Standing> {
  const rows = await sql.rows<{ id: string; content_digest: string; in_force_key: string | null }>(
    'SELECT id, content_digest, in_force_key FROM policy_row',
  );
  return {
    byId: new Map(rows.map((row) => [row.id, row.content_digest])),
    byKey: new Set(rows.flatMap((row) => (row.in_force_key === null ? [] : [row.in_force_key]))),
  };
}
