/** The loan book at night: settle interest on the settlement day, count days overdue, classify. */
import { addDays, type BusinessDate, isSettlementDay, settlementPeriodOf } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { BookStep, RecordStep } from '../platform/jobs/step';
import { classifyLoan } from './classify-loan';
import { gradingOf } from './grading';
import { notPlainlyBest, runningOf } from './grading.queries';
import { markOverdue } from './mark-overdue';
import { settleChunk } from './settle-book';
import { loansToSettle } from './settle-book.store';
import { settleInterest } from './settle-interest';
import { TablesOfTheDay } from './tables-of-the-day';

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

/**
 * Books the quarter's interest of the whole book; a loan whose interest is booked to the 20th is not due. Plain loans
 * are settled by statements, those whose settlement does more than to book a quarter by their act.
 */
export const settleInterestStep: BookStep = {
  kind: 'book',
  name: 'loans.settle-interest',
  title: '按季结息',
  reason: '先把当日应计的利息入账，之后的逾期、分类、报表和贴息才有同一个数',
  when: isSettlementDay,
  chunk: settleChunk,
  due: (sql, date, after, limit) => loansToSettle(sql, settlementPeriodOf(date), after, limit),
  act: settleInterest,
  input: (loanId, on) => ({ loanId, on }),
};

/**
 * Counts days overdue of every loan whose counts are not those of the date: of the principal since maturity, of own
 * interest since it was due. A loan whose subsidy was found lost just now may owe more own interest than it knew.
 */
export const markOverdueStep: RecordStep = {
  kind: 'records',
  name: 'loans.mark-overdue',
  title: '逾期天数登记',
  reason: '结息之后、分类之前：分类、提醒和报表都看逾期天数',
  due: async (sql, date, after, limit) => ids(await miscounted(sql, date, after ?? '', limit)),
  act: markOverdue,
  input: (loanId, on) => ({ loanId, on }),
};

function miscounted(sql: Sql, date: BusinessDate, after: string, limit: number) {
  const principalDays = `CASE WHEN matures_on < :date AND outstanding_fen > 0
    THEN ${sql.dialect.daysBetween('matures_on', ':date')} ELSE 0 END`;
  const interestDays = `CASE WHEN own_due_since < :date
    THEN ${sql.dialect.daysBetween('own_due_since', ':date')} ELSE 0 END`;
  return sql.rows<{ id: string }>(
    `SELECT id FROM loan
      WHERE state = 'running' AND id > :after
        AND (days_overdue <> ${principalDays} OR interest_days_overdue <> ${interestDays}
          OR id IN (SELECT h.loan_id FROM subsidy_hold h
                     WHERE h.state = 'lost' AND h.ended_on >= :dayBefore))
      ORDER BY id LIMIT :limit`,
    { date, dayBefore: addDays(date, -1), after, limit },
  );
}

/** Gives a grade to every loan whose grade is not the one of the date. */
export const classifyStep: RecordStep = {
  kind: 'records',
  name: 'loans.classify',
  title: '五级分类',
  reason: '逾期天数登记之后：按当日的分类表，只改有变化的',
  due: async (sql, date, after, limit) => {
    const tables = new TablesOfTheDay(sql, date);
    const due: string[] = [];
    for (let from = after ?? ''; due.length < limit; ) {
      const candidates = await notPlainlyBest(sql, { date, after: from, limit });
      const members = candidates.map(({ memberId }) => memberId);
      const running = await runningOf(sql, members);
      for (const loan of candidates) {
        const others = (running.get(loan.memberId) ?? []).filter(({ id }) => id !== loan.id);
        const { code } = gradingOf(await tables.of(loan.regionCode), loan, others, date);
        if (code !== loan.classCode && due.length < limit) due.push(loan.id);
      }
      if (candidates.length < limit) break;
      from = candidates[candidates.length - 1]?.id ?? from;
    }
    return due;
  },
  act: classifyLoan,
  input: (loanId, on) => ({ loanId, on }),
};
