/** Who answers for a loan: now, for lists, and ever since, for its screen. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { defineQuery } from '../platform/query';
import { type Ppm, percent } from '../platform/rate';
import { answer, idField, listOf, shape } from '../platform/shape';

/** One person who answers for a loan. */
export interface Holder {
  userId: string;
  userName: string;
  sharePpm: Ppm;
}

/** The people who answer for a loan today, by id; none where nobody was assigned. */
export function holdersOf(sql: Sql, loanId: string): Promise<Holder[]> {
  return sql.rows<Holder>(
    `SELECT s.user_id AS userId, s.user_name AS userName, s.share_ppm AS sharePpm
       FROM loan_responsibility r JOIN loan_responsibility_share s ON s.responsibility_id = r.id
      WHERE r.open_key = :loanId ORDER BY s.user_id`,
    { loanId },
  );
}

interface ShareRow extends Holder {
  responsibilityId: string;
  fromOn: BusinessDate;
  untilOn: BusinessDate | null;
  assignedBy: string;
}

interface Period {
  responsibilityId: string;
  from: string;
  until: string | null;
  assignedBy: string;
  shares: { userId: string; name: string; share: string }[];
}

/** All assignments of a loan, the newest first; none for a loan outside the reader's limits. */
export const responsibilityOfLoan = defineQuery<{ loanId: string }, { items: Period[] }>({
  name: 'monitoring.responsibility-of-loan',
  title: '贷款的管户责任',
  permission: 'monitoring.read',
  input: shape<{ loanId: string }>({ loanId: idField('贷款编号') }),
  answer: shape({
    items: listOf(
      shape<Period>({
        responsibilityId: idField('落实记录编号'),
        from: answer.date('自此日起'),
        until: answer.date('自此日起由他人接替；空为现任').allow(null),
        assignedBy: answer.text('落实人编号'),
        shares: listOf(
          shape({
            userId: answer.text('责任人'),
            name: answer.text('姓名'),
            share: answer.percent('责任比例(%)'),
          }),
        ),
      }),
    ),
  }),
  run: async (read, { loanId }) => {
    const rows = await read.rows<ShareRow>(
      `SELECT r.id AS responsibilityId, r.from_on AS fromOn, r.until_on AS untilOn,
              r.assigned_by AS assignedBy, s.user_id AS userId, s.user_name AS userName,
              s.share_ppm AS sharePpm
         FROM loan_responsibility r JOIN loan_responsibility_share s ON s.responsibility_id = r.id
        WHERE r.loan_id = :loanId AND {scope:r.region_code,r.bank_id}
        ORDER BY r.id DESC, s.user_id`,
      { loanId },
    );
    const periods = new Map<string, Period>();
    for (const row of rows) {
      const { responsibilityId, fromOn: from, untilOn: until, assignedBy, userId } = row;
      const period = periods.get(responsibilityId) ?? {
        ...{ responsibilityId, from, until, assignedBy, shares: [] },
      };
      period.shares.push({ userId, name: row.userName, share: percent(row.sharePpm) });
      periods.set(responsibilityId, period);
    }
    return { items: [...periods.values()] };
  },
});
