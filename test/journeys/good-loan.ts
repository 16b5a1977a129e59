/** The steps from registration to disbursal, in order; both journeys begin with them. */
import type { Facts, JourneyStep } from './journey';
import {
  applicationForm,
  boardForm,
  boardPhoto,
  checkForm,
  householdForm,
  levelsForm,
  payoutForm,
  reviewForm,
  sheetForm,
} from './steps';
import type { Town } from './town';

const has = (facts: Facts, name: string, path: string) =>
  facts[name] === undefined ? undefined : path;
const review = (facts: Facts, part: string) =>
  has(facts, 'application', `/applications/${facts.application}/${part}`);
const version = (facts: Facts) => ({ version: facts.version });
const learnVersion = (answer: { version: number }, facts: Facts) => {
  facts.version = answer.version;
};

/** When each part of the loan's beginning happens. Dates are business dates. */
export interface LoanDates {
  applied: string;
  posted: string;
  /** The last day of the notice. */
  noticeEnds: string;
  certified: string;
  signed: string;
}

type Form = { months: number; rate: string };

/** A file of the rating, collected, appraised on paper and computed in the village. */
function collecting(): JourneyStep[] {
  const file = (facts: Facts, part: string) =>
    has(facts, 'ratingCase', `/rating-cases/${facts.ratingCase}/${part}`);
  const sheet = (appraiser: string): JourneyStep => ({
    name: `sheet of ${appraiser}`,
    who: 'villageWang',
    path: (facts) => file(facts, 'paper-appraisals'),
    body: () => sheetForm(appraiser),
    wrong: ['lenderTan', 'deciderLiao', 'inspectorBai'],
    learn: (_answer, facts) => {
      facts.fileVersion += 1;
    },
    group: 'collecting',
  });
  return [
    {
      name: 'open the file',
      who: 'villageWang',
      path: (facts) => has(facts, 'household', `/households/${facts.household}/rating-cases`),
      body: () => ({}),
      wrong: ['deciderLiao', 'countyWei', 'inspectorBai'],
      learn: (answer, facts) => {
        facts.ratingCase = answer.caseId;
        facts.fileVersion = answer.version;
      },
    },
    {
      name: 'collect',
      who: 'villageWang',
      path: (facts) => file(facts, 'items'),
      body: (facts) => ({ ...levelsForm, version: facts.fileVersion }),
      wrong: ['deciderLiao', 'countyWei', 'inspectorBai'],
      group: 'collecting',
      learn: (answer, facts) => {
        facts.fileVersion = answer.version;
      },
    },
    ...['甲', '乙', '丙', '丁', '戊'].map((name) => sheet(`评议员${name}`)),
    {
      name: 'compute the rating',
      who: 'villageWang',
      path: (facts) => file(facts, 'compute'),
      body: (facts) => ({ version: facts.fileVersion }),
      wrong: ['lenderTan', 'deciderLiao', 'countyWei'],
      learn: learnRating,
    },
  ];
}

function learnRating(answer: { ratingId: string; contentDigest: string }, facts: Facts): void {
  facts.rating = answer.ratingId;
  facts.digest = answer.contentDigest;
}

/** Collected, computed, and signed by village group, township and bank. */
function rating(): JourneyStep[] {
  const step = (name: string, who: string, part: string, wrong: string[]): JourneyStep => ({
    name,
    who,
    path: (facts) => has(facts, 'rating', `/ratings/${facts.rating}/${part}`),
    body: (facts) => ({
      contentDigest: facts.digest,
      outcome: part === 'decision' ? 'confirm' : 'agree',
    }),
    wrong,
    learn: learnRating,
  });
  return [
    ...collecting(),
    step('village group', 'villageLi', 'village-review', ['villageWang', 'townshipChen']),
    step('township on the rating', 'townshipChen', 'township-check', ['villageLi', 'lenderTan']),
    step('bank on the rating', 'deciderNong', 'decision', ['townshipChen', 'lenderTan']),
  ];
}

/** Registration, rating, line and application. */
function asking(town: Town, dates: LoanDates, form: Form): JourneyStep[] {
  const bank = town.bodies.bank!;
  const household = (facts: Facts) => ({
    householdId: String(facts.household),
    memberIds: facts.members,
  });
  return [
    {
      name: 'register the household',
      who: 'villageWang',
      on: dates.applied,
      path: () => '/households',
      body: () => householdForm('450328100001-0001', '123'),
      wrong: ['lenderTan', 'countyWei', 'inspectorBai', 'system', 'security'],
      learn: (answer, facts) => {
        facts.household = answer.householdId;
        facts.members = answer.memberIds;
      },
    },
    ...rating(),
    {
      name: 'apply',
      who: 'villageLi',
      path: (facts) => has(facts, 'household', '/applications'),
      body: (facts) => ({ ...applicationForm(household(facts), bank), termMonths: form.months }),
      wrong: ['townshipChen', 'lenderTan', 'inspectorBai'],
      learn: (answer, facts) => {
        facts.application = answer.applicationId;
        learnVersion(answer, facts);
      },
    },
  ];
}

/** The review chain up to the notice. */
function reviewing(dates: LoanDates): JourneyStep[] {
  return [
    {
      name: 'village review',
      who: 'villageQin',
      path: (facts) => review(facts, 'village-review'),
      body: (facts) => ({ ...reviewForm, ...version(facts), heldOn: dates.applied }),
      wrong: ['villageLi', 'townshipChen', 'lenderTan'],
      learn: learnVersion,
    },
    {
      name: 'township check',
      who: 'townshipChen',
      path: (facts) => review(facts, 'township-check'),
      body: (facts) => ({ ...checkForm, ...version(facts) }),
      wrong: ['villageQin', 'countyWei', 'deciderLiao'],
      learn: learnVersion,
    },
    {
      name: 'county re-check',
      who: 'countyWei',
      path: (facts) => review(facts, 'county-recheck'),
      body: (facts) => ({ ...checkForm, ...version(facts) }),
      wrong: ['townshipMo', 'approverMeng', 'financeYang'],
      learn: (answer, facts) => {
        learnVersion(answer, facts);
        if (answer.noticeId) facts.notice = answer.noticeId;
      },
    },
  ];
}

/** The three boards, each hung and photographed by its own body, in any order. */
function posting(dates: LoanDates): JourneyStep[] {
  const board = (level: string, who: string, wrong: string[]): JourneyStep => ({
    name: `${level} board`,
    who,
    path: (facts) => has(facts, 'notice', `/notices/${facts.notice}/boards/${level}`),
    body: () => boardForm(level),
    wrong,
    group: 'boards',
  });
  const photo = (level: string, who: string, wrong: string[]): JourneyStep => ({
    name: `photo of the ${level} board`,
    who,
    path: (facts) => has(facts, 'notice', `/notices/${facts.notice}/boards/${level}/photo`),
    body: (facts) => boardPhoto(facts.notice, level),
    wrong,
    group: 'boards',
    // A wrong photo may be replaced while the notice hangs.
    repeatable: true,
  });
  return [
    {
      ...board('county', 'countyHuang', ['townshipMo', 'villageWang', 'lenderTan']),
      on: dates.posted,
    },
    board('township', 'townshipMo', ['countyHuang', 'villageWang']),
    board('village', 'villageWang', ['townshipMo', 'inspectorBai']),
    photo('county', 'countyHuang', ['townshipMo', 'villageWang', 'lenderTan']),
    photo('township', 'townshipMo', ['countyHuang', 'villageWang']),
    photo('village', 'villageWang', ['townshipMo', 'inspectorBai']),
  ];
}

/** Certificate, its presentation, bank decision, contract and disbursal. */
function lending(dates: LoanDates, form: Form): JourneyStep[] {
  return [
    {
      name: 'certificate',
      who: 'approverMeng',
      tooEarly: dates.noticeEnds,
      on: dates.certified,
      path: (facts) => review(facts, 'certificate'),
      body: version,
      wrong: ['countyWei', 'deciderLiao', 'villageWang'],
      learn: (answer, facts) => {
        learnVersion(answer, facts);
        facts.certificate = answer.certificateNumber;
      },
    },
    {
      name: 'presentation',
      who: 'lenderTan',
      path: (facts) => has(facts, 'certificate', '/presentations'),
      body: (facts) => ({ certificateNumber: facts.certificate }),
      wrong: ['strangerBank', 'countyWei', 'deciderLiao', 'villageWang'],
      group: 'counter',
    },
    {
      name: 'bank decision',
      who: 'deciderLiao',
      path: (facts) => review(facts, 'bank-decision'),
      body: (facts) => ({ ...version(facts), outcome: 'approve' }),
      group: 'counter',
      wrong: ['lenderTan', 'strangerBank', 'approverMeng'],
      learn: learnVersion,
    },
    {
      name: 'contract',
      who: 'lenderTan',
      on: dates.signed,
      path: (facts) => review(facts, 'contract'),
      body: () => ({
        contractNumber: 'HT-2018-0001',
        amount: '50000.00',
        termMonths: form.months,
        rate: form.rate,
      }),
      wrong: ['deciderLiao', 'strangerBank', 'countyWei'],
      learn: (answer, facts) => {
        facts.loan = answer.id;
      },
    },
    {
      name: 'disbursal',
      who: 'lenderSu',
      path: (facts) => has(facts, 'loan', `/loans/${facts.loan}/disbursal`),
      body: (facts) => payoutForm(facts.certificate),
      wrong: ['lenderTan', 'strangerBank', 'financeYang', 'villageWang'],
      repeatable: true,
    },
  ];
}

/** All steps in order. The notice runs from `posted`; the certificate cannot come before `certified`. */
export function loanSteps(town: Town, dates: LoanDates, form: Form): JourneyStep[] {
  return [
    ...asking(town, dates, form),
    ...reviewing(dates),
    ...posting(dates),
    ...lending(dates, form),
  ];
}
