/** Screens of the trials of scorecards: the list, and one with its moves between grades and its townships. */
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, idField, listOf, shape } from '../platform/shape';
import type { TrialDetail, TrialSums } from './card-trial';
import { CreditProblem } from './problems';

interface SimulationRow extends TrialSums {
  id: string;
  policyRowId: string;
  contentDigest: string;
  regionCode: string;
  asOf: BusinessDate;
  madeByName: string;
}

const COLUMNS = `s.id AS id, s.policy_row_id AS policyRowId, s.content_digest AS contentDigest,
  s.region_code AS regionCode, s.as_of AS asOf, s.households AS households,
  s.upgraded AS upgraded, s.downgraded AS downgraded, s.unchanged AS unchanged,
  s.before_fen AS beforeFen, s.after_fen AS afterFen, s.made_by_name AS madeByName`;

const fields = {
  id: idField(),
  policyRowId: answer.text(),
  contentDigest: answer.text(),
  regionCode: answer.text(),
  asOf: answer.date('所用评级的日期'),
  households: answer.count('有效评级户数'),
  upgraded: answer.count('等级升高的户数'),
  downgraded: answer.count('等级降低的户数'),
  unchanged: answer.count(),
  before: answer.yuan('现行评分表的测算额度合计'),
  after: answer.yuan('新评分表的测算额度合计'),
  madeByName: answer.text(),
};

const shown = <T extends { beforeFen: Fen; afterFen: Fen }>({
  beforeFen,
  afterFen,
  ...row
}: T) => ({
  ...row,
  before: yuan(beforeFen),
  after: yuan(afterFen),
});

/** 评分表试算记录: newest first. */
export const listSimulations = defineQuery({
  name: 'credit.simulations',
  title: '评分表试算记录',
  permission: 'credit.read',
  input: shape<{ rowId?: string; after?: string; size?: number }>({
    rowId: idField('只看此稿').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(fields)),
  run: async (read, input) => {
    const page = await readPage<SimulationRow>(
      read,
      `SELECT ${COLUMNS} FROM card_simulation s
        WHERE {scope:s.region_code} AND (:rowId IS NULL OR s.policy_row_id = :rowId) AND {after}`,
      { rowId: input.rowId ?? null },
      { keys: [{ sql: 's.id', field: 'id' }], direction: 'desc' },
      input,
    );
    return { ...page, items: page.items.map(shown) };
  },
});

/** 评分表试算结果. */
export const showSimulation = defineQuery({
  name: 'credit.show-simulation',
  title: '评分表试算结果',
  permission: 'credit.read',
  input: shape<{ simulationId: string }>({ simulationId: idField('试算编号') }),
  answer: shape({
    ...fields,
    moves: listOf(
      shape({ from: answer.text(), to: answer.text(), households: answer.count() }),
    ).description('由何等级到何等级'),
    townships: listOf(
      shape({
        region: answer.text(),
        households: answer.count(),
        changed: answer.count('变更等级的户数'),
        before: answer.yuan(),
        after: answer.yuan(),
      }),
    ),
    unanswered: listOf(shape({ item: answer.text(), households: answer.count() })).description(
      '新评分表中现有档案没有回答的指标，按“情况不明”计',
    ),
    leftOut: answer.count('没有档案而不能试算的评级'),
  }),
  run: async (read, { simulationId }) => {
    const row = await read.one<SimulationRow & { result: string }>(
      `SELECT ${COLUMNS}, s.result AS result FROM card_simulation s
        WHERE s.id = :simulationId AND {scope:s.region_code}`,
      { simulationId },
    );
    if (!row) throw CreditProblem.simulationAbsent();
    const { result, ...sums } = row;
    const { townships, ...detail } = JSON.parse(result) as TrialDetail;
    return { ...shown(sums), ...detail, townships: townships.map(shown) };
  },
});
