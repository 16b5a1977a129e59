/**
 * The review chain (户申请、村初审、乡审核、县复查、银行审定) as rules: the steps, the states between them, and what the
 * dated row says of each step. Pure but for the declaration of the parameter.
 *
 * Laws: a step is taken once, in its turn, by a person who took no other step of the same application; each
 * is bound to the content and the version that the person saw.
 */

import type { Level } from '../notices';
import { Joi } from '../platform/shape';
import { defineParameter } from '../policy';
import { P } from './problems';

/** The steps in their order. `certificate` and `bank-decision` belong to every county; the rest are policy. */
export const STEPS = [
  'submit',
  'village-review',
  'township-check',
  'county-recheck',
  'certificate',
  'bank-decision',
] as const;
export type Step = (typeof STEPS)[number];

/** What officers call each step. */
export const STEP_TITLES: Readonly<Record<Step, string>> = {
  submit: '户申请',
  'village-review': '村民主评议',
  'township-check': '乡镇审核',
  'county-recheck': '县级复查',
  certificate: '核发贷款证',
  'bank-decision': '银行审定',
};

/** What one person may be in an application: one of these and no other, up to the money. */
export type Part = Step | 'contract' | 'disbursal';

/** What officers call a part. */
export function partInWords(part: Part): string {
  if (part === 'contract') return '签订合同';
  return part === 'disbursal' ? '放款' : STEP_TITLES[part];
}

/** Where an application stands. The last three are ends; `settled` frees the household for another loan. */
export const STATES = [
  'submitted',
  'village-reviewed',
  'township-checked',
  'county-checked',
  'certified',
  'approved',
  'contracted',
  'settled',
  'refused',
  'withdrawn',
] as const;
export type State = (typeof STATES)[number];

/** What officers call each state. */
export const STATE_TITLES: Readonly<Record<State, string>> = {
  submitted: '已申请',
  'village-reviewed': '村评议通过',
  'township-checked': '乡镇审核通过',
  'county-checked': '县级复查通过，公示中',
  certified: '已核发贷款证',
  approved: '银行已同意',
  contracted: '已签合同',
  settled: '已结清',
  refused: '不予办理',
  withdrawn: '已撤回',
};

/** The step that is due in a state and the state it leads to. */
const NEXT: Readonly<Partial<Record<State, { step: Step; to: State }>>> = {
  submitted: { step: 'village-review', to: 'village-reviewed' },
  'village-reviewed': { step: 'township-check', to: 'township-checked' },
  'township-checked': { step: 'county-recheck', to: 'county-checked' },
  'county-checked': { step: 'certificate', to: 'certified' },
  certified: { step: 'bank-decision', to: 'approved' },
};

/** The step that is due, null when no step of the chain is. */
export function dueStep(state: State): Step | null {
  return NEXT[state]?.step ?? null;
}

/** Whether the application is still under way, up to the contract. */
export function isOpen(state: State): boolean {
  return state === 'approved' || dueStep(state) !== null;
}

/** Where an application stands: a returned one waits for the household before the village takes it up again. */
export interface Standing {
  state: State;
  awaitsApplicant: boolean;
}

/** What is to be done next, in words. */
export function nextInWords({
  state,
  awaitsApplicant = false,
}: Pick<Standing, 'state'> & Partial<Standing>): string {
  if (awaitsApplicant) return '已退回，待申请人补正';
  const step = dueStep(state);
  if (step) return `现应办理：${STEP_TITLES[step]}`;
  return state === 'approved' ? '现应办理：签订合同' : `该申请${STATE_TITLES[state]}`;
}

/**
 * The state to which a step leads from the present one; `submit` is the amending of what was returned.
 * @throws Problem applications.closed, applications.out-of-order (the detail names the step that is due)
 */
export function advance(at: Standing, step: Step): State {
  if (at.awaitsApplicant && step === 'submit') return 'submitted';
  const next = at.awaitsApplicant ? null : NEXT[at.state];
  if (next?.step === step) return next.to;
  if (!isOpen(at.state)) throw P.closed({ detail: nextInWords(at) });
  throw P.outOfOrder({ detail: `${STEP_TITLES[step]}不能办理，${nextInWords(at)}` });
}

/** To whom a check may send an application back: who signed before, or the household. */
export const RETURNS = ['step-before', 'applicant'] as const;
export type Return = (typeof RETURNS)[number];

/** Which step is to be taken anew, and how the application stands until then. */
export function sentBack(from: CheckPolicy['code'], to: Return): Standing & { returnedTo: Step } {
  if (to === 'applicant')
    return { returnedTo: 'submit', state: 'submitted', awaitsApplicant: true };
  return from === 'township-check'
    ? { returnedTo: 'village-review', state: 'submitted', awaitsApplicant: false }
    : { returnedTo: 'township-check', state: 'village-reviewed', awaitsApplicant: false };
}

/** The signatures that still stand: what was signed from the step on to which a return led does not count. */
export function standing<S extends { step: Step; outcome: string; returnedTo: Step | null }>(
  steps: readonly S[],
): S[] {
  let kept: S[] = [];
  for (const step of steps) {
    const { returnedTo } = step;
    if (step.outcome === 'passed') kept.push(step);
    if (returnedTo) kept = kept.filter((one) => orderOf(one.step) < orderOf(returnedTo));
  }
  return kept;
}

const orderOf = (step: Step): number => STEPS.indexOf(step);

/** What is checked one by one at the township and the county. */
export const CHECKS = ['BORROWER', 'USE', 'AMOUNT'] as const;
export type Check = (typeof CHECKS)[number];
export const CHECK_NAMES: Readonly<Record<Check, string>> = {
  BORROWER: '借款人',
  USE: '用途',
  AMOUNT: '金额',
};

interface StepPolicy {
  title: string;
  body: string;
  level: Level;
  role: string;
  permission: string;
  /** Working days within which the step is to be taken. */
  workingDays: number;
}

/** The village's democratic review. */
export interface VillagePolicy extends StepPolicy {
  code: 'village-review';
  quorum: number;
  /** The share in favour that carries, as a fraction: two thirds has no exact ppm. */
  approvalNumerator: number;
  approvalDenominator: number;
  relativesStepAside: true;
  minutesRequired: true;
}

/** The checks of township and county. */
export interface CheckPolicy extends StepPolicy {
  code: 'township-check' | 'county-recheck';
  checks: Check[];
}

/** The value of `applications.review-chain`. */
export interface ReviewChain {
  steps: [VillagePolicy, CheckPolicy, CheckPolicy];
  distinctPeople: true;
  /** More signatures than this are formalism and are warned of (武平: 13 for 3万, policy facts §8.1). */
  maxSignaturesWarnOver: number;
}

const common = (code: Step, level: Level) => ({
  code: Joi.string().valid(code).required(),
  title: Joi.string().required(),
  body: Joi.string().required(),
  level: Joi.string().valid(level).required(),
  role: Joi.string().required(),
  permission: Joi.string().valid(`applications.${code}`).required(),
  workingDays: Joi.number().integer().min(1).max(60).required(),
});

const checked = (code: 'township-check' | 'county-recheck', level: Level) =>
  Joi.object({
    ...common(code, level),
    checks: Joi.array()
      .items(Joi.string().valid(...CHECKS))
      .unique()
      .required(),
  }).required();

const village = Joi.object({
  ...common('village-review', 'village'),
  quorum: Joi.number().integer().min(1).max(1000).required(),
  approvalNumerator: Joi.number().integer().min(1).max(Joi.ref('approvalDenominator')).required(),
  approvalDenominator: Joi.number().integer().min(1).max(1000).required(),
  relativesStepAside: Joi.boolean().valid(true).required(),
  minutesRequired: Joi.boolean().valid(true).required(),
}).required();

/** The chain of a county. A row with other steps than these three is refused, not read in part. */
export const reviewChain = defineParameter<ReviewChain>({
  key: 'applications.review-chain',
  title: '申请审核环节',
  schema: Joi.object<ReviewChain>({
    steps: Joi.array()
      .ordered(village, checked('township-check', 'township'), checked('county-recheck', 'county'))
      .length(3)
      .required(),
    distinctPeople: Joi.boolean().valid(true).required(),
    maxSignaturesWarnOver: Joi.number().integer().min(1).required(),
  }),
});

/** What the row says of a step; null for the steps that are not policy. */
export function policyOf(chain: ReviewChain, step: Step): VillagePolicy | CheckPolicy | null {
  return chain.steps.find(({ code }) => code === step) ?? null;
}

/** A warning when an application bears more signatures than the county holds to be sensible, else null. */
export function signatureWarning(count: number, chain: ReviewChain): string | null {
  if (count <= chain.maxSignaturesWarnOver) return null;
  return `该申请已有 ${count} 个签字，超过 ${chain.maxSignaturesWarnOver} 个，请检查是否层层加码`;
}
