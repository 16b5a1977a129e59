/**
 * The dated policy rows of public notices. A row that says something this code does not do (an end that counts
 * from the first board, say) is refused when it is loaded, instead of being read in silence as something else.
 */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { Joi } from '../platform/shape';
import { defineParameter, type Parameter, policyAsOf } from '../policy';
import { type MaskingRule, SHOWN } from './masking';
import { LEVELS, type NoticeRule } from './notice';
import { P } from './problems';

const ruleSchema = Joi.object<NoticeRule>({
  lengthDays: Joi.number().integer().min(1).max(90).required(),
  dayKind: Joi.string().valid('CALENDAR', 'WORKING').required(),
  firstDayCounted: Joi.boolean().required(),
  endMovedOffHoliday: Joi.boolean().required(),
  mode: Joi.string().valid('PARALLEL', 'SEQUENTIAL').required(),
  levels: Joi.array()
    .items(Joi.string().valid(...LEVELS))
    .min(1)
    .unique()
    .required(),
  allLevelsRequired: Joi.boolean().valid(true).required(),
  startsFrom: Joi.string().valid('LAST_LEVEL_POSTED').required(),
  photoRequired: Joi.boolean().required(),
  takeDownRequired: Joi.boolean().required(),
  objection: Joi.object({
    townshipWorkingDays: Joi.number().integer().min(1).max(90).required(),
    countyWorkingDays: Joi.number().integer().min(1).max(90).required(),
    suspends: Joi.string().valid('ITEM').required(),
    anonymousAllowed: Joi.boolean().required(),
  }).required(),
});

const maskingSchema = Joi.object<MaskingRule>({
  fields: Joi.array()
    .items(
      Joi.object({
        code: Joi.string().required(),
        name: Joi.string().required(),
        publicPage: Joi.string()
          .valid(...SHOWN)
          .required(),
        screen: Joi.string()
          .valid(...SHOWN)
          .required(),
      }),
    )
    .min(1)
    .unique('code')
    .required(),
  noIndex: Joi.boolean().required(),
  bulkExport: Joi.boolean().valid(false).required(),
  pageEndsWithNotice: Joi.boolean().valid(true).required(),
  supervisionPhones: Joi.array().items(Joi.string()).required(),
});

/** Length and levels of the notice before a loan. */
export const loanNoticeRule = defineParameter<NoticeRule>({
  key: 'notices.rule.loan',
  title: '贷款公示',
  schema: ruleSchema,
});

/** Length and levels of the notice of a subsidy list. */
export const subsidyNoticeRule = defineParameter<NoticeRule>({
  key: 'notices.rule.subsidy',
  title: '贴息公示',
  schema: ruleSchema,
});

/** What the public sees of each field. */
export const noticeMasking = defineParameter<MaskingRule>({
  key: 'notices.masking',
  title: '公示内容与脱敏',
  schema: maskingSchema,
});

const rules: Readonly<Record<string, Parameter<NoticeRule>>> = {
  'notices.rule.loan': loanNoticeRule,
  'notices.rule.subsidy': subsidyNoticeRule,
};

/**
 * The rule of a kind of notice for a place on the day of posting.
 * @throws Problem notices.rule-unknown, policy.no-row-in-force
 */
export function noticeRuleOn(sql: Sql, key: string, region: string, date: BusinessDate) {
  const parameter = rules[key];
  if (!parameter) throw P.ruleUnknown({ detail: key });
  return policyAsOf(sql, parameter, { region, date });
}
