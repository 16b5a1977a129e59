/** From certificate to money, per counter: how long, how many in time, how many missed and why. */
import { organisationById } from '../identity';
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import { defineQuery, pageFields, type Reader, readPage } from '../platform/query';
import { answer, dateField, idField, Joi, listOf, regionField, shape } from '../platform/shape';
import { isLate, minutesBetween } from './payout';

interface Input {
  branch?: string;
  from?: BusinessDate;
  to?: BusinessDate;
  after?: string;
  size?: number;
}

interface BranchRow {
  branchId: string;
  presented: number;
  paid: number;
  inTime: number;
  late: number;
  unexplained: number;
  totalMs: number | null;
}

interface Row {
  certificateNumber: string;
  applicationId: string;
  region: string;
  branchId: string;
  presentedAt: Instant;
  dueAt: Instant;
  paidAt: Instant | null;
  loanId: string | null;
  lateReason: string | null;
}

const WITHIN = `{scope:p.region_code,p.bank_id} AND (:branch IS NULL OR p.branch_id = :branch)
  AND (:from IS NULL OR p.presented_on >= :from) AND (:to IS NULL OR p.presented_on <= :to)`;

const LATE = '(p.paid_at > p.due_at OR (p.paid_at IS NULL AND p.due_at < :now))';

const branchShape = shape({
  branchId: answer.text('网点'),
  branchName: answer.text('网点名称'),
  presented: answer.count('出示'),
  paid: answer.count('已放款'),
  inTime: answer.count('按时'),
  late: answer.count('超时'),
  unexplained: answer.count('超时未说明'),
  averageMinutes: answer.count('平均用时(分钟)').allow(null),
});

const itemShape = shape({
  certificateNumber: answer.text(),
  applicationId: idField(),
  loanId: idField().allow(null),
  region: regionField(),
  branchId: answer.text(),
  presentedAt: answer.instant(),
  dueAt: answer.instant(),
  paidAt: answer.instant().allow(null),
  minutes: answer.count('从出示到放款(分钟)').allow(null),
  late: answer.flag('超时'),
  lateReason: answer.text('超时原因').allow(null),
});

/** 放款时效: the counters in sum, and the presentations, newest first. */
export const payoutTimes = defineQuery({
  name: 'loans.payout-times',
  title: '凭证放款时效',
  permission: 'loans.read',
  input: shape<Input>({
    branch: idField('网点编号').optional(),
    from: dateField('出示日自').optional(),
    to: dateField('出示日至').optional(),
    ...pageFields,
  }),
  answer: shape({
    branches: listOf(branchShape),
    items: listOf(itemShape),
    next: Joi.string().allow(null).required(),
  }),
  run: async (read, input) => {
    const params = {
      ...{ branch: input.branch ?? null, from: input.from ?? null, to: input.to ?? null },
    };
    const page = await readPage<Row>(
      read,
      `SELECT p.certificate_number AS certificateNumber, p.application_id AS applicationId,
              p.region_code AS region, p.branch_id AS branchId, p.presented_at AS presentedAt,
              p.due_at AS dueAt, p.paid_at AS paidAt, p.loan_id AS loanId,
              p.late_reason AS lateReason
         FROM payout p WHERE ${WITHIN} AND {after}`,
      params,
      {
        keys: [
          { sql: 'p.presented_at', field: 'presentedAt' },
          { sql: 'p.certificate_number', field: 'certificateNumber' },
        ],
        direction: 'desc',
      },
      input,
    );
    const items = page.items.map(({ presentedAt, dueAt, paidAt, ...row }) => ({
      ...row,
      ...{ presentedAt: isoInstant(presentedAt), dueAt: isoInstant(dueAt) },
      paidAt: paidAt === null ? null : isoInstant(paidAt),
      minutes: paidAt === null ? null : minutesBetween(presentedAt, paidAt),
      late: isLate({ dueAt, paidAt }, read.now),
    }));
    return { branches: await branchesOf(read, params), items, next: page.next };
  },
});

async function branchesOf(read: Reader, params: Record<string, string | null>) {
  const rows = await read.rows<BranchRow>(
    `SELECT p.branch_id AS branchId, COUNT(*) AS presented, COUNT(p.paid_at) AS paid,
            SUM(CASE WHEN p.paid_at <= p.due_at THEN 1 ELSE 0 END) AS inTime,
            SUM(CASE WHEN ${LATE} THEN 1 ELSE 0 END) AS late,
            SUM(CASE WHEN ${LATE} AND p.late_reason IS NULL THEN 1 ELSE 0 END) AS unexplained,
            SUM(p.paid_at - p.presented_at) AS totalMs
       FROM payout p WHERE ${WITHIN} GROUP BY p.branch_id ORDER BY p.branch_id`,
    { ...params, now: read.now },
  );
  const sql = read.unscoped('names of counters are no secret');
  return Promise.all(
    rows.map(async ({ totalMs, ...row }) => ({
      ...row,
      branchName: (await organisationById(sql, row.branchId))?.name ?? '',
      averageMinutes: totalMs === null ? null : Math.round(totalMs / row.paid / 60_000),
    })),
  );
}
