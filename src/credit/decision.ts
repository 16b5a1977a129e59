/** Rules that a decision on a rating keeps, whether it confirms or rejects. */
import { sameDigest } from '../platform/crypto/digest';
import type { Work } from '../platform/work';
import { CreditProblem } from './problems';
import type { Rating } from './rating.entity';

/** Whoever rated does not decide; the table says so too. @throws Problem credit.own-rating */
export function requireOtherPerson(work: Work, rating: Rating): void {
  if (rating.ratedBy === work.actor.id) throw CreditProblem.ownRating();
}

const STATE_NAMES: Readonly<Record<Rating['state'], string>> = {
  proposed: '待审定',
  confirmed: '已确认',
  rejected: '已退回',
  superseded: '已被新评级取代',
};

/** Only what is proposed can be decided. @throws Problem credit.not-proposed */
export function requireProposed(rating: Rating): void {
  if (rating.state !== 'proposed') {
    throw CreditProblem.notProposed({ detail: `当前状态：${STATE_NAMES[rating.state]}` });
  }
}

/** The approver confirms exactly what was shown. @throws Problem credit.content-changed */
export function requireDigest(rating: Rating, seen: string): void {
  if (!sameDigest(rating.contentDigest, seen.toLowerCase())) throw CreditProblem.contentChanged();
}
