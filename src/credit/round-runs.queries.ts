/** Screens of what was done to all of a round at once: the runs, and record by record what was done or left and why. */
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, shape } from '../platform/shape';
import {
  leftReasonName,
  ROUND_STEPS,
  type RoundStep,
  RUN_ITEM_STATES,
  type RunItemState,
} from './round';

interface RunRow {
  id: string;
  roundId: string;
  regionCode: string;
  step: RoundStep;
  records: number;
  lineFen: Fen;
  startedByName: string;
  startedOn: BusinessDate;
}

/** 批量办理记录: newest first. */
export const listRuns = defineQuery({
  name: 'credit.round-runs',
  title: '批量办理记录',
  permission: 'credit.read',
  input: shape<{ roundId: string; after?: string; size?: number }>({
    roundId: idField('评级轮次编号'),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      id: idField(),
      roundId: idField(),
      regionCode: answer.text(),
      step: codeField(ROUND_STEPS),
      records: answer.count('发起时可办理的数目'),
      line: answer.yuan('发起时可办理的额度合计'),
      startedByName: answer.text(),
      startedOn: answer.date(),
    }),
  ),
  run: async (read, input) => {
    const page = await readPage<RunRow>(
      read,
      `SELECT u.id AS id, u.round_id AS roundId, u.region_code AS regionCode, u.step AS step,
              u.records AS records, u.line_fen AS lineFen, u.started_by_name AS startedByName,
              u.started_on AS startedOn
         FROM round_run u
        WHERE u.round_id = :roundId AND {scope:u.region_code} AND {after}`,
      { roundId: input.roundId },
      { keys: [{ sql: 'u.id', field: 'id' }], direction: 'desc' },
      input,
    );
    const items = page.items.map(({ lineFen, ...row }) => ({ ...row, line: yuan(lineFen) }));
    return { ...page, items };
  },
});

interface ItemRow {
  recordId: string;
  householdId: string;
  householdCode: string;
  headName: string;
  regionCode: string;
  state: RunItemState;
  reason: string | null;
  detail: string | null;
}

/** 批量办理明细: what became of each record; of a run of computing, the files that were left. */
export const listRunItems = defineQuery({
  name: 'credit.round-run-items',
  title: '批量办理明细',
  permission: 'credit.read',
  input: shape<{ runId: string; state?: RunItemState; after?: string; size?: number }>({
    runId: idField('批量办理编号'),
    state: codeField(RUN_ITEM_STATES, '办理结果').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      recordId: idField('评级编号；测算时为档案编号'),
      householdId: idField(),
      householdCode: answer.text(),
      headName: answer.text(),
      regionCode: answer.text(),
      state: codeField(RUN_ITEM_STATES),
      reason: answer.text().allow(null),
      detail: answer.text().allow(null).description('未办理的原因'),
    }),
  ),
  run: async (read, input) => {
    const page = await readPage<ItemRow>(
      read,
      `SELECT i.record_id AS recordId, i.household_id AS householdId,
              i.household_code AS householdCode, i.head_name AS headName,
              i.region_code AS regionCode, i.state AS state, i.reason AS reason, i.detail AS detail
         FROM round_run_item i
        WHERE i.run_id = :runId AND {scope:i.region_code}
          AND (:state IS NULL OR i.state = :state) AND {after}`,
      { runId: input.runId, state: input.state ?? null },
      { keys: [{ sql: 'i.record_id', field: 'recordId' }], direction: 'asc' },
      input,
    );
    const items = page.items.map(({ detail, ...row }) => ({
      ...row,
      detail: detail ?? (row.reason === null ? null : leftReasonName(row.reason)),
    }));
    return { ...page, items };
  },
});
