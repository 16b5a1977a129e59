/** The bank returns the fund's part of a recovery, whole and once; the money is the fund's again. */
import { bankBook, fundBook, postEntry } from '../ledger';
import { defineAct } from '../platform/act';
import { subFen, yuan, ZERO_FEN } from '../platform/money';
import { answer, idField, shape } from '../platform/shape';
import type { Work } from '../platform/work';
import { ClaimStore } from './claim.store';
import { claimSubject, relatedOf } from './claim-answer';
import { countyOf } from './fund';
import type { FundRecovery } from './fund.entity';
import { FundStore } from './fund.store';
import { P } from './problems';

interface At {
  region: string;
  org: string;
  recovery: FundRecovery;
}

interface ReturnAnswer {
  id: string;
  claimId: string;
  loanId: string;
  fundPart: string;
  dueOn: string;
  returnedOn: string;
  late: boolean;
}

export const returnRecovery = defineAct<{ recoveryId: string }, At, ReturnAnswer>({
  name: 'riskfund.return-recovery',
  title: '返还追回款',
  permission: 'riskfund.return-recovery',
  input: shape<{ recoveryId: string }>({ recoveryId: idField('追回款编号') }),
  answer: shape<ReturnAnswer>({
    id: idField('追回款编号'),
    claimId: idField('申请编号'),
    loanId: idField('贷款编号'),
    fundPart: answer.yuan('返还金额'),
    dueOn: answer.date('应返还日'),
    returnedOn: answer.date('返还日'),
    late: answer.flag('是否逾期返还'),
  }),
  locate: async (work, { recoveryId }) => {
    const recovery = await new ClaimStore(work).recovery(recoveryId);
    return { region: recovery.regionCode, org: recovery.bankId, recovery };
  },
  run: async (work, _input, { recovery }) => {
    if (recovery.returnedOn !== null) {
      throw P.alreadyReturned({ detail: `返还日 ${recovery.returnedOn}` });
    }
    if (recovery.voidedOn !== null)
      throw P.recoveryVoided({ detail: `作废日 ${recovery.voidedOn}` });
    const returned = await new ClaimStore(work).changeRecovery(recovery, {
      returnedOn: work.today,
      returnedBy: work.actor.id,
    });
    await new FundStore(work).move(countyOf(recovery.regionCode), {
      kind: 'return',
      of: recovery.id,
      balanceFen: recovery.fundPartFen,
      claimId: recovery.claimId,
      recoveryId: recovery.id,
    });
    await postReturn(work, recovery);
    work.record({
      subject: { kind: 'recovery', id: recovery.id },
      related: [
        claimSubject({ id: recovery.claimId }),
        { kind: 'repayment', id: recovery.repaymentId },
        ...relatedOf(recovery),
      ],
      before: { ...recovery },
      after: { ...returned },
    });
    return {
      id: recovery.id,
      claimId: recovery.claimId,
      loanId: recovery.loanId,
      fundPart: yuan(recovery.fundPartFen),
      dueOn: recovery.dueOn,
      returnedOn: work.today,
      late: work.today > recovery.dueOn,
    };
  },
});

async function postReturn(work: Work, recovery: FundRecovery): Promise<void> {
  const { id, loanId, regionCode, fundPartFen } = recovery;
  const back = subFen(ZERO_FEN, fundPartFen);
  const common = {
    on: work.today,
    event: 'riskfund.returned',
    memo: `追回款返还 ${yuan(fundPartFen)} 元`,
    subject: { kind: 'recovery', id },
    region: regionCode,
  };
  await postEntry(work, {
    ...common,
    key: `riskfund.return/${id}/bank`,
    book: bankBook(recovery.bankId),
    lines: [
      { account: 'COMPENSATION_RECEIVED', sub: loanId, amountFen: fundPartFen },
      { account: 'BANK_CASH', amountFen: back },
    ],
  });
  await postEntry(work, {
    ...common,
    key: `riskfund.return/${id}/fund`,
    book: fundBook(regionCode),
    lines: [
      { account: 'FUND_CASH', amountFen: fundPartFen },
      { account: 'COMPENSATION_RECEIVABLE', sub: loanId, amountFen: back },
    ],
  });
}
