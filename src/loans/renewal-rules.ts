/**
 * When a loan may be renewed (续贷), as a dated rule. Pure but for the declaration of the parameter. How often stands
 * in the product's row.
 */
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';

/** One condition that a person judges, e.g. that the business goes on. */
export interface RenewalCondition {
  code: string;
  name: string;
}

/** The value of `loans.renewal`. */
export interface RenewalRules {
  /** 无还本续贷: the new loan may take over the whole principal. */
  withoutRepaying: boolean;
  /** Each is answered with yes or no and a reason; all must be met. */
  conditions: RenewalCondition[];
  /** Whether a loan that was extended, other than for the epidemic, may be renewed. */
  afterExtension: boolean;
  /** The bank approves loan by loan; a rule that wants a second public notice is not one this service follows. */
  publicNotice: false;
}

/** The rules of a day. */
export const renewalRules = defineParameter<RenewalRules>({
  key: 'loans.renewal',
  title: '续贷条件',
  schema: Joi.object<RenewalRules>({
    withoutRepaying: Joi.boolean().required(),
    conditions: Joi.array()
      .items(
        Joi.object({
          code: Joi.string()
            .pattern(/^[A-Z_]{1,30}$/)
            .required(),
          name: Joi.string().max(100).required(),
        }),
      )
      .min(1)
      .unique('code')
      .required(),
    afterExtension: Joi.boolean().required(),
    publicNotice: Joi.boolean().valid(false).required(),
  }),
});

/** The answer to one condition. */
export interface ConditionMet {
  code: string;
  met: boolean;
  reason: string;
}

/** The conditions of a rule that were not answered, or answered twice, and answers to what was not asked. */
export function misanswered(rules: RenewalRules, answers: readonly ConditionMet[]): string[] {
  const asked = rules.conditions.map(({ code }) => code);
  const given = answers.map(({ code }) => code);
  const wrong = asked.filter((code) => given.filter((one) => one === code).length !== 1);
  return [...wrong, ...given.filter((code) => !asked.includes(code))];
}

/** The conditions that are not met, by name. */
export function unmet(rules: RenewalRules, answers: readonly ConditionMet[]): string[] {
  return rules.conditions
    .filter(({ code }) => !answers.some((one) => one.code === code && one.met))
    .map(({ name }) => name);
}
