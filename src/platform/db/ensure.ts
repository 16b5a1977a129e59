/** Making the row that a rule is written on (an owner row, a lease, a counter), where it is not there yet. */
import type { Param, Tx } from './sql';

/**
 * Inserts a row unless one with the same `key` columns is there. It looks first: on MySQL an INSERT that meets its row
 * leaves a shared lock, and two transactions that both hold one before their UPDATE are a deadlock.
 */
export async function ensureRow(
  tx: Tx,
  table: string,
  row: Record<string, Param>,
  key: readonly string[],
): Promise<void> {
  const condition = key.map((column) => `${column} = :${column}`).join(' AND ');
  const params = Object.fromEntries(key.map((column) => [column, row[column] ?? null]));
  const there = await tx.one(`SELECT 1 AS there FROM ${table} WHERE ${condition}`, params);
  if (there) return;
  await tx.exec(tx.dialect.insertOrKeep(table, Object.keys(row), key), row);
}
