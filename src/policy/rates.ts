/**
 * Published interest rates: the central bank's benchmark rates (人民银行贷款基准利率), the cap of the loans of
 * the poverty-alleviation years, and the loan prime rate (LPR) since 2019-08-20. They hold for the whole country.
 */
import { NATIONAL } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Ppm } from '../platform/rate';
import { Joi } from '../platform/shape';
import { defineParameter } from './parameter';
import { type InForce, policyAsOf } from './policy.queries';

/** Benchmark rates a year, in ppm, by the term of the loan. */
export interface BenchmarkRates {
  /** One year or less. */
  upTo1yPpm: Ppm;
  /** More than one year, to five years. */
  from1To5yPpm: Ppm;
}

/** Loan prime rates a year, in ppm. */
export interface LprRates {
  lpr1yPpm: Ppm;
  /** More than five years. */
  lpr5yPpm: Ppm;
}

/** No published rate of these kinds has ever been beyond 20 %: more is a slip of the comma. */
const ratePpm = () => Joi.number().integer().min(1).max(200_000).required();

export const benchmarkRates = defineParameter<BenchmarkRates>({
  key: 'rates.benchmark',
  title: '人民银行贷款基准利率',
  schema: Joi.object<BenchmarkRates>({ upTo1yPpm: ratePpm(), from1To5yPpm: ratePpm() }),
});

export const lprRates = defineParameter<LprRates>({
  key: 'rates.lpr',
  title: '贷款市场报价利率(LPR)',
  schema: Joi.object<LprRates>({ lpr1yPpm: ratePpm(), lpr5yPpm: ratePpm() }),
});

/** The benchmark rates on a date. @throws Problem policy.no-row-in-force, before the first row too. */
export function benchmarkOn(sql: Sql, date: BusinessDate): Promise<InForce<BenchmarkRates>> {
  return policyAsOf(sql, benchmarkRates, { region: NATIONAL, date });
}

/** The loan prime rates on a date. @throws Problem policy.no-row-in-force, before 2019-08-20 too. */
export function lprOn(sql: Sql, date: BusinessDate): Promise<InForce<LprRates>> {
  return policyAsOf(sql, lprRates, { region: NATIONAL, date });
}
