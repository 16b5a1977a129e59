/** The loan book at night: settle interest on the settlement day, count days overdue, classify. */
import { type BusinessDate, isSettlementDay, settlementPeriodOf } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { RecordStep } from '../platform/jobs/step';
import type { Fen } from '../platform/money';
import { BEST_GRADE, gradeOf } from './classification';
import { classifyLoan } from './classify-loan';
import { overdueDaysOn } from './interest';
import { markOverdue } from './mark-overdue';
import { settleInterest } from './settle-interest';
import { TablesOfTheDay } from './tables-of-the-day';

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

/** Books the quarter's interest of every running loan; a loan whose interest is booked to the 20th is not due. */
export const settleInterestStep: RecordStep = {
  kind: 'records',
  name: 'loans.settle-interest',
  title: '按季结息',
  reason: '先把当日应计的利息入账，之后的逾期、分类、报表和贴息才有同一个数',
  when: isSettlementDay,
  due: async (sql, date, after, limit) =>
    ids(
      await sql.rows(
        `SELECT id FROM loan
          WHERE state = 'running' AND booked_until < :until AND disbursed_on <= :date
            AND id > :after ORDER BY id LIMIT :limit`,
        { date, until: settlementPeriodOf(date).untilExclusive, after: after ?? '', limit },
      ),
    ),
  act: settleInterest,
  input: (loanId, on) => ({ loanId, on }),
};

/** Counts days overdue of every loan that matured with principal outstanding and whose count is not today's. */
export const markOverdueStep: RecordStep = {
  kind: 'records',
  name: 'loans.mark-overdue',
  title: '逾期天数登记',
  reason: '结息之后、分类之前：分类、提醒和报表都看逾期天数',
  due: async (sql, date, after, limit) =>
    ids(
      await sql.rows(
        `SELECT id FROM loan
          WHERE state = 'running' AND matures_on < :date AND outstanding_fen > 0
            AND days_overdue <> ${sql.dialect.daysBetween('matures_on', ':date')}
            AND id > :after ORDER BY id LIMIT :limit`,
        { date, after: after ?? '', limit },
      ),
    ),
  act: markOverdue,
  input: (loanId, on) => ({ loanId, on }),
};

interface Candidate {
  id: string;
  regionCode: string;
  maturesOn: BusinessDate;
  outstandingFen: Fen;
  classCode: string;
}

/** Gives a grade to every loan whose grade is not the one its days overdue bring by the table of the date. */
export const classifyStep: RecordStep = {
  kind: 'records',
  name: 'loans.classify',
  title: '五级分类',
  reason: '逾期天数登记之后：按当日的分类表，只改有变化的',
  due: async (sql, date, after, limit) => {
    const tables = new TablesOfTheDay(sql, date);
    const due: string[] = [];
    for (let from = after ?? ''; due.length < limit; ) {
      const candidates = await notPlainlyNormal(sql, date, from, limit);
      for (const loan of candidates) {
        const days = overdueDaysOn(loan.maturesOn, loan.outstandingFen, date);
        const grade = gradeOf(await tables.of(loan.regionCode), days);
        if (grade !== loan.classCode && due.length < limit) due.push(loan.id);
      }
      if (candidates.length < limit) break;
      from = candidates[candidates.length - 1]?.id ?? from;
    }
    return due;
  },
  act: classifyLoan,
  input: (loanId, on) => ({ loanId, on }),
};

/** Running loans that are overdue or not graded best; all others keep the best grade. */
function notPlainlyNormal(
  sql: Sql,
  date: BusinessDate,
  after: string,
  limit: number,
): Promise<Candidate[]> {
  return sql.rows<Candidate>(
    `SELECT id, region_code AS regionCode, matures_on AS maturesOn,
            outstanding_fen AS outstandingFen, class_code AS classCode
       FROM loan
      WHERE state = 'running' AND (matures_on < :date OR class_code <> :best) AND id > :after
      ORDER BY id LIMIT :limit`,
    { date, best: BEST_GRADE, after, limit },
  );
}
