/** The nightly proof of the loan book against the banks' books. */
import { CheckFailed } from '../platform/check';
import type { OnceStep } from '../platform/jobs/step';
import { loanFaultText, proveLoans } from './prove-loans.queries';

export const proveLoansStep: OnceStep = {
  kind: 'once',
  name: 'loans.prove',
  title: '贷款台账校验(夜间结束)',
  reason: '账簿校验之后：逐笔核对业务、利息、台账与账簿，第一笔不符的即报出',
  run: async (work) => {
    const { loans, fault } = await proveLoans(work.tx);
    if (fault) throw new CheckFailed(`贷款台账校验未通过：${loanFaultText(fault)}`);
    return { count: loans, note: `贷款 ${loans} 笔，全部相符` };
  },
};
