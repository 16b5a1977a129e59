/** What changes credit lines: every change writes the owner row, ends the last period and begins the next. */
import { householdFor } from '../households';
import { check } from '../platform/check';
import { addMonths, type BusinessDate, minDate } from '../platform/dates';
import { isUniqueViolation, RunAgain } from '../platform/db/errors';
import { findRow, insertRow, listRows, updateVersioned } from '../platform/db/store';
import { type Fen, yuan, ZERO_FEN } from '../platform/money';
import type { Work } from '../platform/work';
import { LINE_STATE_NAMES, mayChange, startOf, stateAfter, stateOn } from './credit-line';
import { CreditLine, CreditLinePeriod, type LineCause, type LineState } from './credit-line.entity';
import { CreditProblem } from './problems';

/** 年审: a line is looked at again a year after it was given or last looked at (policy facts §2.6: yearly). */
const REVIEW_MONTHS = 12;

/** A household's line with its last period. */
export interface StandingLine {
  line: CreditLine;
  period: CreditLinePeriod;
}

/** What a change says. */
export interface LineChange {
  cause: Exclude<LineCause, 'GRANT'>;
  reason: string;
  evidence?: string;
  /** The new total; as before where it is left out. Cancelled and expired lines have none. */
  totalFen?: Fen;
  /** First day; today where it is left out. */
  from?: BusinessDate;
  /** The other person of a raise or an unfreezing. */
  other?: { id: string; name: string };
}

/** The rating on which a line rests, as far as lines look at it. */
export interface RatingOfLine {
  grade: string;
  lineFen: Fen;
  scorecardRowId: string;
}

/** A line that a rating gives as it comes into force. */
export interface Grant {
  householdId: string;
  regionCode: string;
  ratingId: string;
  /** The bank that decided. */
  bankId: string | null;
  /** 0 for a grade without a line. */
  totalFen: Fen;
  from: BusinessDate;
  /** Last day, inclusive. */
  until: BusinessDate;
}

/** Loads and saves credit lines within the work in hand. */
export class LineStore {
  constructor(private readonly work: Work) {}

  /** The line of a household as it stands, or null when it never had one. */
  async find(householdId: string): Promise<StandingLine | null> {
    const line = await findRow(this.work.tx, CreditLine, { householdId });
    if (!line) return null;
    const period = await findRow(this.work.tx, CreditLinePeriod, { openKey: householdId });
    check(period, `The line of household ${householdId} has no last period`);
    return { line, period };
  }

  /** @throws Problem credit.line-absent */
  async get(householdId: string): Promise<StandingLine> {
    const found = await this.find(householdId);
    if (!found) throw CreditProblem.lineAbsent();
    return found;
  }

  /** Lists the line of a household, if it has one, under another village. */
  async moveTo(householdId: string, regionCode: string): Promise<void> {
    const line = await findRow(this.work.tx, CreditLine, { householdId });
    if (line) await updateVersioned(this.work.tx, CreditLine, line, { regionCode });
  }

  /** Who put on the freeze under which a line stands; later changes of a frozen line keep it frozen. */
  async freezerOf(period: CreditLinePeriod): Promise<{ id: string; name: string } | null> {
    if (period.state !== 'frozen') return null;
    const [freeze] = await listRows(
      this.work.tx,
      CreditLinePeriod,
      { householdId: period.householdId, cause: 'FREEZE' },
      { seq: 'desc' },
      1,
    );
    return freeze ? { id: freeze.madeBy, name: freeze.madeByName } : null;
  }

  /** What the rating said on which a line rests. */
  async ratingOf({ ratingId }: Pick<CreditLinePeriod, 'ratingId'>): Promise<RatingOfLine> {
    const found = await this.work.tx.one<RatingOfLine>(
      'SELECT grade, line_fen AS lineFen, scorecard_row_id AS scorecardRowId FROM rating WHERE id = :ratingId',
      { ratingId },
    );
    check(found, `There is no rating ${ratingId}`);
    return found;
  }

  /** Opens or replaces the line of a household. The next yearly review is due a year from now. */
  async grant(grant: Grant, reason: string): Promise<CreditLinePeriod> {
    const { householdId, regionCode, from, ...given } = grant;
    const { code, headName } = await householdFor(this.work.tx, householdId);
    const facts = {
      householdCode: code,
      headName,
      regionCode,
      reviewDueOn: addMonths(from, REVIEW_MONTHS),
      reviewReason: null,
    };
    const former = await this.find(householdId);
    if (former) await updateVersioned(this.work.tx, CreditLine, former.line, facts);
    else await this.open({ householdId, ...facts, version: 1 });
    return this.append(former?.period ?? null, {
      householdId,
      ratingId: given.ratingId,
      bankId: given.bankId,
      state: stateAfter(former && stateOn(former.period, from), 'GRANT'),
      cause: 'GRANT',
      totalFen: given.totalFen,
      validUntil: given.until,
      fromOn: from,
      reason,
      evidence: null,
      otherBy: null,
      otherByName: null,
    });
  }

  /**
   * Changes a line; a change that reviews it or takes it away ends the waiting review.
   * @throws Problem credit.line-state, platform.stale
   */
  async change(standing: StandingLine, change: LineChange): Promise<CreditLinePeriod> {
    const { line, period } = standing;
    const { cause, from = this.work.today, other } = change;
    requireState(period, cause, from);
    await updateVersioned(this.work.tx, CreditLine, line, reviewAfter(line, cause, from));
    const state = stateAfter(period.state, cause);
    const over = state === 'cancelled' || state === 'expired';
    return this.append(period, {
      householdId: line.householdId,
      ratingId: period.ratingId,
      bankId: period.bankId,
      state,
      cause,
      totalFen: over ? ZERO_FEN : (change.totalFen ?? period.totalFen),
      validUntil: period.validUntil,
      fromOn: from,
      reason: change.reason,
      evidence: change.evidence ?? null,
      otherBy: other?.id ?? null,
      otherByName: other?.name ?? null,
    });
  }

  /** Puts a line on the list of those that a person must review, from a day on at the latest. */
  awaitReview({ line }: StandingLine, reason: string, dueOn: BusinessDate): Promise<CreditLine> {
    const reviewDueOn = line.reviewDueOn === null ? dueOn : minDate(line.reviewDueOn, dueOn);
    return updateVersioned(this.work.tx, CreditLine, line, { reviewDueOn, reviewReason: reason });
  }

  /** When two first grants meet, the second is run again and finds the first. */
  private async open(row: CreditLine): Promise<void> {
    try {
      await insertRow(this.work.tx, CreditLine, row);
    } catch (error) {
      if (!isUniqueViolation(error, 'credit_line')) throw error;
      throw new RunAgain('Another transaction opened the line', { cause: error });
    }
  }

  private async append(
    former: CreditLinePeriod | null,
    next: Omit<
      CreditLinePeriod,
      'seq' | 'untilOn' | 'madeBy' | 'madeByName' | 'madeOn' | 'openKey'
    >,
  ): Promise<CreditLinePeriod> {
    const { actor, today, tx } = this.work;
    const { householdId } = next;
    const fromOn = startOf(next.fromOn, former);
    if (former) {
      const ended = await tx.exec(
        `UPDATE credit_line_period SET until_on = :fromOn, open_key = NULL
          WHERE household_id = :householdId AND seq = :seq AND open_key IS NOT NULL`,
        { fromOn, householdId, seq: former.seq },
      );
      check(ended === 1, `Period ${former.seq} of household ${householdId} had ended already`);
    }
    const period: CreditLinePeriod = {
      ...next,
      seq: (former?.seq ?? 0) + 1,
      fromOn,
      untilOn: null,
      madeBy: actor.id,
      madeByName: actor.name,
      madeOn: today,
      openKey: householdId,
    };
    await insertRow(tx, CreditLinePeriod, period);
    this.record(former, period);
    return period;
  }

  private record(former: CreditLinePeriod | null, period: CreditLinePeriod): void {
    this.work.record({
      subject: { kind: 'credit-line', id: period.householdId },
      related: [
        { kind: 'household', id: period.householdId },
        { kind: 'rating', id: period.ratingId },
      ],
      ...(former ? { before: shown(former) } : {}),
      after: { ...shown(period), cause: period.cause, fromOn: period.fromOn },
    });
  }
}

function shown({ seq, state, totalFen }: CreditLinePeriod) {
  return { seq, state, total: yuan(totalFen) };
}

/** @throws Problem credit.line-state */
function requireState(
  period: CreditLinePeriod,
  cause: Exclude<LineCause, 'GRANT'>,
  from: BusinessDate,
): void {
  // Expiry is noted after the last day, so it is judged by what the period says.
  const state: LineState = cause === 'EXPIRE' ? period.state : stateOn(period, from);
  if (mayChange(state, cause)) return;
  throw CreditProblem.lineState({ detail: `当前状态：${LINE_STATE_NAMES[state]}` });
}

function reviewAfter(line: CreditLine, cause: LineCause, from: BusinessDate) {
  switch (cause) {
    case 'CANCEL':
    case 'EXPIRE':
      return { reviewDueOn: null, reviewReason: null };
    case 'REVIEW':
      return { reviewDueOn: addMonths(from, REVIEW_MONTHS), reviewReason: null };
    default:
      return { reviewDueOn: line.reviewDueOn, reviewReason: line.reviewReason };
  }
}

/**
 * The line that a rating gives as it comes into force, in the same transaction. A frozen line stays frozen with
 * its new total: lifting a freeze is a decision of its own.
 */
export async function grantLine(work: Work, grant: Grant): Promise<void> {
  await new LineStore(work).grant(grant, '评级生效');
}
