/**
 * The products of the trade and their permitted uses, as dated policy rows. They belong to the loans above,
 * but an application is measured by them first, so they are declared here and the loans read them from here.
 * A loan keeps the row of the day on which it was signed; an application is asked again at every gate.
 */
import { HOUSEHOLD_KINDS, type HouseholdKind } from '../households';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Fen } from '../platform/money';
import { Joi } from '../platform/shape';
import { defineParameter, policyAsOf } from '../policy';
import { P } from './problems';

/** A use that a product forbids. */
export interface ForbiddenUse {
  code: string;
  name: string;
}

/** What a product allows; the value of `loans.product.*`. */
export interface ProductTerms {
  code: string;
  name: string;
  /** Largest amount of a first loan; with top-ups; the parts that are subsidised and covered by the fund. */
  ceilingFen: Fen;
  topUpCeilingFen: Fen;
  subsidisedCeilingFen: Fen;
  coveredCeilingFen: Fen;
  termMonthsMax: number;
  /** The reference rates that cap the rate; `rateField` is the field of that parameter's value, in ppm. */
  rateCaps: {
    basis: 'BENCHMARK' | 'LPR';
    parameter: 'rates.benchmark' | 'rates.lpr';
    bands: { termMonthsMax: number; rateField: string }[];
  }[];
  fixedRateForTerm: boolean;
  /** Full years of age on the day, both inclusive. */
  ageMin: number;
  ageMax: number;
  /** Older than this at maturity: a warning, no bar. */
  ageMaxAtMaturityWarn: number;
  householdKinds: HouseholdKind[];
  collateralAllowed: boolean;
  feesAllowed: boolean;
  settlement: 'QUARTERLY_INTEREST_BULLET';
  oneRunningLoanPerHousehold: boolean;
  renewalTimesMax: number;
  extensionTimesMax: number;
  forbiddenUses: ForbiddenUse[];
}

/** The permitted uses; the value of `loans.uses`. */
export interface LoanUses {
  categories: { code: string; name: string }[];
  uses: { code: string; name: string; category: string; countyIndustry: boolean }[];
}

const whole = () => Joi.number().integer().min(0).required();
const named = Joi.object({ code: Joi.string().required(), name: Joi.string().required() });

const productSchema = Joi.object<ProductTerms>({
  code: Joi.string().required(),
  name: Joi.string().required(),
  ceilingFen: whole().min(1),
  topUpCeilingFen: whole().min(Joi.ref('ceilingFen')),
  subsidisedCeilingFen: whole(),
  coveredCeilingFen: whole(),
  termMonthsMax: whole().min(1),
  rateCaps: Joi.array()
    .items(
      Joi.object({
        basis: Joi.string().valid('BENCHMARK', 'LPR').required(),
        parameter: Joi.string().valid('rates.benchmark', 'rates.lpr').required(),
        bands: Joi.array()
          .items(Joi.object({ termMonthsMax: whole().min(1), rateField: Joi.string().required() }))
          .min(1)
          .required(),
      }),
    )
    .min(1)
    .required(),
  fixedRateForTerm: Joi.boolean().required(),
  ageMin: whole(),
  ageMax: whole().min(Joi.ref('ageMin')),
  ageMaxAtMaturityWarn: whole(),
  householdKinds: Joi.array()
    .items(Joi.string().valid(...HOUSEHOLD_KINDS))
    .min(1)
    .unique()
    .required(),
  collateralAllowed: Joi.boolean().required(),
  feesAllowed: Joi.boolean().required(),
  settlement: Joi.string().valid('QUARTERLY_INTEREST_BULLET').required(),
  // The database holds a household to one running loan, so a row that says otherwise is not taken.
  oneRunningLoanPerHousehold: Joi.boolean().valid(true).required(),
  renewalTimesMax: whole(),
  extensionTimesMax: whole(),
  forbiddenUses: Joi.array().items(named).unique('code').required(),
});

const usesSchema = Joi.object<LoanUses>({
  categories: Joi.array().items(named).min(1).unique('code').required(),
  uses: Joi.array()
    .items(
      Joi.object({
        code: Joi.string().required(),
        name: Joi.string().required(),
        category: Joi.string().required(),
        countyIndustry: Joi.boolean().required(),
      }),
    )
    .min(1)
    .unique('code')
    .required(),
});

/** The three generations of the product: signed to 2020, to 2025, and from 2026. */
export const PRODUCT_CODES = ['FPXD', 'TPXD', 'BFXD'] as const;
export type ProductCode = (typeof PRODUCT_CODES)[number];

const products = {
  FPXD: defineParameter<ProductTerms>({
    key: 'loans.product.FPXD',
    title: '扶贫小额信贷',
    schema: productSchema,
  }),
  TPXD: defineParameter<ProductTerms>({
    key: 'loans.product.TPXD',
    title: '脱贫人口小额信贷',
    schema: productSchema,
  }),
  BFXD: defineParameter<ProductTerms>({
    key: 'loans.product.BFXD',
    title: '帮扶小额信贷',
    schema: productSchema,
  }),
} as const;

/** The permitted uses, by county. */
export const loanUses = defineParameter<LoanUses>({
  key: 'loans.uses',
  title: '允许的贷款用途',
  schema: usesSchema,
});

/** Where and when a rule is asked for. */
export interface AsOf {
  region: string;
  date: BusinessDate;
}

function isProduct(code: string): code is ProductCode {
  return (PRODUCT_CODES as readonly string[]).includes(code);
}

/**
 * The terms of a product in force for a place on a date, with the row they stand in.
 * @throws Problem applications.product-unknown, policy.no-row-in-force
 */
export function productTerms(sql: Sql, code: string, asOf: AsOf) {
  if (!isProduct(code)) throw P.productUnknown({ detail: code });
  return policyAsOf(sql, products[code], asOf);
}

/** The permitted uses in force for a place on a date. @throws Problem policy.no-row-in-force */
export function usesOn(sql: Sql, asOf: AsOf) {
  return policyAsOf(sql, loanUses, asOf);
}
