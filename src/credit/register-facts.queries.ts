/** What the household register says for a rating: able workers, and members of an age at which a loan is given. */
import { membersOfAll, workersAmong } from '../households';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { RegisterFacts } from './rating-content';
import type { Scorecard } from './scorecard';

/** A household, and the ages of its card. */
export interface RegisterQuestion {
  householdId: string;
  ages: Scorecard['borrowerAges'];
}

/** The facts of each household as of a date; all are in the answer. */
export async function registerFactsOf(
  sql: Sql,
  asked: readonly RegisterQuestion[],
  date: BusinessDate,
): Promise<Map<string, RegisterFacts>> {
  const all = await membersOfAll(
    sql,
    asked.map((one) => one.householdId),
    date,
  );
  return new Map(
    asked.map(({ householdId, ages }) => {
      const members = all.get(householdId) ?? [];
      const inAge = members.filter(({ age }) => age >= ages.min && age <= ages.max);
      const { ableWorkers } = workersAmong(members);
      return [householdId, { ableWorkers, adultsInAge: inAge.length }];
    }),
  );
}
