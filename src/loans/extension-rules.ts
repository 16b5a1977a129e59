/**
 * How often and how far a maturity may be moved (展期), as a dated rule. Pure but for the declaration of the parameter.
 *
 * Laws: ordinary extensions and those for the epidemic are counted and measured apart; the measure begins at the
 * maturity before the first of its kind, so that several short ones do not come to more than one long one. Length
 * after 贷款通则 (1996), times after the practice on 银保监发〔2021〕6号, epidemic after 国开办发〔2020〕3号 and
 * 银保监发〔2020〕28号 (policy facts §1.4, §1.5, §1.7).
 */
import { check } from '../platform/check';
import { addMonths, type BusinessDate, businessDate, maxDate } from '../platform/dates';
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';

/** Why a household cannot pay on the day. `epidemic` is measured by a rule of its own. */
export const EXTENSION_REASONS = [
  'hardship',
  'disaster',
  'illness',
  'market',
  'epidemic',
  'other',
] as const;
export type ExtensionReason = (typeof EXTENSION_REASONS)[number];

/** What officers call each reason. */
export const EXTENSION_REASON_NAMES: Readonly<Record<ExtensionReason, string>> = {
  hardship: '非主观原因的暂时困难',
  disaster: '自然灾害',
  illness: '伤病',
  market: '市场变化',
  epidemic: '疫情影响',
  other: '其他',
};

/** Loans whose term is at most `termMonthsMax` may be extended by so large a part of their term. */
export interface ExtensionBand {
  termMonthsMax: number;
  extensionNumerator: number;
  extensionDenominator: number;
}

/** What holds for some products. */
export interface ProductExtension {
  productCodes: string[];
  timesMax: number;
  /** Ascending by term. */
  bands: ExtensionBand[];
  /** For terms beyond the last band. */
  longTermMonthsMax: number;
}

/** The rule for households that cannot pay because of the epidemic. */
export interface EpidemicExtension {
  /** Loans that mature on this day or later. */
  maturesFrom: BusinessDate;
  /** The new maturity is at most so many months later, or `untilOn`, whichever is later. */
  months: number;
  untilOn: BusinessDate;
  timesMax: number;
  /** The extension alone does not lower the grade. */
  gradeKept: true;
}

/** The value of `loans.extension`. */
export interface ExtensionRules {
  products: ProductExtension[];
  epidemic: EpidemicExtension | null;
}

const whole = (min: number) => Joi.number().integer().min(min).required();
const day = () =>
  Joi.string()
    .pattern(/^\d{4}-\d{2}-\d{2}$/)
    .custom((text: string) => businessDate(text))
    .required();

/** The rules of a day. */
export const extensionRules = defineParameter<ExtensionRules>({
  key: 'loans.extension',
  title: '展期次数与期限',
  schema: Joi.object<ExtensionRules>({
    products: Joi.array()
      .items(
        Joi.object({
          productCodes: Joi.array().items(Joi.string().max(10)).min(1).unique().required(),
          timesMax: whole(0),
          bands: Joi.array()
            .items(
              Joi.object({
                termMonthsMax: whole(1),
                extensionNumerator: whole(1),
                extensionDenominator: whole(1),
              }),
            )
            .min(1)
            .sort({ by: 'termMonthsMax' })
            .required(),
          longTermMonthsMax: whole(1),
        }),
      )
      .min(1)
      .required(),
    epidemic: Joi.object({
      maturesFrom: day(),
      months: whole(1),
      untilOn: day(),
      timesMax: whole(1),
      gradeKept: Joi.boolean().valid(true).required(),
    })
      .allow(null)
      .required(),
  }),
});

/** A loan that is to be extended, and the extensions it had, in order. */
export interface Extendable {
  productCode: string;
  termMonths: number;
  maturesOn: BusinessDate;
  before: readonly { reasonCode: ExtensionReason; maturesOn: BusinessDate }[];
}

/** How far a loan may be extended: the latest maturity, or why there is none. */
export type Reach =
  | { latest: BusinessDate }
  | { refused: 'no-product' | 'times' | 'no-epidemic' | 'matures-too-early'; detail: string };

/** How far a loan may be extended for a reason. */
export function reachOf(rules: ExtensionRules, loan: Extendable, reason: ExtensionReason): Reach {
  const epidemic = reason === 'epidemic';
  const before = loan.before.filter((one) => (one.reasonCode === 'epidemic') === epidemic);
  // `maturesOn` of an extension is the maturity it moved.
  const from = before[0]?.maturesOn ?? loan.maturesOn;
  const timesUp = (timesMax: number): Reach | null =>
    before.length < timesMax
      ? null
      : { refused: 'times', detail: `已展期 ${before.length} 次，最多 ${timesMax} 次` };
  if (epidemic) {
    const rule = rules.epidemic;
    if (!rule) return { refused: 'no-epidemic', detail: '今日没有有效的疫情延期政策' };
    if (from < rule.maturesFrom) {
      return { refused: 'matures-too-early', detail: `适用于 ${rule.maturesFrom} 以后到期的贷款` };
    }
    return (
      timesUp(rule.timesMax) ?? { latest: maxDate(addMonths(from, rule.months), rule.untilOn) }
    );
  }
  const own = rules.products.find(({ productCodes }) => productCodes.includes(loan.productCode));
  if (!own) return { refused: 'no-product', detail: '今日的政策没有该产品的展期' };
  return timesUp(own.timesMax) ?? { latest: addMonths(from, monthsOf(own, loan.termMonths)) };
}

/** By how many whole months a loan of this term may be extended at most; part of a month is not given. */
function monthsOf({ bands, longTermMonthsMax }: ProductExtension, termMonths: number): number {
  const band = bands.find(({ termMonthsMax }) => termMonths <= termMonthsMax);
  if (!band) return longTermMonthsMax;
  const { extensionNumerator, extensionDenominator } = band;
  check(extensionDenominator > 0, 'The schema wants a denominator from 1.');
  return Math.floor((termMonths * extensionNumerator) / extensionDenominator);
}
