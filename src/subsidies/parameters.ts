/**
 * What policy says of the subsidy: the share by product on the day the interest arose (declared by the loan book, which
 * counts arrears by it), and how a quarter goes (reference/policy/subsidies.cycle.json). Sums, shares and payees are
 * never constants here.
 */
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';

export { type SubsidyShare, subsidyShare } from '../loans';

/** To whom the county pays: to the bank, or to the household after it has paid its interest (先付后贴). */
export type Payee = 'TO_BANK' | 'TO_HOUSEHOLD';

/** How a quarter's subsidy goes. Days are working days after the settlement day. */
export interface SubsidyCycle {
  period: 'QUARTER';
  settlementDay: 20;
  settlementMonths: number[];
  bankListWorkingDays: number;
  countyCheckWorkingDays: number;
  payeeDefault: Payee;
  payeesAllowed: Payee[];
  householdMustHavePaid: boolean;
  noticeParameter: string;
  adjustment: 'SIGNED_ENTRY_NEXT_QUARTER';
  rounding: 'HALF_UP_TO_FEN_PER_LOAN';
  exclusions: { code: string; name: string }[];
}

const payee = () => Joi.string().valid('TO_BANK', 'TO_HOUSEHOLD');

/** A row that this service cannot follow (another rhythm or rounding) is refused when it is loaded. */
export const subsidyCycle = defineParameter<SubsidyCycle>({
  key: 'subsidies.cycle',
  title: '贴息周期与付款方式',
  schema: Joi.object<SubsidyCycle>({
    period: Joi.string().valid('QUARTER').required(),
    settlementDay: Joi.number().valid(20).required(),
    settlementMonths: Joi.array().ordered(
      Joi.number().valid(3).required(),
      Joi.number().valid(6).required(),
      Joi.number().valid(9).required(),
      Joi.number().valid(12).required(),
    ),
    bankListWorkingDays: Joi.number().integer().min(0).required(),
    countyCheckWorkingDays: Joi.number().integer().min(0).required(),
    payeeDefault: payee().required(),
    payeesAllowed: Joi.array().items(payee()).min(1).unique().required(),
    householdMustHavePaid: Joi.boolean().required(),
    noticeParameter: Joi.string().required(),
    adjustment: Joi.string().valid('SIGNED_ENTRY_NEXT_QUARTER').required(),
    rounding: Joi.string().valid('HALF_UP_TO_FEN_PER_LOAN').required(),
    exclusions: Joi.array()
      .items(Joi.object({ code: Joi.string().required(), name: Joi.string().required() }))
      .required(),
  }),
});
