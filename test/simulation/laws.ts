/** The laws of the county, all together. */
import type { Sql } from '../../src/platform/db/database';
import type { Law } from './law';
import { bookLaws } from './laws-books';
import { moneyLaws } from './laws-money';
import { peopleLaws } from './laws-people';

/** All laws. */
export const LAWS: readonly Law[] = [...bookLaws, ...peopleLaws, ...moneyLaws];

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
