/** What the signatures of an application stand for: its content as one digest. Pure. */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import type { Fen } from '../platform/money';

/** The content of an application: what is asked for, by whom, for what. */
export interface Content {
  number: string;
  householdId: string;
  memberId: string;
  bankId: string;
  productCode: string;
  amountFen: Fen;
  termMonths: number;
  useCode: string;
  useDetail: string;
  project: string | null;
  industryCode: string | null;
  repaymentSource: string;
}

/** SM3 of the canonical content, 64 hex characters. */
export function contentDigest(content: Content): string {
  const { number, householdId, memberId, bankId, productCode, amountFen, termMonths } = content;
  const { useCode, useDetail, project, industryCode, repaymentSource } = content;
  return sm3Hex(
    canonical({
      number,
      householdId,
      memberId,
      bankId,
      productCode,
      amountFen,
      termMonths,
      useCode,
      useDetail,
      project,
      // Left out where there is none, so that what was signed before industries were kept reads as it did.
      ...(industryCode === null ? {} : { industryCode }),
      repaymentSource,
    }),
  );
}
