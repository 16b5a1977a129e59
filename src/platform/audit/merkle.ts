/**
 * The arithmetic of the seals: a Merkle root over a batch of leaves, and the hash that chains one seal to the
 * one before. Leaves and inner nodes are hashed under different marks (as RFC 6962 does), so that a node cannot
 * pass for a leaf.
 */
import { sm3Hex } from '../crypto/digest';

/** The root over leaves (hex digests) in order. An odd node at the end of a row moves up unchanged. */
export function merkleRoot(leaves: readonly string[]): string {
  let row = leaves.map((leaf) => sm3Hex(`0:${leaf}`));
  while (row.length > 1) {
    const above: string[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const [left, right] = [row[at]!, row[at + 1]];
      above.push(right === undefined ? left : sm3Hex(`1:${left}:${right}`));
    }
    row = above;
  }
  return row[0] ?? sm3Hex('empty');
}

/** What a seal binds. `previous` is the hash of seal n − 1, or 64 zeros for the first. */
export interface SealContent {
  n: number;
  count: number;
  root: string;
  previous: string;
  at: number;
}

export const NO_SEAL = '0'.repeat(64);

/** The hash of a seal: the head of the whole record once this seal is the newest. */
export function sealHash(seal: SealContent): string {
  return sm3Hex(`seal:${seal.n}:${seal.count}:${seal.root}:${seal.previous}:${seal.at}`);
}
