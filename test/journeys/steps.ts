/** The steps of a loan's life as people take them, for both journeys. */
import { jpeg } from '../notices/pictures';
import type { Person, Town } from './town';
import { TOWN } from './town';

/** GB 11643: a valid ID number for a birth date and a three-digit sequence. */
export function idNumber(birth: string, sequence: string): string {
  const body = `450328${birth}${sequence}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return body + '10X98765432'[sum % 11];
}

/** What registering sends. */
export const householdForm = (code: string, sequence: string) => ({
  code,
  regionCode: TOWN.village,
  members: [
    {
      name: '覃明',
      relation: 'HEAD',
      idNumber: idNumber('19800315', sequence),
      phone: '13878345678',
    },
    { name: '覃小花', relation: 'SPOUSE', idNumber: idNumber('19820720', sequence) },
  ],
  status: { status: 'REGISTERED_POOR', fromOn: '2014-01-01', source: '2014年建档立卡名册' },
});

/** Levels that, with the 20 of a household that never borrowed, make grade A, a line of 5万. */
export const levelsForm = {
  items: [
    { item: 'COMMITMENTS', level: 'COMMENDED' },
    { item: 'SKILL', level: 'SKILLED' },
    { item: 'HEALTH_AND_TIME', level: 'FULL_YEAR' },
    { item: 'COUNTY_INDUSTRY', level: 'LISTED' },
    { item: 'INCOME_PLAN', level: 'COVERS' },
  ],
};

/** A paper sheet of 18 points. */
export const sheetForm = (appraiser: string) => ({
  appraiser,
  witness: '驻村第一书记',
  knowsHousehold: true,
  options: { HONESTY: 'GOOD', DILIGENCE: 'GOOD', STANDING: 'FAIR' },
});

export const reviewForm = {
  place: '村委会',
  voters: [
    ...['赵一', '钱二', '孙三', '李四', '周五'].map((name) => ({
      name,
      relative: false,
      vote: 'for',
    })),
    { name: '吴六', relative: false, vote: 'against' },
  ],
  minutes: '到会六人，一致认为该户诚实守信，发展油茶可行。',
};

export const checkForm = { outcome: 'pass', checked: ['BORROWER', 'USE', 'AMOUNT'] };

export const applicationForm = (
  household: { householdId: string; memberIds: string[] },
  bankId: string,
) => ({
  householdId: household.householdId,
  memberId: household.memberIds[0],
  bankId,
  productCode: 'FPXD',
  amount: '50000.00',
  termMonths: 36,
  useCode: 'CAMELLIA_OIL',
  useDetail: '种植油茶二十亩',
  repaymentSource: '油茶与务工收入',
  witnessName: '见证人韦某',
  consents: { creditInquiry: true, publicNotice: true, dataSharing: true },
});

/** The money, into an account in the borrower's name. */
export const payoutForm = (certificateNumber: string, accountName = '覃明') => ({
  ...{ certificateNumber, bankReference: `FK-${certificateNumber}` },
  ...{ accountName, account: '6217003010001234567' },
});

/** The three boards, each posted by its own body. */
export const boards = (town: Town): [string, Person][] => [
  ['county', town.people.countyHuang!],
  ['township', town.people.townshipMo!],
  ['village', town.people.villageWang!],
];

export const boardForm = (level: string) => ({
  placeText: `${level}公示栏`,
  lastItem: 1,
});

/** The photo of a board; each of its own. */
export const boardPhoto = (notice: string, level: string) => jpeg({ data: `${notice} ${level}` });
