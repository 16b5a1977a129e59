/**
 * A household applies, of its own free will. A village worker enters it, before a witness; the borrower may be
 * another member than the head. The household row is written too: it owns the rule "one at a time".
 */
import { householdFor, type MemberFace, touchHousehold } from '../households';
import { defineAct } from '../platform/act';
import { answer, codeField, idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import type { Application, ApplicationStep } from './application.entity';
import { ApplicationStore } from './application.store';
import { assess } from './assess';
import { nextInWords, reviewChain, STATES } from './chain';
import { contentDigest } from './content';
import type { Finding } from './eligibility';
import { dueDay, requireNothingBars } from './gate';
import { countyOf, numberText } from './numbers';
import { P } from './problems';
import { PRODUCT_CODES, type ProductCode, productTerms, usesOn } from './product';
import { requireFit, type Wish, wished, wishFields } from './wish';

interface Input extends Wish {
  householdId: string;
  bankId: string;
  productCode: ProductCode;
}

/** Enters an application. */
export const submitApplication = defineAct({
  name: 'applications.submit',
  title: '录入贷款申请',
  permission: 'applications.submit',
  input: shape<Input>({
    householdId: idField('农户编号'),
    bankId: idField('承贷银行编号'),
    productCode: codeField(PRODUCT_CODES, '产品'),
    ...wishFields,
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
    const member = await requireFit(work, household, input);
    const asked = { ...input, id: null, amountFen: input.amount };
    const findings = await assess(work.tx, asked, work.today);
    const taken = findings.find(({ code, outcome }) => code === 'ONE_LOAN' && outcome === 'fail');
    if (taken) throw P.householdBusy({ detail: taken.reason });
    requireNothingBars(findings, false);
    await touchHousehold(work, household.id);
    const application = await draft(work, input, household.regionCode, member);
    const store = new ApplicationStore(work);
    await store.add(application);
    await store.addStep(entered(work, application, findings));
    recordSubmission(work, application);
    const { id: applicationId, number, state, stepDueOn, version } = application;
    return { applicationId, number, state, next: nextInWords(application), stepDueOn, version };
  },
});

/** The entry is the first signature. */
function entered(
  work: Work,
  { id: applicationId, version: seenVersion, contentDigest: digest }: Application,
  findings: Finding[],
): ApplicationStep {
  return {
    ...{ applicationId, position: 1, lap: 1, step: 'submit', outcome: 'passed' },
    ...{ actorId: work.actor.id, actorName: work.actor.name, reason: null, returnedTo: null },
    ...{ doneOn: work.today, doneAt: work.now, dueOn: null, seenVersion },
    ...{ contentDigest: digest, findings },
  };
}

async function draft(
  work: Work,
  input: Input,
  region: string,
  member: MemberFace,
): Promise<Application> {
  const asOf = { region, date: work.today };
  const chain = await policyAsOf(work.tx, reviewChain, asOf);
  const product = await productTerms(work.tx, input.productCode, asOf);
  const uses = await usesOn(work.tx, asOf);
  const year = work.today.slice(0, 4);
  const county = countyOf(region);
  const serial = await new ApplicationStore(work).nextSerial('application', county, year);
  const { householdId, bankId, productCode, witnessName, consents } = input;
  const content = {
    number: numberText('SQ', county, year, serial),
    ...{ householdId, bankId, productCode },
    ...wished(input),
  };
  return {
    ...content,
    id: work.newId(),
    relation: member.relation,
    regionCode: region,
    productRowId: product.rowId,
    usesRowId: uses.rowId,
    ...{ witnessName, consents },
    ...{ enteredBy: work.actor.id, enteredOn: work.today, enteredAt: work.now },
    ...{ state: 'submitted', lap: 1, awaitsApplicant: false },
    stepDueOn: await dueDay(work, region, chain.value, 'submitted'),
    contentDigest: contentDigest(content),
    busyHouseholdId: householdId,
    ...{ certificateNumber: null, bankDecisionBy: null, bankDecisionOn: null, loanId: null },
    ...{ closedOn: null, closedBy: null, closeReason: null, version: 1 },
  };
}

function recordSubmission(work: Work, application: Application): void {
  const { number, state, amountFen, productRowId, contentDigest: digest, consents } = application;
  work.record({
    subject: { kind: 'application', id: application.id },
    related: [
      { kind: 'household', id: application.householdId },
      { kind: 'member', id: application.memberId },
    ],
    after: { number, state, amountFen, productRowId, contentDigest: digest, consents },
  });
}
