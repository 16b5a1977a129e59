/** What the product and the reference rates of the signing day allow a contract. */
import { productTerms } from '../applications';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Ppm } from '../platform/rate';
import { benchmarkOn, lprOn } from '../policy';
import { P } from './problems';
import { type References, rateCapFor } from './rate-cap';

/** The cap for a term and the policy rows from which it was taken. */
export interface ContractTerms {
  rateCapPpm: Ppm;
  rowId: string;
  referenceRowIds: string[];
}

/**
 * Reads the rate cap of a product for a term on the signing day. A reference rate is asked for only when the
 * product names it: before 2019-08-20 there was no LPR, and asking would be an error.
 * @throws Problem loans.term-without-cap; policy.no-row-in-force when no product may be signed on the day.
 */
export async function contractTerms(
  sql: Sql,
  productCode: string,
  place: { region: string; date: BusinessDate },
  termMonths: number,
): Promise<ContractTerms> {
  const product = await productTerms(sql, productCode, place);
  const references: { -readonly [K in keyof References]: References[K] } = {};
  const referenceRowIds: string[] = [];
  for (const { basis } of product.value.rateCaps) {
    const row = basis === 'LPR' ? await lprOn(sql, place.date) : await benchmarkOn(sql, place.date);
    references[basis] = { ...row.value };
    referenceRowIds.push(row.rowId);
  }
  const rateCapPpm = rateCapFor(product.value.rateCaps, termMonths, references);
  if (rateCapPpm === null) throw P.termWithoutCap({ detail: `${termMonths} 个月` });
  return { rateCapPpm, rowId: product.rowId, referenceRowIds };
}
