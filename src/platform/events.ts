/**
 * Typed in-process events. Calls go down the module rows, events go up: a lower module tells what happened and
 * does not know who listens. Listeners run in the same transaction as the act, in the order in which
 * `src/app.ts` registers them, so that one file shows who reacts to what.
 */
/** A kind of event; `T` is what it carries. Made once by the module that emits it. */
export interface EventType<T> {
  readonly name: string;
  /** Never set; it only ties the payload's type to the event. */
  readonly payload?: T;
}

/** Declares an event, named `<module>.<what happened>`. */
export function defineEvent<T>(name: string): EventType<T> {
  return { name };
}

type Listener<W, T> = (work: W, payload: T) => Promise<void>;

/** The listeners of one running service; `W` is the work they are handed. */
export class Events<W> {
  private readonly listeners = new Map<string, Listener<W, never>[]>();

  /** Registers a listener. A listener must be harmless when the whole transaction is run again. */
  on<T>(event: EventType<T>, listener: Listener<W, T>): void {
    const list = this.listeners.get(event.name) ?? [];
    list.push(listener as Listener<W, never>);
    this.listeners.set(event.name, list);
  }

  /** Delivers to each listener in order; what a listener throws undoes the whole act. */
  async emit<T>(work: W, event: EventType<T>, payload: T): Promise<void> {
    for (const listener of this.listeners.get(event.name) ?? []) {
      await (listener as Listener<W, T>)(work, payload);
    }
  }
}
