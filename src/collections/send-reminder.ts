/**
 * Leaves the reminder of a day for one loan in the outbox, and keeps a record of it. The system does it at night;
 * once for a loan, step and day, so a repeated night reminds nobody twice.
 */
import { type LoanFace, loanFor } from '../loans';
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { queueMessage } from '../platform/notify/outbox';
import { answer, dateField, idField, shape } from '../platform/shape';
import { policyAsOf } from '../policy';
import { paidOut, relatedOf } from './collected-loan';
import { CollectionStore } from './collection.store';
import { messageValues } from './message';
import { P } from './problems';
import { messageText, reminderLadder, stepOn } from './reminder-ladder';

interface Input {
  loanId: string;
  on: BusinessDate;
}

interface ReminderAnswer {
  loanId: string;
  stepCode: string;
  kind: string;
  sent: boolean;
}

export const sendReminder = defineAct<
  Input,
  { region: string; org: string; loan: LoanFace },
  ReminderAnswer
>({
  name: 'collections.send-reminder',
  title: '发出到期或逾期提醒',
  permission: 'collections.send-reminder',
  input: shape<Input>({ loanId: idField('贷款编号'), on: dateField('业务日期') }),
  answer: shape<ReminderAnswer>({
    loanId: idField('贷款编号'),
    stepCode: answer.text('阶梯步骤'),
    kind: answer.text('种类'),
    sent: answer.flag('本次发出;false 为此前已发'),
  }),
  locate: async (work, { loanId }) => {
    const loan = await loanFor(work.tx, loanId);
    return { region: loan.regionCode, org: loan.bankId, loan };
  },
  run: async (work, { on }, at) => {
    const loan = paidOut(at.loan);
    const place = { region: loan.regionCode, date: on };
    const { value: ladder, rowId } = await policyAsOf(work.tx, reminderLadder, place);
    const step = stepOn(ladder, loan.maturesOn, on);
    if (!step?.automatic || loan.state !== 'running') throw P.noStepToday({ detail: on });
    const messageKey = `reminder/${step.code}/${loan.id}/${on}`;
    const { code: stepCode, kind, channel, countsForClaim } = step;
    const reminder = await new CollectionStore(work).addReminder(loan, {
      ...{ stepCode, kind, channel, countsForClaim, sentOn: on, messageKey, policyRowId: rowId },
    });
    await queueMessage(work, {
      naturalKey: messageKey,
      kind: 'collections.reminder',
      channel,
      recipient: { kind: 'household', id: loan.householdId },
      region: loan.regionCode,
      title: step.title,
      body: messageText(step.template, await messageValues(work.tx, loan, on)),
    });
    work.record({
      subject: { kind: 'loan', id: loan.id },
      related: relatedOf(loan),
      after: { stepCode, kind, on, sent: reminder !== null },
    });
    return { loanId: loan.id, stepCode, kind, sent: reminder !== null };
  },
});
