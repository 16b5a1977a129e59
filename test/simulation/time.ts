/**
 * Time in the simulated county: it jumps by days, past the end of a notice, past a settlement day, past a maturity,
 * past the ninety days. Nights run after midnight, as in service; now and then the service is down and catches up.
 */
import {
  addDays,
  type BusinessDate,
  businessDate,
  daysBetween,
  maxDate,
} from '../../src/platform/dates';
import type { OpenedService } from '../journeys/service';
import type { Dice } from './dice';
import { isSettlement, periodEnd } from './interest';
import { FREEZE_DAYS, TRIGGER_DAYS } from './rules';
import { LEVELS, outstanding, settleQuarter, type World } from './world';

/** After this day the calendar and the products of the model end. */
const HORIZON = businessDate('2025-06-01');

/** Days by which time jumps; 0 when it has come to its end. */
export function jump(world: World, dice: Dice): number {
  const to = target(world, dice);
  return Math.max(0, daysBetween(world.today, to < HORIZON ? to : HORIZON));
}

function target({ today, loans, applications }: World, dice: Dice): BusinessDate {
  const posted = applications.flatMap(({ state, notice }) => {
    const days = LEVELS.flatMap((level) => notice?.boards[level]?.on ?? []);
    return state === 'county-checked' && days.length === 3 ? [maxDate(days[0]!, ...days)] : [];
  });
  const running = loans.filter(({ state }) => state === 'running');
  const ahead = running.filter(({ maturesOn }) => maturesOn >= today);
  const late = running.filter(
    ({ maturesOn, compensatedOn }) =>
      compensatedOn === null && maturesOn < today && addDays(maturesOn, TRIGGER_DAYS) >= today,
  );
  const waiting = dice.pick(posted);
  const next = dice.pick(
    [...ahead].sort((a, b) => (a.maturesOn < b.maturesOn ? -1 : 1)).slice(0, 3),
  );
  const bad = dice.pick(late);
  return (
    dice.weighted<BusinessDate>([
      [3, addDays(today, dice.int(1, 3))],
      [waiting ? 12 : 0, addDays(waiting ?? today, dice.int(5, 10))],
      [running.length > 0 ? 3 : 0, addDays(periodEnd(today), dice.int(1, 4))],
      [next ? 3 : 0, addDays(next?.maturesOn ?? today, dice.int(0, 20))],
      [bad ? 5 : 0, addDays(bad?.maturesOn ?? today, TRIGGER_DAYS + dice.int(0, 5))],
    ]) ?? addDays(today, 1)
  );
}

/** Runs the nights that have something to do, in order, and takes them into the model. */
export class Nights {
  private pending: BusinessDate[] = [];

  constructor(
    private readonly opened: OpenedService,
    private readonly world: World,
  ) {}

  /** Whether nights wait because the service was down. */
  get waiting(): number {
    return this.pending.length;
  }

  /** Moves the clock on. @param down the nights wait until the next time. */
  async pass(days: number, down: boolean): Promise<string[]> {
    const { clock } = this.opened;
    const to = addDays(this.world.today, days);
    const told: string[] = [];
    for (let night = this.world.today; night < to; night = addDays(night, 1)) {
      if (!this.matters(night, to)) continue;
      this.pending.push(night);
      clock.set(`${addDays(night, 1)}T00:10:00+08:00`);
      if (!down) told.push(...(await this.catchUp()));
    }
    // A jump of no days would set the clock back to the morning.
    if (days > 0) clock.set(to);
    this.world.today = to;
    return told;
  }

  /** Runs what waits. Returns what went wrong, in words. */
  async catchUp(): Promise<string[]> {
    const told: string[] = [];
    for (const night of this.pending.splice(0)) {
      const report = await this.opened.service.runner.runNight(night);
      const bad = report.steps.filter((step) => step.state === 'failed' || step.failed > 0);
      if (report.state !== 'done' || bad.length > 0) {
        told.push(`nights-run: every step of a night is done [${night} ${JSON.stringify(bad)}]`);
      }
      this.learn(night);
    }
    return told;
  }

  /** A night matters on settlement days, the day after a maturity, and on the eve of the day on which work goes on. */
  private matters(night: BusinessDate, to: BusinessDate): boolean {
    const matured = this.world.loans.some(
      ({ state, maturesOn }) => state === 'running' && addDays(maturesOn, 1) === night,
    );
    return matured || isSettlement(night) || addDays(night, 1) === to;
  }

  private learn(night: BusinessDate): void {
    if (isSettlement(night)) settleQuarter(this.world, night);
    for (const loan of this.world.loans) {
      if (loan.state !== 'running' || loan.maturesOn >= night || outstanding(loan) === 0) continue;
      loan.daysOverdue = daysBetween(loan.maturesOn, night);
      // The overdue notice of the first day is the one reminder that counts for a claim.
      if (loan.daysOverdue === 1) loan.counted += 1;
      const { line } = loan.household;
      if (line && line.until > night && loan.daysOverdue > FREEZE_DAYS) line.frozen = true;
    }
  }
}
