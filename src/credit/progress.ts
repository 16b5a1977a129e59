/**
 * How far rating has come, counted household by household of the list: pure. A household counts once in each figure.
 *
 * 采集率 = households whose file is complete ÷ listed households; 评级率 = with a grade in force ÷ listed; 有信率 = with a
 * grade in force ÷ files; 授信率 (授信面) = with a line in force ÷ listed; 用信率 = with a line in force and owing principal
 * ÷ with a line in force. Sources: policy facts §6.3.
 */
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import { ratioPercent } from '../platform/rate';
import { itemsOf, type Scorecard } from './scorecard';

/** By what progress is told. */
export const PROGRESS_BY = ['village', 'township', 'bank'] as const;
export type ProgressBy = (typeof PROGRESS_BY)[number];

/** What is known of a listed household. */
export interface Standing {
  regionCode: string;
  /** Whether its file is complete. */
  collected: boolean;
  /** The bank that decided on its grade in force (null: not known); undefined when it has none. */
  gradedBy: string | null | undefined;
  /** Its line in force; a line of 0 is none. */
  line: { bankId: string | null; totalFen: Fen } | null;
  /** Banks to which it owes principal. */
  lenders: readonly string[];
}

/** The figures of a place or a bank. */
export interface Progress {
  listed: number;
  collected: number;
  graded: number;
  lined: number;
  lineFen: Fen;
  using: number;
}

/** What is collected of a file that is not computed yet. */
export interface Collected {
  /** Items that an officer answered. */
  answers: number;
  /** Sheets that count. */
  sheets: number;
}

/** Whether everything that a card asks of officers and appraisers is there. */
export function isComplete(card: Scorecard, { answers, sheets }: Collected): boolean {
  const items = itemsOf(card);
  const asked = items.filter((item) => item.input === 'LEVEL').length;
  const appraised = items.some((item) => item.input === 'APPRAISAL');
  return answers >= asked && (!appraised || sheets >= card.appraisal.appraisersMin);
}

/** Counts households into places or banks. */
export class ProgressTally {
  private readonly groups = new Map<string, Progress>();

  constructor(private readonly by: ProgressBy) {}

  add(household: Standing): void {
    if (this.by === 'bank') this.addToBanks(household);
    else this.addToPlace(household);
  }

  private addToPlace(household: Standing): void {
    const { regionCode, collected, gradedBy, line, lenders } = household;
    const place = this.by === 'village' ? regionCode : `${regionCode.slice(0, 9)}000`;
    const group = this.group(place);
    group.listed += 1;
    if (collected) group.collected += 1;
    if (gradedBy !== undefined) group.graded += 1;
    if (!line) return;
    group.lined += 1;
    group.lineFen = addFen(group.lineFen, line.totalFen);
    if (lenders.length > 0) group.using += 1;
  }

  /** Grade and line count for the bank that decided, the use of a line for the bank that lends. */
  private addToBanks({ gradedBy, line, lenders }: Standing): void {
    if (gradedBy) this.group(gradedBy).graded += 1;
    if (!line) return;
    if (line.bankId) {
      const group = this.group(line.bankId);
      group.lined += 1;
      group.lineFen = addFen(group.lineFen, line.totalFen);
    }
    for (const bankId of lenders) this.group(bankId).using += 1;
  }

  private group(key: string): Progress {
    const found = this.groups.get(key) ?? { ...NOTHING };
    this.groups.set(key, found);
    return found;
  }

  /** The figures by code of the place or id of the bank, in that order. */
  figures(): [key: string, Progress][] {
    return [...this.groups].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

const NOTHING: Progress = {
  ...{ listed: 0, collected: 0, graded: 0, lined: 0, lineFen: ZERO_FEN, using: 0 },
};

/** The figures of all places together. */
export function sumOf(figures: readonly Progress[]): Progress {
  return figures.reduce(
    (sum, one) => ({
      listed: sum.listed + one.listed,
      collected: sum.collected + one.collected,
      graded: sum.graded + one.graded,
      lined: sum.lined + one.lined,
      lineFen: addFen(sum.lineFen, one.lineFen),
      using: sum.using + one.using,
    }),
    NOTHING,
  );
}

/** The rates in percent; null where nothing stands below the line, as of a bank's list, since a bank has none. */
export function ratesOf({ listed, collected, graded, lined, using }: Progress) {
  return {
    collectedRate: ratioPercent(collected, listed),
    gradedRate: ratioPercent(graded, listed),
    gradedOfFiles: ratioPercent(graded, collected),
    linedRate: ratioPercent(lined, listed),
    useRate: ratioPercent(using, lined),
  };
}
