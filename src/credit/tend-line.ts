/**
 * What the night does to one line: notes that it ran out, brings it down for arrears, passes the yearly review of
 * a household without arrears, still on a list and rated by the card of the day, or puts it before a person. The
 * first that applies is done; it holds from the day after, because a day that is over keeps its line.
 */
import { householdFor, isListed, statusOn } from '../households';
import { defineAct } from '../platform/act';
import { addDays, type BusinessDate } from '../platform/dates';
import { answer, dateField, idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { nightlyStart } from './credit-line';
import { LineStore, type StandingLine } from './credit-line.store';
import { repaymentRecordOf } from './evidence';
import { type LocatedLine, locateLine } from './line-act';
import { lineRulesOn } from './line-rules';
import { applyEffect } from './line-trigger';
import { scorecardParameter } from './scorecard-parameter';

interface Input {
  householdId: string;
  on: BusinessDate;
}

const DONE = ['expired', 'brought-down', 'reviewed', 'review-waits', 'nothing'] as const;
type Done = (typeof DONE)[number];

export const tendLine = defineAct<Input, LocatedLine, { householdId: string; done: Done }>({
  name: 'credit.tend-line',
  title: '授信额度夜间检查',
  permission: 'credit.tend-line',
  input: shape<Input>({ householdId: idField('农户编号'), on: dateField('检查日') }),
  answer: shape({ householdId: idField('农户编号'), done: answer.text('所办') }),
  locate: locateLine,
  run: async (work, { householdId, on }, { standing }) => ({
    householdId,
    done: await tend(work, standing, on),
  }),
});

async function tend(work: Work, standing: StandingLine, on: BusinessDate): Promise<Done> {
  const { line, period } = standing;
  const store = new LineStore(work);
  if (period.state === 'cancelled' || period.state === 'expired') return 'nothing';
  if (period.validUntil <= on) {
    const from = addDays(period.validUntil, 1);
    await store.change(standing, { cause: 'EXPIRE', reason: '有效期满', from });
    return 'expired';
  }
  const { regionCode } = await householdFor(work.tx, line.householdId);
  const { overdueNowDays } = await repaymentRecordOf(work.tx, line.householdId, on);
  const { value: rules } = await lineRulesOn(work.tx, regionCode, on);
  const from = nightlyStart(on);
  if (overdueNowDays > rules.overdue.daysOver) {
    const reason = `贷款逾期 ${overdueNowDays} 天，超过 ${rules.overdue.daysOver} 天`;
    if (await applyEffect(work, standing, rules.overdue, { reason, from })) return 'brought-down';
  }
  const waits = line.reviewDueOn !== null && line.reviewDueOn <= on && line.reviewReason === null;
  if (!waits) return 'nothing';
  const against = await againstReview(work, standing, { region: regionCode, date: on });
  if (overdueNowDays > 0) against.unshift(`贷款逾期 ${overdueNowDays} 天`);
  if (against.length === 0) {
    await store.change(standing, { cause: 'REVIEW', reason: '年审通过(系统)', from });
    return 'reviewed';
  }
  await store.awaitReview(standing, against.join('；'), on);
  return 'review-waits';
}

/** Why a line does not pass its yearly review by itself, arrears aside; empty when nothing stands against it. */
async function againstReview(
  work: Work,
  { line, period }: StandingLine,
  asOf: { region: string; date: BusinessDate },
): Promise<string[]> {
  const reasons: string[] = [];
  if (period.state === 'frozen') reasons.push('额度处于冻结状态');
  const status = await statusOn(work.tx, line.householdId, asOf.date);
  if (!status) reasons.push('名册没有该户当日的身份类别');
  else if (!isListed(status.status)) reasons.push(`该户${status.name}`);
  const card = await policyAsOf(work.tx, scorecardParameter, asOf);
  const { scorecardRowId } = await new LineStore(work).ratingOf(period);
  if (card.rowId !== scorecardRowId) reasons.push('评分表已有新版本');
  return reasons;
}
