/** Collection at night: send the reminders of the day, write the overdue report. */
import { countiesWithLoans, loansMaturingOn, type OverdueGroup, overdueGroups } from '../loans';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { OnceStep, RecordStep } from '../platform/jobs/step';
import { policyAsOf } from '../policy';
import { CollectionStore } from './collection.store';
import { overdueFigures } from './overdue-report';
import {
  bandsOf,
  type Ladder,
  maturitiesToRemind,
  reminderLadder,
  stepOn,
} from './reminder-ladder';
import { sendReminder } from './send-reminder';

/** The ladders of one date, by the six digits of the county. */
async function laddersOn(
  sql: Sql,
  counties: readonly string[],
  date: BusinessDate,
): Promise<Map<string, Ladder>> {
  const ladders = new Map<string, Ladder>();
  for (const county of counties) {
    const { value } = await policyAsOf(sql, reminderLadder, { region: county, date });
    ladders.set(county.slice(0, 6), value);
  }
  return ladders;
}

/** Reminds of every running loan for whose maturity an automatic step of its county's ladder falls on the date. */
export const sendRemindersStep: RecordStep = {
  kind: 'records',
  name: 'collections.send-reminders',
  title: '到期与逾期提醒',
  reason: '逾期登记和分类之后：提醒中的逾期天数与欠款以当日为准',
  due: async (sql, date, after, limit) => {
    const ladders = await laddersOn(sql, await countiesWithLoans(sql), date);
    const dates = [...ladders.values()].flatMap((ladder) => maturitiesToRemind(ladder, date));
    const due: string[] = [];
    for (let from = after; due.length < limit; ) {
      const loans = await loansMaturingOn(sql, { dates: [...new Set(dates)], after: from, limit });
      for (const { id, regionCode, maturesOn } of loans) {
        const ladder = ladders.get(regionCode.slice(0, 6));
        const step = ladder && stepOn(ladder, maturesOn, date);
        if (step?.automatic && due.length < limit) due.push(id);
      }
      if (loans.length < limit) break;
      from = loans[loans.length - 1]?.id ?? from;
    }
    return due;
  },
  act: sendReminder,
  input: (loanId, on) => ({ loanId, on }),
};

/** Writes the overdue figures of each township and bank for the night, once. */
export const overdueReportStep: OnceStep = {
  kind: 'once',
  name: 'collections.overdue-report',
  title: '逾期报表',
  reason: '逾期、分类、提醒都办完之后：报表是当夜的定数',
  run: async (work, date) => {
    const groups = await overdueGroups(work.tx, date);
    const counties = [...new Set(groups.map((group) => countyOf(group)))];
    const ladders = await laddersOn(work.tx, counties, date);
    const store = new CollectionStore(work);
    let count = 0;
    for (const [first, ...rest] of byTownshipAndBank(groups)) {
      if (!first) continue;
      const { townshipCode, bankId } = first;
      const ladder = ladders.get(townshipCode.slice(0, 6));
      const figures = overdueFigures([first, ...rest], ladder ? bandsOf(ladder) : []);
      const fresh = await store.addReport({
        ...{ businessDate: date, townshipCode, bankId },
        ...figures,
      });
      if (fresh) count += 1;
    }
    return { count };
  },
};

function countyOf({ townshipCode }: OverdueGroup): string {
  return `${townshipCode.slice(0, 6)}000000`;
}

/** Cuts the ordered groups where the township or the bank changes. */
function byTownshipAndBank(groups: readonly OverdueGroup[]): OverdueGroup[][] {
  const cut = new Map<string, OverdueGroup[]>();
  for (const group of groups) {
    const key = `${group.townshipCode} ${group.bankId}`;
    cut.set(key, [...(cut.get(key) ?? []), group]);
  }
  return [...cut.values()];
}
