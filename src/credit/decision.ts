/**
 * What every step on a computed rating keeps: its order, its content, its people. Village group, township and
 * bank each sign exactly what was shown to them, and nobody signs twice.
 */
import { sameDigest } from '../platform/crypto/digest';
import { type Fen, yuan } from '../platform/money';
import { answer, codeField, idField, Joi, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { CreditProblem } from './problems';
import { RATING_STAGES, RATING_STATES, type Rating, type RatingStage } from './rating.entity';
import { CaseStore } from './rating-case.store';
import { type NewStep, RatingStore } from './ratings.store';

/** The fields by which a step names the rating and the content that was seen. */
export interface StepInput {
  ratingId: string;
  contentDigest: string;
  reason?: string;
}

export const stepFields = {
  ratingId: idField('评级编号'),
  contentDigest: Joi.string().hex().length(64).description('所见评级的内容摘要'),
  reason: textField(200, '理由；退回、降低、提高、不予授信时必填').optional(),
};

/** How a rating stands after a step. */
export const ratingAnswer = shape({
  ratingId: idField(),
  state: codeField(RATING_STATES),
  stage: codeField(RATING_STAGES),
  grade: answer.text(),
  gradeName: answer.text(),
  line: answer.yuan(),
  validUntil: answer.date().allow(null),
  contentDigest: answer.text().description('下一环节须带上此摘要'),
  version: answer.count(),
});

/** The answer of every step. */
export function answerOf(rating: Rating) {
  const { id, state, stage, grade, gradeName, lineFen, validUntil, contentDigest, version } =
    rating;
  const line = yuan(lineFen);
  return { ratingId: id, state, stage, grade, gradeName, line, validUntil, contentDigest, version };
}

/** Where a rating stands. @throws Problem credit.rating-absent */
export async function locateRating(work: Work, input: { ratingId: string }) {
  const rating = await new RatingStore(work).get(input.ratingId);
  return { region: rating.regionCode, rating };
}

/** Who took a step before does not take the next; the table says so too. @throws Problem credit.same-person */
export async function requireNewPerson(work: Work, rating: Rating): Promise<void> {
  const steps = await new RatingStore(work).steps(rating.id);
  const taken = steps.some((step) => step.personId === work.actor.id);
  if (taken || rating.ratedBy === work.actor.id) throw CreditProblem.samePerson();
}

/** Who decides for the bank collected nothing. @throws Problem credit.same-person, collector-decides */
export async function requireOutsider(work: Work, rating: Rating): Promise<void> {
  await requireNewPerson(work, rating);
  if (!rating.caseId) return;
  if (await new CaseStore(work).touchedBy(rating.caseId, work.actor.id)) {
    throw CreditProblem.collectorDecides();
  }
}

/** The bank for which the actor decides. @throws Problem credit.not-bank */
export function bankOf(work: Work): string {
  const { organisation } = work.actor;
  if (organisation?.kind !== 'bank') throw CreditProblem.notBank();
  return organisation.rootId;
}

const STATE_NAMES: Readonly<Record<Rating['state'], string>> = {
  proposed: '办理中',
  confirmed: '已生效',
  rejected: '已退回或不予授信',
  superseded: '已被新评级取代',
};

export const STAGE_NAMES: Readonly<Record<RatingStage, string>> = {
  computed: '待村评议小组',
  village: '待乡镇核查',
  township: '待银行审定',
  raise: '待复核提高的额度',
};

/** The rating has passed exactly the stage before. @throws Problem credit.not-proposed */
export function requireStage(rating: Rating, stage: RatingStage): void {
  if (rating.state === 'proposed' && rating.stage === stage) return;
  const now = rating.state === 'proposed' ? STAGE_NAMES[rating.stage] : STATE_NAMES[rating.state];
  throw CreditProblem.notProposed({ detail: `当前状态：${now}` });
}

/** What is signed is what was shown. @throws Problem credit.content-changed */
export function requireDigest(rating: Rating, seen: string): void {
  if (!sameDigest(rating.contentDigest, seen.toLowerCase())) throw CreditProblem.contentChanged();
}

/** @throws Problem credit.reason-missing */
export function requireReason(reason: string | undefined): string {
  if (reason !== undefined) return reason;
  throw CreditProblem.reasonMissing({ fields: [{ field: 'reason', reason: '必填' }] });
}

/** The grade and the line of a rating as it stands now, for a step that leaves them. */
export function standing(rating: Rating): { grade: string; lineFen: Fen } {
  return { grade: rating.grade, lineFen: rating.lineFen };
}

/** Ends a rating that does not come into force. `returned` sends its file back to collecting. */
export async function endRating(
  work: Work,
  rating: Rating,
  step: NewStep,
  returned: boolean,
): Promise<Rating> {
  const store = new RatingStore(work);
  const ended = await store.change(rating, {
    state: 'rejected',
    openKey: null,
    decidedBy: work.actor.id,
    decidedByName: work.actor.name,
    decidedOn: work.today,
    decisionReason: step.reason ?? null,
  });
  await store.addStep(rating, step);
  await endCase(work, rating, returned);
  return ended;
}

/** A file goes back to collecting, or is closed. */
export async function endCase(work: Work, rating: Rating, returned: boolean): Promise<void> {
  if (!rating.caseId) return;
  const cases = new CaseStore(work);
  const ratingCase = await cases.get(rating.caseId);
  await cases.change(
    ratingCase,
    returned ? { state: 'collecting' } : { state: 'closed', openKey: null, closedOn: work.today },
  );
}

/** Tells the audit of a step on a rating. */
export function recordStep(work: Work, before: Rating, after: Rating, more: object = {}): void {
  work.record({
    subject: { kind: 'rating', id: before.id },
    related: [{ kind: 'household', id: before.householdId }],
    before: { ...told(before), contentDigest: before.contentDigest },
    after: { ...told(after), contentDigest: after.contentDigest, ...more },
  });
}

function told({ state, stage, grade, lineFen }: Rating) {
  return { state, stage, grade, lineFen };
}
