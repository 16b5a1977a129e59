/** What the acts on a round, or on a part of it, have in common: where it stands, and that it is open. */
import { regionCovers } from '../platform/authority';
import { idField, regionField } from '../platform/shape';
import type { Work } from '../platform/work';
import { CreditProblem } from './problems';
import { partOf } from './round';
import type { RatingRound } from './round.entity';
import { RoundStore } from './round.store';

/** A round and, where only that is meant, a township or village of it. */
export interface RoundPart {
  roundId: string;
  region?: string;
}

export const partFields = {
  roundId: idField('评级轮次编号'),
  region: regionField('只办本轮中的此乡镇或村').optional(),
};

/** Where the part of a round stands. @throws Problem credit.round-absent, round-part */
export async function locatePart(work: Work, input: RoundPart) {
  const round = await new RoundStore(work).get(input.roundId);
  const { region: own } = work.actor;
  const near = regionCovers(own, round.regionCode) || regionCovers(round.regionCode, own);
  // Elsewhere a wrong part must not tell that there is such a round: the pipeline answers as for an absent one.
  if (!near) return { region: round.regionCode, round };
  return { region: partOf(round.regionCode, input.region), round };
}

/** @throws Problem credit.round-closed */
export function requireRoundOpen(round: RatingRound): void {
  if (round.state !== 'open') throw CreditProblem.roundClosed();
}
