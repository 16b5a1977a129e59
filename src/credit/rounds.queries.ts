/** Screens of rounds: the list, one round with how far its files have come, the households it passed over, its runs. */
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, shape } from '../platform/shape';
import { regionLine } from '../policy';
import { CreditProblem } from './problems';
import { RATING_STAGES } from './rating.entity';
import { CASE_STATES } from './rating-case.entity';
import {
  ROUND_STATES,
  type RoundState,
  SKIP_REASON_NAMES,
  SKIP_REASONS,
  type SkipReason,
} from './round';

interface RoundRow {
  id: string;
  regionCode: string;
  title: string;
  dueOn: BusinessDate;
  scorecardRowId: string;
  includeValid: number;
  state: RoundState;
  openedByName: string;
  openedOn: BusinessDate;
  closedByName: string | null;
  closedOn: BusinessDate | null;
  version: number;
}

const ROUND_COLUMNS = `d.id AS id, d.region_code AS regionCode, d.title AS title, d.due_on AS dueOn,
  d.scorecard_row_id AS scorecardRowId, d.include_valid AS includeValid, d.state AS state,
  d.opened_by_name AS openedByName, d.opened_on AS openedOn, d.closed_by_name AS closedByName,
  d.closed_on AS closedOn, d.version AS version`;

const roundFields = {
  id: idField(),
  regionCode: answer.text(),
  title: answer.text(),
  dueOn: answer.date(),
  scorecardRowId: answer.text(),
  includeValid: answer.flag(),
  state: codeField(ROUND_STATES),
  openedByName: answer.text(),
  openedOn: answer.date(),
  closedByName: answer.text().allow(null),
  closedOn: answer.date().allow(null),
  version: answer.count(),
};

const shownRound = (row: RoundRow) => ({ ...row, includeValid: row.includeValid === 1 });

/** A round is shown to whoever stands within it, too: a village takes part in the round of its township. */
const NEAR = '({scope:d.region_code} OR d.region_code IN (:above))';

const above = (read: Reader) => ({ above: regionLine(read.actor.region) });

/** 评级轮次: newest first. */
export const listRounds = defineQuery({
  name: 'credit.rounds',
  title: '评级轮次',
  permission: 'credit.read',
  input: shape<{ state?: RoundState; after?: string; size?: number }>({
    state: codeField(ROUND_STATES, '状态').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(roundFields)),
  run: async (read, input) => {
    const page = await readPage<RoundRow>(
      read,
      `SELECT ${ROUND_COLUMNS} FROM rating_round d
        WHERE ${NEAR} AND (:state IS NULL OR d.state = :state) AND {after}`,
      { ...above(read), state: input.state ?? null },
      { keys: [{ sql: 'd.id', field: 'id' }], direction: 'desc' },
      input,
    );
    return { ...page, items: page.items.map(shownRound) };
  },
});

/** 评级轮次进度: how far the files of the round have come, as far as the reader covers it. */
export const showRound = defineQuery({
  name: 'credit.show-round',
  title: '评级轮次进度',
  permission: 'credit.read',
  input: shape<{ roundId: string }>({ roundId: idField('评级轮次编号') }),
  answer: shape({
    ...roundFields,
    files: listOf(shape({ state: codeField(CASE_STATES), count: answer.count() })),
    waiting: listOf(
      shape({ stage: codeField(RATING_STAGES), count: answer.count(), line: answer.yuan() }),
    ).description('办理中的评级，按已完成的环节'),
    inForce: shape({ count: answer.count(), line: answer.yuan() }).description('已生效的评级'),
    skipped: listOf(
      shape({ reason: codeField(SKIP_REASONS), name: answer.text(), count: answer.count() }),
    ).description('未建档的户，按原因'),
  }),
  run: async (read, { roundId }) => {
    const round = await roundRow(read, roundId);
    const files = await read.rows<{ state: string; count: number }>(
      `SELECT c.state AS state, COUNT(*) AS count FROM rating_case c
        WHERE c.round_id = :roundId AND {scope:c.region_code} GROUP BY c.state ORDER BY c.state`,
      { roundId },
    );
    const ratings = await read.rows<RatingCount>(
      `SELECT r.state AS state, r.stage AS stage, COUNT(*) AS count, SUM(r.line_fen) AS fen
         FROM rating r WHERE r.round_id = :roundId AND {scope:r.region_code}
        GROUP BY r.state, r.stage ORDER BY r.stage`,
      { roundId },
    );
    const skipped = await read.rows<{ reason: SkipReason; count: number }>(
      `SELECT k.reason AS reason, COUNT(*) AS count FROM rating_round_skip k
        WHERE k.round_id = :roundId AND {scope:k.region_code} GROUP BY k.reason ORDER BY k.reason`,
      { roundId },
    );
    return {
      ...shownRound(round),
      files,
      ...shownRatings(ratings),
      skipped: skipped.map((row) => ({ ...row, name: SKIP_REASON_NAMES[row.reason] })),
    };
  },
});

interface RatingCount {
  state: string;
  stage: string;
  count: number;
  fen: Fen;
}

function shownRatings(rows: readonly RatingCount[]) {
  const proposed = rows.filter((row) => row.state === 'proposed');
  const confirmed = rows.filter((row) => row.state === 'confirmed');
  const fen = confirmed.reduce((sum, row) => sum + row.fen, 0) as Fen;
  return {
    waiting: proposed.map((row) => ({ stage: row.stage, count: row.count, line: yuan(row.fen) })),
    inForce: { count: confirmed.reduce((sum, row) => sum + row.count, 0), line: yuan(fen) },
  };
}

/** @throws Problem credit.round-absent */
export async function roundRow(read: Reader, roundId: string): Promise<RoundRow> {
  const row = await read.one<RoundRow>(
    `SELECT ${ROUND_COLUMNS} FROM rating_round d WHERE d.id = :roundId AND ${NEAR}`,
    { roundId, ...above(read) },
  );
  if (!row) throw CreditProblem.roundAbsent();
  return row;
}

interface SkipRow {
  householdId: string;
  regionCode: string;
  reason: SkipReason;
}

/** 未建档的户: which listed households the round passed over, and why. */
export const listSkipped = defineQuery({
  name: 'credit.round-skips',
  title: '本轮未建档的户',
  permission: 'credit.read',
  input: shape<{ roundId: string; reason?: SkipReason; after?: string; size?: number }>({
    roundId: idField('评级轮次编号'),
    reason: codeField(SKIP_REASONS, '原因').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape({
      householdId: idField(),
      regionCode: answer.text(),
      reason: codeField(SKIP_REASONS),
      name: answer.text(),
    }),
  ),
  run: async (read, input) => {
    const page = await readPage<SkipRow>(
      read,
      `SELECT k.household_id AS householdId, k.region_code AS regionCode, k.reason AS reason
         FROM rating_round_skip k
        WHERE k.round_id = :roundId AND {scope:k.region_code}
          AND (:reason IS NULL OR k.reason = :reason) AND {after}`,
      { roundId: input.roundId, reason: input.reason ?? null },
      { keys: [{ sql: 'k.household_id', field: 'householdId' }], direction: 'asc' },
      input,
    );
    const items = page.items.map((row) => ({ ...row, name: SKIP_REASON_NAMES[row.reason] }));
    return { ...page, items };
  },
});
