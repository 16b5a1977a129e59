/** The screens of collection: the records of a loan, the overdue report, the local outbox. */
import { organisationById, regionName } from '../identity';
import { loanFor } from '../loans';
import { covers } from '../platform/authority';
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import { addFen, type Fen, yuan, ZERO_FEN } from '../platform/money';
import { defineQuery, type Reader } from '../platform/query';
import { type Ppm, percent } from '../platform/rate';
import { answer, dateField, idField, listOf, regionField, shape } from '../platform/shape';
import { collectionRecordsOf } from './collection-faces.queries';
import { type BandFigures, overdueRate } from './overdue-report';
import { P } from './problems';

interface RecordsAnswer {
  reminders: object[];
  visits: object[];
  demands: object[];
  counted: number;
  useChecked: boolean;
}

const reminderShape = shape({
  id: idField(),
  stepCode: answer.text('阶梯步骤'),
  kind: answer.text('种类'),
  channel: answer.text('渠道'),
  sentOn: answer.date('发出日'),
  countsForClaim: answer.flag('计入催收记录'),
});

const visitShape = shape({
  id: idField(),
  visitedOn: answer.date('走访日'),
  place: answer.text('地点'),
  metWith: answer.text('见到的人'),
  finding: answer.text('走访情况'),
  useChecked: answer.flag('检查了用途'),
  countsForClaim: answer.flag('计入催收记录'),
  photoDigest: answer.text('照片摘要').allow(null),
  recordedAt: answer.instant('登记时刻'),
});

const demandShape = shape({
  id: idField(),
  stepCode: answer.text('阶梯步骤'),
  kind: answer.text('种类'),
  heldOn: answer.date('办理日'),
  evidence: answer.text('依据'),
  countsForClaim: answer.flag('计入催收记录'),
  recordedAt: answer.instant('登记时刻'),
});

/** Rows as read: flags as 0/1 and instants as numbers become what the API prints. */
function printed(row: Record<string, unknown>): Record<string, unknown> {
  const flags = ['countsForClaim', 'useChecked'].filter((name) => name in row);
  return {
    ...row,
    ...Object.fromEntries(flags.map((name) => [name, row[name] === 1])),
    ...('recordedAt' in row ? { recordedAt: isoInstant(row.recordedAt as Instant) } : {}),
  };
}

async function recordsOf(read: Reader, sql: string, loanId: string): Promise<object[]> {
  return (await read.rows<Record<string, unknown>>(sql, { loanId })).map(printed);
}

/** Everything done about one loan: reminders, visits, demands. */
export const collectionOfLoan = defineQuery<{ loanId: string }, RecordsAnswer>({
  name: 'collections.of-loan',
  title: '贷款的提醒、走访与催收记录',
  permission: 'collections.read',
  input: shape<{ loanId: string }>({ loanId: idField('贷款编号') }),
  answer: shape<RecordsAnswer>({
    reminders: listOf(reminderShape),
    visits: listOf(visitShape),
    demands: listOf(demandShape),
    counted: answer.count('计入代偿所需的记录数'),
    useChecked: answer.flag('检查过用途'),
  }),
  run: async (read, { loanId }) => {
    const unscoped = read.unscoped('whether the loan lies within the limits is asked of covers');
    const loan = await loanFor(unscoped, loanId);
    if (!covers(read.actor, { region: loan.regionCode, org: loan.bankId })) throw P.absent();
    const { counted, useChecked } = await collectionRecordsOf(unscoped, loanId);
    return {
      reminders: await recordsOf(
        read,
        `SELECT r.id AS id, r.step_code AS stepCode, r.kind AS kind, r.channel AS channel,
                r.sent_on AS sentOn, r.counts_for_claim AS countsForClaim
           FROM reminder r WHERE r.loan_id = :loanId AND {scope:r.region_code,r.bank_id}
          ORDER BY r.sent_on, r.id`,
        loanId,
      ),
      visits: await recordsOf(
        read,
        `SELECT v.id AS id, v.visited_on AS visitedOn, v.place AS place, v.met_with AS metWith,
                v.finding AS finding, v.use_checked AS useChecked,
                v.counts_for_claim AS countsForClaim, v.photo_digest AS photoDigest,
                v.recorded_at AS recordedAt
           FROM visit v WHERE v.loan_id = :loanId AND {scope:v.region_code,v.bank_id}
          ORDER BY v.visited_on, v.id`,
        loanId,
      ),
      demands: await recordsOf(
        read,
        `SELECT d.id AS id, d.step_code AS stepCode, d.kind AS kind, d.held_on AS heldOn,
                d.evidence AS evidence, d.counts_for_claim AS countsForClaim,
                d.recorded_at AS recordedAt
           FROM demand d WHERE d.loan_id = :loanId AND {scope:d.region_code,d.bank_id}
          ORDER BY d.held_on, d.id`,
        loanId,
      ),
      ...{ counted, useChecked },
    };
  },
});

interface ReportRow {
  townshipCode: string;
  bankId: string;
  loans: number;
  balanceFen: Fen;
  overdueLoans: number;
  overduePrincipalFen: Fen;
  overdueRatePpm: Ppm | null;
  bands: string;
}

const figuresShape = {
  loans: answer.count('在贷笔数'),
  balance: answer.yuan('贷款余额'),
  overdueLoans: answer.count('逾期笔数'),
  overduePrincipal: answer.yuan('逾期本金'),
  overdueRate: answer.percent('逾期率(%);无余额时为空').allow(null),
};

const reportRowShape = shape({
  townshipCode: regionField('乡镇'),
  townshipName: answer.text('乡镇名称'),
  bankId: answer.text('银行'),
  bankName: answer.text('银行名称'),
  ...figuresShape,
  bands: listOf(
    shape({
      from: answer.count('自(天)'),
      to: answer.count('至(天);空为以上').allow(null),
      loans: answer.count('笔数'),
      principal: answer.yuan('本金'),
    }),
  ),
});

function figures(row: Omit<ReportRow, 'townshipCode' | 'bankId' | 'bands'>) {
  const { loans, overdueLoans, overdueRatePpm } = row;
  return {
    loans,
    balance: yuan(row.balanceFen),
    overdueLoans,
    overduePrincipal: yuan(row.overduePrincipalFen),
    overdueRate: overdueRatePpm === null ? null : percent(overdueRatePpm),
  };
}

function totalOf(rows: readonly ReportRow[]) {
  const sum = (of: (row: ReportRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const money = (of: (row: ReportRow) => Fen) => addFen(ZERO_FEN, ...rows.map(of));
  const balanceFen = money((row) => row.balanceFen);
  const overduePrincipalFen = money((row) => row.overduePrincipalFen);
  return figures({
    loans: sum((row) => row.loans),
    overdueLoans: sum((row) => row.overdueLoans),
    overdueRatePpm: overdueRate(overduePrincipalFen, balanceFen),
    ...{ balanceFen, overduePrincipalFen },
  });
}

/** The overdue report of a night, as it was written then. A date without a night has no rows. */
export const overdueReport = defineQuery<{ on: BusinessDate }, object>({
  name: 'collections.overdue-report',
  title: '逾期报表',
  permission: 'collections.read',
  input: shape<{ on: BusinessDate }>({ on: dateField('业务日期') }),
  answer: shape({
    on: answer.date('业务日期'),
    rows: listOf(reportRowShape),
    total: shape(figuresShape),
  }),
  run: async (read, { on }) => {
    const rows = await read.rows<ReportRow>(
      `SELECT o.township_code AS townshipCode, o.bank_id AS bankId, o.loans AS loans,
              o.balance_fen AS balanceFen, o.overdue_loans AS overdueLoans,
              o.overdue_principal_fen AS overduePrincipalFen,
              o.overdue_rate_ppm AS overdueRatePpm, o.bands AS bands
         FROM overdue_report o
        WHERE o.business_date = :on AND {scope:o.township_code,o.bank_id}
        ORDER BY o.township_code, o.bank_id`,
      { on },
    );
    const sql = read.unscoped('names of places and banks belong to nobody');
    const items: object[] = [];
    for (const row of rows) {
      const bands = (JSON.parse(row.bands) as BandFigures[]).map(
        ({ from, to, loans, principalFen }) => ({ from, to, loans, principal: yuan(principalFen) }),
      );
      items.push({
        townshipCode: row.townshipCode,
        townshipName: await regionName(sql, row.townshipCode),
        bankId: row.bankId,
        bankName: (await organisationById(sql, row.bankId))?.name ?? row.bankId,
        ...figures(row),
        bands,
      });
    }
    return { on, rows: items, total: totalOf(rows) };
  },
});
