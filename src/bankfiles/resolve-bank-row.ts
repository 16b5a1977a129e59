/**
 * 处理未匹配款项: an open row is posted to a loan that a person names, or dismissed with a reason. Whoever uploaded the
 * file does neither. Interest that a person posts is shared out in the contract's order, principal included.
 */
import { defineAct } from '../platform/act';
import { PlatformProblem } from '../platform/problems';
import { answer, codeField, idField, shape, textField, versionField } from '../platform/shape';
import type { Work } from '../platform/work';
import type { BankFileRow } from './bank-file.entity';
import { BankFileStore } from './bank-file.store';
import { type Posted, postPayment, type ToPost } from './post-payment';
import { P } from './problems';

interface Input {
  bankRowId: string;
  version: number;
  outcome: 'post-to' | 'dismiss';
  loanId?: string;
  reason: string;
}

export const resolveBankRow = defineAct({
  name: 'bankfiles.resolve-bank-row',
  title: '处理未匹配款项',
  permission: 'bankfiles.resolve',
  input: shape<Input>({
    bankRowId: idField('款项编号'),
    version: versionField(),
    outcome: codeField(['post-to', 'dismiss'], 'post-to 入账到所指贷款，dismiss 注销'),
    loanId: idField('入账到的贷款；注销时不填').optional(),
    reason: textField(300, '处理的依据'),
  }),
  answer: shape({
    bankRowId: idField('款项编号'),
    state: answer.text('状态'),
    repaymentId: idField('还款编号').allow(null),
    repeated: answer.flag('此前已入账，本次未重复入账'),
    principal: answer.yuan('其中本金').allow(null),
    interest: answer.yuan('其中利息').allow(null),
    penalty: answer.yuan('其中罚息').allow(null),
    version: answer.count(),
  }),
  locate: async (work, { bankRowId }) => {
    const store = new BankFileStore(work);
    const row = await store.row(bankRowId);
    const file = await store.get(row.bankFileId);
    return { region: file.regionCode, org: file.bankId, row };
  },
  duty: async (work, _input, { row }) => {
    if (work.actor.organisation?.kind !== 'bank') throw P.notABank();
    if (row.uploadedBy === work.actor.id) throw P.uploaderResolves();
  },
  run: async (work, { version, outcome, loanId = null, reason }, { row }) => {
    if (row.state !== 'OPEN') throw P.rowNotOpen();
    requireLoan(outcome, loanId);
    const store = new BankFileStore(work);
    // The row is written first, so that two who resolve it at once wait for each other.
    const seen = await store.updateRow(Object.assign(row, { version }), {});
    const posted = outcome === 'post-to' ? await post(work, row, loanId as string) : null;
    const now = await store.updateRow(seen, {
      ...{ state: 'RESOLVED', workKey: null, resolution: posted ? 'POSTED' : 'DISMISSED' },
      ...{ loanId: loanId ?? row.loanId, repaymentId: posted?.repaymentId ?? null },
      ...{ resolvedBy: work.actor.id, resolvedByName: work.actor.name, resolvedAt: work.now },
      resolveReason: reason,
    });
    work.record({
      subject: { kind: 'bank-file', id: row.bankFileId },
      related: now.loanId === null ? [] : [{ kind: 'loan', id: now.loanId }],
      before: { row: row.rowNo, state: 'OPEN' },
      after: { row: row.rowNo, state: 'RESOLVED', outcome, reason, loanId: now.loanId },
    });
    return {
      ...{ bankRowId: row.id, state: now.state, repaymentId: now.repaymentId },
      repeated: posted?.repeated ?? false,
      principal: posted?.principal ?? null,
      interest: posted?.interest ?? null,
      penalty: posted?.penalty ?? null,
      version: now.version,
    };
  },
});

/** A post names its loan; a dismissal names none. @throws Problem platform.invalid-input */
function requireLoan(outcome: Input['outcome'], loanId: string | null): void {
  if ((outcome === 'post-to') === (loanId !== null)) return;
  const reason = loanId === null ? '入账须指明贷款' : '注销不填贷款';
  throw PlatformProblem.invalidInput({ fields: [{ field: 'loanId', reason }] });
}

async function post(work: Work, row: BankFileRow, loanId: string): Promise<Posted> {
  if (row.kind === 'disbursals') throw P.payoutPostsNothing();
  const { amountFen, paidOn, reference } = row;
  return postPayment(work, { loanId, amountFen, paidOn, reference } as ToPost);
}
