/**
 * Rounds of rating (整村评级、全县评级): the words of a round, of what it passes over and of what it leaves. A round opens
 * files for the listed households of a place and lets what needs no second look be done at once; everything else
 * goes the way of a single rating.
 */
import { regionCovers } from '../platform/authority';
import { CreditProblem } from './problems';
import type { RatingStage, RatingStepName } from './rating.entity';

export const ROUND_STATES = ['open', 'closed'] as const;
export type RoundState = (typeof ROUND_STATES)[number];

/** Why a round opens no file for a listed household. */
export const SKIP_REASONS = ['CASE-OPEN', 'RATING-OPEN', 'LINE-VALID', 'OTHER-CARD'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export const SKIP_REASON_NAMES: Readonly<Record<SkipReason, string>> = {
  'CASE-OPEN': '已有未办结的评级档案',
  'RATING-OPEN': '已有办理中的评级',
  'LINE-VALID': '现有授信在本轮截止之后仍有效',
  'OTHER-CARD': '该村适用另一评分表，请逐户建档',
};

/** What is done to all files or ratings of a round at once. */
export const ROUND_STEPS = ['compute', 'village', 'township', 'decide'] as const;
export type RoundStep = Extract<RatingStepName, (typeof ROUND_STEPS)[number]>;

export const ROUND_STEP_NAMES: Readonly<Record<RoundStep, string>> = {
  compute: '批量测算',
  village: '村评议小组批量审议',
  township: '乡镇批量核查',
  decide: '银行批量审定',
};

/** A step that signs ratings. */
export type SigningStep = Exclude<RoundStep, 'compute'>;

/** The stage at which ratings wait for each step. */
export const WAITING_STAGE: Readonly<Record<SigningStep, RatingStage>> = {
  village: 'computed',
  township: 'village',
  decide: 'township',
};

export const RUN_ITEM_STATES = ['waiting', 'done', 'left'] as const;
export type RunItemState = (typeof RUN_ITEM_STATES)[number];

/** Why a rating is not signed in bulk: it needs a look of its own, or another person. */
export const LEFT_REASONS = ['VETO-RAISED', 'GRADE-CHANGED', 'SAME-PERSON', 'COLLECTOR'] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

const LEFT_REASON_NAMES: Readonly<Record<LeftReason, string>> = {
  'VETO-RAISED': '评议员提出过否决情形，须逐户办理',
  'GRADE-CHANGED': '测算等级与初评等级不同，须逐户办理',
  'SAME-PERSON': '您已办理该评级的另一环节，须由他人办理',
  COLLECTOR: '您参与过该户的建档、采集或录入，须由他人审定',
};

/** What the screen says of a record that was left; a refusal explains itself. */
export function leftReasonName(reason: string): string | null {
  return LEFT_REASON_NAMES[reason as LeftReason] ?? null;
}

/** The part of a round that is asked for, its whole region when none is. @throws Problem credit.round-part */
export function partOf(roundRegion: string, part: string | undefined): string {
  if (part === undefined) return roundRegion;
  if (regionCovers(roundRegion, part)) return part;
  const fields = [{ field: 'region', reason: '不在本轮评级的地区之内' }];
  throw CreditProblem.roundPart({ fields });
}
