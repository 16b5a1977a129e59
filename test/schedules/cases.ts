/** The cases of other systems, and how an answer is held against what they expect. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseAnswer, CaseRow } from '../../src/schedules/case';

/** One line of data/schedules.jsonl. */
export interface Case {
  id: string;
  tier: 1 | 2;
  product: Record<string, unknown>;
  transactions: Record<string, unknown>[];
  asOf?: string;
  expected: Record<string, unknown>[];
  totals: Record<string, number>;
  /** Only the figures given are known, not every row. */
  sparse?: boolean;
}

/** All cases, in their order. */
export const CASES: readonly Case[] = readFileSync(join(__dirname, 'data/schedules.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

/** What one case differs in; null when every figure given is met. */
export function differenceOf(given: Case, answer: CaseAnswer): string | null {
  if ('error' in answer) return answer.error;
  if (!given.sparse && answer.expected.length !== given.expected.length) {
    return `${answer.expected.length} rows, not ${given.expected.length}`;
  }
  for (const row of given.expected) {
    const mine = answer.expected.find(({ period }) => period === row.period);
    for (const [name, value] of Object.entries(row)) {
      const got = mine?.[name as keyof CaseRow];
      if (got !== value) return `row ${row.period} ${name}: ${got}, not ${value}`;
    }
    // A row that was not paid in full carries no date of it.
    if ('paid' in row && !('paidDate' in row) && mine && 'paidDate' in mine) {
      return `row ${row.period} paidDate: ${mine.paidDate}, not there`;
    }
  }
  for (const [name, value] of Object.entries(given.totals)) {
    const got = answer.totals[name as keyof typeof answer.totals];
    if (got !== value) return `total ${name}: ${got}, not ${value}`;
  }
  return null;
}
