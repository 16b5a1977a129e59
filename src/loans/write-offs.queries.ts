/** Write-offs on screens: what waits for its decision, and what was decided. */
import { listRows } from '../platform/db/store';
import { defineQuery, type Page, pageFields, pageOf, readPage } from '../platform/query';
import { codeField, idField, shape } from '../platform/shape';
import { WRITE_OFF_STATES, type WriteOffState } from './write-off';
import { LoanWriteOff } from './write-off.entity';
import { type WriteOffAnswer, writeOffAnswer, writeOffShape } from './write-off-answer';

interface ListInput {
  state?: WriteOffState;
  loanId?: string;
  after?: string;
  size?: number;
}

/** The register of write-offs (核销台账), newest first. */
export const listWriteOffs = defineQuery<ListInput, Page<WriteOffAnswer>>({
  name: 'loans.list-write-offs',
  title: '核销台账',
  permission: 'loans.read',
  input: shape<ListInput>({
    state: codeField(WRITE_OFF_STATES, '状态').optional(),
    loanId: idField('贷款编号').optional(),
    ...pageFields,
  }),
  answer: pageOf(writeOffShape),
  run: async (read, { state, loanId, ...page }) => {
    const rows = await readPage<{ id: string }>(
      read,
      `SELECT w.id AS id FROM loan_write_off w
        WHERE {scope:w.region_code,w.bank_id} AND (:state IS NULL OR w.state = :state)
          AND (:loanId IS NULL OR w.loan_id = :loanId) AND {after}`,
      { state: state ?? null, loanId: loanId ?? null },
      { keys: [{ sql: 'w.id', field: 'id' }], direction: 'desc' },
      page,
    );
    const sql = read.unscoped('the page holds write-offs within the reader’s limits only');
    const ids = rows.items.map(({ id }) => id);
    const found = await listRows(sql, LoanWriteOff, { id: ids }, { id: 'desc' });
    return { items: found.map(writeOffAnswer), next: rows.next };
  },
});
