/**
 * Records a visit to a borrower: by the village worker, the township or the bank's officer. A visit after maturity
 * counts among the records a claim needs; whether the use of the money was checked is asked each time.
 */
import { type LoanFace, loanFor } from '../loans';
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { answer, dateField, idField, Joi, personal, shape, textField } from '../platform/shape';
import { policyAsOf } from '../policy';
import { paidOut, relatedOf } from './collected-loan';
import { CollectionStore } from './collection.store';
import { P } from './problems';
import { reminderLadder, stepOfKind } from './reminder-ladder';

interface Input {
  loanId: string;
  visitedOn: BusinessDate;
  place: string;
  metWith: string;
  finding: string;
  useChecked: boolean;
  photoDigest?: string;
}

interface VisitAnswer {
  visitId: string;
  loanId: string;
  visitedOn: string;
  useChecked: boolean;
  countsForClaim: boolean;
}

export const recordVisit = defineAct<
  Input,
  { region: string; org: string; loan: LoanFace },
  VisitAnswer
>({
  name: 'collections.record-visit',
  title: '登记走访',
  permission: 'collections.record-visit',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    visitedOn: dateField('走访日期'),
    place: textField(200, '走访地点'),
    metWith: personal(textField(100, '见到的人')),
    finding: personal(textField(2000, '走访情况')),
    useChecked: Joi.boolean().description('是否检查了贷款用途'),
    photoDigest: Joi.string()
      .pattern(/^[0-9a-f]{64}$/, '64 位小写十六进制摘要')
      .description('照片摘要')
      .optional(),
  }),
  answer: shape<VisitAnswer>({
    visitId: idField('走访编号'),
    loanId: idField('贷款编号'),
    visitedOn: answer.date('走访日期'),
    useChecked: answer.flag('检查了用途'),
    countsForClaim: answer.flag('计入代偿所需的催收记录'),
  }),
  locate: async (work, { loanId }) => {
    const loan = await loanFor(work.tx, loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, input, at) => {
    const loan = paidOut(at.loan);
    const { visitedOn, place, metWith, finding, useChecked } = input;
    const refused = (reason: string) => ({ fields: [{ field: 'visitedOn', reason }] });
    if (visitedOn > work.today) throw P.inFuture(refused(`今日为 ${work.today}`));
    if (visitedOn < loan.disbursedOn) {
      throw P.beforePayout(refused(`放款日 ${loan.disbursedOn}`));
    }
    const dated = { region: loan.regionCode, date: visitedOn };
    const { value: ladder } = await policyAsOf(work.tx, reminderLadder, dated);
    const step = stepOfKind(ladder, 'VISIT');
    const countsForClaim = visitedOn > loan.maturesOn && step?.countsForClaim === true;
    const visit = await new CollectionStore(work).addVisit(loan, {
      ...{ visitedOn, place, metWith, finding, useChecked, countsForClaim },
      photoDigest: input.photoDigest ?? null,
    });
    work.record({
      subject: { kind: 'visit', id: visit.id },
      related: [{ kind: 'loan', id: loan.id }, ...relatedOf(loan)],
      after: { visitedOn, useChecked, countsForClaim, photoDigest: visit.photoDigest },
    });
    return { visitId: visit.id, loanId: loan.id, visitedOn, useChecked, countsForClaim };
  },
});
