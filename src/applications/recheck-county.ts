/** The county checks again and puts what it passes on the village's sheet of the three-level notice. */
import { memberFor } from '../households';
import { organisationById, regionName } from '../identity';
import { joinNotice } from '../notices';
import { defineAct } from '../platform/act';
import { check } from '../platform/check';
import { yuan } from '../platform/money';
import { idField } from '../platform/shape';
import type { Work } from '../platform/work';
import type { Application } from './application.entity';
import { checkInput, takeCheck } from './check';
import { locateApplication, stepAnswer, stepDuty } from './gate';
import { productTerms, usesOn } from './product';

/** Passes, refuses or returns an application at the county. */
export const recheckCounty = defineAct({
  name: 'applications.county-recheck',
  title: '县级复查',
  permission: 'applications.county-recheck',
  input: checkInput,
  answer: stepAnswer.keys({
    noticeId: idField('公示编号').allow(null).required(),
  }),
  locate: locateApplication,
  duty: (work, _input, at) => stepDuty(work, at, 'county-recheck', 'county'),
  run: async (work, input, { application }) => {
    const taken = await takeCheck(work, input, application, 'county-recheck');
    const noticeId = input.outcome === 'pass' ? await announce(work, application) : null;
    return { ...taken, noticeId };
  },
});

/**
 * Puts it on the village's sheet of the product, or opens the next one where the last already hangs. What the public
 * sees of each field is decided there, by policy.
 */
async function announce(work: Work, application: Application): Promise<string> {
  const { regionCode: region } = application;
  const asOf = { region, date: work.today };
  const product = await productTerms(work.tx, application.productCode, asOf);
  const uses = await usesOn(work.tx, asOf);
  const use = uses.value.uses.find(({ code }) => code === application.useCode);
  const bank = await organisationById(work.tx, application.bankId);
  check(use && bank, 'Use and bank were found by the check just made.');
  const borrower = await memberFor(work.tx, application.memberId);
  const village = await regionName(work.tx, region);
  const { noticeId } = await joinNotice(work, {
    kind: 'loan',
    ruleParameterKey: 'notices.rule.loan',
    subject: { kind: 'application', id: application.id },
    related: [{ kind: 'household', id: application.householdId }],
    regionCode: region,
    title: `${village}${product.value.name}申请公示`,
    publicItems: {
      borrowerName: borrower.name,
      village,
      amount: `${yuan(application.amountFen)} 元`,
      use: use.name,
      term: `${application.termMonths} 个月`,
      bank: bank.name,
    },
  });
  return noticeId;
}
