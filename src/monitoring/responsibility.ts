/** 包放包收: the people who answer for a loan, with shares that make up the whole. Pure. */
import { type Actor, regionCovers } from '../platform/authority';
import { WHOLE_PPM } from '../platform/rate';
import type { HolderKind } from './use-check-rules';

/** What the shares sum to beyond the whole, in ppm; 0 when they are exactly 100 %. */
export function beyondWhole(shares: readonly { sharePpm: number }[]): number {
  return shares.reduce((sum, { sharePpm }) => sum + sharePpm, 0) - WHOLE_PPM;
}

/** Whether somebody may answer for a loan: people of its bank; those of its township or village where the rules say so. */
export function mayHold(
  person: Actor,
  loan: { bankId: string; regionCode: string },
  holderKinds: readonly HolderKind[],
): boolean {
  const { organisation } = person;
  if (person.kind !== 'person' || !organisation) return false;
  if (!holderKinds.some((kind) => kind === organisation.kind)) return false;
  if (organisation.kind === 'bank') return organisation.rootId === loan.bankId;
  return regionCovers(person.region, loan.regionCode);
}
