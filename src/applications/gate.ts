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
import type { Application, ApplicationStep } from './application.entity';
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
  STEPS,
  type Standing,
  type State,
  type Step,
  signatureWarning,
  standing,
} from './chain';
import { contentDigest } from './content';
import {
  barring,
  type Finding,
  type FindingChange,
  findingChange,
  findingChanges,
} from './eligibility';
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
  signatures: answer.count('现行内容上的签字数'),
  changed: listOf(findingChange).description('与上一环节相比有变化的条件'),
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
  changed: FindingChange[];
  warnings: string[];
  version: number;
}

/** Digits of a region code that name a place of a level. */
const LEVEL_DIGITS = { county: 6, township: 9, village: 12 } as const;

/**
 * The step is taken by a person of the right level who has no other part in this application.
 * @throws Problem applications.wrong-level, applications.same-actor
 */
export async function stepDuty(
  work: Work,
  at: ApplicationAt,
  step: Step,
  level: keyof typeof LEVEL_DIGITS | null,
): Promise<void> {
  if (level && regionPrefix(work.actor.region).length !== LEVEL_DIGITS[level]) {
    throw P.wrongLevel({ detail: `应由${LEVEL_TITLES[level]}人员办理` });
  }
  await new ApplicationStore(work).requirePart(at.application.id, step);
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
  outcome: 'passed' | 'refused' | 'returned';
  /** Required unless passed. */
  reason?: string;
  findings: readonly Finding[];
  /** Where a return leads. */
  back?: Standing & { returnedTo: Step };
  /** Further columns that the step sets. */
  changes?: Changes;
  warnings?: readonly string[];
}

/**
 * Writes a step down and moves the application on, back, or to its end.
 * @throws Problem applications.out-of-order, closed, reason-missing, same-actor; platform.stale
 */
export async function takeStep(
  work: Work,
  application: Application,
  taken: StepTaken,
): Promise<StepAnswer> {
  const { step, outcome, findings } = taken;
  const store = new ApplicationStore(work);
  const to = advance(application, step);
  const reason = taken.reason ?? null;
  if (outcome !== 'passed' && reason === null) {
    throw P.reasonMissing({ fields: [{ field: 'reason', reason: '必填' }] });
  }
  const steps = await store.steps(application.id);
  const signatures = standing(steps);
  const digest = contentDigest(application);
  check(
    [application, ...signatures].every(({ contentDigest: signed }) => signed === digest),
    'What was signed of an application is not what it says.',
  );
  const row: ApplicationStep = {
    ...{ applicationId: application.id, position: steps.length + 1, lap: application.lap, step },
    ...{ actorId: work.actor.id, actorName: work.actor.name, outcome, reason },
    ...{ returnedTo: taken.back?.returnedTo ?? null, doneOn: work.today, doneAt: work.now },
    ...{ dueOn: application.stepDueOn, seenVersion: application.version, contentDigest: digest },
    findings: [...findings],
  };
  await store.addStep(row);
  const after = await moved(work, application, taken, to);
  recordChange(work, application, after, { step, outcome });
  const changed = findingChanges(steps.at(-1)?.findings ?? [], findings);
  // A refusal is a signature too, though none that carries the application on.
  const count = standing([...steps, row]).length + (outcome === 'refused' ? 1 : 0);
  return answerOf(after, taken, count, changed);
}

async function moved(
  work: Work,
  application: Application,
  { outcome, back, chain, changes, reason }: StepTaken,
  to: State,
): Promise<Application> {
  if (outcome === 'refused') return closeApplication(work, application, 'refused', reason ?? '');
  check((outcome === 'returned') === (back !== undefined), 'A return has a goal.');
  const { regionCode, lap } = application;
  const { state, awaitsApplicant } = back ?? { state: to, awaitsApplicant: false };
  return new ApplicationStore(work).update(application, {
    ...changes,
    ...{ state, awaitsApplicant, lap: back ? lap + 1 : lap },
    stepDueOn: awaitsApplicant ? null : await dueDay(work, regionCode, chain, state),
  });
}

function answerOf(
  after: Application,
  { step, chain, warnings }: StepTaken,
  signatures: number,
  changed: FindingChange[],
): StepAnswer {
  const warning = signatureWarning(signatures, chain);
  return {
    applicationId: after.id,
    state: after.state,
    step,
    next: nextInWords(after),
    stepDueOn: after.stepDueOn,
    signatures,
    changed,
    warnings: [...(warning === null ? [] : [warning]), ...(warnings ?? [])],
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
    awaitsApplicant: false,
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
