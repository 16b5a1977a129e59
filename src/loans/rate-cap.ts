/**
 * The highest rate a contract may have. The product of the signing day names the reference rates that may be
 * used (the PBoC benchmark, from 2019-08-20 to 2020 either that or the LPR, then the LPR: 国开办发〔2014〕78号,
 * 银保监发〔2019〕24号, 〔2021〕6号); the term picks the band. Where two references are allowed the contract may use
 * either, so the higher one is the cap.
 */
import { check } from '../platform/check';
import { type Ppm, ppm } from '../platform/rate';

/** A reference rate with its bands by term. */
export interface RateCap {
  basis: 'BENCHMARK' | 'LPR';
  /** Ascending; the first band whose limit is not below the term holds. */
  bands: readonly { termMonthsMax: number; rateField: string }[];
}

/** The figures of the references on the signing day, each as its policy row holds them. */
export type References = Readonly<
  Partial<Record<RateCap['basis'], Readonly<Record<string, number>>>>
>;

/** The cap for a term, in ppm, or null when no band covers the term. */
export function rateCapFor(
  caps: readonly RateCap[],
  termMonths: number,
  references: References,
): Ppm | null {
  let highest: Ppm | null = null;
  for (const { basis, bands } of caps) {
    const band = bands.find(({ termMonthsMax }) => termMonths <= termMonthsMax);
    if (!band) continue;
    const rate = references[basis]?.[band.rateField];
    check(rate !== undefined, `The reference rate ${basis} has no field ${band.rateField}.`);
    if (highest === null || rate > highest) highest = ppm(rate);
  }
  return highest;
}
