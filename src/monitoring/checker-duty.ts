/** Who may check: the roles that the rules of the day and place name. */
import type { LoanFace } from '../loans';
import type { BusinessDate } from '../platform/dates';
import type { Work } from '../platform/work';
import { policyAsOf } from '../policy';
import { P } from './problems';
import { useCheckRules } from './use-check-rules';

/** @throws Problem monitoring.not-checker */
export async function checkerDuty(work: Work, loan: LoanFace, date: BusinessDate): Promise<void> {
  const { value } = await policyAsOf(work.tx, useCheckRules, { region: loan.regionCode, date });
  const may = work.actor.roles.some((role) => value.checkerRoles.includes(role));
  if (!may) throw P.notChecker();
}
