/** What the checks of township and county have in common: borrower, use and amount, one by one. */
import { codeField, idField, listOf, shape, textField, versionField } from '../platform/shape';
import type { Work } from '../platform/work';
import type { Application } from './application.entity';
import { assess } from './assess';
import {
  CHECK_NAMES,
  CHECKS,
  type Check,
  type CheckPolicy,
  policyOf,
  type ReviewChain,
} from './chain';
import { type Finding } from './eligibility';
import { requireEligible } from './gate';
import { P } from './problems';

/** What an officer says who passes or refuses an application. */
export interface CheckInput {
  applicationId: string;
  version: number;
  outcome: 'pass' | 'refuse';
  checked?: Check[];
  reason?: string;
}

export const checkInput = shape<CheckInput>({
  applicationId: idField('申请编号'),
  version: versionField(),
  outcome: codeField(['pass', 'refuse'], '通过或不予通过'),
  checked: listOf(codeField(CHECKS)).unique().description('已核对的事项').optional(),
  reason: textField(1000, '理由；不予通过时必填').optional(),
});

/** @throws Problem applications.checks-missing naming what the county's chain wants checked */
export function requireChecked(
  input: CheckInput,
  chain: ReviewChain,
  step: CheckPolicy['code'],
): void {
  if (input.outcome === 'refuse') return;
  const policy = policyOf(chain, step) as CheckPolicy | null;
  const missing = (policy?.checks ?? []).filter((wanted) => !input.checked?.includes(wanted));
  if (missing.length === 0) return;
  const names = missing.map((wanted) => CHECK_NAMES[wanted]).join('、');
  throw P.checksMissing({
    detail: `尚未核对：${names}`,
    fields: [{ field: 'checked', reason: `缺 ${missing.join('、')}` }],
  });
}

/**
 * The findings of the day. Passing needs all of them to be known and good; a refusal writes them down as they are.
 * @throws Problem applications.not-eligible
 */
export function findingsFor(
  work: Work,
  application: Application,
  passes: boolean,
): Promise<Finding[]> {
  if (passes) return requireEligible(work, application, true);
  return assess(work.tx, application, work.today);
}
