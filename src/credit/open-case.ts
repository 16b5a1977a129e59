/**
 * 建立评级档案: opens the file in which a household's rating is collected. The card of the day and place is bound
 * to the file; a newer card does not reach it. A household has one open file: of two officers one is refused.
 */
import { householdFor } from '../households';
import { defineAct } from '../platform/act';
import { answer, idField, shape } from '../platform/shape';
import { policyAsOf } from '../policy';
import { CreditProblem } from './problems';
import { CaseStore, newCase } from './rating-case.store';
import { RatingStore } from './ratings.store';
import { scorecardParameter } from './scorecard-parameter';

export const openCase = defineAct({
  name: 'credit.open-case',
  title: '建立评级档案',
  permission: 'credit.collect',
  input: shape<{ householdId: string }>({ householdId: idField('农户编号') }),
  answer: shape({
    caseId: idField(),
    state: answer.text(),
    scorecardRowId: answer.text(),
    provisional: answer.flag('评分表是否暂定'),
    version: answer.count(),
  }),
  locate: async (work, input) => {
    const household = await householdFor(work.tx, input.householdId);
    return { region: household.regionCode, household };
  },
  run: async (work, _input, { household }) => {
    const store = new CaseStore(work);
    const open = await store.openOf(household.id);
    // A proposal from before there were files has none.
    if (open || (await new RatingStore(work).openOf(household.id))) {
      throw CreditProblem.ratingOpen(open ? { extra: { caseId: open.id } } : {});
    }
    const date = work.today;
    const card = await policyAsOf(work.tx, scorecardParameter, {
      region: household.regionCode,
      date,
    });
    const ratingCase = newCase(work, household, card.rowId);
    await store.open([ratingCase]);
    work.record({
      subject: { kind: 'rating-case', id: ratingCase.id },
      related: [
        { kind: 'household', id: household.id },
        { kind: 'policy-row', id: card.rowId },
      ],
      after: { state: 'collecting', scorecardRowId: card.rowId },
    });
    return {
      caseId: ratingCase.id,
      state: 'collecting',
      scorecardRowId: card.rowId,
      provisional: card.provisional,
      version: 1,
    };
  },
});
