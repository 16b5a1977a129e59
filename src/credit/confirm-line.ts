/**
 * 确认授信额度: the bank's approver confirms a proposed rating, never the one who rated. The confirmation binds
 * the content by its digest. The rating in force before is superseded from this day on; it keeps its days, so
 * that the line of any past day can still be told.
 */
import { defineAct } from '../platform/act';
import { addDays, addMonths } from '../platform/dates';
import { yuan } from '../platform/money';
import { answer, idField, Joi, shape } from '../platform/shape';
import { requireDigest, requireOtherPerson, requireProposed } from './decision';
import { RatingStore } from './ratings.store';

interface Input {
  ratingId: string;
  contentDigest: string;
}

export const confirmLine = defineAct({
  name: 'credit.confirm-line',
  title: '确认授信额度',
  permission: 'credit.confirm',
  input: shape<Input>({
    ratingId: idField('评级编号'),
    contentDigest: Joi.string().hex().length(64).description('所见评级的内容摘要'),
  }),
  answer: shape({
    ratingId: idField(),
    state: answer.text(),
    grade: answer.text(),
    gradeName: answer.text(),
    line: answer.yuan(),
    validFrom: answer.date(),
    validUntil: answer.date(),
    supersededRatingId: idField().allow(null),
    version: answer.count(),
  }),
  locate: async (work, input) => {
    const rating = await new RatingStore(work).get(input.ratingId);
    return { region: rating.regionCode, rating };
  },
  duty: async (work, _input, { rating }) => requireOtherPerson(work, rating),
  run: async (work, input, { rating }) => {
    requireProposed(rating);
    requireDigest(rating, input.contentDigest);
    const store = new RatingStore(work);
    await store.content(rating);

    const former = await store.currentOf(rating.householdId);
    if (former) {
      await store.change(former, {
        state: 'superseded',
        supersededOn: work.today,
        currentKey: null,
      });
    }
    // First day in, last day in: 24 months from 1 March 2018 end on 29 February 2020.
    const validUntil = addDays(addMonths(work.today, rating.validityMonths), -1);
    const confirmed = await store.change(rating, {
      state: 'confirmed',
      openKey: null,
      currentKey: rating.householdId,
      decidedBy: work.actor.id,
      decidedByName: work.actor.name,
      decidedOn: work.today,
      validUntil,
    });
    work.record({
      subject: { kind: 'rating', id: rating.id },
      related: [
        { kind: 'household', id: rating.householdId },
        ...(former ? [{ kind: 'rating', id: former.id }] : []),
      ],
      before: { state: 'proposed', contentDigest: rating.contentDigest },
      after: { state: 'confirmed', lineFen: rating.lineFen, validUntil },
    });
    return {
      ratingId: rating.id,
      state: confirmed.state,
      grade: rating.grade,
      gradeName: rating.gradeName,
      line: yuan(rating.lineFen),
      validFrom: work.today,
      validUntil,
      supersededRatingId: former?.id ?? null,
      version: confirmed.version,
    };
  },
});
