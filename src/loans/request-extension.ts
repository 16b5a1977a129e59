/**
 * A bank officer asks for an extension (展期) of a loan, on or before its maturity, with a reason and evidence. The
 * loan is one on which nothing is late; how often and how far is dated policy. Another person decides.
 */
import { defineAct } from '../platform/act';
import type { BusinessDate } from '../platform/dates';
import { codeField, dateField, shape } from '../platform/shape';
import { policyAsOf } from '../policy';
import { askFields, locateLoan, requireUntroubled } from './asked';
import { AskedStore } from './asked.store';
import { extensionDigest, extensionFace, extensionShape, requireWithin } from './extension';
import { Extension } from './extension.entity';
import { EXTENSION_REASONS, type ExtensionReason, extensionRules } from './extension-rules';
import { relatedOf } from './loan';
import type { Loan } from './loan.entity';

interface Input {
  loanId: string;
  newMaturesOn: BusinessDate;
  reasonCode: ExtensionReason;
  reason: string;
  evidence: string;
}

export const requestExtension = defineAct<
  Input,
  { region: string; org: string; loan: Loan },
  ReturnType<typeof extensionFace>
>({
  name: 'loans.request-extension',
  title: '申请展期',
  permission: 'loans.request-extension',
  input: shape<Input>({
    ...askFields,
    newMaturesOn: dateField('展期后的到期日'),
    reasonCode: codeField(EXTENSION_REASONS, '原因'),
  }),
  answer: extensionShape,
  locate: locateLoan,
  run: async (work, { loanId: _, ...asked }, { loan }) => {
    const running = requireUntroubled(loan, work.today);
    const { maturesOn } = running;
    const place = { region: loan.regionCode, date: work.today };
    const { value: rules, rowId } = await policyAsOf(work.tx, extensionRules, place);
    const store = new AskedStore(work, Extension);
    const before = await store.of(loan.id, ['approved']);
    requireWithin(rules, running, asked, { today: work.today, before });
    const extension = await store.ask(loan, {
      ...asked,
      ...{ maturesOn, policyRowId: rowId, eventId: null },
      contentDigest: extensionDigest(loan, asked),
    });
    const { contentDigest } = extension;
    work.record({
      subject: { kind: 'extension', id: extension.id },
      related: [{ kind: 'loan', id: loan.id }, ...relatedOf(loan)],
      after: { maturesOn, ...asked, policyRowId: rowId, contentDigest },
    });
    return extensionFace(extension);
  },
});
