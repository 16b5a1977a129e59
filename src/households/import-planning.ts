/**
 * Planning the households of one step against the register as this transaction sees it, and the keyed digest by which
 * the plan that was confirmed is known again.
 */

import { regionName } from '../identity';
import { regionCovers } from '../platform/authority';
import { canonical } from '../platform/crypto/canonical';
import type { Work } from '../platform/work';
import type { HouseholdMember } from './household.entity';
import type { CorrectedFacts } from './households.store';
import type { HouseholdImport } from './import.entity';
import { ImportStore } from './import.store';
import { fieldsOf } from './import-changes';
import { type HouseholdPlan, planHousehold } from './import-plan';
import { registerSides } from './import-sides.store';
import type { PlanContext, RegisterSide } from './import-staged';

/** The plans of these households, in the order of their codes. */
export async function planBatch(
  work: Work,
  row: HouseholdImport,
  codes: readonly string[],
): Promise<HouseholdPlan[]> {
  const staged = await new ImportStore(work).staged(row.id, codes);
  const sides = await registerSides(work, staged);
  const context: PlanContext = {
    today: work.today,
    source: row.source,
    defaultStatus:
      row.defaultStatus && row.defaultFromOn
        ? { status: row.defaultStatus, fromOn: row.defaultFromOn }
        : null,
    covers: (region) => regionCovers(row.regionCode, region),
    nameOf: await namesOf(work, sides),
  };
  return staged.map((household) =>
    planHousehold(household, sides.get(household.code) as RegisterSide, context),
  );
}

/** Names of the villages in which the households of the register stand. */
async function namesOf(
  work: Work,
  sides: ReadonlyMap<string, RegisterSide>,
): Promise<(regionCode: string) => string> {
  const codes = [...sides.values()].flatMap(({ present }) => present?.household.regionCode ?? []);
  const names = new Map<string, string>();
  for (const code of new Set(codes)) names.set(code, await regionName(work.tx, code));
  return (code) => names.get(code) ?? code;
}

/** Names of what a plan writes. */
export function changesOf({ changes, enter }: HouseholdPlan): string[] {
  if (changes) return fieldsOf(changes);
  return enter ? ['code', 'regionCode', 'members', 'status'] : [];
}

/**
 * A keyed digest of everything that the plan would write and of what it would overwrite; null when it writes nothing.
 * It names no day, so the same list against the same register gives the same digest at any time.
 */
export function macOf(work: Work, { code, enter, changes }: HouseholdPlan): string | null {
  if (!enter && !changes) return null;
  const written = enter ?? {
    join: changes?.join.map(({ person, traits }) => ({ person, traits })),
    correct: changes?.correct.map(({ member, facts }) => [
      member.id,
      facts,
      formerOf(member, facts),
    ]),
    traits: changes?.traits.map(({ member, open, next }) => [member.id, next, open?.id ?? null]),
    status: changes?.status && [changes.status, changes.present.status?.id ?? null],
    head: changes?.head && [changes.head, changes.present.household.headMemberId],
    source: changes?.source,
  };
  return work.crypto.mac(`households.import:${code}:${canonical(written)}`);
}

/** What stands where the facts would be written. */
function formerOf(member: HouseholdMember, facts: CorrectedFacts) {
  const { name, relation, phoneIndex, accountIndex } = member;
  const former = { name, relation, phone: phoneIndex, account: accountIndex };
  const given = Object.keys(facts) as (keyof typeof former)[];
  return given.map((field) => former[field]);
}
