/** A county with its places and a few households, for the tests of this module and of those above it. */
import { checkCharacter } from '../../src/households/id-number';
import { registerHousehold } from '../../src/households/register-household';
import { loadReferenceRegions } from '../../src/identity';
import type { Act } from '../../src/platform/act';
import type { Actor, Place } from '../../src/platform/authority';
import { addDays, businessDate } from '../../src/platform/dates';
import {
  isAppendOnlyViolation,
  isCheckViolation,
  isUniqueViolation,
} from '../../src/platform/db/errors';
import { type County, openCounty } from '../support/county';
import type { OpenTest } from '../support/databases';

/** 龙胜镇城关村, 龙脊镇 and a village of the neighbouring county. */
export const VILLAGE = '450328100200';
export const TOWNSHIP = '450328100000';
export const OTHER_VILLAGE = '450328103200';
export const FOREIGN_VILLAGE = '450226100003';

/**
 * A valid identity number; another one for each `n`. Even sequences are women. A day has a thousand of them:
 * whoever comes after is born a day earlier.
 */
export function idNumber(n: number, born = '19780615'): string {
  const day = businessDate(`${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`);
  const birth = addDays(day, -Math.floor(n / 1_000)).replaceAll('-', '');
  const seventeen = `450328${birth}${String(n % 1_000).padStart(3, '0')}`;
  return seventeen + checkCharacter(seventeen);
}

/** A migrated county with the places of the reference data, on 2018-03-01. */
export async function openRegister(open: OpenTest, start?: string): Promise<County> {
  const county = await openCounty(() => open(), start);
  await loadReferenceRegions(county.platform);
  return county;
}

/** Whoever may do everything in the register, here. */
export function registrar(county: County, region: string = VILLAGE): Actor {
  return county.actor({ permissions: ['households.register', 'households.read'], region });
}

/** The form of a household with a head and a spouse. `n` makes its code and its people distinct. */
export function householdForm(n: number, changes: object = {}) {
  return {
    code: `4503281002${String(n).padStart(4, '0')}`,
    regionCode: VILLAGE,
    members: [
      {
        name: `韦大明${n}`,
        relation: 'HEAD',
        idNumber: idNumber(2 * n + 1),
        phone: '13807731234',
        account: '6214831234567890',
      },
      { name: `廖秀英${n}`, relation: 'SPOUSE', idNumber: idNumber(2 * n, '19800202') },
    ],
    status: { status: 'REGISTERED_POOR', fromOn: '2016-01-01', source: '桂扶发〔2016〕1号' },
    ...changes,
  };
}

/** Every table of the register: what a refused act leaves alone. */
export const TABLES = [
  'household',
  'household_member',
  'household_status',
  'household_place',
  'household_head',
  'member_traits',
  'household_edit',
  'village_merger',
] as const;

/** Whoever may edit and move households, here. */
export function editor(county: County, region?: string): Actor {
  const permissions = ['households.register', 'households.edit', 'households.move'];
  return county.actor({ permissions, ...(region ? { region } : {}) });
}

/** Performs an act that is expected to be refused and to leave every row alone; the code of the problem. */
export async function refusedUnchanged<I, L extends Place, R>(
  county: County,
  actor: Actor,
  act: Act<I, L, R>,
  input: object,
): Promise<string> {
  const before = await county.snapshot(...TABLES);
  const code = await county.refusal(county.do(actor, act, input));
  expect(await county.snapshot(...TABLES)).toBe(before);
  return code;
}

let households = 0;

/** A number for a household that no other test of this file uses. */
export function another(): number {
  households += 1;
  return households;
}

/** Registers a household; its id, its members' and its region. */
export async function aHousehold(
  county: County,
  n = another(),
  changes: { regionCode?: string } = {},
) {
  const regionCode = changes.regionCode ?? VILLAGE;
  const form = householdForm(n, changes);
  const done = await county.do(registrar(county, regionCode), registerHousehold, form);
  return { ...done, n, regionCode, headId: done.memberIds[0] as string };
}

/** What kind of rule of the database refuses this; fails the test when it is done. */
export async function refusedByDatabase(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) throw new Error('The database was expected to refuse this');
  if (isUniqueViolation(error)) return 'unique';
  if (isCheckViolation(error)) return 'check';
  if (isAppendOnlyViolation(error)) return 'append-only';
  throw error;
}
