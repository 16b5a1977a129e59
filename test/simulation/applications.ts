/** Operations on applications: entered, voted on, checked twice, certified, decided by the bank, withdrawn. */
import { addDays, type BusinessDate } from '../../src/platform/dates';
import type { Answer } from './answer';
import { submit } from './asking';
import type { Dice } from './dice';
import {
  differs,
  type Ground,
  type Making,
  type Operation,
  operation,
  type Teller,
  type Tried,
} from './operation';
import type { Role } from './people';
import { eligibility } from './rules';
import type { Application, ApplicationState, Notice, World } from './world';

const OPEN: readonly ApplicationState[] = [
  'submitted',
  'village-reviewed',
  'township-checked',
  'county-checked',
  'certified',
  'approved',
];

/** What all steps of the chain have in common. */
function step(
  making: Pick<Making<Application>, 'act' | 'weight' | 'input'> & {
    roles: readonly Role[];
    from: ApplicationState;
    to: ApplicationState;
    /** Whether this try passes the application, and the further grounds it needs. */
    passes: (tried: Tried<Application>) => boolean;
    more?: (tried: Tried<Application>) => Ground[];
    after?: (
      tried: Tried<Application>,
      answer: Answer,
      tell: Teller,
    ) => string[] | Promise<string[]>;
  },
): Operation {
  return operation<Application>({
    act: making.act,
    weight: making.weight,
    roles: making.roles,
    records: ({ applications }) => applications,
    due: (_world, { state }) => state === making.from,
    place: ({ household, bank }) => ({ region: household.village, bank }),
    input: (dice, application, world, wild) => ({
      applicationId: application.id,
      version: wild && dice.percent(20) ? application.version - 1 : application.version,
      ...making.input(dice, application, world, wild),
    }),
    grounds: (tried) => {
      const { world, record, who, input } = tried;
      return [
        ['nobody takes two steps of one application', !record.hands.includes(who)],
        ['the version was seen', input.version === record.version],
        ['it is the turn of the step', record.state === making.from],
        ...(making.more?.(tried) ?? []),
        ...(making.passes(tried) ? eligibility(world, record, record) : []),
      ];
    },
    learn: async (tried, answer, tell) => {
      const { record, who } = tried;
      record.hands.push(who);
      record.version = answer.version;
      const told: string[] = [];
      if (making.passes(tried)) {
        record.state = making.to;
        told.push(...((await making.after?.(tried, answer, tell)) ?? []));
      } else {
        close(record, 'refused');
      }
      return [...told, ...differs('state of the application', record.state, answer.state)];
    },
  });
}

/** Ends an application; its item is off the sheet. */
export function close(application: Application, state: 'refused' | 'withdrawn'): void {
  application.state = state;
  if (application.notice) application.notice.stopped = true;
}

type Vote = 'for' | 'against' | 'abstain' | 'aside';

const cast = (votes: readonly Vote[], vote: Vote): number =>
  votes.filter((one) => one === vote).length;

/** At least five vote, relatives apart; two thirds of those who vote carry. */
const votesOf = ({ input }: Tried<Application>) => {
  const votes: Vote[] = input.voters.map(({ vote }: { vote: Vote }) => vote);
  const voting = votes.length - cast(votes, 'aside');
  return { voting, carried: 3 * cast(votes, 'for') >= 2 * voting };
};

function ballots(dice: Dice, application: Application, world: World, wild: boolean) {
  const against = wild || dice.percent(12) ? dice.int(2, 5) : dice.int(0, 1);
  const voters = Array.from({ length: wild ? dice.int(3, 7) : dice.int(5, 9) }, (_, at) => ({
    name: `评议员${at + 1}`,
    relative: false,
    vote: at < against ? (dice.percent(30) ? 'abstain' : 'against') : 'for',
  }));
  const aside = { name: `亲属${world.next()}`, relative: true, vote: 'aside' };
  return {
    heldOn: wild && dice.percent(20) ? addDays(world.today, 1) : heldOn(dice, application, world),
    place: '村委会会议室',
    voters: dice.percent(30) ? [...voters, aside] : voters,
    minutes: '逐户评议,如实记录。',
    ...(wild && dice.percent(30) ? {} : { reason: '多数评议员认为项目不可行' }),
  };
}

const heldOn = (dice: Dice, { enteredOn }: Application, world: World): BusinessDate =>
  dice.percent(50) ? enteredOn : world.today;

const review = step({
  act: 'applications.village-review',
  weight: 7,
  roles: ['village-worker'],
  from: 'submitted',
  to: 'village-reviewed',
  input: ballots,
  passes: (tried) => votesOf(tried).carried,
  more: (tried) => [
    ['the review is not dated ahead', tried.input.heldOn <= tried.world.today],
    ['the quorum is there', votesOf(tried).voting >= 5],
    ['a refusal has its reason', votesOf(tried).carried || tried.input.reason !== undefined],
  ],
});

function checked(dice: Dice, wild: boolean) {
  const refuses = dice.percent(wild ? 40 : 6);
  const all = ['BORROWER', 'USE', 'AMOUNT'];
  return {
    outcome: refuses ? 'refuse' : 'pass',
    checked: wild && dice.percent(30) ? all.slice(1) : all,
    ...(refuses && !(wild && dice.percent(50)) ? { reason: '用途与实地情况不符' } : {}),
  };
}

const checks = {
  input: (dice: Dice, _application: Application, _world: World, wild: boolean) =>
    checked(dice, wild),
  passes: ({ input }: Tried<Application>) => input.outcome === 'pass',
  more: ({ input }: Tried<Application>): Ground[] => [
    ['all was checked', input.outcome === 'refuse' || input.checked.length === 3],
    ['a refusal has its reason', input.outcome === 'pass' || input.reason !== undefined],
  ],
};

const township = step({
  ...checks,
  act: 'applications.township-check',
  weight: 7,
  roles: ['township-officer'],
  from: 'village-reviewed',
  to: 'township-checked',
});

const county = step({
  ...checks,
  act: 'applications.county-recheck',
  weight: 8,
  roles: ['county-officer'],
  from: 'township-checked',
  to: 'county-checked',
  after: async ({ world, record, who }, { noticeId: id }, tell) => {
    const sheet = sheetToJoin(world, record);
    const itemId = await tell(
      "SELECT id FROM notice_item WHERE subject_kind = 'application' AND subject_id = :subject",
      { subject: record.id },
    );
    record.notice = {
      ...{ id, itemId, announcedBy: who, stopped: false, objections: [] },
      boards: sheet?.boards ?? {},
    };
    const told = world.applications.some((one) => one !== record && one.notice?.id === id);
    return differs('the sheet', sheet?.id ?? 'a new one', told ? id : 'a new one');
  },
});

/** The village's sheet of the product that hangs nowhere and still shows somebody. */
function sheetToJoin(
  { applications }: World,
  { household, product }: Application,
): Notice | undefined {
  return applications
    .filter((one) => one.household.village === household.village && one.product === product)
    .flatMap(({ notice }) => notice ?? [])
    .find(({ boards, stopped }) => !stopped && Object.keys(boards).length === 0);
}

/**
 * Over only with the photo of every board and after the last day: five days from the last board, longer by days off,
 * which the model does not know.
 */
export function noticeOver(application: Application, today: BusinessDate): boolean | 'open' {
  const { notice } = application;
  const boards = Object.values(notice?.boards ?? {});
  if (!notice || notice.stopped || boards.length < 3) return false;
  if (boards.some(({ photo }) => !photo)) return false;
  if (notice.objections.some(({ state }) => state !== 'dismissed')) return false;
  const last = boards.map(({ on }) => on).sort()[2] as BusinessDate;
  if (today <= addDays(last, 5)) return false;
  return today > addDays(last, 17) ? true : 'open';
}

const overGround = ({ world, record }: Tried<Application>): Ground[] => [
  [
    'the notice is over everywhere, photographed and without an open objection',
    noticeOver(record, world.today),
  ],
];

const certificate = step({
  act: 'applications.issue-certificate',
  weight: 12,
  roles: ['county-approver'],
  from: 'county-checked',
  to: 'certified',
  input: () => ({}),
  passes: () => true,
  more: overGround,
  after: ({ world, record }, answer) => {
    record.certifiedOn = world.today;
    record.certificate = answer.certificateNumber;
    return [];
  },
});

const decide = step({
  act: 'applications.decide',
  weight: 12,
  roles: ['bank-approver'],
  from: 'certified',
  to: 'approved',
  input: (dice, _application, _world, wild) => {
    const refuses = dice.percent(wild ? 40 : 5);
    const reason = refuses && !(wild && dice.percent(50)) ? { reason: '征信不良' } : {};
    return { outcome: refuses ? 'refuse' : 'approve', ...reason };
  },
  passes: ({ input }) => input.outcome === 'approve',
  more: ({ input }) => [
    ['a refusal has its reason', input.outcome === 'approve' || input.reason !== undefined],
  ],
  after: ({ record, who }) => {
    record.decidedBy = who;
    return [];
  },
});

const withdraw = operation<Application>({
  act: 'applications.withdraw',
  weight: 0.2,
  roles: ['village-worker'],
  records: ({ applications }) => applications,
  due: (_world, { state }) => OPEN.includes(state),
  place: ({ household, bank }) => ({ region: household.village, bank }),
  input: (dice, application, _world, wild) => ({
    applicationId: application.id,
    version: application.version - (wild && dice.percent(30) ? 1 : 0),
    reason: '农户改变主意',
  }),
  grounds: ({ record, input }) => [
    ['the version was seen', input.version === record.version],
    ['the application is open', OPEN.includes(record.state)],
  ],
  learn: ({ record }, answer) => {
    record.version = answer.version;
    close(record, 'withdrawn');
    return [];
  },
});

export const applicationOperations: readonly Operation[] = [
  submit,
  review,
  township,
  county,
  certificate,
  decide,
  withdraw,
];
