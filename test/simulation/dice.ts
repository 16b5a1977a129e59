/** Chance from a seed: every choice of the simulation comes through here, so that a seed replays a run exactly. */
import { type Random, seededRandom } from '../../src/platform/ids';

export class Dice {
  private readonly random: Random;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** A whole number from `from` to `to`, both inclusive. */
  int(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1));
  }

  /** True in so many of a hundred cases. */
  percent(chance: number): boolean {
    return this.random() * 100 < chance;
  }

  /** One of the list, undefined when it is empty. */
  pick<T>(list: readonly T[]): T | undefined {
    return list.length === 0 ? undefined : list[this.int(0, list.length - 1)];
  }

  /** One of a list that is never empty. */
  one<T>(list: readonly [T, ...T[]]): T {
    return list[this.int(0, list.length - 1)] as T;
  }

  /** One of the list, each as often as its weight says; undefined when no weight is above zero. */
  weighted<T>(list: readonly (readonly [weight: number, choice: T])[]): T | undefined {
    const whole = list.reduce((sum, [weight]) => sum + weight, 0);
    let left = this.random() * whole;
    for (const [weight, choice] of list) {
      left -= weight;
      if (weight > 0 && left < 0) return choice;
    }
    return undefined;
  }
}
