/** How post-loan care follows the modules below it; `src/app.ts` registers these. */
import { loanFor } from '../loans';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { FlagStore } from './flag.store';
import { P } from './problems';
import { UseCheckStore } from './use-check.store';
import { nextCheckOn, useCheckRules } from './use-check-rules';

/** A loan that was paid out is to be checked. */
export async function onLoanDisbursed(work: Work, { loanId }: { loanId: string }): Promise<void> {
  const loan = await loanFor(work.tx, loanId);
  const { disbursedOn } = loan;
  if (disbursedOn === null) return;
  const { value, rowId } = await policyAsOf(work.tx, useCheckRules, {
    ...{ region: loan.regionCode, date: disbursedOn },
  });
  const due = { dueOn: nextCheckOn(value, disbursedOn, null), policyRowId: rowId };
  await new UseCheckStore(work).addPlan({ ...loan, disbursedOn }, due);
}

/** A loan whose principal is repaid is not checked any more; the night takes up what is told by nobody. */
export async function onLoanRepaid(work: Work, { loanId }: { loanId: string }): Promise<void> {
  const loan = await loanFor(work.tx, loanId);
  if (loan.outstandingFen > 0) return;
  const store = new UseCheckStore(work);
  const plan = await store.planOf(loanId);
  if (plan?.state === 'open') await store.updatePlan(plan, { state: 'ended' });
}

/** @throws Problem monitoring.flag-open while a failed check of the household waits for its decision */
export async function onLineUnfreezing(
  work: Work,
  { householdId }: { householdId: string },
): Promise<void> {
  const open = await new FlagStore(work).openOf(householdId);
  if (open.length > 0) throw P.flagOpen({ detail: `预警日 ${open[0]?.raisedOn}` });
}
