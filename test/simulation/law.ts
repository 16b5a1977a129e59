/**
 * What a law is: a name, a sentence, and a look at the tables alone, by plain SQL that both databases read alike. It
 * knows neither the model nor what was just done; what it returns are the records that break it.
 */
import type { Sql } from '../../src/platform/db/database';

export interface Law {
  name: string;
  /** What the law says. */
  sentence: string;
  /** Dear ones are asked now and then, the rest after every act. */
  dear?: boolean;
  /** Records that break the law, in words; none when it holds. */
  broken: (sql: Sql) => Promise<string[]>;
}

/** A law whose statement finds the records that break it: each row tells itself in its column `told`. */
export function lawOf(name: string, sentence: string, statement: (sql: Sql) => string): Law {
  return {
    name,
    sentence,
    broken: async (sql) => {
      const rows = await sql.rows<{ told: string | number }>(`${statement(sql)} LIMIT 5`);
      return rows.map(({ told }) => String(told));
    },
  };
}

/** The same, asked now and then. */
export const dear = (law: Law): Law => ({ ...law, dear: true });
