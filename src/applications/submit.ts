/**
 * A household applies, of its own free will. A village worker enters it, before a witness; the borrower may be
 * another member than the head. The household row is written too: it owns the rule "one at a time".
 */
import { householdFor, memberFor, touchHousehold } from '../households';
import { defineAct } from '../platform/act';
import type { Fen } from '../platform/money';
import {
  answer,
  codeField,
  idField,
  Joi,
  personal,
  shape,
  textField,
  yuanField,
} from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import type { Application, Consents } from './application.entity';
import { ApplicationStore } from './application.store';
import { assess } from './assess';
import { nextInWords, reviewChain, STATES } from './chain';
import { contentDigest } from './content';
import { dueDay, requireNothingBars } from './gate';
import { countyOf, numberText } from './numbers';
import { P } from './problems';
import { PRODUCT_CODES, type ProductCode, productTerms, usesOn } from './product';

interface Input {
  householdId: string;
  memberId: string;
  bankId: string;
  productCode: ProductCode;
  amount: Fen;
  termMonths: number;
  useCode: string;
  useDetail: string;
  project?: string;
  repaymentSource: string;
  witnessName: string;
  consents: Consents;
}

const yes = (what: string) => Joi.boolean().valid(true).description(what);

/** Enters an application. */
export const submitApplication = defineAct({
  name: 'applications.submit',
  title: '录入贷款申请',
  permission: 'applications.submit',
  input: shape<Input>({
    householdId: idField('农户编号'),
    memberId: idField('借款人(家庭成员)编号'),
    bankId: idField('承贷银行编号'),
    productCode: codeField(PRODUCT_CODES, '产品'),
    amount: yuanField('申请金额(元)'),
    termMonths: Joi.number().integer().min(1).max(600).description('期限(月)'),
    useCode: Joi.string()
      .pattern(/^[A-Z][A-Z0-9_]{0,39}$/, '用途代码')
      .description('用途代码'),
    useDetail: textField(500, '用途说明'),
    project: textField(200, '产业项目').optional(),
    repaymentSource: textField(500, '还款来源'),
    witnessName: personal(textField(60, '见证人姓名')),
    consents: shape<Consents>({
      creditInquiry: yes('同意征信查询'),
      publicNotice: yes('同意县乡村三级公示'),
      dataSharing: yes('同意资料在县扶贫部门与承贷银行之间共享'),
    }).description('农户的同意事项'),
  }),
  answer: shape({
    applicationId: idField(),
    number: answer.text('申请编号'),
    state: codeField(STATES),
    next: answer.text('下一步'),
    stepDueOn: answer.date('下一步的期限').allow(null),
    version: answer.count(),
  }),
  locate: async (work, input) => {
    const household = await householdFor(work.tx, input.householdId);
    return { region: household.regionCode, household };
  },
  run: async (work, input, { household }) => {
    const member = await memberFor(work.tx, input.memberId);
    if (member.householdId !== household.id || member.leftOn !== null) {
      throw P.memberElsewhere({ fields: [{ field: 'memberId', reason: '不是该户的成员' }] });
    }
    if ([member.name, work.actor.name].includes(input.witnessName.trim())) {
      throw P.witnessUnfit({ fields: [{ field: 'witnessName', reason: '不得为录入人或借款人' }] });
    }
    const asked = { ...input, id: null, amountFen: input.amount };
    const findings = await assess(work.tx, asked, work.today);
    if (findings.some(({ code, outcome }) => code === 'ONE_LOAN' && outcome === 'fail')) {
      throw P.householdBusy({
        detail: findings.find(({ code }) => code === 'ONE_LOAN')?.reason,
      });
    }
    requireNothingBars(findings, false);
    await touchHousehold(work, household.id);
    const application = await draft(work, input, household.regionCode, member.relation);
    const store = new ApplicationStore(work);
    await store.add(application);
    await store.addStep({
      applicationId: application.id,
      step: 'submit',
      position: 1,
      actorId: work.actor.id,
      actorName: work.actor.name,
      outcome: 'passed',
      reason: null,
      doneOn: work.today,
      doneAt: work.now,
      dueOn: null,
      seenVersion: application.version,
      contentDigest: application.contentDigest,
      findings,
    });
    recordSubmission(work, application);
    const { id: applicationId, number, state, stepDueOn, version } = application;
    return { applicationId, number, state, next: nextInWords(state), stepDueOn, version };
  },
});

async function draft(
  work: Work,
  input: Input,
  region: string,
  relation: string,
): Promise<Application> {
  const asOf = { region, date: work.today };
  const chain = await policyAsOf(work.tx, reviewChain, asOf);
  const product = await productTerms(work.tx, input.productCode, asOf);
  const uses = await usesOn(work.tx, asOf);
  const year = work.today.slice(0, 4);
  const county = countyOf(region);
  const serial = await new ApplicationStore(work).nextSerial('application', county, year);
  const content = {
    number: numberText('SQ', county, year, serial),
    householdId: input.householdId,
    memberId: input.memberId,
    bankId: input.bankId,
    productCode: input.productCode,
    amountFen: input.amount,
    termMonths: input.termMonths,
    useCode: input.useCode,
    useDetail: input.useDetail,
    project: input.project ?? null,
    repaymentSource: input.repaymentSource,
  };
  return {
    ...content,
    id: work.newId(),
    relation,
    regionCode: region,
    productRowId: product.rowId,
    usesRowId: uses.rowId,
    witnessName: input.witnessName,
    consents: input.consents,
    enteredBy: work.actor.id,
    enteredOn: work.today,
    enteredAt: work.now,
    state: 'submitted',
    stepDueOn: await dueDay(work, region, chain.value, 'submitted'),
    contentDigest: contentDigest(content),
    busyHouseholdId: input.householdId,
    certificateNumber: null,
    bankDecisionBy: null,
    bankDecisionOn: null,
    loanId: null,
    closedOn: null,
    closedBy: null,
    closeReason: null,
    version: 1,
  };
}

function recordSubmission(work: Work, application: Application): void {
  work.record({
    subject: { kind: 'application', id: application.id },
    related: [
      { kind: 'household', id: application.householdId },
      { kind: 'member', id: application.memberId },
    ],
    after: {
      number: application.number,
      state: application.state,
      amountFen: application.amountFen,
      productRowId: application.productRowId,
      contentDigest: application.contentDigest,
    },
  });
}
