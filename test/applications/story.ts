/** A county in which a household can apply: places, rules, a bank, a rated household, and ten people. */
import {
  checkTownship,
  issueCertificate,
  recheckCounty,
  recordVillageReview,
  submitApplication,
} from '../../src/applications';
import { useEvidence } from '../../src/credit';
import { registerOrganisation } from '../../src/identity';
import {
  photographCounty,
  photographTownship,
  photographVillage,
  postCounty,
  postTownship,
  postVillage,
} from '../../src/notices';
import type { Actor, OrganisationKind } from '../../src/platform/authority';
import { loadPolicyFiles } from '../../src/policy';
import { aConfirmedRating, fixedEvidence, inputsOf } from '../credit/bank';
import { aHousehold, openRegister, TOWNSHIP, VILLAGE } from '../households/register';
import { jpeg, PictureFile } from '../notices/pictures';
import { type County, PLACES } from '../support/county';
import type { OpenTest } from '../support/databases';

export { OTHER_VILLAGE, TOWNSHIP, VILLAGE } from '../households/register';

/** The parameters that an application reads. */
const parameters = [
  'calendar.year',
  'credit.scorecard',
  'notices.rule.loan',
  'notices.masking',
  'applications.review-chain',
  'applications.certificate',
  'applications.industries',
  'loans.product.FPXD',
  'loans.uses',
];

/** The tables of this module, and what it makes of notices. */
export const TABLES = [
  'application',
  'application_signer',
  'application_step',
  'democratic_review',
  'democratic_vote',
  'certificate',
  'certificate_revocation',
  'application_serial',
  'notice',
  'notice_item',
] as const;

/** A county with one bank, on 2018-03-01. */
export interface Story extends County {
  bankId: string;
}

/** Opens the county with its bank. */
export async function openStory(open: OpenTest): Promise<Story> {
  // Nobody here has borrowed before; the loans that would know stand above this module.
  useEvidence(fixedEvidence());
  const county = await openRegister(open);
  await loadPolicyFiles(county.platform, { parameters });
  const bankId = await aBank(county, '龙胜农村商业银行');
  return { ...county, bankId };
}

/** Registers another bank. */
export async function aBank(county: County, name: string): Promise<string> {
  const office = county.actor({ permissions: ['identity.manage-organisations'] });
  const input = { name, kind: 'bank', region: PLACES.county };
  return (await county.do(office, registerOrganisation, input)).organisationId;
}

/** Rates a household as grade A (line 50,000 yuan) or, with other levels, lower; and the bank agrees. */
export async function aLine(county: County, householdId: string, levels: Levels = {}) {
  const good = { COMMITMENTS: 'COMMENDED', SKILL: 'SKILLED' };
  await aConfirmedRating(county, householdId, { inputs: inputsOf({ ...good, ...levels }) });
}

type Levels = Parameters<typeof inputsOf>[0];

let households = 100;

/** A registered household with a confirmed line. */
export async function aRatedHousehold(
  county: County,
  levels: Levels = {},
  village: string = VILLAGE,
) {
  households += 1;
  const household = await aHousehold(county, households, { regionCode: village });
  await aLine(county, household.householdId, levels);
  return household;
}

/** The people of the chain of a village, each another person. */
export function people(story: Story, at: string = VILLAGE) {
  const actor = (
    permissions: string[],
    region: string,
    org?: { id: string; kind: OrganisationKind },
  ): Actor => story.actor({ permissions: [...permissions, 'applications.read'], region, org });
  return {
    enterer: actor(['applications.submit'], at),
    village: actor(['applications.village-review'], at),
    township: actor(['applications.township-check'], TOWNSHIP),
    county: actor(['applications.county-recheck'], PLACES.county),
    approver: actor(['applications.issue-certificate'], PLACES.county),
    bank: actor(['applications.decide'], PLACES.county, { id: story.bankId, kind: 'bank' }),
  };
}

/** The form of an application. */
export function form(story: Story, household: { householdId: string; memberIds: string[] }) {
  return {
    householdId: household.householdId,
    memberId: household.memberIds[0] as string,
    bankId: story.bankId,
    productCode: 'FPXD',
    amount: '50000.00',
    termMonths: 36,
    useCode: 'LOCAL_CHICKEN',
    useDetail: '林下养殖地方特色品种鸡 300 羽',
    project: '“5+2”产业：地方特色品种鸡',
    repaymentSource: '出栏销售收入',
    witnessName: '潘支书',
    consents: { creditInquiry: true, publicNotice: true, dataSharing: true },
  };
}

/** Six villagers, five of whom vote in favour and one of whom is a relative. */
export const villageReview = (applicationId: string, version: number) => ({
  applicationId,
  version,
  heldOn: '2018-03-01',
  place: '村委会会议室',
  voters: [1, 2, 3, 4, 5, 6].map((n) => ({
    name: `村民${n}`,
    relative: n === 6,
    vote: n === 6 ? 'aside' : 'for',
  })),
  minutes: '经评议，该户勤劳守信，同意推荐。',
});

const checked = { outcome: 'pass', checked: ['BORROWER', 'USE', 'AMOUNT'] };

/** The input of a check that passes. */
export const passing = (applicationId: string, version: number) => ({
  applicationId,
  version,
  ...checked,
});

/** An application with the people around it. */
export interface Underway {
  applicationId: string;
  version: number;
  household: { householdId: string; memberIds: string[] };
  by: ReturnType<typeof people>;
}

/** Enters an application of a new rated household. */
export async function submitted(story: Story, village: string = VILLAGE): Promise<Underway> {
  const household = await aRatedHousehold(story, {}, village);
  const by = people(story, village);
  const done = await story.do(by.enterer, submitApplication, form(story, household));
  return { applicationId: done.applicationId, version: done.version, household, by };
}

type Stage = 'submitted' | 'village' | 'township' | 'county' | 'posted' | 'certified';

/**
 * An application brought so far. From `county` on it stands on the village's sheet, with whatever else stands there
 * unposted; from `posted` on the clock stands after the notice's end.
 */
export async function broughtTo(
  story: Story,
  stage: Stage,
  village: string = VILLAGE,
): Promise<Underway & { noticeId: string }> {
  const start = await submitted(story, village);
  const { applicationId, by } = start;
  let { version } = start;
  let noticeId = '';
  const done = () => ({ ...start, version, noticeId });
  if (stage === 'submitted') return done();
  ({ version } = await story.do(
    by.village,
    recordVillageReview,
    villageReview(applicationId, version),
  ));
  if (stage === 'village') return done();
  ({ version } = await story.do(by.township, checkTownship, passing(applicationId, version)));
  if (stage === 'township') return done();
  const rechecked = await story.do(by.county, recheckCounty, passing(applicationId, version));
  version = rechecked.version;
  noticeId = rechecked.noticeId ?? '';
  if (stage === 'county') return done();
  await postEverywhere(story, noticeId);
  story.clock.stepDays(12);
  if (stage === 'posted') return done();
  const certified = await story.do(by.approver, issueCertificate, { applicationId, version });
  version = certified.version;
  return done();
}

/** Posts the three boards today; each body keeps the photo of its own, unless they are to be `bare`. */
export async function postEverywhere(
  story: Story,
  noticeId: string,
  { bare = false } = {},
): Promise<void> {
  const boards = [
    ['county', PLACES.county, postCounty, photographCounty],
    ['township', TOWNSHIP, postTownship, photographTownship],
    ['village', VILLAGE, postVillage, photographVillage],
  ] as const;
  for (const [level, region, post, photograph] of boards) {
    const officer = story.actor({ permissions: [`notices.post-${level}`], region });
    await story.do(officer, post, { noticeId, placeText: '公示栏', lastItem: 300 });
    const file = new PictureFile(jpeg({ data: `${noticeId} ${level}` }));
    if (!bare) await story.do(officer, photograph, { noticeId, file });
  }
}

/** Refused with this code, and nothing of the module changed. */
export async function refused(
  story: Story,
  code: string,
  attempt: () => Promise<unknown>,
): Promise<void> {
  const before = await story.snapshot(...TABLES);
  expect(await story.refusal(attempt())).toBe(code);
  expect(await story.snapshot(...TABLES)).toBe(before);
}
