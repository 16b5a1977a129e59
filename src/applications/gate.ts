/**
 * What every step of the chain has in common: finding the application, keeping the same person from two
 * steps, binding the step to the version and content that was seen, and writing it down once.
 */
import { deadlineAfter, stopNotice } from '../notices';
import { type Place, regionPrefix } from '../platform/authority';
import { check } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import { PlatformProblem } from '../platform/problems';
import { answer, codeField, idField, listOf, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import type { Application } from './application.entity';
import { ApplicationStore, type Changes } from './application.store';
import { assess } from './assess';
import {
  advance,
  dueStep,
  nextInWords,
  policyOf,
  type ReviewChain,
  reviewChain,
  STATES,
  STEP_TITLES,
  STEPS,
  type State,
  type Step,
  signatureWarning,
} from './chain';
import { contentDigest } from './content';
import { barring, type Finding } from './eligibility';
import { P } from './problems';

/** The application an act was called for, where it stands. */
export interface ApplicationAt extends Place {
  application: Application;
}

/** Finds the application; its village and its bank decide who covers it. */
export async function locateApplication(
  work: Work,
  input: { applicationId: string },
): Promise<ApplicationAt> {
  const application = await new ApplicationStore(work).get(input.applicationId);
  return { region: application.regionCode, org: application.bankId, application };
}

/** The answer of every step. */
export const stepAnswer = shape({
  applicationId: idField(),
  state: codeField(STATES),
  step: codeField(STEPS),
  next: answer.text('下一步'),
  stepDueOn: answer.date('下一步的期限').allow(null),
  signatures: answer.count('已有签字数'),
  warnings: listOf(answer.text()).description('提示'),
  version: answer.count(),
});

export interface StepAnswer {
  applicationId: string;
  state: State;
  step: Step;
  next: string;
  stepDueOn: BusinessDate | null;
  signatures: number;
  warnings: string[];
  version: number;
}

/** Digits of a region code that name a place of a level. */
const LEVEL_DIGITS = { county: 6, township: 9, village: 12 } as const;

/**
 * The step is taken by a person of the right level who took no other step of this application.
 * @throws Problem applications.wrong-level, applications.same-actor
 */
export async function stepDuty(
  work: Work,
  at: ApplicationAt,
  level: keyof typeof LEVEL_DIGITS | null,
): Promise<void> {
  if (level && regionPrefix(work.actor.region).length !== LEVEL_DIGITS[level]) {
    throw P.wrongLevel({ detail: `应由${LEVEL_TITLES[level]}人员办理` });
  }
  const taken = await new ApplicationStore(work).steps(at.application.id);
  const own = taken.find((step) => step.actorId === work.actor.id);
  if (own) throw P.sameActor({ detail: `您已办理过本申请的${STEP_TITLES[own.step]}` });
}

const LEVEL_TITLES = { county: '县级', township: '乡镇', village: '村级' } as const;

/** The chain under which the application runs: that of the day on which it was made. */
export async function chainOf(work: Work, application: Application) {
  return policyAsOf(work.tx, reviewChain, {
    region: application.regionCode,
    date: application.enteredOn,
  });
}

/** @throws Problem platform.stale when the officer looked at an earlier version. */
export function requireSeen(application: Application, version: number): void {
  if (version === application.version) return;
  throw PlatformProblem.stale({
    detail: `您所见为第 ${version} 版，现为第 ${application.version} 版`,
    extra: { seenVersion: version, currentVersion: application.version },
  });
}

/**
 * Asks all rules again as of today. From the township on, what is not known bars as well.
 * @throws Problem applications.not-eligible naming each rule that bars
 */
export async function requireEligible(work: Work, application: Application, strict: boolean) {
  const findings = await assess(work.tx, application, work.today);
  requireNothingBars(findings, strict);
  return findings;
}

/** @throws Problem applications.not-eligible */
export function requireNothingBars(findings: readonly Finding[], strict: boolean): void {
  const bars = barring(findings, strict);
  if (bars.length === 0) return;
  throw P.notEligible({
    detail: bars.map(({ title, reason }) => `${title}:${reason}`).join(';'),
    extra: { rules: bars.map(({ code }) => code) },
  });
}

/** A step as its act took it. */
export interface StepTaken {
  step: Step;
  chain: ReviewChain;
  outcome: 'passed' | 'refused';
  /** Required when refused. */
  reason?: string;
  findings: readonly Finding[];
  /** Further columns that the step sets. */
  changes?: Changes;
}

/**
 * Writes a step down and moves the application on, or ends it when it was refused.
 * @throws Problem applications.out-of-order, closed, reason-missing, same-actor; platform.stale
 */
export async function takeStep(
  work: Work,
  application: Application,
  taken: StepTaken,
): Promise<StepAnswer> {
  const store = new ApplicationStore(work);
  const to = advance(application.state, taken.step);
  const digest = contentDigest(application);
  check(digest === application.contentDigest, 'The content of an application was changed.');
  const passed = taken.outcome === 'passed';
  if (!passed && !taken.reason) {
    throw P.reasonMissing({ fields: [{ field: 'reason', reason: '必填' }] });
  }
  const steps = await store.steps(application.id);
  await store.addStep({
    applicationId: application.id,
    step: taken.step,
    position: steps.length + 1,
    actorId: work.actor.id,
    actorName: work.actor.name,
    outcome: taken.outcome,
    reason: taken.reason ?? null,
    doneOn: work.today,
    doneAt: work.now,
    dueOn: application.stepDueOn,
    seenVersion: application.version,
    contentDigest: digest,
    findings: [...taken.findings],
  });
  const after = passed
    ? await store.update(application, {
        ...taken.changes,
        state: to,
        stepDueOn: await dueDay(work, application.regionCode, taken.chain, to),
      })
    : await closeApplication(work, application, 'refused', taken.reason ?? '');
  recordChange(work, application, after, { step: taken.step, outcome: taken.outcome });
  return answerOf(after, taken, steps.length + 1);
}

function answerOf(after: Application, taken: StepTaken, signatures: number): StepAnswer {
  const warning = signatureWarning(signatures, taken.chain);
  return {
    applicationId: after.id,
    state: after.state,
    step: taken.step,
    next: nextInWords(after.state),
    stepDueOn: after.stepDueOn,
    signatures,
    warnings: warning === null ? [] : [warning],
    version: after.version,
  };
}

/** Ends an application that was refused or withdrawn: the household is free again, the notice comes down. */
export async function closeApplication(
  work: Work,
  application: Application,
  state: 'refused' | 'withdrawn',
  reason: string,
): Promise<Application> {
  const after = await new ApplicationStore(work).update(application, {
    state,
    stepDueOn: null,
    busyHouseholdId: null,
    closedOn: work.today,
    closedBy: work.actor.id,
    closeReason: reason,
  });
  await stopNotice(work, { kind: 'application', id: application.id });
  return after;
}

/** Reports a change to the audit, with the household in the story. */
export function recordChange(
  work: Work,
  before: Application,
  after: Application,
  more: Record<string, unknown> = {},
): void {
  work.record({
    subject: { kind: 'application', id: after.id },
    related: [{ kind: 'household', id: after.householdId }],
    before: { state: before.state, version: before.version },
    after: {
      state: after.state,
      version: after.version,
      contentDigest: after.contentDigest,
      ...more,
    },
  });
}

/** The last day for the step that is due in a state; null where the county sets none. */
export async function dueDay(
  work: Work,
  region: string,
  chain: ReviewChain,
  state: State,
): Promise<BusinessDate | null> {
  const step = dueStep(state);
  const days = step && policyOf(chain, step)?.workingDays;
  return days ? deadlineAfter(work.tx, region, work.today, days) : null;
}
