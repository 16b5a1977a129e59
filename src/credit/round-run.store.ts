/** What is loaded and saved when a step is done to all of a round at once. */
import { check } from '../platform/check';
import { findRow, insertRow, insertRows, listRows } from '../platform/db/store';
import { type Fen, ZERO_FEN } from '../platform/money';
import type { Work } from '../platform/work';
import { CreditProblem } from './problems';
import { type SigningStep, WAITING_STAGE } from './round';
import { RoundRun, RoundRunItem } from './round.entity';

/** What a run is to sign and what it leaves. */
export interface Sorted {
  /** Ratings that are to pass, and their lines together. */
  records: number;
  lineFen: Fen;
  left: { reason: string; count: number }[];
}

/**
 * Why a rating `r` is left out of a run of `:actor`, NULL when it passes. A ground of veto that anybody raised, found
 * true or not, and a grade that is not the one of the score want a look of their own.
 */
const LEFT = `CASE
  WHEN EXISTS (SELECT 1 FROM appraisal_sheet v WHERE v.case_id = r.case_id
                AND v.veto_code IS NOT NULL AND v.void_reason IS NULL) THEN 'VETO-RAISED'
  WHEN r.computed_grade <> r.first_grade THEN 'GRADE-CHANGED'
  WHEN r.rated_by = :actor OR EXISTS (SELECT 1 FROM rating_step p
                WHERE p.rating_id = r.id AND p.person_id = :actor) THEN 'SAME-PERSON'
  WHEN :step = 'decide' AND (
       EXISTS (SELECT 1 FROM rating_case c WHERE c.id = r.case_id AND c.opened_by = :actor)
    OR EXISTS (SELECT 1 FROM rating_case_item i WHERE i.case_id = r.case_id AND i.given_by = :actor)
    OR EXISTS (SELECT 1 FROM appraisal_sheet e WHERE e.case_id = r.case_id AND e.entered_by = :actor))
    THEN 'COLLECTOR'
  END`;

/** Loads and saves runs within the work in hand. */
export class RunStore {
  constructor(private readonly work: Work) {}

  /** @throws Problem credit.run-absent */
  async get(id: string): Promise<RoundRun> {
    const found = await findRow(this.work.tx, RoundRun, { id });
    if (!found) throw CreditProblem.runAbsent();
    return found;
  }

  /** A new run of the actor at hand. */
  async add(run: Omit<RoundRun, 'id' | 'startedBy' | 'startedByName' | 'startedOn'>) {
    const { actor, today, newId } = this.work;
    const row: RoundRun = {
      ...run,
      id: newId(),
      startedBy: actor.id,
      startedByName: actor.name,
      startedOn: today,
    };
    await insertRow(this.work.tx, RoundRun, row);
    return row;
  }

  /** The ratings that wait for a step in a part of a round: how many pass for this actor, and what is left. */
  async sort(roundId: string, step: SigningStep, prefix: string): Promise<Sorted> {
    const rows = await this.work.tx.rows<{ reason: string | null; n: number; fen: Fen }>(
      `SELECT x.reason AS reason, COUNT(*) AS n, SUM(x.line_fen) AS fen
         FROM (SELECT r.line_fen AS line_fen, ${LEFT} AS reason FROM rating r ${WAITING}) x
        GROUP BY x.reason ORDER BY x.reason`,
      this.waiting(roundId, step, prefix),
    );
    const passing = rows.find((row) => row.reason === null);
    const left = rows.flatMap(({ reason, n }) => (reason === null ? [] : [{ reason, count: n }]));
    return { records: passing?.n ?? 0, lineFen: passing?.fen ?? ZERO_FEN, left };
  }

  /** Writes down what a run is to sign, rating by rating with its content, and what it leaves. */
  async fill(run: RoundRun, step: SigningStep, prefix: string): Promise<void> {
    await this.work.tx.exec(
      `INSERT INTO round_run_item (run_id, record_id, household_id, household_code, head_name,
              region_code, content_digest, state, reason)
       SELECT :runId, x.id, x.household_id, x.household_code, x.head_name, x.region_code,
              x.content_digest, CASE WHEN x.reason IS NULL THEN 'waiting' ELSE 'left' END, x.reason
         FROM (SELECT r.id, r.household_id, r.household_code, r.head_name, r.region_code,
                      r.content_digest, ${LEFT} AS reason
                 FROM rating r ${WAITING}) x`,
      { ...this.waiting(run.roundId, step, prefix), runId: run.id },
    );
  }

  private waiting(roundId: string, step: SigningStep, prefix: string) {
    const stage = WAITING_STAGE[step];
    return { roundId, stage, step, prefix, end: `${prefix}~`, actor: this.work.actor.id };
  }

  /** Records that still wait, in their order. */
  waitingItems(runId: string, limit: number): Promise<RoundRunItem[]> {
    const where = { runId, state: 'waiting' as const };
    return listRows(this.work.tx, RoundRunItem, where, { recordId: 'asc' }, limit);
  }

  /** Notes records that were done. */
  async noteDone(runId: string, recordIds: readonly string[]): Promise<void> {
    if (recordIds.length === 0) return;
    const changed = await this.work.tx.exec(
      `UPDATE round_run_item SET state = 'done'
        WHERE run_id = :runId AND record_id IN (:ids) AND state = 'waiting'`,
      { runId, ids: [...recordIds] },
    );
    check(changed === recordIds.length, `Run ${runId} has lost records`);
  }

  /** Notes a record that was left, and why. */
  async noteLeft(runId: string, recordId: string, reason: string, detail: string): Promise<void> {
    const changed = await this.work.tx.exec(
      `UPDATE round_run_item SET state = 'left', reason = :reason, detail = :detail
        WHERE run_id = :runId AND record_id = :recordId AND state = 'waiting'`,
      { runId, recordId, reason, detail },
    );
    check(changed === 1, `Run ${runId} has lost record ${recordId}`);
  }

  /** Adds records that a run of computing left. */
  addItems(items: readonly RoundRunItem[]): Promise<void> {
    return insertRows(this.work.tx, RoundRunItem, items);
  }
}

const WAITING = `WHERE r.round_id = :roundId AND r.state = 'proposed' AND r.stage = :stage
  AND r.region_code >= :prefix AND r.region_code < :end`;
