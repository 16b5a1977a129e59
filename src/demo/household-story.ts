/** The story of one household of the demonstration: how far it has come, and when each step was taken. */
import type { Actor } from '../platform/authority';
import { addDays, type BusinessDate } from '../platform/dates';
import { withSpool } from '../platform/files/spool';
import { boardPicture } from './board-picture';
import type { Cast } from './people';
import { DEMO_PLACES } from './places';
import type { Happening, Stage } from './stage';

/** The steps that a story may reach, in order. */
export const CHAPTERS = [
  'registered',
  'rated',
  'lined',
  'applied',
  'reviewed',
  'township',
  'county',
  'posted',
  'certified',
  'decided',
  'disbursed',
] as const;

export type Chapter = (typeof CHAPTERS)[number];

/**
 * Days after registration on which each step is taken. The notice takes at most fifteen: five days of which the last
 * falls on the first of a Spring Festival of nine.
 */
const DAYS: Record<Chapter, number> = {
  registered: 0,
  rated: 0,
  lined: 1,
  applied: 2,
  reviewed: 3,
  township: 4,
  county: 5,
  posted: 6,
  certified: 22,
  decided: 22,
  disbursed: 23,
};

/** Days from registration to a step. */
export const daysTo = (chapter: Chapter): number => DAYS[chapter];

/** One invented household. Amount in yuan as text, rate in percent as text. */
export interface StoryPlan {
  code: string;
  head: { name: string; idNumber: string; phone: string };
  spouse: { name: string; idNumber: string };
  /** The level of the item 项目预期收入; the other items are those of a good household. */
  incomeLevel: string;
  registeredOn: BusinessDate;
  until: Chapter;
  loan: {
    productCode: string;
    amount: string;
    termMonths: number;
    rate: string;
    useCode: string;
    useDetail: string;
  };
}

/** What the story knows as it goes on; `loanId` is there once the money is paid out. */
export interface StoryFacts {
  householdId: string;
  memberIds: string[];
  caseId: string;
  ratingId: string;
  contentDigest: string;
  applicationId: string;
  version: number;
  noticeId: string;
  certificateNumber: string;
  loanId: string;
}

/** Plans the happenings of a household up to its last chapter. */
export function tell(
  stage: Stage,
  cast: Cast,
  bankId: string,
  plan: StoryPlan,
): { facts: Partial<StoryFacts>; happenings: Happening[] } {
  const facts: Partial<StoryFacts> = {};
  const act = async (actor: Actor, name: string, input: object) => {
    const answer = await stage.act<Partial<StoryFacts> & { id?: string }>(actor, name, input);
    const { id, ...told } = answer;
    Object.assign(facts, name === 'loans.sign-contract' ? { loanId: id } : told);
  };
  const chapters = chaptersOf(stage, act, cast, bankId, plan, facts);
  const reached = CHAPTERS.slice(0, CHAPTERS.indexOf(plan.until) + 1);
  const happenings = reached.map((chapter) => ({
    on: addDays(plan.registeredOn, DAYS[chapter]),
    run: chapters[chapter],
  }));
  return { facts, happenings };
}

type Perform = (actor: Actor, name: string, input: object) => Promise<void>;

function chaptersOf(
  stage: Stage,
  act: Perform,
  cast: Cast,
  bankId: string,
  plan: StoryPlan,
  facts: Partial<StoryFacts>,
): Record<Chapter, () => Promise<void>> {
  const application = (more: object = {}) => ({
    applicationId: facts.applicationId,
    version: facts.version,
    ...more,
  });
  const checked = { outcome: 'pass', checked: ['BORROWER', 'USE', 'AMOUNT'] };
  return {
    registered: () => act(cast.village!, 'households.register', registration(plan)),
    rated: () => rate(act, cast, plan, facts),
    lined: () => act(cast.banker2!, 'credit.decide', signed(facts, 'confirm')),
    applied: () => act(cast.village2!, 'applications.submit', request(plan, facts, bankId)),
    reviewed: () => act(cast.village3!, 'applications.village-review', application(review(plan))),
    township: () => act(cast.township!, 'applications.township-check', application(checked)),
    county: () => act(cast.county!, 'applications.county-recheck', application(checked)),
    posted: () => postBoards(stage, act, cast, facts),
    certified: () => act(cast.approver!, 'applications.issue-certificate', application()),
    decided: () => act(cast.banker!, 'applications.decide', application({ outcome: 'approve' })),
    disbursed: async () => {
      const { applicationId, certificateNumber } = facts;
      const { amount, termMonths, rate } = plan.loan;
      const contractNumber = `HT-${plan.code}`;
      const contract = { applicationId, contractNumber, amount, termMonths, rate };
      await act(cast.bank!, 'loans.present-certificate', { certificateNumber });
      await act(cast.bank!, 'loans.sign-contract', contract);
      await act(cast.bank2!, 'loans.disburse', {
        ...{ loanId: facts.loanId, certificateNumber, bankReference: `FK-${plan.code}` },
        ...{ accountName: plan.head.name, account: '6217003010001234567' },
      });
    },
  };
}

/** Collected and appraised in the village, computed, and signed by village group and township. */
async function rate(
  act: Perform,
  cast: Cast,
  plan: StoryPlan,
  facts: Partial<StoryFacts>,
): Promise<void> {
  const { householdId } = facts;
  await act(cast.village!, 'credit.open-case', { householdId });
  const { caseId, version } = facts;
  await act(cast.village!, 'credit.collect', { caseId, version, items: levels(plan) });
  for (const which of APPRAISERS) {
    await act(cast.village!, 'credit.enter-appraisal', { caseId, ...sheet(which) });
  }
  // Every sheet writes the file.
  const filled = facts.version! + APPRAISERS.length;
  await act(cast.village!, 'credit.compute', { caseId, version: filled });
  await act(cast.village2!, 'credit.review-village', signed(facts, 'agree'));
  await act(cast.township!, 'credit.check-township', signed(facts, 'agree'));
}

const signed = ({ ratingId, contentDigest }: Partial<StoryFacts>, outcome: string) => ({
  ratingId,
  contentDigest,
  outcome,
});

/** Hangs the three boards, unless the story of a neighbour on the same sheet has done so. */
async function postBoards(
  stage: Stage,
  act: Perform,
  cast: Cast,
  { noticeId }: Partial<StoryFacts>,
): Promise<void> {
  const { missing, items } = await stage.ask<{ missing: string[]; items: unknown[] }>(
    cast.county2!,
    'notices.one',
    { noticeId },
  );
  const boards: [Actor, string, string][] = [
    [cast.county2!, 'county', '县扶贫办公示栏'],
    [cast.township2!, 'township', '镇政府公示栏'],
    [cast.village!, 'village', '村委会公示栏'],
  ];
  for (const [actor, level, placeText] of boards) {
    if (!missing.includes(level)) continue;
    await act(actor, `notices.post-${level}`, {
      ...{ noticeId, placeText, lastItem: items.length },
    });
    await withSpool([boardPicture(`${noticeId}-${level}`)], (file) =>
      act(actor, `notices.photograph-${level}`, { noticeId, file }),
    );
  }
}

const registration = (plan: StoryPlan) => ({
  code: plan.code,
  regionCode: DEMO_PLACES.village,
  members: [
    { ...plan.head, relation: 'HEAD' },
    { ...plan.spouse, relation: 'SPOUSE' },
  ],
  status: { status: 'UNSTABLE', fromOn: '2021-01-01', source: '2021年脱贫不稳定户名册(演示)' },
});

const APPRAISERS = ['甲', '乙', '丙', '丁', '戊'];

const levels = (plan: StoryPlan) => [
  { item: 'COMMITMENTS', level: 'COMMENDED' },
  { item: 'SKILL', level: 'SKILLED' },
  { item: 'HEALTH_AND_TIME', level: 'FULL_YEAR' },
  { item: 'COUNTY_INDUSTRY', level: 'LISTED' },
  { item: 'INCOME_PLAN', level: plan.incomeLevel },
];

const sheet = (which: string) => ({
  appraiser: `评议员${which}`,
  witness: '驻村第一书记',
  knowsHousehold: true,
  options: { HONESTY: 'GOOD', DILIGENCE: 'GOOD', STANDING: 'FAIR' },
});

const request = (plan: StoryPlan, facts: Partial<StoryFacts>, bankId: string) => ({
  householdId: facts.householdId,
  memberId: facts.memberIds?.[0],
  bankId,
  productCode: plan.loan.productCode,
  amount: plan.loan.amount,
  termMonths: plan.loan.termMonths,
  useCode: plan.loan.useCode,
  useDetail: plan.loan.useDetail,
  repaymentSource: '经营收入与务工收入',
  witnessName: '驻村第一书记',
  consents: { creditInquiry: true, publicNotice: true, dataSharing: true },
});

const review = (plan: StoryPlan) => ({
  heldOn: addDays(plan.registeredOn, DAYS.reviewed),
  place: '村委会会议室',
  voters: ['甲', '乙', '丙', '丁', '戊', '己'].map((which, at) => ({
    name: `评议员${which}`,
    relative: false,
    vote: at === 5 ? 'against' : 'for',
  })),
  minutes: '评议小组逐户评议，认为该户诚实守信、项目可行。',
});
