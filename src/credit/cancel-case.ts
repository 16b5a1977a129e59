/** 撤销评级档案: ends a collecting file with a reason. Nothing of it is removed; the household may be rated anew. */
import { defineAct } from '../platform/act';
import { idField, shape, textField } from '../platform/shape';
import { caseAnswer, caseAnswerOf, locateCase, requireCollecting } from './case-input';
import { CaseStore } from './rating-case.store';

export const cancelCase = defineAct({
  name: 'credit.cancel-case',
  title: '撤销评级档案',
  permission: 'credit.compute',
  input: shape<{ caseId: string; reason: string }>({
    caseId: idField('评级档案编号'),
    reason: textField(200, '撤销理由'),
  }),
  answer: caseAnswer,
  locate: locateCase,
  run: async (work, input, { ratingCase }) => {
    requireCollecting(ratingCase);
    const cancelled = await new CaseStore(work).change(ratingCase, {
      state: 'cancelled',
      openKey: null,
      closedOn: work.today,
      closedReason: input.reason,
    });
    work.record({
      subject: { kind: 'rating-case', id: ratingCase.id },
      related: [{ kind: 'household', id: ratingCase.householdId }],
      before: { state: ratingCase.state },
      after: { state: 'cancelled', reason: input.reason },
    });
    return caseAnswerOf(cancelled);
  },
});
