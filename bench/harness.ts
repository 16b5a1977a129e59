/**
 * Measures what we cost above what the machine cannot do without: a floor (the barest program that does
 * the same to the disk) and ours take turns, so that a busy minute hits both, and medians are compared.
 * The ratio is the result; the milliseconds only hold for the machine that printed them.
 */

/** One of the two that take turns. Runs `count` operations, one after the other unless it says so. */
export interface Side {
  readonly what: string;
  readonly run: (count: number) => Promise<void>;
}

/** A case that stands ready, with its files and connections; `close` removes them. */
export interface Bench {
  readonly floor: Side;
  readonly ours: Side;
  readonly close: () => Promise<void>;
}

/** A case by name; it is opened only when it is asked for. */
export interface Case {
  readonly name: string;
  /** Operations in one turn: enough that a turn takes some tenths of a second. */
  readonly count: number;
  /** A turn takes minutes and leaves its rows: ours runs once, then the floor, without a warm-up. */
  readonly once?: boolean;
  readonly open: () => Promise<Bench>;
}

/** The outcome: medians in milliseconds for one operation. */
export interface Outcome {
  readonly name: string;
  readonly floorMs: number;
  readonly oursMs: number;
  readonly ratio: number;
}

/** The middle value; the mean of the two middle ones for an even number of values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There is no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * Runs a case: a round to warm up, then `rounds` in which floor and ours take turns, the first of them
 * changing each time, since the second one may find a warmer or a fuller disk.
 * @param clock milliseconds that only go forward; given by tests.
 */
export async function measure(
  bench: Pick<Bench, 'floor' | 'ours'>,
  { name, count, once = false }: Pick<Case, 'name' | 'count' | 'once'>,
  rounds: number,
  clock: () => number = () => performance.now(),
): Promise<Outcome> {
  const times = new Map<Side, number[]>([
    [bench.floor, []],
    [bench.ours, []],
  ]);
  for (let round = once ? 1 : 0; round <= (once ? 1 : rounds); round += 1) {
    const turn = round % 2 === 0 ? [bench.floor, bench.ours] : [bench.ours, bench.floor];
    for (const side of turn) {
      const started = clock();
      await side.run(count);
      if (round > 0) times.get(side)?.push((clock() - started) / count);
    }
  }
  const floorMs = median(times.get(bench.floor) ?? []);
  const oursMs = median(times.get(bench.ours) ?? []);
  return { name, floorMs, oursMs, ratio: oursMs / floorMs };
}

/** The line that is printed for a case. */
export function ratioLine(outcome: Outcome, bench: Pick<Bench, 'floor' | 'ours'>): string {
  const { name, floorMs, oursMs, ratio } = outcome;
  const floor = `${bench.floor.what} ${floorMs.toFixed(3)} ms`;
  const ours = `${bench.ours.what} ${oursMs.toFixed(3)} ms`;
  return `${name}: ×${ratio.toFixed(2)} (${ours} / ${floor})`;
}
