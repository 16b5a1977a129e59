/** Flags on screens (用途预警): those that wait for a decision, and those decided. */
import { memberFor } from '../households';
import { loanFor } from '../loans';
import { type BusinessDate, daysBetween } from '../platform/dates';
import { defineQuery, type Page, pageFields, pageOf, readPage } from '../platform/query';
import { answer, codeField, idField, regionField, shape } from '../platform/shape';
import { FLAG_KINDS, FLAG_STATES, type FlagKind, type FlagState } from './use-check';

interface FlagRow {
  flagId: string;
  kind: FlagKind;
  state: FlagState;
  loanId: string;
  householdId: string;
  village: string;
  bankId: string;
  checkId: string;
  raisedBy: string;
  raisedOn: BusinessDate;
  decidedBy: string | null;
  decidedOn: BusinessDate | null;
  reason: string | null;
}

interface FlagsInput {
  state?: FlagState;
  after?: string;
  size?: number;
}

type FlagItem = FlagRow & { loanNumber: string; borrowerName: string; openDays: number | null };

/** Flags, open ones where no state is asked for, the oldest first. */
export const listFlags = defineQuery<FlagsInput, Page<FlagItem>>({
  name: 'monitoring.flags',
  title: '用途预警清单',
  permission: 'monitoring.read',
  input: shape<FlagsInput>({
    state: codeField(FLAG_STATES, '状态，默认待认定').optional(),
    ...pageFields,
  }),
  answer: pageOf(
    shape<FlagItem>({
      flagId: idField('预警编号'),
      kind: codeField(FLAG_KINDS, '种类'),
      state: codeField(FLAG_STATES, '状态'),
      loanId: idField('贷款编号'),
      loanNumber: answer.text('合同号'),
      householdId: idField('户编号'),
      borrowerName: answer.text('借款人'),
      village: regionField('村'),
      bankId: answer.text('银行'),
      checkId: idField('检查编号'),
      raisedBy: answer.text('检查人编号'),
      raisedOn: answer.date('预警日'),
      openDays: answer.count('待认定天数').allow(null),
      decidedBy: answer.text('认定人编号').allow(null),
      decidedOn: answer.date('认定日').allow(null),
      reason: answer.text('认定理由').allow(null),
    }),
  ),
  run: async (read, { state = 'open', ...input }) => {
    const page = await readPage<FlagRow>(
      read,
      `SELECT f.id AS flagId, f.kind AS kind, f.state AS state, f.loan_id AS loanId,
              f.household_id AS householdId, f.region_code AS village, f.bank_id AS bankId,
              f.check_id AS checkId, f.raised_by AS raisedBy, f.raised_on AS raisedOn,
              f.decided_by AS decidedBy, f.decided_on AS decidedOn, f.reason AS reason
         FROM monitoring_flag f
        WHERE f.state = :state AND {scope:f.region_code,f.bank_id} AND {after}`,
      { state },
      {
        keys: [
          { sql: 'f.raised_on', field: 'raisedOn' },
          { sql: 'f.id', field: 'flagId' },
        ],
        direction: 'asc',
      },
      input,
    );
    const sql = read.unscoped('loan and borrower of a flag found within the limits');
    const items: FlagItem[] = [];
    for (const row of page.items) {
      const loan = await loanFor(sql, row.loanId);
      const { name: borrowerName } = await memberFor(sql, loan.memberId);
      const openDays = row.state === 'open' ? daysBetween(row.raisedOn, read.today) : null;
      items.push({ ...row, loanNumber: loan.number, borrowerName, openDays });
    }
    return { items, next: page.next };
  },
});
