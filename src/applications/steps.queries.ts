/** The steps of an application as screens show them: each with its findings and with what had changed until then. */
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { answer, codeField, listOf, shape } from '../platform/shape';
import { STEP_TITLES, STEPS, type Step } from './chain';
import { type Finding, findingChange, findingChanges, OUTCOMES } from './eligibility';

/** The shape of a finding in an answer. */
export const findingShape = shape<Finding>({
  code: answer.text(),
  title: answer.text(),
  outcome: codeField(OUTCOMES),
  reason: answer.text(),
  source: answer.text('依据'),
  sourceRow: answer.text().allow(null),
  asOf: answer.date(),
});

/** The shape of a step in an answer. */
export const stepTaken = shape({
  step: codeField(STEPS),
  title: answer.text(),
  lap: answer.count('第几轮；每退回一次加一'),
  actorId: answer.text(),
  actorName: answer.text(),
  outcome: codeField(['passed', 'refused', 'returned']),
  reason: answer.text().allow(null),
  returnedTo: codeField(STEPS, '退回到的环节').allow(null),
  doneOn: answer.date(),
  doneAt: answer.instant(),
  dueOn: answer.date().allow(null),
  late: answer.flag('逾期办理'),
  seenVersion: answer.count(),
  findings: listOf(findingShape).description('办理时的逐项条件'),
  changed: listOf(findingChange).description('与上一环节相比有变化的条件'),
});

/** A step as it was taken. */
export interface StepRow {
  step: Step;
  lap: number;
  actorId: string;
  actorName: string;
  outcome: 'passed' | 'refused' | 'returned';
  reason: string | null;
  returnedTo: Step | null;
  doneOn: BusinessDate;
  doneAt: Instant;
  dueOn: BusinessDate | null;
  seenVersion: number;
  findings: Finding[];
}

/** The steps of an application in their order. */
export async function stepsOf(sql: Sql, id: string): Promise<StepRow[]> {
  const rows = await sql.rows<Omit<StepRow, 'findings'> & { findings: string }>(
    `SELECT s.step AS step, s.lap AS lap, s.actor_id AS actorId, s.actor_name AS actorName,
            s.outcome AS outcome, s.reason AS reason, s.returned_to AS returnedTo,
            s.done_on AS doneOn, s.done_at AS doneAt, s.due_on AS dueOn,
            s.seen_version AS seenVersion, s.findings AS findings
       FROM application_step s WHERE s.application_id = :id ORDER BY s.position`,
    { id },
  );
  return rows.map((row) => ({ ...row, findings: JSON.parse(row.findings) as Finding[] }));
}

/** A step for an answer, beside the one before it. */
export function stepShown(row: StepRow, at: number, all: readonly StepRow[]) {
  return {
    ...row,
    title: STEP_TITLES[row.step],
    doneAt: isoInstant(row.doneAt),
    late: row.dueOn !== null && row.doneOn > row.dueOn,
    changed: findingChanges(all[at - 1]?.findings ?? [], row.findings),
  };
}
