/** Claims on screens and for other modules: the list of a quarter, and one loan's subsidies explained. */
import { householdFor } from '../households';
import { loanFor } from '../loans';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { addFen, type Fen, fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import { type PartAnswer, partAnswer, partShape } from './part-answer';
import { P } from './problems';
import { RUN_STATE_NAMES, RUN_STATES, type RunState } from './quarter';
import { periodField } from './run-answer';
import type { SubsidyPart } from './subsidy';

interface ClaimRow {
  periodCode: string;
  state: RunState;
  loanId: string;
  regionCode: string;
  bankId: string;
  householdId: string;
  productCode: string;
  interestFen: Fen;
  subsidisedFen: Fen;
  excludedFen: Fen;
  paidOn: BusinessDate | null;
  parts: string;
}

const CLAIM = `c.period_code AS periodCode, r.state AS state, c.loan_id AS loanId,
               c.region_code AS regionCode, c.bank_id AS bankId, c.household_id AS householdId,
               c.product_code AS productCode, c.interest_fen AS interestFen,
               c.subsidised_fen AS subsidisedFen, c.excluded_fen AS excludedFen,
               r.paid_on AS paidOn, c.parts AS parts
          FROM subsidy_claim c
          JOIN subsidy_run r ON r.region_code = c.run_region_code AND r.period_code = c.period_code`;

const claimFields = {
  periodCode: answer.text('季度'),
  state: codeField(RUN_STATES, '状态'),
  stateName: answer.text('状态名称'),
  loanId: idField('贷款编号'),
  loanNumber: answer.text('合同号'),
  householdId: idField('户编号'),
  headName: answer.text('户主'),
  village: regionField('村'),
  bankId: idField('银行'),
  productCode: answer.text('产品代码'),
  interest: answer.yuan('利息'),
  subsidised: answer.yuan('应贴'),
  excluded: answer.yuan('不贴'),
  paidOn: answer.date('支付日').allow(null),
  parts: listOf(partShape),
};

const partsOf = (row: { parts: string }): PartAnswer[] =>
  (JSON.parse(row.parts) as SubsidyPart[]).map(partAnswer);

async function claimAnswer(sql: Sql, row: ClaimRow) {
  const { periodCode, state, loanId, householdId, bankId, productCode, paidOn } = row;
  const loan = await loanFor(sql, loanId);
  const household = await householdFor(sql, householdId);
  return {
    ...{ periodCode, state, stateName: RUN_STATE_NAMES[state], loanId, loanNumber: loan.number },
    ...{ householdId, headName: household.headName, village: row.regionCode, bankId, productCode },
    interest: yuan(row.interestFen),
    subsidised: yuan(row.subsidisedFen),
    excluded: yuan(row.excludedFen),
    ...{ paidOn, parts: partsOf(row) },
  };
}

interface ClaimsInput {
  county: string;
  periodCode: string;
  after?: string;
  size?: number;
}

export const listClaims = defineQuery({
  name: 'subsidies.list-claims',
  title: '贴息清单',
  permission: 'subsidies.read',
  input: shape<ClaimsInput>({
    county: regionField('县'),
    periodCode: periodField(),
    ...pageFields,
  }),
  answer: pageOf(shape(claimFields)),
  run: async (read, { county, periodCode, ...page }) => {
    const rows = await readPage<ClaimRow>(
      read,
      `SELECT ${CLAIM}
        WHERE {scope:c.region_code,c.bank_id}
          AND c.run_region_code = :county AND c.period_code = :periodCode AND {after}`,
      { county, periodCode },
      { keys: [{ sql: 'c.loan_id', field: 'loanId' }], direction: 'asc' },
      page,
    );
    const sql = read.unscoped('loan and household of a claim the actor was just shown');
    const items = [];
    for (const row of rows.items) items.push(await claimAnswer(sql, row));
    return { items, next: rows.next };
  },
});

export const explainLoan = defineQuery({
  name: 'subsidies.explain-loan',
  title: '单笔贷款贴息说明',
  permission: 'subsidies.read',
  input: shape<{ loanId: string; periodCode?: string }>({
    loanId: idField('贷款编号'),
    periodCode: periodField().optional(),
  }),
  answer: shape({
    loanId: idField('贷款编号'),
    subsidised: answer.yuan('应贴合计'),
    paid: answer.yuan('已贴合计'),
    items: listOf(shape(claimFields)),
  }),
  run: async (read, { loanId, periodCode }) => {
    const rows = await read.rows<ClaimRow>(
      `SELECT ${CLAIM}
        WHERE {scope:c.region_code,c.bank_id} AND c.loan_id = :loanId
          AND (:periodCode IS NULL OR c.period_code = :periodCode)
        ORDER BY c.period_code`,
      { loanId, periodCode: periodCode ?? null },
    );
    if (rows.length === 0) throw P.claimAbsent();
    const sql = read.unscoped('loan and household of a claim the actor was just shown');
    const items = [];
    for (const row of rows) items.push(await claimAnswer(sql, row));
    const total = (of: readonly ClaimRow[]) =>
      yuan(addFen(...of.map(({ subsidisedFen }) => fen(subsidisedFen))));
    return {
      loanId,
      subsidised: total(rows),
      paid: total(rows.filter(({ state }) => state === 'paid')),
      items,
    };
  },
});

/** A loan's subsidy of one quarter, for other modules. */
export interface SubsidyFace {
  periodCode: string;
  state: RunState;
  interestFen: Fen;
  subsidisedFen: Fen;
  excludedFen: Fen;
  proposedBy: string;
  approvedBy: string | null;
  paidBy: string | null;
  paidOn: BusinessDate | null;
}

/** A loan's subsidies, oldest quarter first. */
export function subsidiesOf(sql: Sql, loanId: string): Promise<SubsidyFace[]> {
  return sql.rows<SubsidyFace>(
    `SELECT c.period_code AS periodCode, r.state AS state, c.interest_fen AS interestFen,
            c.subsidised_fen AS subsidisedFen, c.excluded_fen AS excludedFen,
            r.proposed_by AS proposedBy, r.approved_by AS approvedBy,
            r.paid_by AS paidBy, r.paid_on AS paidOn
       FROM subsidy_claim c
       JOIN subsidy_run r ON r.region_code = c.run_region_code AND r.period_code = c.period_code
      WHERE c.loan_id = :loanId ORDER BY c.period_code`,
    { loanId },
  );
}
