/** What the checks of township and county have in common: borrower, use and amount, one by one; pass, refuse or return. */
import { codeField, idField, listOf, shape, textField, versionField } from '../platform/shape';
import type { Work } from '../platform/work';
import type { Application } from './application.entity';
import { assess } from './assess';
import {
  advance,
  CHECK_NAMES,
  CHECKS,
  type Check,
  type CheckPolicy,
  policyOf,
  RETURNS,
  type Return,
  type ReviewChain,
  sentBack,
} from './chain';
import { type Finding } from './eligibility';
import { chainOf, requireEligible, requireSeen, type StepAnswer, takeStep } from './gate';
import { P } from './problems';

/** What an officer says who passes, refuses or returns an application. */
export interface CheckInput {
  applicationId: string;
  version: number;
  outcome: 'pass' | 'refuse' | 'return';
  checked?: Check[];
  returnTo?: Return;
  reason?: string;
}

export const checkInput = shape<CheckInput>({
  applicationId: idField('申请编号'),
  version: versionField(),
  outcome: codeField(['pass', 'refuse', 'return'], '通过、不予通过或退回'),
  checked: listOf(codeField(CHECKS)).unique().description('已核对的事项').optional(),
  returnTo: codeField(RETURNS, '退回上一环节或退回申请人补正；退回时必填').optional(),
  reason: textField(1000, '理由；不予通过或退回时必填').optional(),
});

const OUTCOMES = { pass: 'passed', refuse: 'refused', return: 'returned' } as const;

/**
 * Takes the check of a level.
 * @throws Problem applications.checks-missing, return-nowhere, not-eligible and those of `takeStep`
 */
export async function takeCheck(
  work: Work,
  input: CheckInput,
  application: Application,
  step: CheckPolicy['code'],
): Promise<StepAnswer> {
  requireSeen(application, input.version);
  advance(application, step);
  const { value: chain } = await chainOf(work, application);
  const passes = input.outcome === 'pass';
  if (passes) requireChecked(input, chain, step);
  if (input.outcome === 'return' && !input.returnTo) {
    throw P.returnNowhere({ fields: [{ field: 'returnTo', reason: '必填' }] });
  }
  return takeStep(work, application, {
    ...{ step, chain, outcome: OUTCOMES[input.outcome], reason: input.reason },
    findings: await findingsFor(work, application, passes),
    back: input.outcome === 'return' && input.returnTo ? sentBack(step, input.returnTo) : undefined,
  });
}

/** Naming what the county's chain wants checked and was not. */
function requireChecked(input: CheckInput, chain: ReviewChain, step: CheckPolicy['code']): void {
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
 * The findings of the day. Passing needs all of them to be known and good; otherwise they are written down as they are.
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
