/**
 * One run of the simulated county: steps from a seed, each tried on the real service, and after each the laws, the
 * model and the trail. A run that finds something wrong ends with the seed, the step and the last happenings.
 */
import { isDeepStrictEqual } from 'node:util';
import { type AnyAct, perform } from '../../src/platform/act';
import { PUBLIC_ACTOR } from '../../src/platform/authority';
import { sm3Hex } from '../../src/platform/crypto/digest';
import { type BusinessDate, businessDate } from '../../src/platform/dates';
import { Problem } from '../../src/platform/problems';
import type { OpenedService } from '../journeys/service';
import { disagreements } from './agree';
import type { Answer } from './answer';
import { Dice } from './dice';
import { choose } from './generator';
import { brokenLaws } from './laws';
import type { Attempt } from './operation';
import { ACTS, settle } from './people';
import { jump, Nights } from './time';
import { chainVerifies, entriesOf, fingerprint, nightsAudited, wholeDigest } from './trail';
import { World } from './world';

export interface SimulationOptions {
  seed: number;
  steps: number;
  /** Reads every byte of the business after each step; else a cheaper print. */
  thorough?: boolean;
  /** Called after each step; what it changes behind the service's back must be found. */
  meddle?: (world: World, opened: OpenedService) => Promise<void>;
}

export interface SimulationReport {
  /** A digest of all that happened up to each step; equal for equal seeds. */
  trace: string[];
  done: Record<string, number>;
  refused: number;
  nights: number;
  world: World;
}

/** The day on which every simulation begins. */
export const START = '2018-03-01';

/** Laws that are dear are asked so often. */
const DEAR_EVERY = 20;
/** So many happenings are told when something is wrong. */
const TOLD = 15;

/** What an act came to. */
type Outcome =
  | { done: true; answer: Answer; replayed: boolean }
  | { done: false; problem: Problem };

interface Remembered {
  attempt: Attempt;
  key: string;
  on: BusinessDate;
  answer: Answer;
}

export class Simulation {
  private readonly dice: Dice;
  private readonly story: string[] = [];
  private readonly report: SimulationReport;
  private readonly nights: Nights;
  private recent: Remembered[] = [];
  /** The business as it was last seen; null when it has moved since. */
  private print: string | null = null;
  private step = 0;

  private constructor(
    private readonly opened: OpenedService,
    private readonly world: World,
    private readonly options: SimulationOptions,
  ) {
    this.dice = new Dice(options.seed);
    this.nights = new Nights(opened, world);
    this.report = { trace: [], done: {}, refused: 0, nights: 0, world };
  }

  /** Runs a county on an opened, empty service. @throws Error with the seed and the story when a law is broken. */
  static async run(opened: OpenedService, options: SimulationOptions): Promise<SimulationReport> {
    const cast = await settle(opened.service);
    const simulation = new Simulation(opened, new World(cast, businessDate(START)), options);
    return simulation.play();
  }

  private async play(): Promise<SimulationReport> {
    while (this.step < this.options.steps) {
      this.step += 1;
      const told = await this.take();
      await this.options.meddle?.(this.world, this.opened);
      const isDear = this.step % DEAR_EVERY === 0 || this.step === this.options.steps;
      told.push(...(await this.check(isDear)));
      if (told.length > 0) throw this.failure(told);
    }
    return this.report;
  }

  private async take(): Promise<string[]> {
    const choice = choose(this.world, this.dice, this.timeWeight());
    if (choice.kind === 'again' && this.recent.length > 0) return this.again(choice.manner);
    if (choice.kind !== 'act') return this.passTime();
    const dry = choice.manner === 'plain' ? [] : await this.tryDry(choice.attempt);
    return [...dry, ...(await this.tryOut(choice.attempt))];
  }

  /** In long runs time must not run ahead of the steps, since policy and calendar end. */
  private timeWeight(): number {
    const ahead =
      Number(this.world.today.slice(0, 4)) - 2018 > (7 * this.step) / this.options.steps;
    return this.options.steps > 400 && ahead ? 1 : 6;
  }

  private async passTime(): Promise<string[]> {
    const days = jump(this.world, this.dice);
    const down = this.dice.percent(10);
    this.tell(`${this.world.today} + ${days} days${down ? ', the service is down' : ''}`);
    const told = this.nights.waiting > 0 ? await this.nights.catchUp() : [];
    told.push(...(await this.nights.pass(days, down)));
    this.report.nights += 1;
    if (this.dice.percent(20)) await this.opened.service.seal();
    this.print = null;
    return [...told, ...(await disagreements(this.sql, this.world))];
  }

  private async perform(attempt: Attempt, key: string, more: object = {}): Promise<Outcome> {
    const { platform } = this.opened.service;
    const { input, who } = attempt;
    const actor = who?.actor ?? PUBLIC_ACTOR;
    const request = { actor, input, requestId: `step-${this.step}`, key, ...more };
    try {
      const outcome = await perform(platform, ACTS.get(attempt.act) as AnyAct, request);
      return { done: true, ...outcome };
    } catch (error) {
      if (error instanceof Problem) return { done: false, problem: error };
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw this.failure([`acts-answer: an act is done or refused with a problem [${cause}]`]);
    }
  }

  private async tryOut(attempt: Attempt): Promise<string[]> {
    this.opened.clock.stepMs(60_000);
    const key = `simulation-${this.step}`;
    // What must be done and is refused is wrong whatever it changed.
    if (attempt.verdict.must !== 'be done') await this.look();
    const outcome = await this.perform(attempt, key);
    this.tellAttempt(attempt, outcome);
    const told = judged(attempt, outcome);
    const entries = await entriesOf(this.sql, `step-${this.step}`);
    if (!outcome.done) {
      this.report.refused += 1;
      const noted = outcome.problem.kind === 'forbidden' ? [1] : [0, 1];
      if (entries.done > 0 || !noted.includes(entries.refused)) told.push(auditedWrong(entries));
      return [...told, ...(await this.unchanged('what was refused changed nothing'))];
    }
    if (entries.done !== 1 || entries.refused !== 0) told.push(auditedWrong(entries));
    this.report.done[attempt.act] = (this.report.done[attempt.act] ?? 0) + 1;
    this.recent.push({ attempt, key, on: this.world.today, answer: outcome.answer });
    told.push(...(await attempt.learn(outcome.answer, (...asked) => this.find(...asked))));
    told.push(...(await disagreements(this.sql, this.world)));
    this.print = null;
    return told;
  }

  /** A dry run comes to the same verdict and changes nothing, the trail included. */
  private async tryDry(attempt: Attempt): Promise<string[]> {
    await this.look();
    const outcome = await this.perform(attempt, `dry-${this.step}`, { dryRun: true });
    const entries = await entriesOf(this.sql, `step-${this.step}`);
    return [
      ...judged(attempt, outcome),
      ...(entries.done + entries.refused > 0 ? [auditedWrong(entries)] : []),
      ...(await this.unchanged('a dry run changed nothing')),
    ];
  }

  /** The same request again gives the same answer; another one under its key is refused. Neither does anything. */
  private async again(manner: 'same' | 'other input'): Promise<string[]> {
    // Keys are kept for at least 30 days.
    this.recent = this.recent.filter(({ on }) => on >= this.world.today.slice(0, 8).concat('01'));
    const chosen = this.dice.pick(this.recent);
    if (!chosen) return this.passTime();
    const { attempt, key, answer } = chosen;
    const other = { ...attempt, input: { ...attempt.input, ...OTHER_INPUT[attempt.act] } };
    const asked = manner === 'other input' && OTHER_INPUT[attempt.act] ? other : attempt;
    await this.look();
    const outcome = await this.perform(asked, key);
    this.tell(`again ${attempt.act} under ${key}${asked === other ? ' with other input' : ''}`);
    const told = await this.unchanged('a repeated request changed nothing');
    if (asked === other) {
      const right = !outcome.done && outcome.problem.code === 'platform.key-reused';
      return right ? told : [...told, 'keys: another request under a used key is refused'];
    }
    const same = outcome.done && outcome.replayed && isDeepStrictEqual(outcome.answer, answer);
    return same ? told : [...told, 'keys: a repeated request gives the first answer'];
  }

  private async check(isDear: boolean): Promise<string[]> {
    const told = await brokenLaws(this.sql, isDear);
    if (!isDear) return told;
    const { service } = this.opened;
    await service.seal();
    told.push(...(await chainVerifies(service.platform, this.sql)));
    told.push(...(await nightsAudited(this.sql)));
    return told;
  }

  private get sql() {
    return this.opened.service.platform.db.reader();
  }

  private digest(): Promise<string> {
    return this.options.thorough ? wholeDigest(this.sql) : fingerprint(this.sql);
  }

  /** Remembers the business as it is. */
  private async look(): Promise<void> {
    this.print ??= await this.digest();
  }

  private async unchanged(sentence: string): Promise<string[]> {
    if (this.print === null || this.print === (await this.digest())) return [];
    return [`refusals-leave-no-trace: ${sentence}`];
  }

  private async find(sql: string, params: Record<string, string>): Promise<string> {
    return (await this.sql.one<{ id: string }>(sql, params))?.id ?? '';
  }

  private tellAttempt({ act, who, input }: Attempt, outcome: Outcome): void {
    const came = outcome.done
      ? answerText(act, outcome.answer)
      : `refused: ${outcome.problem.code}`;
    this.tell(`${act} by ${who?.key ?? 'anybody'} ${JSON.stringify(input)} -> ${came}`);
  }

  private tell(line: string): void {
    const whole = `#${this.step} ${this.world.today} ${line}`;
    this.story.push(whole);
    if (this.story.length > TOLD) this.story.shift();
    this.report.trace.push(sm3Hex(`${this.report.trace.at(-1) ?? ''}\n${whole}`));
  }

  private failure(told: readonly string[]): Error {
    const { seed, steps } = this.options;
    const lines = [
      `The simulated county broke at step ${this.step} of ${steps}, seed ${seed}:`,
      ...told.map((one) => `  ✗ ${one}`),
      'The last happenings:',
      ...this.story.map((one) => `  ${one}`),
      `Replay: XINFU_SEED=${seed} XINFU_SIMULATION_STEPS=${steps}`,
    ];
    return new Error(lines.join('\n'));
  }
}

/** A change by which the input of an act is surely another one. */
const OTHER_INPUT: Readonly<Record<string, object>> = {
  'loans.repay': { amount: '123.45' },
  'riskfund.contribute': { amount: '123.45' },
  'subsidies.appropriate': { amount: '123.45' },
  'loans.sign-contract': { contractNumber: 'HT-OTHER' },
  'collections.record-visit': { place: '村委会' },
};

/** A receipt is a secret of the complainant and differs from run to run; it stands in no story. */
const answerText = (act: string, answer: Answer): string =>
  act === 'notices.raise-objection' ? 'done' : JSON.stringify(answer);

const auditedWrong = (entries: object): string =>
  `audited-once: what was done stands once in the audit, what was refused never as done [${JSON.stringify(entries)}]`;

function judged({ act, verdict }: Attempt, outcome: Outcome): string[] {
  if (verdict.must === 'be done' && !outcome.done) {
    const { code, message } = outcome.problem;
    return [`rules: ${act} is lawful and was refused [${code}: ${message}]`];
  }
  if (verdict.must === 'be refused' && outcome.done) {
    return [`rules: ${act} was done against the rule that ${verdict.rule}`];
  }
  return [];
}
