/**
 * The village's democratic review: who attended, who stood aside, how they voted, and the minutes. The vote
 * decides: carried, the application goes on; not carried, it ends with the reason that was given.
 */
import { householdFor, memberFor } from '../households';
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import {
  codeField,
  dateField,
  idField,
  Joi,
  listOf,
  personal,
  shape,
  textField,
  versionField,
} from '../platform/shape';
import { ApplicationStore } from './application.store';
import { assess } from './assess';
import { advance } from './chain';
import {
  chainOf,
  locateApplication,
  requireEligible,
  requireSeen,
  stepAnswer,
  stepDuty,
  takeStep,
} from './gate';
import { P } from './problems';
import { tally, VOTES, type Voter } from './voting';

interface Input {
  applicationId: string;
  version: number;
  heldOn: BusinessDate;
  place: string;
  voters: Voter[];
  minutes: string;
  reason?: string;
}

/** Records the village's review. */
export const recordVillageReview = defineAct({
  name: 'applications.village-review',
  title: '登记村民主评议',
  permission: 'applications.village-review',
  input: shape<Input>({
    applicationId: idField('申请编号'),
    version: versionField(),
    heldOn: dateField('评议日期'),
    place: textField(200, '评议地点'),
    voters: listOf(
      shape<Voter>({
        name: personal(textField(60, '姓名')),
        relative: Joi.boolean().description('是否为借款人亲属'),
        vote: codeField(VOTES, '赞成、反对、弃权或回避'),
      }),
    )
      .min(1)
      .max(200)
      .description('签到与表决'),
    minutes: personal(textField(5000, '评议记录')),
    reason: textField(1000, '未通过的理由').optional(),
  }),
  answer: stepAnswer,
  locate: locateApplication,
  duty: (work, _input, at) => stepDuty(work, at, 'village-review', 'village'),
  run: async (work, input, { application }) => {
    requireSeen(application, input.version);
    advance(application, 'village-review');
    if (input.heldOn < application.enteredOn || input.heldOn > work.today) {
      throw P.reviewDate({ fields: [{ field: 'heldOn', reason: '应在申请日至今日之间' }] });
    }
    const chain = await chainOf(work, application);
    const [rule] = chain.value.steps;
    const household = await householdFor(work.tx, application.householdId);
    const borrower = await memberFor(work.tx, application.memberId);
    const result = tally(input.voters, rule, [borrower.name, household.headName]);
    // A vote that is lost ends the application whatever the rules say; one that is won must also be lawful.
    const findings = result.carried
      ? await requireEligible(work, application, false)
      : await assess(work.tx, application, work.today);
    await new ApplicationStore(work).addReview(
      {
        ...result,
        applicationId: application.id,
        lap: application.lap,
        heldOn: input.heldOn,
        place: input.place,
        minutesText: input.minutes,
        chainRowId: chain.rowId,
      },
      input.voters.map(({ name, relative, vote }) => ({
        applicationId: application.id,
        lap: application.lap,
        voterName: name.trim(),
        relative,
        vote,
      })),
    );
    return takeStep(work, application, {
      step: 'village-review',
      chain: chain.value,
      outcome: result.carried ? 'passed' : 'refused',
      reason: input.reason,
      findings,
    });
  },
});
