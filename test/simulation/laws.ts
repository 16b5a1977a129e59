/**
 * The laws of the county in words and in code. Each looks at the tables alone, by plain SQL that both databases read
 * alike, and knows neither the model nor what was just done; what it returns are the records that break it.
 */
import type { Sql } from '../../src/platform/db/database';
import { bookLaws } from './laws-books';
import { moneyLaws } from './laws-money';
import { peopleLaws } from './laws-people';

export interface Law {
  name: string;
  /** What the law says. */
  sentence: string;
  /** Dear ones are asked now and then, the rest after every act. */
  dear?: boolean;
  /** Records that break the law, in words; none when it holds. */
  broken: (sql: Sql) => Promise<string[]>;
}

/** All laws. */
export const LAWS: readonly Law[] = [...bookLaws, ...peopleLaws, ...moneyLaws];

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

/** What is broken, named by its law. */
export async function brokenLaws(sql: Sql, withDear: boolean): Promise<string[]> {
  const told: string[] = [];
  for (const law of LAWS) {
    if (law.dear && !withDear) continue;
    const broken = await law.broken(sql);
    if (broken.length > 0) told.push(`${law.name}: ${law.sentence} [${broken.join('; ')}]`);
  }
  return told;
}
