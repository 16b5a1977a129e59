/** Gathers what is known of a household on a day and puts it to the rules of `eligibility.ts`. */
import { lineOf } from '../credit';
import { householdFor, memberFor, statusOn } from '../households';
import { organisationById } from '../identity';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import type { Fen } from '../platform/money';
import { Problem } from '../platform/problems';
import { takenBy } from './applications.queries';
import { STATE_TITLES } from './chain';
import { type Finding, findingsOf } from './eligibility';
import { productTerms, usesOn } from './product';

/** What is asked for, by whom. */
export interface Asked {
  /** Null while the application is being entered. */
  id: string | null;
  householdId: string;
  memberId: string;
  bankId: string;
  productCode: string;
  amountFen: Fen;
  termMonths: number;
  useCode: string;
}

/** Every rule with its outcome as of a date. @throws Problem when household or member do not exist. */
export async function assess(sql: Sql, asked: Asked, date: BusinessDate): Promise<Finding[]> {
  const household = await householdFor(sql, asked.householdId);
  const member = await memberFor(sql, asked.memberId);
  const asOf = { region: household.regionCode, date };
  const line = await lineOf(sql, asked.householdId, date);
  const other = await takenBy(sql, asked.householdId, asked.id);
  const bank = await organisationById(sql, asked.bankId);
  return findingsOf({
    on: date,
    amountFen: asked.amountFen,
    termMonths: asked.termMonths,
    useCode: asked.useCode,
    product: await inForce(() => productTerms(sql, asked.productCode, asOf)),
    uses: await inForce(() => usesOn(sql, asOf)),
    borrower: {
      birthDate: member.birthDate,
      inHousehold:
        member.householdId === household.id && (member.leftOn === null || member.leftOn >= date),
    },
    status: await statusOn(sql, asked.householdId, date),
    line,
    other: other && { number: other.number, stateTitle: STATE_TITLES[other.state] },
    bank: bank?.kind === 'bank' && bank.rootId === bank.id ? { name: bank.name } : null,
  });
}

/** The row, or null where the policy has none on the day: that is a finding, not a failure of the question. */
async function inForce<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Problem && error.code === 'policy.no-row-in-force') return null;
    throw error;
  }
}
