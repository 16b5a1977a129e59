/** What the acts of a raise load and save, and how far a line may be raised. */
import { householdFor } from '../households';
import { isUniqueViolation } from '../platform/db/errors';
import { findRow, insertRow, updateVersioned } from '../platform/db/store';
import { type Fen, yuan } from '../platform/money';
import type { Work } from '../platform/work';
import { policyRow } from '../policy';
import { type CreditLinePeriod, LineRaise, type RaiseState } from './credit-line.entity';
import { LineStore, type StandingLine } from './credit-line.store';
import { gradeByCode } from './grades';
import { CreditProblem } from './problems';
import { scorecardParameter } from './scorecard-parameter';

/** A raise with the line it is about, and where it stands. */
export interface LocatedRaise {
  region: string;
  org: string | null;
  raise: LineRaise;
  standing: StandingLine;
}

/** Finds a raise. @throws Problem credit.raise-absent */
export async function locateRaise(
  work: Work,
  { raiseId }: { raiseId: string },
): Promise<LocatedRaise> {
  const raise = await findRow(work.tx, LineRaise, { id: raiseId });
  if (!raise) throw CreditProblem.raiseAbsent();
  const { regionCode } = await householdFor(work.tx, raise.householdId);
  const standing = await new LineStore(work).get(raise.householdId);
  return { region: regionCode, org: standing.period.bankId, raise, standing };
}

/** Nobody takes two steps of one raise. @throws Problem credit.raise-own */
export function requireStranger(work: Work, raise: LineRaise): void {
  if ([raise.appliedBy, raise.checkedBy].includes(work.actor.id)) throw CreditProblem.raiseOwn();
}

const STATE_NAMES: Readonly<Record<RaiseState, string>> = {
  applied: '待乡镇核实',
  checked: '待银行审定',
  granted: '已批准',
  rejected: '已退回',
};

/** @throws Problem credit.raise-state */
export function requireRaise(raise: LineRaise, state: RaiseState): void {
  if (raise.state === state) return;
  throw CreditProblem.raiseState({ detail: `当前状态：${STATE_NAMES[raise.state]}` });
}

/**
 * The most that a line may be raised to: the top of its grade's band by the card it was rated with, and the
 * ceiling of the rules of the day.
 */
export async function raiseLimit(
  work: Work,
  period: CreditLinePeriod,
  ceilingFen: Fen,
): Promise<Fen> {
  const { grade, scorecardRowId } = await new LineStore(work).ratingOf(period);
  const { value: card } = await policyRow(work.tx, scorecardParameter, scorecardRowId);
  return Math.min(gradeByCode(card, grade).lineMaxFen, ceilingFen) as Fen;
}

/** @throws Problem credit.raise-amount */
export function requireRaiseAmount(amountFen: Fen, fromFen: Fen, limitFen: Fen): void {
  if (amountFen > fromFen && amountFen <= limitFen) return;
  throw CreditProblem.raiseAmount({
    detail: `现有额度 ${yuan(fromFen)} 元，最高可至 ${yuan(limitFen)} 元`,
  });
}

/** Saves raises within the work in hand. */
export class RaiseStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem credit.raise-open when the household has one that waits. */
  async apply(row: LineRaise): Promise<void> {
    try {
      await insertRow(this.work.tx, LineRaise, row);
    } catch (error) {
      if (isUniqueViolation(error, 'line_raise')) throw CreditProblem.raiseOpen();
      throw error;
    }
    this.record(null, row);
  }

  /** @throws Problem platform.stale */
  async move(raise: LineRaise, changes: Partial<Omit<LineRaise, 'version'>>): Promise<LineRaise> {
    const moved = await updateVersioned(this.work.tx, LineRaise, raise, changes);
    this.record(raise, moved);
    return moved;
  }

  private record(before: LineRaise | null, after: LineRaise): void {
    this.work.record({
      subject: { kind: 'line-raise', id: after.id },
      related: [
        { kind: 'household', id: after.householdId },
        { kind: 'credit-line', id: after.householdId },
      ],
      ...(before ? { before: { state: before.state } } : {}),
      after: {
        state: after.state,
        asked: yuan(after.askedFen),
        granted: after.grantedFen === null ? null : yuan(after.grantedFen),
      },
    });
  }
}
