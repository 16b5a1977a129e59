/**
 * A loan's life as a list of steps, each with who takes it and who must not. Before a step is taken, the wrong
 * people try it and everybody tries the steps after it; all of that is refused in Chinese and changes nothing.
 */
import type { OpenedService } from './service';
import type { Reply, Town } from './town';

/** What the steps learn on the way: ids, versions, digests. */
// biome-ignore lint/suspicious/noExplicitAny: ids, lists of ids and versions, as the answers gave them.
export type Facts = Record<string, any>;

/** One step. `path` and `body` give undefined while what they need is not there yet. */
export interface JourneyStep {
  name: string;
  who: string;
  path: (facts: Facts) => string | undefined;
  body: (facts: Facts) => object;
  /** People who must not take it: wrong post, wrong body, or who took part before. */
  wrong: readonly string[];
  /** The day on which it is taken; the clock is moved there first. */
  on?: string;
  /** What the answer tells for later steps. */
  learn?: (answer: Reply['body'], facts: Facts) => void;
  /** Steps of one group may be taken in any order. */
  group?: string;
  /** The last day on which even the right person is refused: a notice still runs. */
  tooEarly?: string;
  /** Taking it a second time is harmless by its natural key, rather than refused. */
  repeatable?: boolean;
}

/** Tables whose rows are the business; trail, sessions and failed sign-ins may grow when something is refused. */
async function businessState(opened: OpenedService): Promise<string> {
  const { db } = opened.service.platform;
  const sql = db.reader();
  const tables = [
    'household',
    'household_member',
    'household_status',
    'rating_case',
    'rating_case_item',
    'appraisal_sheet',
    'rating',
    'rating_step',
    'credit_line',
    'credit_line_period',
    'application',
    'application_signer',
    'application_step',
    'certificate',
    'payout',
    'notice',
    'notice_level',
    'objection',
    'loan',
    'loan_event',
    'loan_interest',
    'subsidy_run',
    'subsidy_claim',
    'ledger_entry',
    'ledger_line',
    'ledger_balance',
    'fund',
    'fund_claim',
    'fund_signature',
    'fund_movement',
    'fund_recovery',
    'idempotency',
  ];
  const parts: string[] = [];
  for (const table of tables) {
    const rows = await sql.rows(`SELECT * FROM ${table}`);
    parts.push(
      `${table}\n${rows
        .map((row) => JSON.stringify(row))
        .sort()
        .join('\n')}`,
    );
  }
  return parts.join('\n');
}

function expectRefused(reply: Reply, what: string): void {
  const { status, body } = reply;
  const told = `${what}: ${status} ${JSON.stringify(body)}`;
  if (![400, 403, 404, 409].includes(status)) throw new Error(`Not refused: ${told}`);
  expect(body.title).toMatch(/\p{Script=Han}/u);
  expect(body.advice).toMatch(/\p{Script=Han}/u);
}

/** Walks the steps, trying at each what must not be possible. */
export class Journey {
  private tried = 0;
  readonly facts: Facts = {};

  constructor(
    private readonly opened: OpenedService,
    private readonly town: Town,
    private readonly steps: readonly JourneyStep[],
  ) {}

  private attempt(step: JourneyStep, who: string): Promise<Reply> | null {
    const path = step.path(this.facts);
    if (path === undefined) return null;
    this.tried += 1;
    const person = this.town.people[who]!;
    return person.post(path, step.body(this.facts), `attempt-key-${this.tried}`);
  }

  /** Tries what must be refused before step `at` is taken, and proves that nothing changed. */
  async tryBefore(at: number): Promise<void> {
    const step = this.steps[at]!;
    const before = await businessState(this.opened);
    if (step.tooEarly) {
      this.opened.clock.set(step.tooEarly);
      expectRefused((await this.attempt(step, step.who)) as Reply, `${step.name} too early`);
    }
    if (step.on) this.opened.clock.set(step.on);
    for (const who of step.wrong) {
      const reply = await this.attempt(step, who);
      if (reply) expectRefused(reply, `${step.name} by ${who}`);
    }
    for (const later of this.steps.slice(at + 1)) {
      if (step.group && later.group === step.group) continue;
      const reply = await this.attempt(later, later.who);
      if (reply) expectRefused(reply, `${later.name} before ${step.name}`);
    }
    expect(await businessState(this.opened)).toBe(before);
  }

  /** Takes step `at`; taking it again is refused and changes nothing. */
  async take(at: number): Promise<Reply['body']> {
    const step = this.steps[at]!;
    const path = step.path(this.facts);
    if (path === undefined) throw new Error(`${step.name} cannot be taken yet`);
    const answer = await this.town.people[step.who]!.does(path, step.body(this.facts));
    const before = await businessState(this.opened);
    if (!step.repeatable) {
      const again = await this.attempt(step, step.who);
      expectRefused(again!, `${step.name} a second time`);
      expect(await businessState(this.opened)).toBe(before);
    }
    step.learn?.(answer, this.facts);
    return answer;
  }
}
