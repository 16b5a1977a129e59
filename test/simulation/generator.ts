/** What happens next: mostly what can lawfully be done, now and then by the wrong people or on the wrong record. */
import { applicationOperations } from './applications';
import { collectionOperations } from './collections';
import type { Dice } from './dice';
import { fundOperations } from './fund';
import { householdOperations } from './households';
import { loanOperations } from './loans';
import { noticeOperations } from './notices';
import type { Attempt, Operation } from './operation';
import { ratingOperations } from './ratings';
import { subsidyOperations } from './subsidies';
import type { World } from './world';

export const OPERATIONS: readonly Operation[] = [
  ...householdOperations,
  ...ratingOperations,
  ...applicationOperations,
  ...noticeOperations,
  ...loanOperations,
  ...collectionOperations,
  ...fundOperations,
  ...subsidyOperations,
];

/** What a step of the simulation does. */
export type Choice =
  | { kind: 'act'; attempt: Attempt; manner: 'plain' | 'tried dry first' }
  | { kind: 'again'; manner: 'same' | 'other input' }
  | { kind: 'time' };

/** Chooses the next step. @param timeWeight how often time passes, compared with the weights of operations. */
export function choose(world: World, dice: Dice, timeWeight: number): Choice {
  const lot = dice.int(1, 100);
  if (lot <= 4) return { kind: 'again', manner: dice.percent(70) ? 'same' : 'other input' };
  const attempt = lot <= 24 ? mischief(world, dice) : work(world, dice, timeWeight);
  if (!attempt) return { kind: 'time' };
  const dry = dice.percent(5) && attempt.who !== null;
  return { kind: 'act', attempt, manner: dry ? 'tried dry first' : 'plain' };
}

/** Something, by whomever; every operation alike, so that rare ones are tried as often as frequent ones. */
function mischief(world: World, dice: Dice): Attempt | null {
  for (let tries = 0; tries < 10; tries += 1) {
    const attempt = dice.pick(OPERATIONS)?.any(world, dice);
    if (attempt) return attempt;
  }
  return null;
}

/** Something that is due, by people who may; null when time should pass instead. */
function work(world: World, dice: Dice, timeWeight: number): Attempt | null {
  const left = new Set(OPERATIONS);
  for (;;) {
    const choices = [...left].map((one) => [one.weight, one] as const);
    const chosen = dice.weighted<Operation | null>([[timeWeight, null], ...choices]);
    if (!chosen) return null;
    const attempt = chosen.lawful(world, dice);
    if (attempt) return attempt;
    left.delete(chosen);
  }
}
