/** The loans with money in use, page by page, for what follows every loan while it runs. */
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';

/** A loan that was paid out and whose principal is not wholly repaid. */
export interface RunningLoan {
  id: string;
  householdId: string;
  regionCode: string;
  bankId: string;
  disbursedOn: BusinessDate;
}

/** Such loans by id ascending, greater than `after`, `limit` at most. */
export function runningLoans(
  sql: Sql,
  { after, limit }: { after: string | null; limit: number },
): Promise<RunningLoan[]> {
  return sql.rows<RunningLoan>(
    `SELECT id, household_id AS householdId, region_code AS regionCode, bank_id AS bankId,
            disbursed_on AS disbursedOn
       FROM loan WHERE state = 'running' AND outstanding_fen > 0 AND id > :after
      ORDER BY id LIMIT :limit`,
    { after: after ?? '', limit },
  );
}
