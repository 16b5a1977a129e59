/** The stage of the demonstration: performs acts by name as given people, on given days, in order of time. */
import { actorById } from '../identity';
import { type AnyAct, perform } from '../platform/act';
import type { Actor } from '../platform/authority';
import { check } from '../platform/check';
import { type BusinessDate, businessDate } from '../platform/dates';
import type { AnyQuery } from '../platform/http/routes';
import type { NightRunner } from '../platform/jobs/runner';
import { ask } from '../platform/query';
import type { Platform } from '../platform/work';
import type { DemoClock } from './demo-clock';

/** Something that happens on a day; things of one day happen in the order in which they were planned. */
export interface Happening {
  on: BusinessDate;
  run: () => Promise<unknown>;
}

export class Stage {
  private keys = 0;

  constructor(
    readonly platform: Platform,
    private readonly runner: NightRunner,
    private readonly clock: DemoClock,
    private readonly acts: ReadonlyMap<string, AnyAct>,
    private readonly queries: ReadonlyMap<string, AnyQuery>,
  ) {}

  /** Performs an act as somebody; a refusal stops the building, since the demonstration must be lawful. */
  async act<R>(actor: Actor, name: string, input: object): Promise<R> {
    const act = this.acts.get(name);
    check(act, `The demonstration knows no act ${name}`);
    this.keys += 1;
    // A minute passes with each act, so that the trail reads like office work and not like a machine.
    this.clock.pass(60_000);
    const requestId = `demo-${this.keys}`;
    const outcome = await perform(this.platform, act, { actor, input, requestId, key: requestId });
    return outcome.answer as R;
  }

  /** Reads a screen as somebody. */
  async ask<R>(actor: Actor, name: string, input: object): Promise<R> {
    const query = this.queries.get(name);
    check(query, `The demonstration knows no query ${name}`);
    return (await ask(this.platform, query, actor, input)) as R;
  }

  /** The actor of a user as sign-in would make it now. */
  async actor(userId: string): Promise<Actor> {
    const actor = await actorById(this.platform.db.reader(), userId);
    check(actor, 'A person of the demonstration can sign in');
    return actor;
  }

  /** Lets everything happen in order of days. */
  async play(happenings: readonly Happening[]): Promise<void> {
    const inOrder = happenings
      .map((happening, at) => ({ ...happening, at }))
      .sort((a, b) => (a.on === b.on ? a.at - b.at : a.on < b.on ? -1 : 1));
    let day: string | null = null;
    for (const { on, run } of inOrder) {
      if (on !== day) this.clock.travel(on);
      day = on;
      await run();
    }
  }

  /** Runs the night of a date; a failed step stops the building. */
  async night(date: string): Promise<void> {
    const report = await this.runner.runNight(businessDate(date));
    check(report.state === 'done', `The night of ${date} ended ${report.state}`);
  }
}
