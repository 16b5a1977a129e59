/**
 * The words of an import: in which state it is, what becomes of a household of the list, and what is said of its rows.
 *
 * States: CHECKING (rows are read and compared, nothing is changed) → CHECKED → APPLYING → APPLIED; CANCELLED and
 * FAILED (the file could not be read) end it without.
 */
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import type { RowFault } from './list-row';

/** The purpose under which a list is uploaded. */
export const IMPORT_PURPOSE = 'households-import';

export const IMPORT_STATES = [
  'CHECKING',
  'CHECKED',
  'APPLYING',
  'APPLIED',
  'CANCELLED',
  'FAILED',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What officers call each state. */
export const IMPORT_STATE_NAMES: Readonly<Record<ImportState, string>> = {
  CHECKING: '核对中',
  CHECKED: '待确认',
  APPLYING: '导入中',
  APPLIED: '已导入',
  CANCELLED: '已取消',
  FAILED: '未能读取',
};

export const OUTCOMES = ['NEW', 'CHANGED', 'UNCHANGED', 'REJECTED'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What officers call each outcome. */
export const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  NEW: '新增',
  CHANGED: '有变化',
  UNCHANGED: '无变化',
  REJECTED: '不予导入',
};

/** In which phase something was said: reading the row, the dry run, the import itself. */
export type RemarkPhase = 'READ' | 'PLAN' | 'APPLY';

/** FAULT keeps the household out; TOLD was put right, or is only said. */
export type RemarkKind = 'FAULT' | 'TOLD';

/** Something said of one row of the list. */
export interface Remark extends RowFault {
  row: number;
  kind: RemarkKind;
}

/** Households by what becomes of them, and the persons (rows) in them. */
export interface ImportCounts {
  rows: number;
  households: Record<Outcome, number>;
  persons: Record<Outcome, number>;
  faults: number;
  told: number;
}

/** The counts of nothing. */
export function noCounts(): ImportCounts {
  const none = () => ({ NEW: 0, CHANGED: 0, UNCHANGED: 0, REJECTED: 0 });
  return { rows: 0, households: none(), persons: none(), faults: 0, told: 0 };
}

/** What an officer confirms: these counts of this file. */
export function countsDigestOf(fileDigest: string, counts: ImportCounts): string {
  return sm3Hex(canonical({ fileDigest, counts }));
}

/** The counts in words: 新增 120 户，有变化 3 户，无变化 0 户，不予导入 2 户. */
export function countsText(counts: ImportCounts): string {
  return OUTCOMES.map(
    (outcome) => `${OUTCOME_NAMES[outcome]} ${counts.households[outcome]} 户`,
  ).join('，');
}
