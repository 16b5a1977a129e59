/** An extension (展期) as answers show it and as it is measured. */
import type { BusinessDate } from '../platform/dates';
import { answer, codeField, shape } from '../platform/shape';
import { digestOf } from './asked';
import { type AskedFace, askedAnswer, askedFace } from './asked-face';
import { C } from './change-problems';
import type { Extension } from './extension.entity';
import {
  EXTENSION_REASON_NAMES,
  EXTENSION_REASONS,
  type ExtensionReason,
  type ExtensionRules,
  reachOf,
} from './extension-rules';
import type { Loan } from './loan.entity';
import type { PaidOutLoan } from './loan-state';

/** What an extension has besides what every request has. */
export interface ExtensionOwn {
  maturesOn: BusinessDate;
  newMaturesOn: BusinessDate;
  reasonCode: ExtensionReason;
}

/** The fields of an extension in an answer. */
export const extensionFields = {
  ...askedAnswer,
  maturesOn: answer.date('申请时的到期日'),
  newMaturesOn: answer.date('展期后的到期日'),
  reasonCode: codeField(EXTENSION_REASONS, '原因'),
  reasonName: answer.text('原因名称'),
};
export const extensionShape = shape(extensionFields);

/** An extension for an answer. */
export function extensionFace(extension: AskedFace & ExtensionOwn) {
  const { maturesOn, newMaturesOn, reasonCode } = extension;
  const reasonName = EXTENSION_REASON_NAMES[reasonCode];
  return { ...askedFace(extension), maturesOn, newMaturesOn, reasonCode, reasonName };
}

/** Digest of an extension and of the loan as it stands. */
export function extensionDigest(
  loan: Loan,
  asked: Pick<Extension, 'newMaturesOn' | 'reasonCode' | 'reason' | 'evidence'>,
): string {
  const { newMaturesOn, reasonCode, reason, evidence } = asked;
  const content = { extension: { newMaturesOn, reasonCode, reason, evidence } };
  return digestOf(loan, content, 'with-principal');
}

/**
 * Holds an extension against the rules of a day: on or before maturity, later than it, within length and times.
 * @throws Problem loans.after-maturity, loans.extension-times, loans.extension-length, loans.not-epidemic
 */
export function requireWithin(
  rules: ExtensionRules,
  loan: PaidOutLoan,
  asked: Pick<Extension, 'newMaturesOn' | 'reasonCode'>,
  { today, before }: { today: BusinessDate; before: readonly Extension[] },
): void {
  const { maturesOn, productCode, termMonths } = loan;
  if (today > maturesOn) throw C.afterMaturity({ detail: `到期日 ${maturesOn}` });
  const reach = reachOf(rules, { maturesOn, productCode, termMonths, before }, asked.reasonCode);
  if ('refused' in reach) {
    const { refused, detail } = reach;
    if (refused === 'times' || refused === 'no-product') throw C.extensionTimes({ detail });
    throw C.notEpidemic({ detail });
  }
  const { latest } = reach;
  if (asked.newMaturesOn <= maturesOn || asked.newMaturesOn > latest) {
    throw C.extensionLength({
      fields: [{ field: 'newMaturesOn', reason: `须在 ${maturesOn} 之后、${latest} 以前(含)` }],
      extra: { latest },
    });
  }
}
