/** The terms of the fund as policy holds them (reference/policy/riskfund.terms.json), read on the day of the claim. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { Joi } from '../platform/shape';
import { defineParameter, type InForce, policyAsOf } from '../policy';

/** The three bodies that hold the fund together and sign each claim. */
export const SEATS = ['poverty-office', 'finance-bureau', 'platform-company'] as const;
export type Seat = (typeof SEATS)[number];

/** The seats as officers call them. */
export const SEAT_NAMES: Readonly<Record<Seat, string>> = {
  'poverty-office': '扶贫办',
  'finance-bureau': '财政局',
  'platform-company': '平台公司',
};

/** What the fund bears, when, and by whose hand. Shares in ppm, amounts in fen. */
export interface FundTerms {
  fundSharePpm: number;
  bankSharePpm: number;
  /** A claim needs MORE days overdue than this. */
  triggerOverdueDaysOver: number;
  coveredPrincipalCeilingFen: number;
  coversInterest: boolean;
  coversPenalty: false;
  requiredCollectionRecords: number;
  useCheckRequired: boolean;
  seats: Seat[];
  distinctSigners: true;
  /** Working days after a recovery by which the fund's part is back. */
  returnWorkingDays: number;
  leverageMax: number;
  leverageBasis: 'BALANCE';
  breakerWarnPpm: number;
  breakerStopPpm: number;
  breakerScopes: ('bank' | 'township')[];
  supplementReservePpm: number;
  refusals: { code: string; name: string }[];
}

const share = () => Joi.number().integer().min(0).max(1_000_000).required();
const whole = () => Joi.number().integer().min(0).required();

/** A row that this service cannot follow (penalty covered, one person for two seats) is refused when loaded. */
export const fundTerms = defineParameter<FundTerms>({
  key: 'riskfund.terms',
  title: '风险补偿金条款',
  schema: Joi.object<FundTerms>({
    fundSharePpm: share(),
    bankSharePpm: share(),
    triggerOverdueDaysOver: whole(),
    coveredPrincipalCeilingFen: whole(),
    coversInterest: Joi.boolean().required(),
    coversPenalty: Joi.boolean().valid(false).required(),
    requiredCollectionRecords: whole(),
    useCheckRequired: Joi.boolean().required(),
    seats: Joi.array()
      .items(Joi.string().valid(...SEATS))
      .min(1)
      .unique()
      .required(),
    distinctSigners: Joi.boolean().valid(true).required(),
    returnWorkingDays: whole(),
    leverageMax: whole(),
    leverageBasis: Joi.string().valid('BALANCE').required(),
    breakerWarnPpm: share(),
    breakerStopPpm: share(),
    breakerScopes: Joi.array().items(Joi.string().valid('bank', 'township')).required(),
    supplementReservePpm: share(),
    refusals: Joi.array()
      .items(Joi.object({ code: Joi.string().required(), name: Joi.string().required() }))
      .required(),
  }),
  fits: ({ fundSharePpm, bankSharePpm }) =>
    fundSharePpm + bankSharePpm === 1_000_000 ? null : '基金和银行的分担比例合计须为 100%',
});

/** The terms for a place on a day. @throws Problem policy.no-row-in-force */
export function termsOn(sql: Sql, region: string, date: BusinessDate): Promise<InForce<FundTerms>> {
  return policyAsOf(sql, fundTerms, { region, date });
}
