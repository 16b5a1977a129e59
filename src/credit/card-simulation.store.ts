/** What the trial of a scorecard saves, and what the confirmation of one asks. */
import type { Sql } from '../platform/db/database';
import { countRows, insertRow } from '../platform/db/store';
import type { Work } from '../platform/work';
import { CardSimulation } from './card-simulation.entity';

/** Whether a trial of this row with exactly this content is finished. */
export async function isSimulated(
  sql: Sql,
  row: { id: string; contentDigest: string },
): Promise<boolean> {
  const { id: policyRowId, contentDigest } = row;
  return (await countRows(sql, CardSimulation, { policyRowId, contentDigest })) > 0;
}

/** Keeps a finished trial. */
export function keepSimulation(work: Work, row: CardSimulation): Promise<void> {
  return insertRow(work.tx, CardSimulation, row);
}
