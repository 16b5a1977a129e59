/**
 * A county with its register and the scorecard, the people through whose hands a rating goes, and short ways to
 * bring a household's rating as far as a test needs it. What the loan book says, the test holds in its hand.
 */
import { checkTownship } from '../../src/credit/check-township';
import { collect } from '../../src/credit/collect';
import { compute } from '../../src/credit/compute';
import { decide } from '../../src/credit/decide';
import { enterAppraisal } from '../../src/credit/enter-appraisal';
import { type RepaymentRecord, useEvidence } from '../../src/credit/evidence';
import { openCase } from '../../src/credit/open-case';
import type { AppraisalSheet, RatingInputs, VetoFinding } from '../../src/credit/rating-content';
import { reviewVillage } from '../../src/credit/review-village';
import type { Actor } from '../../src/platform/authority';
import { yuan } from '../../src/platform/money';
import { loadPolicyFiles } from '../../src/policy';
import { openRegister } from '../households/register';
import { type County, PLACES } from '../support/county';
import type { OpenTest } from '../support/databases';
import { fixedEvidence, inputsOf } from './cards';

export { fixedEvidence, inputsOf } from './cards';

/** The tables that a rating's way goes through. */
export const TABLES = [
  'rating_case',
  'rating_case_item',
  'appraisal_sheet',
  'rating',
  'rating_content',
  'rating_step',
  'credit_line',
  'credit_line_period',
] as const;

/** The bank of these tests. */
export const BANK = 'BANK00000000000000000000AA';

/** What the ledger of loans would say of each household; nothing borrowed where nothing is set. */
export const records = new Map<string, RepaymentRecord>();

/** A migrated county with places and the scorecard, on 2018-03-01. */
export async function openCredit(open: OpenTest, start?: string): Promise<County> {
  const county = await openRegister(open, start);
  await loadPolicyFiles(county.platform, { parameters: ['credit.scorecard'] });
  useEvidence(fixedEvidence(records));
  return county;
}

/** The people of a rating, each another person; `region` is where they all stand. */
export function people(county: County, region: string = PLACES.county) {
  const actor = (name: string, permissions: string[], bank = false): Actor =>
    county.actor({ permissions, region, name, ...(bank ? { org: aBank } : {}) });
  return {
    collector: actor('协办员甲', ['credit.collect', 'credit.enter-appraisal', 'credit.compute']),
    appraiser: actor('评议员本人', ['credit.appraise']),
    village: actor('村评议组长', ['credit.review-village']),
    township: actor('乡镇干部', ['credit.check-township']),
    approver: actor('银行审批人', ['credit.decide', 'credit.confirm-raise'], true),
    second: actor('银行复核人', ['credit.decide', 'credit.confirm-raise'], true),
    reader: actor('查询人', ['credit.read']),
  };
}

const aBank = { id: BANK, kind: 'bank' } as const;

export type People = ReturnType<typeof people>;

/** A paper sheet, as the API takes it. */
export function paper(caseId: string, sheet: AppraisalSheet) {
  const { appraiser, knowsHousehold, related, options, veto } = sheet;
  return {
    caseId,
    appraiser,
    witness: '驻村第一书记',
    knowsHousehold,
    options,
    ...(related === null ? {} : { related }),
    ...(veto ? { veto } : {}),
  };
}

/** Items and assets, as the API takes them. */
export function answers(caseId: string, version: number, { items, assets }: RatingInputs) {
  const shown = assets.map(({ item, quantity, valueFen }) => ({
    item,
    quantity,
    ...(valueFen === undefined ? {} : { value: yuan(valueFen) }),
  }));
  return { caseId, version, items, assets: shown };
}

/** Where a rating has got to, and by whose hands. */
export interface Underway {
  by: People;
  householdId: string;
  caseId: string;
  /** Of the file. */
  version: number;
}

/** How a rating is brought about; what is left out has a default. */
export interface Spec {
  inputs?: RatingInputs;
  by?: People;
  findings?: VetoFinding[];
}

/** Opens a file, fills it in and enters the sheets. */
export async function collected(
  county: County,
  householdId: string,
  spec: Spec = {},
): Promise<Underway> {
  const { by = people(county), inputs = inputsOf() } = spec;
  const { caseId, version } = await county.do(by.collector, openCase, { householdId });
  await county.do(by.collector, collect, answers(caseId, version, inputs));
  for (const sheet of inputs.appraisals) {
    await county.do(by.collector, enterAppraisal, paper(caseId, sheet));
  }
  return { by, householdId, caseId, version: version + 1 + inputs.appraisals.length };
}

/** Computes the rating of a filled-in file. */
export async function computed(county: County, householdId: string, spec: Spec = {}) {
  const underway = await collected(county, householdId, spec);
  const { by, caseId, version } = underway;
  const rating = await county.do(by.collector, compute, { caseId, version });
  return { ...underway, ...rating };
}

/** Brings a rating through the village group. */
export async function reviewed(county: County, householdId: string, spec: Spec = {}) {
  const rating = await computed(county, householdId, spec);
  const { ratingId, contentDigest, by } = rating;
  const agreed = { ratingId, contentDigest, outcome: 'agree' };
  return { ...rating, ...(await county.do(by.village, reviewVillage, agreed)) };
}

/** Brings a rating through village and township: it waits for the bank. */
export async function checked(county: County, householdId: string, spec: Spec = {}) {
  const rating = await reviewed(county, householdId, spec);
  const { ratingId, contentDigest, by } = rating;
  const findings = spec.findings ?? [];
  const agreed = { ratingId, contentDigest, outcome: 'agree', findings };
  return { ...rating, ...(await county.do(by.township, checkTownship, agreed)) };
}

/** Brings a rating into force, as computed. */
export async function aConfirmedRating(county: County, householdId: string, spec: Spec = {}) {
  const rating = await checked(county, householdId, spec);
  const { ratingId, contentDigest, by } = rating;
  const confirmed = { ratingId, contentDigest, outcome: 'confirm' };
  return { ...rating, ...(await county.do(by.approver, decide, confirmed)) };
}

/** Refused with this code, and nothing of credit changed. */
export async function refused(
  county: County,
  code: string,
  attempt: () => Promise<unknown>,
): Promise<void> {
  const before = await county.snapshot(...TABLES);
  expect(await county.refusal(attempt())).toBe(code);
  expect(await county.snapshot(...TABLES)).toBe(before);
}
