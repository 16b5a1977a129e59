/**
 * A quarter of a county: when it may be proposed, what it is called in the audit, and the digest that binds an
 * approval and a payment to the very claims that were proposed.
 */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import { type BusinessDate, type SettlementPeriod, settlementPeriod } from '../platform/dates';
import type { Fen } from '../platform/money';
import type { Subject } from '../platform/work';
import { P } from './problems';
import type { SubsidyPart } from './subsidy';

/** How far a quarter has come. */
export const RUN_STATES = ['proposed', 'approved', 'paid'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** The states as officers call them. */
export const RUN_STATE_NAMES: Readonly<Record<RunState, string>> = {
  proposed: '待审批',
  approved: '待支付',
  paid: '已支付',
};

/** A quarter's code in an input. */
export const PERIOD_CODE = /^20\d{2}Q[1-4]$/;

/**
 * The period of a code, once it is over.
 * @throws Problem subsidies.quarter-running before the day after its settlement day.
 */
export function closedPeriod(code: string, today: BusinessDate): SettlementPeriod {
  const period = settlementPeriod(code);
  if (today < period.untilExclusive) {
    throw P.quarterRunning({
      detail: `${code} 至 ${period.to} 结束，最早 ${period.untilExclusive} 提出`,
    });
  }
  return period;
}

/** The quarter of a county as the audit knows it. */
export function runSubject(countyCode: string, periodCode: string): Subject {
  return { kind: 'subsidy', id: `${countyCode}-${periodCode}` };
}

/** What of a claim the digest covers. */
export interface ClaimContent {
  loanId: string;
  bankId: string;
  householdId: string;
  interestFen: Fen;
  subsidisedFen: Fen;
  excludedFen: Fen;
  parts: readonly SubsidyPart[];
}

/** The digest before the first claim. */
export function openDigest(countyCode: string, periodCode: string): string {
  return sm3Hex(canonical({ countyCode, periodCode }));
}

/** The digest with one more claim. Claims are taken in the order of their loan ids, page by page. */
export function addToDigest(digest: string, claim: ClaimContent): string {
  const { loanId, bankId, householdId, interestFen, subsidisedFen, excludedFen, parts } = claim;
  const content = { loanId, bankId, householdId, interestFen, subsidisedFen, excludedFen, parts };
  return sm3Hex(`${digest}\n${canonical(content)}`);
}
