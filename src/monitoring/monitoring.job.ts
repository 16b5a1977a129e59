/**
 * Plans of checks at night: every loan with money in use has one that is open, every other one is ended. The events of
 * the day do most of it; the night takes up loans of before, corrections, and what ends without an event.
 */
import { type RunningLoan, runningLoans } from '../loans';
import type { BusinessDate } from '../platform/dates';
import type { ChunkStep } from '../platform/jobs/step';
import type { Work } from '../platform/work';
import { type InForce, policyAsOf } from '../policy';
import { type DueDay, UseCheckStore } from './use-check.store';
import { nextCheckOn, type UseCheckRules, useCheckRules } from './use-check-rules';

export const planChecksStep: ChunkStep = {
  kind: 'chunks',
  name: 'monitoring.plan-checks',
  title: '用途检查安排',
  reason: '在逾期登记和分类之后、提醒之前：早上的检查清单包含全部在用贷款，不含已还清的',
  chunk: async (work, _date, after, size) => {
    const loans = await runningLoans(work.tx, { after, limit: size });
    const next = loans.length < size ? null : (loans[loans.length - 1]?.id ?? null);
    const store = new UseCheckStore(work);
    const plans = new Map(
      (await store.plansBetween(after, next)).map(({ loanId, state }) => [loanId, state]),
    );
    const running = new Set(loans.map(({ id }) => id));
    const fresh = loans.filter(({ id }) => !plans.has(id));
    const reopened = loans.filter(({ id }) => plans.get(id) === 'ended').map(({ id }) => id);
    const ended = [...plans]
      .filter(([id, state]) => state === 'open' && !running.has(id))
      .map(([id]) => id);
    if (fresh.length > 0) await store.addPlans(await dueDays(work, fresh));
    if (reopened.length > 0) await store.setStates(reopened, 'open');
    if (ended.length > 0) await store.setStates(ended, 'ended');
    return { next, count: fresh.length + reopened.length + ended.length };
  },
};

/** The first due day of each loan, by the rules of its place on the day of its payout; asked once for each. */
async function dueDays(
  work: Work,
  loans: readonly RunningLoan[],
): Promise<{ loan: RunningLoan; due: DueDay }[]> {
  const rules = new Map<string, InForce<UseCheckRules>>();
  const rulesOf = async (region: string, date: BusinessDate) => {
    const key = `${region} ${date}`;
    const known = rules.get(key);
    if (known) return known;
    const found = await policyAsOf(work.tx, useCheckRules, { region, date });
    rules.set(key, found);
    return found;
  };
  const plans: { loan: RunningLoan; due: DueDay }[] = [];
  for (const loan of loans) {
    const { value, rowId } = await rulesOf(loan.regionCode, loan.disbursedOn);
    const due = { dueOn: nextCheckOn(value, loan.disbursedOn, null), policyRowId: rowId };
    plans.push({ loan, due });
  }
  return plans;
}
