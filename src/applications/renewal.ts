/**
 * The application of a renewed loan (续贷). A household that renews stands on its first application and the notice and
 * certificate that followed from it: the money is out already, to the borrower who was shown. What the bank decides anew,
 * loan by loan, is written down as an application of its own, with the two steps that were taken, so that each loan has
 * one and the inspector reads the same story everywhere. No loan certificate is issued: the number in its place is that
 * of the bank's approval of the renewal (`XD…`).
 */
import { lineOf } from '../credit';
import { check } from '../platform/check';
import type { Instant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import { addFen, type Fen, minFen, yuan } from '../platform/money';
import type { Work } from '../platform/work';
import type { Application, ApplicationStep } from './application.entity';
import { ApplicationStore } from './application.store';
import { assess } from './assess';
import { contentDigest } from './content';
import type { Finding } from './eligibility';
import { recordChange, requireNothingBars } from './gate';
import { countyOf, numberText } from './numbers';
import { productTerms, usesOn } from './product';
import { RenewalStore } from './renewal.store';

/** What is to be lent anew; the rest is as the household applied the first time. */
export interface RenewalTerms {
  productCode: string;
  /** At most what is still owed of the old loan. */
  amountFen: Fen;
  termMonths: number;
}

/** Somebody of the bank, and when they took their part. */
export interface RenewalSigner {
  actorId: string;
  actorName: string;
  on: BusinessDate;
  at: Instant;
}

/**
 * Every rule of eligibility for a renewal as of today: those of a new loan, where the household's own loan bars
 * nothing and what is owed of it is free to be drawn again.
 * @param owedFen principal of the loan that is renewed.
 * @throws Problem applications.not-eligible naming what bars; applications.product-unknown
 */
export async function requireRenewable(
  work: Work,
  applicationId: string,
  terms: RenewalTerms,
  owedFen: Fen,
): Promise<Finding[]> {
  const application = await new ApplicationStore(work).get(applicationId);
  const findings = await assess(work.tx, { ...application, ...terms }, work.today);
  const line = await lineFinding(work, application, terms.amountFen, owedFen);
  const all = findings.map((finding) =>
    finding.code === 'LINE' ? { ...finding, ...line } : finding,
  );
  requireNothingBars(all, true);
  return all;
}

async function lineFinding(
  work: Work,
  { householdId }: Application,
  amountFen: Fen,
  owedFen: Fen,
): Promise<Pick<Finding, 'outcome' | 'reason' | 'sourceRow'>> {
  const line = await lineOf(work.tx, householdId, work.today);
  if (!line) {
    return { outcome: 'fail', reason: '没有有效的评级授信，请先评级', sourceRow: null };
  }
  const sourceRow = line.ratingId;
  if (line.state === 'frozen') {
    return { outcome: 'fail', reason: '授信已冻结，请先核实解冻', sourceRow };
  }
  const freeFen = minFen(line.totalFen, addFen(line.availableFen, owedFen));
  const reason = `续贷 ${yuan(amountFen)} 元，归还原贷款后可用 ${yuan(freeFen)} 元`;
  return { outcome: amountFen <= freeFen ? 'pass' : 'fail', reason, sourceRow };
}

/** An application of a renewal, as it is added. */
export interface RenewalApplication {
  /** The application of the loan that is renewed; settled by now, so that the household is free. */
  renews: string;
  loanId: string;
  terms: RenewalTerms;
  findings: { asked: readonly Finding[]; signed: readonly Finding[] };
  askedBy: RenewalSigner;
  decidedBy: RenewalSigner;
}

/**
 * Adds the application of a renewal whose contract is signed now, by whoever acts.
 * @throws Problem applications.household-busy, applications.same-actor
 */
export async function addRenewalApplication(
  work: Work,
  renewal: RenewalApplication,
): Promise<Application> {
  const store = new ApplicationStore(work);
  const former = await store.get(renewal.renews);
  check(former.state === 'settled', 'A renewal settles the loan before it.');
  const application = await newApplication(work, former, renewal);
  await store.add(application);
  const { askedBy, decidedBy, findings } = renewal;
  const renewals = new RenewalStore(work);
  await renewals.addStep(step(application, 'submit', 1, askedBy, findings.asked));
  await renewals.addStep(step(application, 'bank-decision', 2, decidedBy, findings.signed));
  await store.takePart(application.id, 'contract');
  recordChange(work, former, application, {
    number: application.number,
    ...{
      renews: former.number,
      loanId: renewal.loanId,
      certificateNumber: application.certificateNumber,
    },
  });
  return application;
}

async function newApplication(
  work: Work,
  former: Application,
  { loanId, terms, askedBy, decidedBy }: RenewalApplication,
): Promise<Application> {
  const store = new ApplicationStore(work);
  const asOf = { region: former.regionCode, date: work.today };
  const county = countyOf(former.regionCode);
  const year = work.today.slice(0, 4);
  const numbered = async (kind: 'application' | 'renewal', prefix: string) =>
    numberText(prefix, county, year, await store.nextSerial(kind, county, year));
  const { rowId: productRowId } = await productTerms(work.tx, terms.productCode, asOf);
  const { rowId: usesRowId } = await usesOn(work.tx, asOf);
  const content = { ...former, ...terms, number: await numbered('application', 'SQ') };
  return {
    ...content,
    ...{ id: work.newId(), productRowId, usesRowId },
    ...{ enteredBy: askedBy.actorId, enteredOn: askedBy.on, enteredAt: askedBy.at },
    ...{ state: 'contracted', lap: 1, awaitsApplicant: false, stepDueOn: null },
    contentDigest: contentDigest(content),
    busyHouseholdId: former.householdId,
    certificateNumber: await numbered('renewal', 'XD'),
    ...{ bankDecisionBy: decidedBy.actorId, bankDecisionOn: decidedBy.on, loanId },
    ...{ closedOn: null, closedBy: null, closeReason: null, version: 1 },
  };
}

function step(
  { id: applicationId, contentDigest: digest }: Application,
  name: 'submit' | 'bank-decision',
  position: number,
  { actorId, actorName, on, at }: RenewalSigner,
  findings: readonly Finding[],
): ApplicationStep {
  return {
    ...{ applicationId, position, lap: 1, step: name, outcome: 'passed' },
    ...{ actorId, actorName, reason: null, returnedTo: null },
    ...{ doneOn: on, doneAt: at, dueOn: null, seenVersion: 1 },
    ...{ contentDigest: digest, findings: [...findings] },
  };
}
