/** What rounds load and save: the round itself, the households it can take and those it passes over. */
import type { HouseholdFace } from '../households';
import type { BusinessDate } from '../platform/dates';
import { isUniqueViolation } from '../platform/db/errors';
import {
  countRows,
  findRow,
  insertRow,
  insertRows,
  listRows,
  updateVersioned,
} from '../platform/db/store';
import type { Work } from '../platform/work';
import { CreditProblem } from './problems';
import { RatingCase } from './rating-case.entity';
import type { SkipReason } from './round';
import { RatingRound, RoundSkip } from './round.entity';

/** Loads and saves rounds within the work in hand. */
export class RoundStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem credit.round-absent */
  async get(id: string): Promise<RatingRound> {
    const found = await findRow(this.work.tx, RatingRound, { id });
    if (!found) throw CreditProblem.roundAbsent();
    return found;
  }

  /** @throws Problem credit.round-open when the place has an open round */
  async add(round: RatingRound): Promise<void> {
    try {
      await insertRow(this.work.tx, RatingRound, round);
    } catch (error) {
      if (isUniqueViolation(error, 'rating_round')) throw CreditProblem.roundOpen();
      throw error;
    }
  }

  /** Changes a round that is still as it was loaded. @throws Problem platform.stale */
  change(round: RatingRound, changes: Partial<Omit<RatingRound, 'version'>>): Promise<RatingRound> {
    return updateVersioned(this.work.tx, RatingRound, round, changes);
  }

  /** Of these households those that get no file now, and why; whose line outlasts `lineAfter` counts, if given. */
  async barred(
    householdIds: readonly string[],
    lineAfter: BusinessDate | null,
  ): Promise<Map<string, SkipReason>> {
    const asked = { ids: [...householdIds], after: lineAfter };
    const rows = await this.work.tx.rows<{ householdId: string; reason: SkipReason }>(
      `SELECT open_key AS householdId, 'CASE-OPEN' AS reason FROM rating_case WHERE open_key IN (:ids)
        UNION ALL
       SELECT open_key AS householdId, 'RATING-OPEN' AS reason FROM rating
        WHERE open_key IN (:ids) AND case_id IS NULL
        UNION ALL
       SELECT open_key AS householdId, 'LINE-VALID' AS reason FROM credit_line_period
        WHERE open_key IN (:ids) AND state IN ('in-force', 'frozen') AND valid_until > :after`,
      asked,
    );
    // The first reason stands: of an open file nobody asks for the line.
    return new Map(rows.reverse().map((row) => [row.householdId, row.reason]));
  }

  /** Notes households that get no file. */
  skip(
    roundId: string,
    skipped: readonly (HouseholdFace & { reason: SkipReason })[],
  ): Promise<void> {
    const rows = skipped.map(({ id, regionCode, reason }) => ({
      ...{ roundId, householdId: id, regionCode, reason },
    }));
    return insertRows(this.work.tx, RoundSkip, rows);
  }

  /** How many files of a round are open. */
  countUnfinished(roundId: string): Promise<number> {
    return countRows(this.work.tx, RatingCase, { roundId, state: ['collecting', 'computed'] });
  }

  /** How many files of a round, in a part of it, are being collected. */
  async countCollecting(roundId: string, prefix: string): Promise<number> {
    const row = await this.work.tx.one<{ n: number }>(
      `SELECT COUNT(*) AS n FROM rating_case
        WHERE round_id = :roundId AND state = 'collecting'
          AND region_code >= :prefix AND region_code < :end`,
      { roundId, prefix, end: `${prefix}~` },
    );
    return row?.n ?? 0;
  }

  /** The files of a round, in a part of it, that are being collected, by id after `after`. */
  async collecting(
    roundId: string,
    asked: { prefix: string; after: string; limit: number },
  ): Promise<RatingCase[]> {
    const { prefix, after, limit } = asked;
    const rows = await this.work.tx.rows<{ id: string }>(
      `SELECT id FROM rating_case
        WHERE round_id = :roundId AND state = 'collecting' AND id > :after
          AND region_code >= :prefix AND region_code < :end
        ORDER BY id LIMIT :limit`,
      { roundId, prefix, end: `${prefix}~`, after, limit },
    );
    if (rows.length === 0) return [];
    return listRows(this.work.tx, RatingCase, { id: rows.map((row) => row.id) });
  }
}
