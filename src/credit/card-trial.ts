/**
 * The trial of a new scorecard, counted household by household: pure. It answers how many households would change
 * grade, from which to which, and what the lines of each township come to under either card.
 */
import { addFen, type Fen, ZERO_FEN } from '../platform/money';
import type { CardChange } from './card-changes';
import type { GradeLine } from './rating-content';
import type { Scorecard } from './scorecard';

/** Households that go from one grade to another, or stay. */
export interface GradeMove {
  from: string;
  to: string;
  households: number;
}

/** A township under either card. */
export interface TownshipTrial {
  region: string;
  households: number;
  changed: number;
  beforeFen: Fen;
  afterFen: Fen;
}

/** An item of the new card that the frozen inputs do not answer, and for how many households. */
export interface Unanswered {
  item: string;
  households: number;
}

/** What a trial found besides its sums. */
export interface TrialDetail {
  moves: GradeMove[];
  townships: TownshipTrial[];
  unanswered: Unanswered[];
  /** Ratings in force without frozen inputs, from before there were files: they cannot be tried. */
  leftOut: number;
}

/** The sums of a trial. */
export interface TrialSums {
  households: number;
  upgraded: number;
  downgraded: number;
  unchanged: number;
  beforeFen: Fen;
  afterFen: Fen;
}

/** Counts the changes that a new card would bring. */
export class Trial {
  readonly sums: TrialSums = {
    ...{ households: 0, upgraded: 0, downgraded: 0, unchanged: 0 },
    ...{ beforeFen: ZERO_FEN, afterFen: ZERO_FEN },
  };
  private readonly moves = new Map<string, GradeMove>();
  private readonly townships = new Map<string, TownshipTrial>();
  private readonly unanswered = new Map<string, number>();

  constructor(private readonly card: Scorecard) {}

  add(regionCode: string, { from, to, unanswered }: CardChange): void {
    const { sums } = this;
    const way = directionOf(this.card, from, to);
    sums.households += 1;
    sums[way] += 1;
    sums.beforeFen = addFen(sums.beforeFen, from.lineFen);
    sums.afterFen = addFen(sums.afterFen, to.lineFen);
    const move = kept(this.moves, `${from.grade}/${to.grade}`, () => ({
      ...{ from: from.grade, to: to.grade, households: 0 },
    }));
    move.households += 1;
    const region = `${regionCode.slice(0, 9)}000`;
    const township = kept(this.townships, region, () => ({
      ...{ region, households: 0, changed: 0, beforeFen: ZERO_FEN, afterFen: ZERO_FEN },
    }));
    township.households += 1;
    if (way !== 'unchanged') township.changed += 1;
    township.beforeFen = addFen(township.beforeFen, from.lineFen);
    township.afterFen = addFen(township.afterFen, to.lineFen);
    for (const item of unanswered) {
      this.unanswered.set(item, (this.unanswered.get(item) ?? 0) + 1);
    }
  }

  /** The detail, in the order of codes. */
  detail(leftOut: number): TrialDetail {
    const sorted = <T>(map: ReadonlyMap<string, T>) =>
      [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      moves: sorted(this.moves).map(([, move]) => move),
      townships: sorted(this.townships).map(([, township]) => township),
      unanswered: sorted(this.unanswered).map(([item, households]) => ({ item, households })),
      leftOut,
    };
  }
}

/** Better or worse by the new card's grades; where it does not have the former grade, by the line. */
function directionOf(card: Scorecard, from: GradeLine, to: GradeLine) {
  if (from.grade === to.grade) return 'unchanged';
  const rank = (code: string) =>
    card.grades.find((grade) => grade.code === code)?.minScoreHundredths ?? null;
  const [was, is] = [rank(from.grade), rank(to.grade)];
  const better = was === null || is === null ? to.lineFen > from.lineFen : is > was;
  return better ? 'upgraded' : 'downgraded';
}

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
