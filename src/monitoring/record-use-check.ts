/**
 * Records a check of use (用途检查): who was at which place when, whom they met, what they found and what shows it. The
 * next check is due from the visit on; a failed one raises a flag and has consequences at once (`failed-check.ts`).
 */
import { defineAct } from '../platform/act';
import { type Instant, instantOf, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import { codeField, dateField, idField, Joi, personal, shape, textField } from '../platform/shape';
import type { Work } from '../platform/work';
import { type InForce, policyAsOf } from '../policy';
import { type CheckAnswer, checkAnswerShape, flagAnswer } from './check-answer';
import { checkerDuty } from './checker-duty';
import { followFailedCheck } from './failed-check';
import { FlagStore } from './flag.store';
import type { UseCheck, UseCheckPlan } from './monitoring.entity';
import { latitudeField, longitudeField, millionths } from './point';
import { P } from './problems';
import { flagKindOf, USES, type Use } from './use-check';
import { UseCheckStore } from './use-check.store';
import { isEnteredLate, nextCheckOn, type UseCheckRules, useCheckRules } from './use-check-rules';
import { freshPhotos } from './use-photo';
import { type LoanAt, locateLoan, relatedOf, type WatchedLoan, watched } from './watched-loan';

interface Input {
  loanId: string;
  visitedOn: BusinessDate;
  /** Shanghai time, HH:MM. */
  time: string;
  place: string;
  latitude?: string;
  longitude?: string;
  metWith: string;
  findings: string;
  use: Use;
  photos: string[];
  note?: string;
}

/** The most photos that one check shows. */
const PHOTOS_MAX = 9;

export const recordUseCheck = defineAct<Input, LoanAt, CheckAnswer>({
  name: 'monitoring.record-use-check',
  title: '登记用途检查',
  permission: 'monitoring.record-check',
  input: shape<Input>({
    loanId: idField('贷款编号'),
    visitedOn: dateField('走访日期'),
    time: Joi.string()
      .pattern(/^([01]\d|2[0-3]):[0-5]\d$/, '时间，如 14:30')
      .description('走访时间(时:分)'),
    place: textField(200, '走访地点'),
    latitude: latitudeField().optional(),
    longitude: longitudeField().optional(),
    metWith: personal(textField(100, '在场的人')),
    findings: personal(textField(2000, '检查情况')),
    use: codeField(USES, '用途认定：按约定、挪用、转借、闲置、未能查明'),
    photos: Joi.array()
      .items(idField('照片编号'))
      .max(PHOTOS_MAX)
      .unique()
      .description('已上传的现场照片'),
    note: personal(textField(500, '备注')).optional(),
  }).and('latitude', 'longitude'),
  answer: checkAnswerShape,
  locate: locateLoan,
  duty: (work, input, { loan }) => checkerDuty(work, loan, input.visitedOn),
  run: async (work, input, at) => {
    const loan = watched(at.loan);
    const visitedAt = visitOf(work, input, loan);
    const rules = await rulesOn(work, loan, input.visitedOn);
    const photos = await freshPhotos(work, loan.id, input.photos);
    const { photosMin } = rules.value;
    if (photos.length < photosMin) throw P.photosTooFew({ detail: `至少 ${photosMin} 张` });
    const store = new UseCheckStore(work);
    const plan = await planFor(work, store, loan);
    const kind = flagKindOf(input.use);
    const standing = kind && (await new FlagStore(work).standing(loan.id));
    const flagId = kind && (standing?.id ?? work.newId());
    const check = checkRow(work, { input, loan, visitedAt, rules, plan, flagId });
    await store.addCheck(
      check,
      photos.map(({ photoId, digest }) => ({ photoId, digest })),
    );
    const next = await moveOn(store, plan, check, rules);
    const failed = kind && (await followFailedCheck(work, check, { kind, standing }));
    const { use, visitedOn } = input;
    const after = { visitedOn, use, enteredLate: check.enteredLate, photos, flagId };
    work.record({
      subject: { kind: 'check', id: check.id },
      related: [...relatedOf(loan), ...(flagId ? [{ kind: 'flag', id: flagId }] : [])],
      after: { ...after, wasDueOn: plan.dueOn, nextDueOn: next.dueOn },
    });
    return {
      ...{ checkId: check.id, loanId: loan.id, visitedOn, visitedAt: isoInstant(visitedAt), use },
      ...{ enteredLate: check.enteredLate, wasDueOn: plan.dueOn, nextDueOn: next.dueOn, photos },
      flag: failed && flagAnswer(failed),
    };
  },
});

/** The moment of the visit. @throws Problem monitoring.in-future, before-payout */
function visitOf(work: Work, { visitedOn, time }: Input, loan: WatchedLoan): Instant {
  const visitedAt = instantOf(`${visitedOn}T${time}:00+08:00`);
  if (visitedOn > work.today || visitedAt > work.now) {
    throw P.inFuture({
      fields: [{ field: 'visitedOn', reason: `现在是 ${isoInstant(work.now)}` }],
    });
  }
  if (visitedOn < loan.disbursedOn) {
    throw P.beforePayout({
      fields: [{ field: 'visitedOn', reason: `放款日 ${loan.disbursedOn}` }],
    });
  }
  return visitedAt;
}

function rulesOn(work: Work, loan: WatchedLoan, date: BusinessDate) {
  return policyAsOf(work.tx, useCheckRules, { region: loan.regionCode, date });
}

/** The plan of the loan; one that a loan of before does not have yet is made. */
async function planFor(work: Work, store: UseCheckStore, loan: WatchedLoan): Promise<UseCheckPlan> {
  const standing = await store.planOf(loan.id);
  if (standing) return standing;
  const { value, rowId } = await rulesOn(work, loan, loan.disbursedOn);
  await store.addPlan(loan, {
    dueOn: nextCheckOn(value, loan.disbursedOn, null),
    policyRowId: rowId,
  });
  return (await store.planOf(loan.id)) as UseCheckPlan;
}

interface Entry {
  input: Input;
  loan: WatchedLoan;
  visitedAt: Instant;
  rules: InForce<UseCheckRules>;
  plan: UseCheckPlan;
  flagId: string | null;
}

function checkRow(work: Work, entry: Entry): UseCheck {
  const { input, loan, visitedAt, rules, plan, flagId } = entry;
  const { visitedOn, place, metWith, findings, use, note, latitude, longitude } = input;
  return {
    ...{ id: work.newId(), loanId: loan.id, householdId: loan.householdId },
    ...{ regionCode: loan.regionCode, bankId: loan.bankId, visitedOn, visitedAt },
    ...{ dueOn: plan.dueOn, place, metWith, findings, useFound: use, note: note ?? null },
    latitudeMillionths: latitude === undefined ? null : millionths(latitude),
    longitudeMillionths: longitude === undefined ? null : millionths(longitude),
    enteredLate: isEnteredLate(rules.value, visitedOn, work.today),
    ...{ flagId, policyRowId: rules.rowId, recordedBy: work.actor.id },
    ...{ recordedByName: work.actor.name, recordedAt: work.now },
  };
}

/** The plan after a check: a visit that lies before one already entered does not move the due day. */
async function moveOn(
  store: UseCheckStore,
  plan: UseCheckPlan,
  check: UseCheck,
  { value, rowId }: InForce<UseCheckRules>,
): Promise<UseCheckPlan> {
  const { visitedOn, useFound: use } = check;
  if (plan.lastVisitOn !== null && visitedOn < plan.lastVisitOn) return store.updatePlan(plan, {});
  return store.updatePlan(plan, {
    ...{ lastVisitOn: visitedOn, policyRowId: rowId, state: 'open' },
    dueOn: nextCheckOn(value, plan.disbursedOn, { visitedOn, use }),
  });
}
