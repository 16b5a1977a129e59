/**
 * The words of bank files (银行回盘文件): of which kind a file is, how far it has come, what became of each row.
 *
 * States of a file: CHECKING (rows are read and matched, nothing is posted) → CHECKED → POSTING → DONE; CANCELLED and
 * FAILED (the file could not be read) end it without.
 * States of a row: CHECKED until the file is confirmed, then POSTED or REPEATED (it had been posted already), OPEN
 * (somebody must look at it) → RESOLVED, or CLOSED (nothing to be done).
 */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import { type Fen, yuan, ZERO_FEN } from '../platform/money';

/** The purpose under which a bank file is uploaded. */
export const BANK_FILE_PURPOSE = 'bank-file';

/** Rows of one file at most: ten times what a county's bank sends in a quarter. */
export const MAX_FILE_ROWS = 50_000;

export const KINDS = ['repayments', 'disbursals', 'interest'] as const;
export type BankFileKind = (typeof KINDS)[number];

/** What officers call each kind. */
export const KIND_NAMES: Readonly<Record<BankFileKind, string>> = {
  repayments: '还款',
  disbursals: '放款',
  interest: '利息实收',
};

export const STATES = ['CHECKING', 'CHECKED', 'POSTING', 'DONE', 'CANCELLED', 'FAILED'] as const;
export type BankFileState = (typeof STATES)[number];

/** What officers call each state of a file. */
export const STATE_NAMES: Readonly<Record<BankFileState, string>> = {
  CHECKING: '核对中',
  CHECKED: '待复核',
  POSTING: '入账中',
  DONE: '已办结',
  CANCELLED: '已取消',
  FAILED: '未能读取',
};

/**
 * What the dry run found of a row. READY: will be posted. ALREADY: the same payment stands in the books. AGREES and
 * DIFFERS: a payout beside the loan's own. UNMATCHED: no running loan, or its reference is taken by something else.
 * WAITING: a row with this reference waits for somebody already. ERROR: the row itself is wrong.
 */
export const OUTCOMES = [
  'READY',
  'ALREADY',
  'AGREES',
  'DIFFERS',
  'UNMATCHED',
  'WAITING',
  'ERROR',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What officers call each outcome. */
export const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  READY: '可入账',
  ALREADY: '此前已入账',
  AGREES: '与台账相符',
  DIFFERS: '与台账不符',
  UNMATCHED: '未匹配',
  WAITING: '已在待处理',
  ERROR: '有误',
};

/** Outcomes of which a person must make something. */
export const WORK_OUTCOMES: readonly Outcome[] = ['UNMATCHED', 'DIFFERS'];

export const ROW_STATES = ['CHECKED', 'POSTED', 'REPEATED', 'OPEN', 'RESOLVED', 'CLOSED'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** What officers call each state of a row. */
export const ROW_STATE_NAMES: Readonly<Record<RowState, string>> = {
  CHECKED: '待复核',
  POSTED: '已入账',
  REPEATED: '此前已入账',
  OPEN: '待处理',
  RESOLVED: '已处理',
  CLOSED: '无须办理',
};

/** How an open row was settled. */
export type Resolution = 'POSTED' | 'DISMISSED';

/** Why a row is not simply posted, and what can be done. `column` is '' for the row as a whole; the value is masked. */
export interface Remark {
  column: string;
  value: string;
  reason: string;
  remedy: string;
}

/** Rows of one outcome or state and their amounts together. */
export interface Tally {
  count: number;
  amountFen: Fen;
}

/** What the dry run found, by outcome. */
export interface BankFileCounts {
  rows: number;
  outcomes: Record<Outcome, Tally>;
}

/** The counts of nothing. */
export function noCounts(): BankFileCounts {
  const none = () => ({ count: 0, amountFen: ZERO_FEN });
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, none()]));
  return { rows: 0, outcomes: outcomes as Record<Outcome, Tally> };
}

/** What is confirmed: these counts of this file. */
export function countsDigestOf(fileDigest: string, counts: BankFileCounts): string {
  return sm3Hex(canonical({ fileDigest, counts }));
}

/** Tallies in words, those of nothing left out: 可入账 120 笔 36000.00 元，有误 2 笔 0.00 元. */
export function talliesText(tallies: readonly (readonly [name: string, tally: Tally])[]): string {
  const parts = tallies
    .filter(([, { count }]) => count > 0)
    .map(([name, { count, amountFen }]) => `${name} ${count} 笔 ${yuan(amountFen)} 元`);
  return parts.join('，') || '没有数据行';
}

/** The counts in words. */
export function countsText({ outcomes }: BankFileCounts): string {
  return talliesText(OUTCOMES.map((outcome) => [OUTCOME_NAMES[outcome], outcomes[outcome]]));
}

/** Names a payment at the bank while somebody must look at it: one open row for each. */
export function workKeyOf(row: { bankId: string; kind: BankFileKind; reference: string | null }) {
  return `${row.bankId}/${row.kind}/${row.reference}`;
}
