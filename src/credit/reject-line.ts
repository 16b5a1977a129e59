/**
 * 退回评级: the bank's approver does not confirm a proposed rating and says why. The household may be rated
 * again; the rating in force, if there is one, stays as it is.
 */
import { defineAct } from '../platform/act';
import { answer, idField, shape, textField } from '../platform/shape';
import { requireOtherPerson, requireProposed } from './decision';
import { RatingStore } from './ratings.store';

export const rejectLine = defineAct({
  name: 'credit.reject-line',
  title: '退回评级',
  permission: 'credit.confirm',
  input: shape<{ ratingId: string; reason: string }>({
    ratingId: idField('评级编号'),
    reason: textField(200, '退回理由'),
  }),
  answer: shape({ ratingId: idField(), state: answer.text(), version: answer.count() }),
  locate: async (work, input) => {
    const rating = await new RatingStore(work).get(input.ratingId);
    return { region: rating.regionCode, rating };
  },
  duty: async (work, _input, { rating }) => requireOtherPerson(work, rating),
  run: async (work, input, { rating }) => {
    requireProposed(rating);
    const rejected = await new RatingStore(work).change(rating, {
      state: 'rejected',
      openKey: null,
      decidedBy: work.actor.id,
      decidedByName: work.actor.name,
      decidedOn: work.today,
      decisionReason: input.reason,
    });
    work.record({
      subject: { kind: 'rating', id: rating.id },
      related: [{ kind: 'household', id: rating.householdId }],
      before: { state: 'proposed', contentDigest: rating.contentDigest },
      after: { state: 'rejected', reason: input.reason },
    });
    return { ratingId: rating.id, state: rejected.state, version: rejected.version };
  },
});
