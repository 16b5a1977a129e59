/** The review chain: its order, its bound of signatures, and the row that lays it down. */
import file from '../../reference/policy/applications.review-chain.json';
import {
  advance,
  dueStep,
  isOpen,
  policyOf,
  type ReviewChain,
  reviewChain,
  STATES,
  STEPS,
  type State,
  signatureWarning,
} from '../../src/applications/chain';
import { Problem } from '../../src/platform/problems';

const at = (state: State) => ({ state, awaitsApplicant: false });

const chain = file.rows[0]?.value as ReviewChain;

function codeOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Problem) return `${error.code} ${error.info.detail}`;
    throw error;
  }
  return 'done';
}

describe('The review chain', () => {
  test('leads from the application to the bank, one step at a time', () => {
    const walked: State[] = ['submitted'];
    for (const step of STEPS.slice(1)) walked.push(advance(at(walked.at(-1) as State), step));
    expect(walked).toEqual(STATES.slice(0, 6));
  });

  test('refuses every pair of state and step that is not in the table', () => {
    const order = STATES.slice(0, 5);
    let refused = 0;
    for (const state of STATES) {
      for (const step of STEPS) {
        if (step === STEPS[order.indexOf(state) + 1] && order.includes(state)) continue;
        const said = codeOf(() => advance(at(state), step));
        expect(said).toMatch(
          isOpen(state) ? /^applications\.out-of-order .*现应办理/ : /^applications\.closed/,
        );
        refused += 1;
      }
    }
    expect(refused).toBe(STATES.length * STEPS.length - 5);
  });

  test('names the step that is due', () => {
    expect(codeOf(() => advance(at('submitted'), 'county-recheck'))).toBe(
      'applications.out-of-order 县级复查不能办理，现应办理：村民主评议',
    );
    expect(codeOf(() => advance(at('approved'), 'bank-decision'))).toContain('现应办理：签订合同');
    expect(codeOf(() => advance(at('refused'), 'certificate'))).toBe(
      'applications.closed 该申请不予办理',
    );
    expect(dueStep('approved')).toBeNull();
  });

  test('is laid down by a row; a row with other steps is refused, not read in part', () => {
    expect(reviewChain.schema.validate(chain).error).toBeUndefined();
    const shorter = { ...chain, steps: chain.steps.slice(1) };
    expect(reviewChain.schema.validate(shorter).error).toBeDefined();
    const same = { ...chain, distinctPeople: false };
    expect(reviewChain.schema.validate(same).error).toBeDefined();
    expect(policyOf(chain, 'township-check')).toMatchObject({ workingDays: 1 });
    expect(policyOf(chain, 'bank-decision')).toBeNull();
  });

  test('warns above the bound of signatures', () => {
    expect(signatureWarning(6, chain)).toBeNull();
    expect(signatureWarning(13, chain)).toContain('13 个签字');
  });
});
