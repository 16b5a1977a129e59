/**
 * The ladder of reminders and collection (到期提醒与催收阶梯): which step falls on which day before or after a
 * loan's maturity, who does it, and what a message says. The steps are dated policy; only the notice a month ahead
 * is found in documents (清水县, 汤泉乡), the rest is [DP].
 */
import { check } from '../platform/check';
import { addDays, type BusinessDate, daysBetween } from '../platform/dates';
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';

/** One step. */
export interface LadderStep {
  /** E.g. 'T-30'. */
  code: string;
  /** Days after maturity, negative before it; each day has one step at most. */
  offsetDays: number;
  kind: string;
  title: string;
  channel: string;
  /** Done by the night; the others are recorded by people. */
  automatic: boolean;
  /** The role that does or follows it. */
  role: string;
  evidence: string;
  /** Counts among the records that a claim on the risk fund needs. */
  countsForClaim: boolean;
  /** Text with `{placeholders}`. */
  template: string;
}

/** The ladder of one day. */
export interface Ladder {
  anchor: 'MATURITY';
  steps: LadderStep[];
}

/** What a template may ask for. */
export const PLACEHOLDERS = [
  'borrowerName',
  'productName',
  'contractNumber',
  'principalYuan',
  'interestYuan',
  'arrearsYuan',
  'dueOn',
  'overdueDays',
  'bankName',
  'bankPhone',
] as const;
export type MessageValues = Record<(typeof PLACEHOLDERS)[number], string>;

const PLACEHOLDER = /\{(\w+)\}/g;

function templateText(text: string, helpers: Joi.CustomHelpers): string | Joi.ErrorReport {
  const known: readonly string[] = PLACEHOLDERS;
  const strange = [...text.matchAll(PLACEHOLDER)].find(([, name = '']) => !known.includes(name));
  return strange ? helpers.error('any.invalid') : text;
}

/** The ladder as policy holds it. */
export const reminderLadder = defineParameter<Ladder>({
  key: 'collections.reminder-ladder',
  title: '到期提醒与催收阶梯',
  schema: Joi.object<Ladder>({
    anchor: Joi.string().valid('MATURITY').required(),
    steps: Joi.array()
      .items(
        Joi.object({
          code: Joi.string()
            .pattern(/^T[+-]\d{1,3}$/)
            .required(),
          offsetDays: Joi.number().integer().min(-366).max(366).required(),
          kind: Joi.string()
            .pattern(/^[A-Z_]{1,30}$/)
            .required(),
          title: Joi.string().max(60).required(),
          channel: Joi.string()
            .pattern(/^[A-Z_]{1,20}$/)
            .required(),
          automatic: Joi.boolean().required(),
          role: Joi.string().required(),
          evidence: Joi.string().required(),
          countsForClaim: Joi.boolean().required(),
          template: Joi.string().max(1000).custom(templateText).required(),
        }),
      )
      .min(1)
      .unique('code')
      .unique('offsetDays')
      .unique('kind')
      .required(),
  }),
});

/** The step that falls on a date for a loan of this maturity, or null. */
export function stepOn(
  ladder: Ladder,
  maturesOn: BusinessDate,
  date: BusinessDate,
): LadderStep | null {
  const offset = daysBetween(maturesOn, date);
  return ladder.steps.find((step) => step.offsetDays === offset) ?? null;
}

/** The step of this kind, or null when the ladder has none. */
export function stepOfKind(ladder: Ladder, kind: string): LadderStep | null {
  return ladder.steps.find((step) => step.kind === kind) ?? null;
}

/** The maturities of the loans for which an automatic step falls on a date. */
export function maturitiesToRemind(ladder: Ladder, date: BusinessDate): BusinessDate[] {
  return ladder.steps
    .filter(({ automatic }) => automatic)
    .map(({ offsetDays }) => addDays(date, -offsetDays));
}

/** The text of a message. @throws CheckFailed when the template asks for what there is not. */
export function messageText(template: string, values: MessageValues): string {
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const value = (values as Record<string, string | undefined>)[name];
    check(value !== undefined, `A message has no value for {${name}}.`);
    return value;
  });
}

/** A band of days overdue, both inclusive; `to` null: and more. */
export interface Band {
  from: number;
  to: number | null;
}

/** The bands of the overdue report: from one step after maturity to the day before the next. */
export function bandsOf(ladder: Ladder): Band[] {
  const starts = ladder.steps.map(({ offsetDays }) => offsetDays).filter((days) => days > 0);
  // Whatever the first step after maturity is, the first band begins with the first day overdue.
  const from = [...new Set([1, ...starts])].sort((a, b) => a - b);
  return from.map((days, index) => {
    const next = from[index + 1];
    return { from: days, to: next === undefined ? null : next - 1 };
  });
}
