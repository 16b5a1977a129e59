/** Operations on households: registered, moved on the list. */
import { checkCharacter } from '../../src/households';
import { addDays, type BusinessDate, businessDate } from '../../src/platform/dates';
import type { Dice } from './dice';
import { differs, type Operation, operation } from './operation';
import { VILLAGES } from './people';
import { productOf, productOn } from './rules';
import { type Household, kindOn, type World } from './world';

/** Villages of which more households are registered than of the others, so that their people are enough for a chain. */
const LISTED_TO_2020 = ['REGISTERED_POOR', 'REGISTERED_POOR', 'OUT_OF_POVERTY'] as const;
const HOMES = [VILLAGES[0], VILLAGES[0], VILLAGES[1], VILLAGES[2]] as const;

function member(world: World, born: string, relation: string) {
  const serial = String(world.next() % 1000).padStart(3, '0');
  const body = `450328${born.replaceAll('-', '')}${serial}`;
  return { name: `村民${world.next()}`, relation, idNumber: body + checkCharacter(body) };
}

const dayIn = (dice: Dice, from: number, to: number): string =>
  `${dice.int(from, to)}-${String(dice.int(1, 12)).padStart(2, '0')}-${String(dice.int(1, 28)).padStart(2, '0')}`;

const bornOf = (idNumber: string): BusinessDate =>
  businessDate(`${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`);

function registration(dice: Dice, village: string, world: World, wild: boolean) {
  const again = wild && dice.percent(50) ? dice.pick(world.households) : undefined;
  const later = wild && dice.percent(20);
  const kinds =
    world.today < '2021-01-01'
      ? ([...LISTED_TO_2020, 'MARGINAL'] as const)
      : (['OUT_OF_POVERTY', 'UNSTABLE', 'MARGINAL', 'SUDDEN_HARDSHIP'] as const);
  return {
    code: again?.code ?? `${village}-${world.next()}`,
    regionCode: village,
    members: [
      member(world, dayIn(dice, 1966, 1995), 'HEAD'),
      member(world, dayIn(dice, 1966, 1995), 'SPOUSE'),
      // Too old for any product on any day of the simulation.
      member(world, dayIn(dice, 1935, 1950), 'PARENT'),
    ],
    status: {
      status: dice.one(kinds),
      fromOn: later ? addDays(world.today, 5) : '2014-06-01',
      source: '建档立卡名册',
    },
  };
}

const register = operation<string>({
  act: 'households.register',
  weight: 2,
  roles: ['village-worker', 'township-officer'],
  records: () => HOMES,
  // A few households that can still borrow are enough, so that a short run gets far with each.
  due: (world) =>
    world.households.filter((one) => isListed(world, one) && !world.takenBy(one)).length < 3,
  place: (village) => ({ region: village }),
  input: registration,
  grounds: ({ world, input }) => [
    ['the code is new', world.households.every(({ code }) => code !== input.code)],
    ['the status has begun', input.status.fromOn <= world.today],
  ],
  learn: ({ world, input, record }, answer) => {
    world.households.push({
      id: answer.householdId,
      code: input.code,
      village: record,
      members: input.members.map((one: { name: string; idNumber: string }, at: number) => ({
        id: answer.memberIds[at],
        name: one.name,
        born: bornOf(one.idNumber),
      })),
      version: answer.version,
      kinds: [{ kind: input.status.status, from: input.status.fromOn }],
      line: null,
    });
    return [];
  },
});

const changeStatus = operation<Household>({
  act: 'households.change-status',
  weight: 0.3,
  roles: ['county-officer'],
  records: ({ households }) => households,
  due: () => true,
  place: ({ village }) => ({ region: village }),
  input: (dice, household, world, wild) => ({
    householdId: household.id,
    version: household.version + (wild && dice.percent(40) ? 1 : 0),
    status: dice.one(['OUT_OF_POVERTY', 'MARGINAL', 'UNSTABLE', 'REMOVED']),
    fromOn: addDays(world.today, wild ? dice.int(-2000, 3) : -dice.int(0, 5)),
    source: '动态调整名册',
  }),
  grounds: ({ world, record, input }) => {
    const last = record.kinds.at(-1);
    return [
      ['the status has begun', input.fromOn <= world.today],
      ['the version was seen', input.version === record.version],
      ['the status changes', input.status !== last?.kind],
      ['it begins after the one before', last === undefined || input.fromOn > last.from],
    ];
  },
  learn: ({ record, input }, answer) => {
    record.kinds.push({ kind: input.status, from: input.fromOn });
    record.version += 1;
    return differs('version of the household', record.version, answer.version);
  },
});

/** Whether a household is of a kind that the day's product serves; there is no use in rating others. */
export const isListed = (world: World, household: Household): boolean =>
  productOn(productOf(world.today), world.today)?.kinds.includes(
    kindOn(household, world.today) ?? '',
  ) === true;

export const householdOperations: readonly Operation[] = [register, changeStatus];
