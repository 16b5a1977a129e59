/** 评级授信进度: 采集率、评级率、授信率、用信率 by village, township or bank, as of today, of all files or of one round. */
import { type HouseholdFace, listedHouseholds } from '../households';
import { organisationById, regionName } from '../identity';
import { regionCovers, regionPrefix } from '../platform/authority';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { type Fen, yuan } from '../platform/money';
import { PlatformProblem } from '../platform/problems';
import { defineQuery, type Reader } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import { policyRow } from '../policy';
import { evidence } from './evidence';
import {
  isComplete,
  PROGRESS_BY,
  type Progress,
  type ProgressBy,
  ProgressTally,
  ratesOf,
  sumOf,
} from './progress';
import { roundRow } from './rounds.queries';
import type { Scorecard } from './scorecard';
import { scorecardParameter } from './scorecard-parameter';

/** Households read at a time. */
const CHUNK = 1000;

interface Asked {
  date: BusinessDate;
  /** Null: of all files. */
  roundId: string | null;
}

const figureFields = {
  listed: answer.count('在册户数；按银行时不适用，为 0'),
  collected: answer.count('采集齐全的户数'),
  graded: answer.count('有有效等级的户数'),
  lined: answer.count('有有效授信的户数'),
  line: answer.yuan('有效授信总额'),
  using: answer.count('有有效授信且有贷款余额的户数'),
  collectedRate: answer.percent('采集率').allow(null),
  gradedRate: answer.percent('评级率').allow(null),
  gradedOfFiles: answer.percent('有信率：有等级的户占采集齐全的户').allow(null),
  linedRate: answer.percent('授信率').allow(null),
  useRate: answer.percent('用信率').allow(null),
};

const shown = ({ lineFen, ...figures }: Progress) => ({
  ...figures,
  line: yuan(lineFen),
  ...ratesOf({ lineFen, ...figures }),
});

interface Input {
  region?: string;
  by: ProgressBy;
  roundId?: string;
}

export const showProgress = defineQuery({
  name: 'credit.progress',
  title: '评级授信进度',
  permission: 'credit.read',
  input: shape<Input>({
    region: regionField('只看此地').optional(),
    by: codeField(PROGRESS_BY, '按村、乡镇或银行').default('township').optional(),
    roundId: idField('只看此轮').optional(),
  }),
  answer: shape({
    date: answer.date(),
    region: answer.text(),
    by: codeField(PROGRESS_BY),
    total: shape(figureFields),
    items: listOf(shape({ key: answer.text(), name: answer.text(), ...figureFields })),
  }),
  run: async (read, { region: asked, by, roundId }) => {
    const region = asked ?? read.actor.region;
    if (!regionCovers(read.actor.region, region)) throw PlatformProblem.absent();
    const round = roundId === undefined ? null : await roundRow(read, roundId);
    const sql = read.unscoped('counts of households within a region that the reader covers');
    const tally = new ProgressTally(by);
    await countInto(sql, tally, within(region, round?.regionCode ?? region), {
      ...{ date: read.today, roundId: round?.id ?? null },
    });
    const figures = tally.figures().filter(([key]) => by !== 'bank' || mayShow(read, key));
    return {
      ...{ date: read.today, region, by },
      total: shown(sumOf(figures.map(([, one]) => one))),
      items: await named(sql, by, figures),
    };
  },
});

/** The smaller of two regions of which one covers the other; null when they have nothing in common. */
function within(region: string, other: string): string | null {
  if (regionCovers(region, other)) return other;
  return regionCovers(other, region) ? region : null;
}

/** A bank's people see the figures of their own bank. */
function mayShow({ actor }: Reader, bankId: string): boolean {
  return actor.organisation?.kind !== 'bank' || actor.organisation.rootId === bankId;
}

async function named(sql: Sql, by: ProgressBy, figures: readonly [string, Progress][]) {
  const items = [];
  for (const [key, one] of figures) {
    const bank = by === 'bank' ? await organisationById(sql, key) : null;
    const name = by === 'bank' ? (bank?.name ?? key) : await regionName(sql, key);
    items.push({ key, name, ...shown(one) });
  }
  return items;
}

async function countInto(sql: Sql, tally: ProgressTally, region: string | null, asked: Asked) {
  if (region === null) return;
  const cards = new Map<string, Scorecard>();
  for (let after = ''; ; ) {
    const page = { regionPrefix: regionPrefix(region), date: asked.date, after, limit: CHUNK };
    const households = await listedHouseholds(sql, page);
    const last = households.at(-1);
    if (!last) return;
    await countChunk(sql, tally, households, asked, cards);
    after = last.id;
  }
}

async function countChunk(
  sql: Sql,
  tally: ProgressTally,
  households: readonly HouseholdFace[],
  asked: Asked,
  cards: Map<string, Scorecard>,
): Promise<void> {
  const ids = households.map(({ id }) => id);
  const collected = await collectedAmong(sql, ids, asked, cards);
  const grades = await gradesAmong(sql, ids, asked);
  const lines = await linesAmong(sql, ids, asked);
  const lenders = await evidence().lendersOf(sql, [...lines.keys()], asked.date);
  for (const { id, regionCode } of households) {
    tally.add({
      regionCode,
      collected: collected.has(id),
      gradedBy: grades.get(id),
      line: lines.get(id) ?? null,
      lenders: lenders.get(id) ?? [],
    });
  }
}

interface FileRow {
  householdId: string;
  state: string;
  cardId: string;
  answers: number;
  sheets: number;
}

/** Households with a complete file: computed or finished, or with all that its card asks for. */
async function collectedAmong(
  sql: Sql,
  ids: readonly string[],
  { roundId }: Asked,
  cards: Map<string, Scorecard>,
): Promise<Set<string>> {
  const rows = await sql.rows<FileRow>(
    `SELECT c.household_id AS householdId, c.state AS state, c.scorecard_row_id AS cardId,
            CASE WHEN c.state = 'collecting' THEN (SELECT COUNT(DISTINCT i.item)
              FROM rating_case_item i WHERE i.case_id = c.id AND i.level IS NOT NULL)
              ELSE 0 END AS answers,
            CASE WHEN c.state = 'collecting' THEN (SELECT COUNT(*)
              FROM appraisal_sheet s WHERE s.case_id = c.id AND s.void_reason IS NULL)
              ELSE 0 END AS sheets
       FROM rating_case c
      WHERE c.household_id IN (:ids) AND c.state IN ('collecting', 'computed', 'closed')
        AND (:roundId IS NULL OR c.round_id = :roundId)`,
    { ids: [...ids], roundId },
  );
  const complete = new Set<string>();
  for (const { householdId, state, cardId, ...found } of rows) {
    if (state !== 'collecting' || isComplete(await cardOf(sql, cardId, cards), found)) {
      complete.add(householdId);
    }
  }
  return complete;
}

async function cardOf(sql: Sql, rowId: string, cards: Map<string, Scorecard>) {
  const card = cards.get(rowId) ?? (await policyRow(sql, scorecardParameter, rowId)).value;
  cards.set(rowId, card);
  return card;
}

async function gradesAmong(sql: Sql, ids: readonly string[], { date, roundId }: Asked) {
  const rows = await sql.rows<{ householdId: string; bankId: string | null }>(
    `SELECT r.household_id AS householdId, r.bank_id AS bankId FROM rating r
      WHERE r.current_key IN (:ids) AND r.valid_until >= :date
        AND (:roundId IS NULL OR r.round_id = :roundId)`,
    { ids: [...ids], date, roundId },
  );
  return new Map(rows.map((row) => [row.householdId, row.bankId]));
}

async function linesAmong(sql: Sql, ids: readonly string[], { date, roundId }: Asked) {
  const rows = await sql.rows<{ householdId: string; bankId: string | null; totalFen: Fen }>(
    `SELECT p.household_id AS householdId, p.bank_id AS bankId, p.total_fen AS totalFen
       FROM credit_line_period p JOIN rating r ON r.id = p.rating_id
      WHERE p.household_id IN (:ids) AND p.from_on <= :date
        AND (p.until_on IS NULL OR p.until_on > :date) AND p.valid_until >= :date
        AND p.state = 'in-force' AND p.total_fen > 0
        AND (:roundId IS NULL OR r.round_id = :roundId)`,
    { ids: [...ids], date, roundId },
  );
  return new Map(rows.map(({ householdId, ...line }) => [householdId, line]));
}
