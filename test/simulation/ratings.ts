/** Operations on ratings: a file opened, collected, appraised and computed; signed by village, township and bank. */
import { addDays } from '../../src/platform/dates';
import { isListed } from './households';
import { differs, fenOf, nothing, type Operation, operation } from './operation';
import type { Household, Rating, RatingFile, World } from './world';

const APPRAISERS = ['甲', '乙', '丙', '丁', '戊'] as const;

const GOOD = {
  COMMITMENTS: 'COMMENDED',
  SKILL: 'SKILLED',
  HEALTH_AND_TIME: 'FULL_YEAR',
  COUNTY_INDUSTRY: 'LISTED',
  INCOME_PLAN: 'COVERS',
};
const POOR = {
  COMMITMENTS: 'REMINDED',
  SKILL: 'NOT_KNOWN',
  HEALTH_AND_TIME: 'NONE',
  COUNTY_INDUSTRY: 'UNLISTED',
  INCOME_PLAN: 'FALLS_SHORT',
};

const openFile = (world: World, household: Household): RatingFile | undefined =>
  world.files.find((one) => one.household === household && one.state !== 'closed');

const lineIsOld = (household: Household, world: World): boolean =>
  household.line === null || household.line.until < addDays(world.today, 60);

const open = operation<Household>({
  act: 'credit.open-case',
  weight: 3,
  roles: ['village-worker', 'township-officer', 'bank-officer'],
  records: ({ households }) => households,
  due: (world, household) =>
    isListed(world, household) &&
    lineIsOld(household, world) &&
    !world.takenBy(household) &&
    !openFile(world, household),
  place: ({ village }) => ({ region: village }),
  input: (_dice, household) => ({ householdId: household.id }),
  grounds: ({ world, record }) => [['no rating is open', !openFile(world, record)]],
  learn: ({ world, record }, answer) => {
    const { caseId: id, version } = answer;
    const file = { id, household: record, version, collected: false, sheets: new Set<string>() };
    world.files.push({ ...file, state: 'collecting' });
    return nothing();
  },
});

const onFile = {
  records: ({ files }: World) => files,
  place: ({ household }: RatingFile) => ({ region: household.village }),
};

const collecting = (file: RatingFile) =>
  ['the file is collected', file.state === 'collecting'] as const;

const collect = operation<RatingFile>({
  ...onFile,
  act: 'credit.collect',
  weight: 6,
  roles: ['village-worker', 'township-officer', 'bank-officer'],
  due: (_world, file) => file.state === 'collecting' && !file.collected,
  input: (dice, file, _world, wild) => ({
    caseId: file.id,
    version: file.version + (wild && dice.percent(30) ? 1 : 0),
    items: Object.entries(dice.percent(15) ? POOR : GOOD).map(([item, level]) => ({ item, level })),
  }),
  grounds: ({ record, input }) => [
    collecting(record),
    ['the version was seen', input.version === record.version],
  ],
  learn: ({ record }, answer) => {
    record.collected = true;
    record.version += 1;
    return differs('version of the file', record.version, answer.version);
  },
});

const appraise = operation<RatingFile>({
  ...onFile,
  act: 'credit.enter-appraisal',
  weight: 12,
  roles: ['village-worker', 'township-officer'],
  due: (_world, file) => file.state === 'collecting' && file.sheets.size < APPRAISERS.length,
  input: (dice, file, _world, wild) => {
    const left = APPRAISERS.filter((one) => !file.sheets.has(one));
    const standing = dice.percent(50) ? 'GOOD' : 'FAIR';
    return {
      caseId: file.id,
      appraiser: (wild ? dice.one(APPRAISERS) : left[0]) ?? '甲',
      witness: '驻村第一书记',
      knowsHousehold: true,
      options: { HONESTY: 'GOOD', DILIGENCE: 'GOOD', STANDING: standing },
    };
  },
  grounds: ({ record, input }) => [
    collecting(record),
    ['an appraiser gives one sheet', !record.sheets.has(input.appraiser)],
  ],
  learn: ({ record, input }) => {
    record.sheets.add(input.appraiser);
    record.version += 1;
    return nothing();
  },
});

const compute = operation<RatingFile>({
  ...onFile,
  act: 'credit.compute',
  weight: 6,
  roles: ['village-worker', 'township-officer'],
  due: (_world, file) =>
    file.state === 'collecting' && file.collected && file.sheets.size === APPRAISERS.length,
  input: (_dice, file) => ({ caseId: file.id, version: file.version }),
  grounds: ({ record }) => [
    collecting(record),
    ['every item is answered', record.collected],
    ['five appraised', record.sheets.size >= 5],
  ],
  learn: ({ world, record, who }, answer) => {
    record.state = 'computed';
    // Seen and taken: the file is written twice.
    record.version += 2;
    world.ratings.push({
      id: answer.ratingId,
      file: record,
      household: record.household,
      hands: [who],
      digest: answer.contentDigest,
      lineFen: fenOf(answer.line),
      state: 'proposed',
      stage: 'computed',
    });
    return nothing();
  },
});

interface Signing {
  act: string;
  role: 'village-worker' | 'township-officer';
  before: Rating['stage'];
  after: Rating['stage'];
}

/** A step of village group or township: agreed, or now and then returned. */
const signing = ({ act, role, before, after }: Signing) =>
  operation<Rating>({
    act,
    weight: 6,
    roles: [role],
    records: ({ ratings }) => ratings,
    due: (_world, rating) => rating.state === 'proposed' && rating.stage === before,
    place: ({ household }) => ({ region: household.village }),
    input: (dice, rating, _world, wild) => ({
      ratingId: rating.id,
      contentDigest: wild && dice.percent(30) ? 'a'.repeat(64) : rating.digest,
      ...(dice.percent(5) ? { outcome: 'return', reason: '重新核实' } : { outcome: 'agree' }),
    }),
    grounds: ({ record, who, input }) => [
      ['another person than before', !record.hands.includes(who)],
      ['the rating has come so far', record.state === 'proposed' && record.stage === before],
      ['the content was seen', input.contentDigest === record.digest],
    ],
    learn: ({ record, who, input }, answer) => {
      if (input.outcome === 'agree') {
        record.hands.push(who);
        record.stage = after;
      } else {
        record.state = 'rejected';
        record.file.state = 'collecting';
        record.file.version += 1;
      }
      return differs('the computed line', record.lineFen, fenOf(answer.line));
    },
  });

const review = signing({
  act: 'credit.review-village',
  role: 'village-worker',
  before: 'computed',
  after: 'village',
});

const check = signing({
  act: 'credit.check-township',
  role: 'township-officer',
  before: 'village',
  after: 'township',
});

const decide = operation<Rating>({
  act: 'credit.decide',
  weight: 6,
  roles: ['bank-approver'],
  records: ({ ratings }) => ratings,
  due: (_world, rating) => rating.state === 'proposed' && rating.stage === 'township',
  place: ({ household }) => ({ region: household.village }),
  input: (dice, rating, _world, wild) => ({
    ratingId: rating.id,
    contentDigest: wild && dice.percent(50) ? 'a'.repeat(64) : rating.digest,
    ...(dice.percent(5) ? { outcome: 'reject', reason: '资料不全' } : { outcome: 'confirm' }),
  }),
  grounds: ({ record, input }) => [
    ['the township has agreed', record.state === 'proposed' && record.stage === 'township'],
    ['the content was seen', input.contentDigest === record.digest],
  ],
  learn: ({ world, record, input }, answer) => {
    record.file.state = 'closed';
    record.file.version += 1;
    if (input.outcome === 'reject') {
      record.state = 'rejected';
      return nothing();
    }
    record.state = 'confirmed';
    const { household } = record;
    // A new rating leaves a frozen line frozen, unless that one had run out.
    const former = household.line;
    const frozen = former?.frozen === true && former.until >= world.today;
    const until = answer.validUntil;
    household.line = { fen: record.lineFen, from: world.today, until, frozen };
    return differs('the line in force', record.lineFen, fenOf(answer.line));
  },
});

export const ratingOperations: readonly Operation[] = [
  open,
  collect,
  appraise,
  compute,
  review,
  check,
  decide,
];
