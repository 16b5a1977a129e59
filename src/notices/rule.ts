/**
 * The dated policy rows of public notices. A row that says something this code does not do (an end that counts
 * from the first board, say) is refused when it is loaded, instead of being read in silence as something else.
 */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { Joi } from '../platform/shape';
import { defineParameter, type Parameter, policyAsOf } from '../policy';
import { type MaskingRule, maskingFault, SHOWN } from './masking';
import { LEVELS, NOTICE_KINDS, type NoticeKind, type NoticeRule } from './notice';
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
  photoHolds: Joi.boolean(),
  takeDownRequired: Joi.boolean().required(),
  objection: Joi.object({
    townshipWorkingDays: Joi.number().integer().min(1).max(90).required(),
    countyWorkingDays: Joi.number().integer().min(1).max(90).required(),
    suspends: Joi.string().valid('ITEM').required(),
    anonymousAllowed: Joi.boolean().required(),
    daysAfterEnd: Joi.number().integer().min(0).max(90),
    checkFirst: Joi.boolean(),
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

/** What officers call each kind. */
const KIND_TITLES: Readonly<Record<NoticeKind, string>> = {
  loan: '贷款公示',
  rating: '评级授信公示',
  subsidy: '贴息公示',
  award: '激励表彰公示',
};

/** Length, levels and counting of each kind of notice, by the parameter's key `notices.rule.<kind>`. */
const rules: Readonly<Record<string, Parameter<NoticeRule>>> = Object.fromEntries(
  NOTICE_KINDS.map((kind) => {
    const key = `notices.rule.${kind}`;
    const fits = (rule: NoticeRule) =>
      rule.photoHolds && !rule.photoRequired ? '不要求照片的公示不能以缺少照片为由停办' : null;
    return [key, defineParameter({ key, title: KIND_TITLES[kind], schema: ruleSchema, fits })];
  }),
);

/** What the public sees of each field. */
export const noticeMasking = defineParameter<MaskingRule>({
  key: 'notices.masking',
  title: '公示内容与脱敏',
  schema: maskingSchema,
  fits: maskingFault,
});

/**
 * The rule of a kind of notice for a place on the day of posting.
 * @throws Problem notices.rule-unknown, policy.no-row-in-force
 */
export function noticeRuleOn(sql: Sql, key: string, region: string, date: BusinessDate) {
  const parameter = rules[key];
  if (!parameter) throw P.ruleUnknown({ detail: key });
  return policyAsOf(sql, parameter, { region, date });
}
