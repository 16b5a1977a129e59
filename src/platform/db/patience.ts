/**
 * How long we try: waits that grow and vary, and an end to them. Without the variation two transactions that
 * collided once would collide again at the same moment.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../ids';

/** A bound on tries and on time, counted from the first failure. Times in milliseconds. */
export interface Limits {
  tries: number;
  totalMs: number;
  baseMs: number;
  capMs: number;
}

/** For whole transactions (reliability notes §8.3): full jitter from 5 ms to 200 ms, 10 tries or 3 s. */
export const TRANSACTION_LIMITS: Limits = { tries: 10, totalMs: 3000, baseMs: 5, capMs: 200 };

/** For SQLite's write lock held by another process: asked often, as it is let go within milliseconds. */
export const LOCK_LIMITS: Limits = { tries: 1000, totalMs: 3000, baseMs: 2, capMs: 20 };

/** Counts the failures of one undertaking. */
export class Patience {
  private failures = 0;
  private deadline: AbortSignal | undefined;

  constructor(
    private readonly random: Random,
    private readonly limits: Limits,
  ) {}

  /** Waits before the next try; false when there shall be none. */
  async again(): Promise<boolean> {
    const { tries, totalMs, baseMs, capMs } = this.limits;
    this.failures += 1;
    this.deadline ??= AbortSignal.timeout(totalMs);
    if (this.failures >= tries || this.deadline.aborted) return false;
    const longest = Math.min(capMs, baseMs * 2 ** Math.min(this.failures, 20));
    await sleep(this.random() * longest);
    return true;
  }
}
