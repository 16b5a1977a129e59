/**
 * What the modules above do to an application: the loans need the bank's approval, mark it as contracted, and
 * free the household when the loan is settled; an upheld objection ends it.
 */
import type { Work } from '../platform/work';
import { ApplicationStore } from './application.store';
import { type ApplicationFace, applicationFor } from './applications.queries';
import { assess } from './assess';
import { isOpen, nextInWords } from './chain';
import type { Finding } from './eligibility';
import { closeApplication, recordChange } from './gate';
import { P } from './problems';

/**
 * The application, which the bank has approved and which has no contract yet.
 * @throws Problem applications.application-absent, applications.not-approved
 */
export async function requireBankApproved(work: Work, id: string): Promise<ApplicationFace> {
  const application = await applicationFor(work.tx, id);
  if (application.state !== 'approved') {
    throw P.notApproved({ detail: nextInWords(application) });
  }
  return application;
}

/** Notes the contract; the household stays taken. @throws Problem applications.not-approved */
export async function markContracted(work: Work, id: string, loanId: string): Promise<void> {
  await requireBankApproved(work, id);
  const store = new ApplicationStore(work);
  const application = await store.get(id);
  const after = await store.update(application, { state: 'contracted', loanId });
  recordChange(work, application, after, { loanId });
}

/**
 * Frees the household when its loan is paid off: it may apply again (policy facts §1.8).
 * @throws Problem applications.not-contracted
 */
export async function markSettled(work: Work, id: string): Promise<void> {
  const store = new ApplicationStore(work);
  const application = await store.get(id);
  if (application.state !== 'contracted') {
    throw P.notContracted({ detail: nextInWords(application) });
  }
  const after = await store.update(application, {
    state: 'settled',
    busyHouseholdId: null,
    closedOn: work.today,
    closedBy: work.actor.id,
    closeReason: '贷款已结清',
  });
  recordChange(work, application, after);
}

/**
 * Takes the household again when a correction shows that its loan is not paid off after all.
 * @throws Problem applications.household-busy when it has applied anew since.
 */
export async function markOwing(work: Work, id: string): Promise<void> {
  const store = new ApplicationStore(work);
  const application = await store.get(id);
  if (application.state !== 'settled') {
    throw P.notContracted({ detail: nextInWords(application) });
  }
  const after = await store.update(application, {
    state: 'contracted',
    busyHouseholdId: application.householdId,
    ...{ closedOn: null, closedBy: null, closeReason: null },
  });
  recordChange(work, application, after);
}

/**
 * Every rule of an application as of today, for the counter that is shown its certificate.
 * @throws Problem applications.application-absent
 */
export async function eligibilityOf(work: Work, id: string): Promise<Finding[]> {
  return assess(work.tx, await new ApplicationStore(work).get(id), work.today);
}

/**
 * Gives the person the contract or the disbursal of an application as their one part in it.
 * @throws Problem applications.same-actor when they entered, reviewed, certified, decided or signed it.
 */
export function takePart(work: Work, id: string, part: 'contract' | 'disbursal'): Promise<void> {
  return new ApplicationStore(work).takePart(id, part);
}

/** Ends the application whose notice an upheld objection hit; registered in `src/app.ts`. */
export async function onObjectionUpheld(
  work: Work,
  upheld: { subject: { kind: string; id: string }; answerText: string },
): Promise<void> {
  if (upheld.subject.kind !== 'application') return;
  const application = await new ApplicationStore(work).get(upheld.subject.id);
  if (!isOpen(application.state)) return;
  const reason = `异议成立：${upheld.answerText}`;
  const after = await closeApplication(work, application, 'refused', reason);
  recordChange(work, application, after, { objectionUpheld: true });
}
