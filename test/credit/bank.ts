/** A county with its register, the scorecard and an evidence port that the test holds in its hand. */
import { confirmLine } from '../../src/credit/confirm-line';
import { type RepaymentRecord, useEvidence } from '../../src/credit/evidence';
import { rateHousehold } from '../../src/credit/rate-household';
import type { RatingInputs } from '../../src/credit/rating';
import type { Actor } from '../../src/platform/authority';
import { yuan } from '../../src/platform/money';
import { loadPolicyFiles } from '../../src/policy';
import { openRegister } from '../households/register';
import type { County } from '../support/county';
import type { OpenTest } from '../support/databases';
import { inputsOf, NO_LOANS } from './cards';

/** What the ledger of loans would say of each household; `NO_LOANS` where nothing is set. */
export const records = new Map<string, RepaymentRecord>();

/** A migrated county with places and the scorecard, on 2018-03-01. */
export async function openCredit(open: OpenTest, start?: string): Promise<County> {
  const county = await openRegister(open, start);
  await loadPolicyFiles(county.platform, { parameters: ['credit.scorecard'] });
  useEvidence({ repaymentRecord: async (_sql, id) => records.get(id) ?? NO_LOANS });
  return county;
}

/** The form of a rating, as the API takes it. */
export function ratingForm(householdId: string, inputs: RatingInputs = inputsOf()) {
  const assets = inputs.assets.map(({ item, quantity, valueFen }) => ({
    item,
    quantity,
    ...(valueFen === undefined ? {} : { value: yuan(valueFen) }),
  }));
  return { householdId, ...inputs, assets };
}

/** A township officer who rates. */
export const rater = (county: County, region = '450328100000'): Actor =>
  county.actor({ permissions: ['credit.rate'], region, name: '乡镇干部' });

/** A bank's approver for the county. */
export const approver = (county: County, region = '450328000000'): Actor =>
  county.actor({
    permissions: ['credit.confirm'],
    region,
    name: '银行审批人',
    org: { id: 'BANK', kind: 'bank' },
  });

/** Rates a household and has the line confirmed. */
export async function aConfirmedRating(county: County, householdId: string, inputs?: RatingInputs) {
  const rating = await county.do(rater(county), rateHousehold, ratingForm(householdId, inputs));
  const { ratingId, contentDigest } = rating;
  const line = await county.do(approver(county), confirmLine, { ratingId, contentDigest });
  return { ...rating, ...line };
}
