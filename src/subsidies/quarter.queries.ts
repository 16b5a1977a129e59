/**
 * Quarters on screens: the list, and one quarter's board with its full-coverage statement (应贴尽贴:
 * Σ interest = Σ subsidised + Σ excluded by reason). Every figure is summed from the claims the actor covers, so
 * a township sees its own and a bank sees its own.
 */
import { organisationById, regionName } from '../identity';
import { addFen, type Fen, fen, yuan } from '../platform/money';
import { defineQuery, type Reader } from '../platform/query';
import { answer, codeField, idField, listOf, regionField, shape } from '../platform/shape';
import { P } from './problems';
import { RUN_STATE_NAMES, RUN_STATES, type RunState } from './quarter';
import { periodField } from './run-answer';
import { EXCLUSION_NAMES, EXCLUSIONS, type Exclusion } from './subsidy';

/** Sums over claims as the database gives them. */
interface SumRow {
  claimCount: number;
  interestFen: number;
  subsidisedFen: number;
  excludedFen: number;
}

interface RunRow extends SumRow {
  county: string;
  periodCode: string;
  fromOn: string;
  toOn: string;
  state: RunState;
  contentDigest: string;
  proposedBy: string;
  proposedOn: string;
  approvedBy: string | null;
  approvedOn: string | null;
  paidBy: string | null;
  paidOn: string | null;
  voucher: string | null;
  version: number;
}

const SUMS = `COUNT(*) AS claimCount, SUM(c.interest_fen) AS interestFen,
              SUM(c.subsidised_fen) AS subsidisedFen, SUM(c.excluded_fen) AS excludedFen`;

const sumFields = {
  claimCount: answer.count('笔数'),
  interest: answer.yuan('利息'),
  subsidised: answer.yuan('应贴'),
  excluded: answer.yuan('不贴'),
};

const sums = (row: SumRow) => ({
  claimCount: row.claimCount,
  interest: yuan(fen(row.interestFen)),
  subsidised: yuan(fen(row.subsidisedFen)),
  excluded: yuan(fen(row.excludedFen)),
});

const quarterFields = {
  county: regionField('县'),
  periodCode: answer.text('季度'),
  from: answer.date('起始日'),
  to: answer.date('结息日'),
  state: codeField(RUN_STATES, '状态'),
  stateName: answer.text('状态名称'),
  contentDigest: answer.text('清单摘要'),
  proposedBy: answer.text('提出人'),
  proposedOn: answer.date('提出日'),
  approvedBy: answer.text('审批人').allow(null),
  approvedOn: answer.date('审批日').allow(null),
  paidBy: answer.text('支付人').allow(null),
  paidOn: answer.date('支付日').allow(null),
  voucher: answer.text('支付凭证号').allow(null),
  version: answer.count('版本'),
  ...sumFields,
};

function quarterOf(row: RunRow) {
  const { county, periodCode, fromOn, toOn, state, contentDigest, version } = row;
  const { proposedBy, proposedOn, approvedBy, approvedOn, paidBy, paidOn, voucher } = row;
  return {
    ...{ county, periodCode, from: fromOn, to: toOn, state, stateName: RUN_STATE_NAMES[state] },
    ...{ contentDigest, proposedBy, proposedOn, approvedBy, approvedOn, paidBy, paidOn, voucher },
    ...{ version, ...sums(row) },
  };
}

/** Quarters with their claims in the actor's sight, newest first. `which` narrows them. */
function quarters(read: Reader, which: string, params: Record<string, string>): Promise<RunRow[]> {
  return read.rows<RunRow>(
    `SELECT r.region_code AS county, r.period_code AS periodCode, r.from_on AS fromOn,
            r.to_on AS toOn, r.state AS state, r.content_digest AS contentDigest,
            r.proposed_by AS proposedBy, r.proposed_on AS proposedOn,
            r.approved_by AS approvedBy, r.approved_on AS approvedOn, r.paid_by AS paidBy,
            r.paid_on AS paidOn, r.voucher AS voucher, r.version AS version, s.claimCount,
            s.interestFen, s.subsidisedFen, s.excludedFen
       FROM subsidy_run r
       JOIN (SELECT c.run_region_code AS county, c.period_code AS period, ${SUMS}
               FROM subsidy_claim c WHERE {scope:c.region_code,c.bank_id}
              GROUP BY c.run_region_code, c.period_code) s
         ON s.county = r.region_code AND s.period = r.period_code
      WHERE ${which} ORDER BY r.period_code DESC, r.region_code`,
    params,
  );
}

export const listQuarters = defineQuery({
  name: 'subsidies.list-quarters',
  title: '季度贴息',
  permission: 'subsidies.read',
  input: shape<object>({}),
  answer: shape({ items: listOf(shape(quarterFields)) }),
  run: async (read) => ({ items: (await quarters(read, '1 = 1', {})).map(quarterOf) }),
});

interface QuarterInput {
  county: string;
  periodCode: string;
}

export const showQuarter = defineQuery({
  name: 'subsidies.show-quarter',
  title: '季度贴息板',
  permission: 'subsidies.read',
  input: shape<QuarterInput>({ county: regionField('县'), periodCode: periodField() }),
  answer: shape({
    ...quarterFields,
    banks: listOf(shape({ bankId: idField('银行'), bankName: answer.text('银行'), ...sumFields })),
    townships: listOf(
      shape({ township: regionField('乡镇'), townshipName: answer.text('乡镇'), ...sumFields }),
    ),
    exclusions: listOf(
      shape({
        reason: codeField(EXCLUSIONS, '不贴原因'),
        reasonName: answer.text('不贴原因名称'),
        claimCount: answer.count('笔数'),
        amount: answer.yuan('金额'),
      }),
    ),
    payments: listOf(
      shape({
        bankId: idField('银行'),
        bankName: answer.text('银行'),
        claimCount: answer.count('笔数'),
        amount: answer.yuan('金额'),
        paidOn: answer.date('支付日'),
      }),
    ),
    covered: answer.flag('利息 = 应贴 + 各项不贴'),
  }),
  run: async (read, input) => {
    const which = 'r.region_code = :county AND r.period_code = :periodCode';
    const [row] = await quarters(read, which, { ...input });
    if (!row) throw P.runAbsent({ detail: `${input.county} ${input.periodCode}` });
    const exclusions = await exclusionsOf(read, input);
    const excluded = addFen(...exclusions.map(({ amountFen }) => fen(amountFen)));
    return {
      ...quarterOf(row),
      banks: await banksOf(read, input),
      townships: await townshipsOf(read, input),
      exclusions: exclusions.map(({ reason, claimCount, amountFen }) => ({
        ...{ reason, reasonName: EXCLUSION_NAMES[reason], claimCount },
        amount: yuan(fen(amountFen)),
      })),
      payments: await paymentsOf(read, input),
      covered:
        addFen(fen(row.subsidisedFen), excluded) === row.interestFen &&
        excluded === row.excludedFen,
    };
  },
});

async function banksOf(read: Reader, input: QuarterInput) {
  const rows = await read.rows<SumRow & { bankId: string }>(
    `SELECT c.bank_id AS bankId, ${SUMS} FROM subsidy_claim c
      WHERE {scope:c.region_code,c.bank_id}
        AND c.run_region_code = :county AND c.period_code = :periodCode
      GROUP BY c.bank_id ORDER BY c.bank_id`,
    { ...input },
  );
  const named = rows.map(async (row) => ({
    bankId: row.bankId,
    bankName: await bankName(read, row.bankId),
    ...sums(row),
  }));
  return Promise.all(named);
}

async function bankName(read: Reader, id: string): Promise<string> {
  const sql = read.unscoped('the name of a bank is on its door');
  return (await organisationById(sql, id))?.name ?? '';
}

async function townshipsOf(read: Reader, input: QuarterInput) {
  const township = read.dialect.concat('SUBSTR(c.region_code, 1, 9)', "'000'");
  const rows = await read.rows<SumRow & { township: string }>(
    `SELECT ${township} AS township, ${SUMS} FROM subsidy_claim c
      WHERE {scope:c.region_code,c.bank_id}
        AND c.run_region_code = :county AND c.period_code = :periodCode
      GROUP BY ${township} ORDER BY ${township}`,
    { ...input },
  );
  const sql = read.unscoped('the names of places are published by the state');
  const named = rows.map(async (row) => ({
    township: row.township,
    townshipName: await regionName(sql, row.township),
    ...sums(row),
  }));
  return Promise.all(named);
}

interface ExclusionRow {
  reason: Exclusion;
  claimCount: number;
  amountFen: Fen;
}

function exclusionsOf(read: Reader, input: QuarterInput): Promise<ExclusionRow[]> {
  return read.rows<ExclusionRow>(
    `SELECT e.reason AS reason, COUNT(*) AS claimCount, SUM(e.amount_fen) AS amountFen
       FROM subsidy_exclusion e
       JOIN subsidy_claim c ON c.period_code = e.period_code AND c.loan_id = e.loan_id
      WHERE {scope:c.region_code,c.bank_id}
        AND c.run_region_code = :county AND c.period_code = :periodCode
      GROUP BY e.reason ORDER BY e.reason`,
    { ...input },
  );
}

async function paymentsOf(read: Reader, input: QuarterInput) {
  const rows = await read.rows<{
    bankId: string;
    claimCount: number;
    amountFen: Fen;
    paidOn: string;
  }>(
    `SELECT p.bank_id AS bankId, p.claim_count AS claimCount, p.amount_fen AS amountFen,
            p.paid_on AS paidOn
       FROM subsidy_payment p
      WHERE {scope:p.region_code,p.bank_id}
        AND p.region_code = :county AND p.period_code = :periodCode
      ORDER BY p.bank_id`,
    { ...input },
  );
  const named = rows.map(async ({ bankId, claimCount, amountFen, paidOn }) => ({
    ...{ bankId, bankName: await bankName(read, bankId), claimCount },
    ...{ amount: yuan(amountFen), paidOn },
  }));
  return Promise.all(named);
}
