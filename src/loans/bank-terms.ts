/**
 * How a bank counts and collects: day count, settlement, surcharges, order of payment. Read as of the signing
 * day and frozen into the contract.
 */
import type { DayBasis } from '../platform/money';
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';
import { DUE_KINDS, type DueKind } from './allocation';

/** The terms of one day, as `loans.bank-terms` holds them; surcharges are shares of the contract rate in ppm. */
export interface BankTerms {
  dayCountBasis: DayBasis;
  dayCountBasisAllowed: DayBasis[];
  firstDayCounted: true;
  lastDayCounted: false;
  rounding: 'HALF_UP_TO_FEN';
  interestSettlementDay: 20;
  interestSettlementMonths: number[];
  overdueSurchargePpm: number;
  overdueSurchargeMinPpm: number;
  overdueSurchargeMaxPpm: number;
  diversionSurchargePpm: number;
  diversionSurchargeMinPpm: number;
  diversionSurchargeMaxPpm: number;
  compoundUnpaidInterest: false;
  maturityOnHoliday: 'NEXT_WORKING_DAY_WITHOUT_PENALTY' | 'SAME_DAY';
  allocationOrder: DueKind[];
}

const share = () => Joi.number().integer().min(0).max(1_000_000).required();
const basis = () => Joi.number().valid(360, 364, 365);

/** The terms as policy holds them. A row that this service cannot follow (compounding, say) is refused here. */
export const bankTerms = defineParameter<BankTerms>({
  key: 'loans.bank-terms',
  title: '银行计息、罚息与还款顺序',
  schema: Joi.object<BankTerms>({
    dayCountBasis: basis().required(),
    dayCountBasisAllowed: Joi.array().items(basis()).min(1).required(),
    firstDayCounted: Joi.boolean().valid(true).required(),
    lastDayCounted: Joi.boolean().valid(false).required(),
    rounding: Joi.string().valid('HALF_UP_TO_FEN').required(),
    interestSettlementDay: Joi.number().valid(20).required(),
    interestSettlementMonths: Joi.array().ordered(
      Joi.number().valid(3).required(),
      Joi.number().valid(6).required(),
      Joi.number().valid(9).required(),
      Joi.number().valid(12).required(),
    ),
    overdueSurchargePpm: share(),
    overdueSurchargeMinPpm: share(),
    overdueSurchargeMaxPpm: share(),
    diversionSurchargePpm: share(),
    diversionSurchargeMinPpm: share(),
    diversionSurchargeMaxPpm: share(),
    compoundUnpaidInterest: Joi.boolean().valid(false).required(),
    maturityOnHoliday: Joi.string()
      .valid('NEXT_WORKING_DAY_WITHOUT_PENALTY', 'SAME_DAY')
      .required(),
    allocationOrder: Joi.array()
      .items(Joi.string().valid(...DUE_KINDS))
      .unique()
      .length(DUE_KINDS.length)
      .required(),
  }),
});
