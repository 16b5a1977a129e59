/** What a row says, and the digest that an approval is bound to. Pure. */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import type { RowFrame } from './parameter';

/** Where a row came from and how far it is. */
export type RowOrigin = 'file' | 'act';
export type RowState = 'proposed' | 'in-force' | 'rejected';

/** The content of a row: everything that an approver reads, in the words of a parameter file. */
export interface RowContent extends RowFrame {
  parameter: string;
  /** The document, its article and date. */
  source: string;
  /** Not yet fixed by a document for that place: 暂定. */
  provisional: boolean;
  value: unknown;
}

/** SM3 over the content in canonical form; anybody can repeat it over a parameter file. */
export function contentDigest(content: RowContent): string {
  const { parameter, region, effectiveFrom, effectiveTo, source, provisional, value } = content;
  return sm3Hex(
    canonical({ parameter, region, effectiveFrom, effectiveTo, source, provisional, value }),
  );
}

/** The natural key of a row in force: one parameter, one region, one first day. */
export function inForceKey(
  row: Pick<RowContent, 'parameter' | 'region' | 'effectiveFrom'>,
): string {
  return `${row.parameter}/${row.region}/${row.effectiveFrom}`;
}
