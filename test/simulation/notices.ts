/** Operations on public notices: the three boards and their photos, objections, what is found and decided on them. */
import { addDays } from '../../src/platform/dates';
import { jpeg, PictureFile } from '../notices/pictures';
import { close } from './applications';
import {
  type Attempt,
  differs,
  type Ground,
  nothing,
  type Operation,
  operation,
  type Tried,
  verdictOf,
} from './operation';
import type { Role } from './people';
import { eligibility } from './rules';
import {
  type Application,
  LEVELS,
  type Level,
  type Notice,
  type Objection,
  type World,
} from './world';

/** An item of a sheet with the application that it announces. */
interface Hung {
  notice: Notice;
  application: Application;
}

const hung = ({ applications }: World): Hung[] =>
  applications.flatMap((application) =>
    application.notice ? [{ notice: application.notice, application }] : [],
  );

/** What hangs at the boards: the items of one village, opened one after the other. */
interface Sheet {
  id: string;
  village: string;
  boards: Notice['boards'];
  items: Notice[];
}

/** The sheets in the order in which they were opened. */
function sheets(world: World): Sheet[] {
  const found = new Map<string, Sheet>();
  for (const { notice, application } of hung(world)) {
    const { id, boards } = notice;
    const sheet = found.get(id) ?? {
      id,
      village: application.household.village,
      boards,
      items: [],
    };
    sheet.items.push(notice);
    found.set(id, sheet);
  }
  return [...found.values()];
}

/** A sheet is taken back with the last of its items. */
const takenBack = ({ items }: Pick<Sheet, 'items'>): boolean =>
  items.every(({ stopped }) => stopped);

/** A sheet waits for the neighbours who are about to join it, so that short runs have sheets with several items. */
const awaitsNeighbours = (world: World, { village, boards }: Sheet): boolean =>
  Object.keys(boards).length === 0 &&
  world.applications.some(
    (one) =>
      one.household.village === village &&
      (one.state === 'village-reviewed' || one.state === 'township-checked') &&
      eligibility(world, one, one).every(([, holds]) => holds),
  );

const POSTERS: Readonly<Record<Level, Role>> = {
  county: 'county-officer',
  township: 'township-officer',
  village: 'village-worker',
};

const board = (level: Level): Operation =>
  operation<Sheet>({
    act: `notices.post-${level}`,
    weight: 9,
    roles: [POSTERS[level]],
    records: sheets,
    due: (world, sheet) =>
      !sheet.boards[level] && !takenBack(sheet) && !awaitsNeighbours(world, sheet),
    place: ({ village }) => ({ region: village }),
    input: (_dice, { id }) => ({ noticeId: id, placeText: `${level}公示栏`, lastItem: 300 }),
    grounds: ({ record: sheet }) => [
      ['the board is still empty', !sheet.boards[level]],
      ['the notice was not taken back', !takenBack(sheet)],
    ],
    learn: ({ world, record: { boards }, who }, answer) => {
      boards[level] = { by: who, on: world.today, photo: false };
      const missing = LEVELS.filter((one) => !boards[one]).length;
      return [
        ...differs('boards still missing', missing, answer.missing.length),
        ...differs('whether the days run', missing === 0, answer.endsOn !== null),
      ];
    },
  });

const photo = (level: Level): Operation =>
  operation<Sheet>({
    act: `notices.photograph-${level}`,
    weight: 9,
    roles: [POSTERS[level]],
    records: sheets,
    due: (_world, sheet) => sheet.boards[level]?.photo === false && !takenBack(sheet),
    place: ({ village }) => ({ region: village }),
    input: (_dice, { id }, world) => ({
      noticeId: id,
      file: new PictureFile(jpeg({ data: `photo ${world.next()}` })),
    }),
    grounds: ({ world, record: sheet }) => [
      ['the board hangs', sheet.boards[level] !== undefined],
      ['the notice was not taken back', !takenBack(sheet)],
      ['the notice has not ended', stillHangs(sheet, world)],
    ],
    learn: ({ record: { boards } }) => {
      const own = boards[level];
      if (own) own.photo = true;
      return nothing();
    },
  });

/** A night ends it, when everything is there and the days are over; which night, the model does not know. */
function stillHangs({ boards, items }: Sheet, world: World): true | 'open' {
  const whole = LEVELS.every((level) => boards[level]?.photo);
  const opposed = items.some(({ objections }) => objections.some(({ state }) => state === 'open'));
  return whole && !opposed && onShow({ boards, stopped: false }, world) !== true ? 'open' : true;
}

/** The last day is only known within bounds, as days off move it. */
function onShow(
  { boards, stopped }: Pick<Notice, 'boards' | 'stopped'>,
  world: World,
): boolean | 'open' {
  if (stopped) return false;
  const posted = LEVELS.flatMap((level) => boards[level]?.on ?? []).sort();
  const last = posted[2];
  if (!last || world.today <= addDays(last, 5)) return true;
  return world.today > addDays(last, 17) ? false : 'open';
}

/** Anybody may object, without an account; the answer holds a receipt only, so the id is looked up. */
function objectTo(world: World, { notice }: Hung, level: Level, named: boolean): Attempt {
  const raised = notice.objections.length;
  const alone = hung(world).filter((one) => one.notice.id === notice.id).length === 1;
  return {
    act: 'notices.raise-objection',
    who: null,
    input: {
      noticeId: notice.id,
      ...(named ? { itemId: notice.itemId } : {}),
      level,
      content: `异议${world.next()}:该户实际无此项目`,
    },
    verdict: verdictOf([
      ['it is said which of several is meant', named || alone],
      ['the sheet hangs at that board', notice.boards[level] !== undefined],
      ['the notice is on show', onShow(notice, world)],
      ['not more objections are open than can be read', raised < 20],
    ]),
    learn: async (_answer, tell) => {
      const id = await tell(
        'SELECT id FROM objection WHERE notice_id = :notice ORDER BY id DESC LIMIT 1',
        { notice: notice.id },
      );
      notice.objections.push({ id, level, raisedOn: world.today, checked: false, state: 'open' });
      return [];
    },
  };
}

const object: Operation = {
  name: 'notices.raise-objection',
  weight: 1,
  lawful: (world, dice) => {
    const shown = hung(world).filter(({ notice }) => onShow(notice, world) === true);
    const chosen = dice.pick(
      shown.filter(({ notice }) => LEVELS.some((one) => notice.boards[one])),
    );
    const level = chosen && dice.pick(LEVELS.filter((one) => chosen.notice.boards[one]));
    return level ? objectTo(world, chosen, level, true) : null;
  },
  any: (world, dice) => {
    const chosen = dice.pick(hung(world));
    return chosen ? objectTo(world, chosen, dice.pick(LEVELS) as Level, dice.percent(60)) : null;
  },
};

interface Raised extends Hung {
  objection: Objection;
}

const raised = (world: World): Raised[] =>
  hung(world).flatMap((one) => one.notice.objections.map((objection) => ({ ...one, objection })));

/** Neither who put it on the sheet or hung the board, nor who entered, reviewed or checked what it shows. */
const stranger = ({ record: { notice, objection, application }, who }: Tried<Raised>): Ground[] => [
  ['nobody deals with an objection to what they announced', notice.announcedBy !== who],
  ['nor to a board of their own', notice.boards[objection.level]?.by !== who],
  ['nor to what they signed', !application.hands.includes(who)],
  ['the objection is open', objection.state === 'open'],
];

/** The township has three working days; days off make them longer, and the model does not know those. */
function townshipIsHeard({ checked, raisedOn }: Objection, world: World): boolean | 'open' {
  if (checked) return true;
  if (world.today <= addDays(raisedOn, 3)) return false;
  return world.today > addDays(raisedOn, 15) ? true : 'open';
}

const check = operation<Raised>({
  act: 'notices.check-objection',
  weight: 10,
  roles: ['township-officer'],
  records: raised,
  due: (_world, { objection }) => objection.state === 'open' && !objection.checked,
  place: ({ application }) => ({ region: application.household.village }),
  input: (dice, { objection }) => ({
    objectionId: objection.id,
    outcome: dice.one(['founded', 'unfounded', 'unclear']),
    checkText: '已入户核查',
  }),
  grounds: (tried) => [
    ...stranger(tried),
    ['it was not checked before', !tried.record.objection.checked],
  ],
  learn: ({ record: { objection } }) => {
    objection.checked = true;
    return nothing();
  },
});

const decide = operation<Raised>({
  act: 'notices.decide-objection',
  weight: 10,
  roles: ['county-officer'],
  records: raised,
  due: (world, { objection }) =>
    objection.state === 'open' && townshipIsHeard(objection, world) !== false,
  place: ({ application }) => ({ region: application.household.village }),
  input: (dice, { objection }) => ({
    objectionId: objection.id,
    outcome: dice.percent(25) ? 'upheld' : 'dismissed',
    answerText: '已实地核查',
  }),
  grounds: (tried) => [
    ...stranger(tried),
    ['the township was heard', townshipIsHeard(tried.record.objection, tried.world)],
  ],
  learn: ({ record: { notice, objection, application }, input }) => {
    objection.state = input.outcome;
    if (input.outcome === 'dismissed') return nothing();
    notice.stopped = true;
    if (application.state === 'contracted' || application.state === 'settled') return nothing();
    if (application.state !== 'withdrawn' && application.state !== 'refused') {
      application.version += 1;
      close(application, 'refused');
    }
    return nothing();
  },
});

export const noticeOperations: readonly Operation[] = [
  ...LEVELS.map(board),
  ...LEVELS.map(photo),
  object,
  check,
  decide,
];
