/**
 * Loading what a rating is computed from, for many files at once: a household alone is a list of one, so there
 * is no second way that could give another result.
 */
import { check } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { listRows } from '../platform/db/store';
import { type InForce, policyRow } from '../policy';
import { evidence } from './evidence';
import type { CaseFacts } from './new-rating';
import { AppraisalSheetRow, type RatingCase, RatingCaseItem } from './rating-case.entity';
import { registerFactsOf } from './register-facts.queries';
import type { Scorecard } from './scorecard';
import { scorecardParameter } from './scorecard-parameter';

/** A file with its facts and the card that it was opened under. */
export interface RatableCase {
  card: InForce<Scorecard>;
  facts: CaseFacts;
}

/** Everything that goes into the ratings of these files on a date, in the order of the files. */
export async function loadFacts(
  sql: Sql,
  cases: readonly RatingCase[],
  date: BusinessDate,
): Promise<RatableCase[]> {
  const caseId = cases.map((row) => row.id);
  const households = cases.map((row) => row.householdId);
  const cards = await cardsOf(sql, cases);
  const items = grouped(await listRows(sql, RatingCaseItem, { caseId }));
  const sheets = grouped(
    await listRows(sql, AppraisalSheetRow, { caseId }, { caseId: 'asc', id: 'asc' }),
  );
  const records = await evidence().repaymentRecords(sql, households, date);
  const registers = await registerFactsOf(
    sql,
    cases.map((row) => ({
      householdId: row.householdId,
      ages: (cards.get(row.scorecardRowId) as InForce<Scorecard>).value.borrowerAges,
    })),
    date,
  );
  return cases.map((ratingCase) => {
    const { id, householdId, scorecardRowId } = ratingCase;
    const record = records.get(householdId);
    const register = registers.get(householdId);
    check(record && register, `Household ${householdId} is left out of the evidence`);
    const facts: CaseFacts = {
      ratingCase,
      items: items.get(id) ?? [],
      sheets: sheets.get(id) ?? [],
      evidence: record,
      register,
    };
    return { card: cards.get(scorecardRowId) as InForce<Scorecard>, facts };
  });
}

async function cardsOf(sql: Sql, cases: readonly RatingCase[]) {
  const cards = new Map<string, InForce<Scorecard>>();
  for (const rowId of new Set(cases.map((row) => row.scorecardRowId))) {
    cards.set(rowId, await policyRow(sql, scorecardParameter, rowId));
  }
  return cards;
}

function grouped<T extends { caseId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.caseId);
    if (group) group.push(row);
    else groups.set(row.caseId, [row]);
  }
  return groups;
}
