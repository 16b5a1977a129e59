/**
 * A new scorecard is tried on the present register before it comes into force: how many households change grade,
 * and by how much the county's lines change. Its confirmation is refused until that has been counted for exactly
 * the content that is confirmed.
 */
import type { Work } from '../platform/work';
import type { ProposedRow } from '../policy';
import { isSimulated } from './card-simulation.store';
import { CreditProblem } from './problems';
import type { Scorecard } from './scorecard';

/** @throws Problem credit.card-not-simulated */
export async function requireSimulation(work: Work, row: ProposedRow<Scorecard>): Promise<void> {
  if (await isSimulated(work.tx, row)) return;
  throw CreditProblem.cardNotSimulated({ extra: { contentDigest: row.contentDigest } });
}
