/**
 * A queue for a limited number of places, first come, first served: one writer on SQLite, the connections of
 * the pool on MySQL. The drivers' own queues wait for ever or block the process; this one gives up in time.
 */
import { DatabaseAway, DatabaseBusy } from './errors';

/** Gives the place back; calling it twice is harmless. */
export type Leave = () => void;

interface Waiting {
  admit: () => void;
  refuse: (error: Error) => void;
}

/** A longer wait for a place means that something holds it and will not let go. In milliseconds. */
const LONGEST_WAIT_MS = 30_000;
/** On closing, work under way may take this long to finish. In milliseconds. */
const LONGEST_CLOSING_MS = 10_000;

export class Turnstile {
  private taken = 0;
  private closed = false;
  private queue: Waiting[] = [];
  private empty: (() => void) | undefined;

  constructor(
    private readonly places: number,
    private readonly longestWaitMs = LONGEST_WAIT_MS,
  ) {}

  /**
   * Waits for a place.
   * @throws DatabaseBusy when the wait was too long, DatabaseAway when the database is being closed.
   */
  enter(): Promise<Leave> {
    if (this.closed) return Promise.reject(new DatabaseAway('The database is closed'));
    if (this.taken < this.places) return Promise.resolve(this.take());
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        admit: () => {
          clearTimeout(timer);
          resolve(this.take());
        },
        refuse: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        this.queue = this.queue.filter((other) => other !== waiting);
        reject(new DatabaseBusy(`No connection became free within ${this.longestWaitMs} ms`));
      }, this.longestWaitMs);
      this.queue.push(waiting);
    });
  }

  private take(): Leave {
    this.taken += 1;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.taken -= 1;
      this.queue.shift()?.admit();
      if (this.taken === 0) this.empty?.();
    };
  }

  /** Admits nobody any more and resolves when everybody has left, or after ten seconds. */
  async close(): Promise<void> {
    this.closed = true;
    for (const waiting of this.queue.splice(0)) {
      waiting.refuse(new DatabaseAway('The database is closed'));
    }
    if (this.taken === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LONGEST_CLOSING_MS);
      this.empty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
