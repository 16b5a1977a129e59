/** Everything that a renewal is held against, asked at the request, at the decision and at the signing. */
import { productTerms, requireRenewable } from '../applications';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { requireUntroubled } from './asked';
import { AskedStore } from './asked.store';
import { C } from './change-problems';
import { BEST_GRADE } from './classification';
import { contractTerms } from './contract-terms';
import { Extension } from './extension.entity';
import type { Loan } from './loan.entity';
import { LoanStore } from './loan.store';
import type { PaidOutLoan } from './loan-state';
import { type RenewalAsked, requireBeforeMaturity, requireRate } from './renewal';
import { misanswered, type RenewalRules, renewalRules } from './renewal-rules';

/** What a renewal is measured by today. */
export interface Renewable {
  loan: PaidOutLoan;
  rules: RenewalRules;
  rowId: string;
  findings: Awaited<ReturnType<typeof requireRenewable>>;
}

/**
 * A normal loan before its maturity, with product, rate, times and conditions of today.
 * @throws Problem loans.not-running, troubled, after-maturity, renewal-times, renewal-extended, renewal-conditions,
 *   rate-above-cap, term-without-cap; applications.not-eligible; policy.no-row-in-force
 */
export async function requireToRenew(
  work: Work,
  loan: Loan,
  asked: RenewalAsked,
): Promise<Renewable> {
  const running = requireUntroubled(loan, work.today);
  if (loan.classCode !== BEST_GRADE) {
    throw C.troubled({ detail: `五级分类为 ${loan.classCode}` });
  }
  requireBeforeMaturity(running, work.today);
  const place = { region: loan.regionCode, date: work.today };
  const { value: rules, rowId } = await policyAsOf(work.tx, renewalRules, place);
  const wrong = misanswered(rules, asked.conditions);
  if (wrong.length > 0) throw C.renewalConditions({ detail: wrong.join('、') });
  const { productCode, termMonths, amountFen, ratePpm } = asked;
  const { value: product } = await productTerms(work.tx, productCode, place);
  await requireTimes(work, running, product.renewalTimesMax);
  if (!rules.afterExtension) await refuseExtended(work, running);
  const terms = { productCode, amountFen, termMonths };
  const owed = running.outstandingFen;
  const findings = await requireRenewable(work, loan.applicationId, terms, owed);
  const { rateCapPpm } = await contractTerms(work.tx, productCode, place, termMonths);
  requireRate(ratePpm, rateCapPpm);
  return { loan: running, rules, rowId, findings };
}

/** How often the money was renewed already, through the loans before this one. */
async function requireTimes(work: Work, loan: Loan, timesMax: number): Promise<void> {
  const store = new LoanStore(work);
  let times = 0;
  for (let before = loan.renewsLoanId; before !== null; times += 1) {
    before = (await store.get(before)).renewsLoanId;
  }
  if (times >= timesMax) {
    throw C.renewalTimes({ detail: `已续贷 ${times} 次，最多 ${timesMax} 次` });
  }
}

/** A loan that was moved once is not moved again by other means; what the epidemic moved does not count. */
async function refuseExtended(work: Work, loan: Loan): Promise<void> {
  const extensions = await new AskedStore(work, Extension).of(loan.id, ['approved']);
  const own = extensions.find(({ reasonCode }) => reasonCode !== 'epidemic');
  if (own) throw C.renewalExtended({ detail: `展期至 ${own.newMaturesOn}` });
}
