/** The rows of bank files on screens: those of one file, and what waits for somebody. */
import { type Instant, isoInstant } from '../platform/clock';
import type { BusinessDate } from '../platform/dates';
import { type Fen, yuan } from '../platform/money';
import { defineQuery, pageFields, pageOf, type Reader, readPage } from '../platform/query';
import { answer, codeField, idField, listOf, shape } from '../platform/shape';
import {
  type BankFileKind,
  KINDS,
  OUTCOME_NAMES,
  OUTCOMES,
  type Outcome,
  type Remark,
  ROW_STATE_NAMES,
  ROW_STATES,
  type RowState,
} from './bank-file';
import { P } from './problems';

const rowFields = {
  id: idField('款项编号'),
  bankFileId: idField('银行文件编号'),
  kind: codeField(KINDS, '种类'),
  row: answer.count('行号'),
  contract: answer.text('合同号，如文件所写').allow(null),
  borrower: answer.text('借款人，已遮盖').allow(null),
  paidOn: answer.date('日期').allow(null),
  amount: answer.yuan('金额').allow(null),
  reference: answer.text('流水号').allow(null),
  loanId: idField('匹配到的贷款').allow(null),
  outcome: answer.text('核对结果').allow(null),
  outcomeName: answer.text().allow(null),
  remarks: listOf(
    shape<Remark>({
      column: answer.text('列'),
      value: answer.text('值，已遮盖'),
      reason: answer.text('原因'),
      remedy: answer.text('处理办法'),
    }),
  ),
  state: codeField(ROW_STATES, '状态'),
  stateName: answer.text(),
  repaymentId: idField('还款编号').allow(null),
  resolvedByName: answer.text('处理人').allow(null),
  resolvedAt: answer.instant('处理时刻').allow(null),
  resolveReason: answer.text('处理依据').allow(null),
  version: answer.count(),
};

interface RowRow {
  id: string;
  bankFileId: string;
  kind: BankFileKind;
  rowNo: number;
  contract: string | null;
  borrower: string | null;
  paidOn: BusinessDate | null;
  amountFen: Fen | null;
  reference: string | null;
  loanId: string | null;
  outcome: Outcome | null;
  remarks: string;
  state: RowState;
  repaymentId: string | null;
  resolvedByName: string | null;
  resolvedAt: Instant | null;
  resolveReason: string | null;
  version: number;
}

const ROW = `r.id AS id, r.bank_file_id AS bankFileId, r.kind AS kind, r.row_no AS rowNo,
  r.contract_shown AS contract, r.name_masked AS borrower, r.paid_on AS paidOn,
  r.amount_fen AS amountFen, r.reference AS reference, r.loan_id AS loanId,
  r.outcome AS outcome, r.remarks AS remarks, r.state AS state, r.repayment_id AS repaymentId,
  r.resolved_by_name AS resolvedByName, r.resolved_at AS resolvedAt,
  r.resolve_reason AS resolveReason, r.version AS version`;

function rowOf({ rowNo, amountFen, outcome, remarks, resolvedAt, ...row }: RowRow) {
  return {
    ...row,
    row: rowNo,
    amount: amountFen === null ? null : yuan(amountFen),
    outcome,
    outcomeName: outcome && OUTCOME_NAMES[outcome],
    remarks: JSON.parse(remarks) as Remark[],
    stateName: ROW_STATE_NAMES[row.state],
    resolvedAt: resolvedAt === null ? null : isoInstant(resolvedAt),
  };
}

interface RowsInput {
  bankFileId: string;
  outcome?: Outcome;
  state?: RowState;
  after?: string;
  size?: number;
}

/** The rows of a file, in its order. */
export const listBankRows = defineQuery({
  name: 'bankfiles.rows',
  title: '银行回盘文件逐笔结果',
  permission: 'bankfiles.read',
  input: shape<RowsInput>({
    bankFileId: idField('银行文件编号'),
    outcome: codeField(OUTCOMES, '核对结果').optional(),
    state: codeField(ROW_STATES, '现状').optional(),
    ...pageFields,
  }),
  answer: pageOf(shape(rowFields)),
  run: async (read, input) => {
    await requireFile(read, input.bankFileId);
    const page = await readPage<RowRow>(
      read,
      `SELECT ${ROW} FROM bank_file f JOIN bank_file_row r ON r.bank_file_id = f.id
        WHERE {scope:f.region_code,f.bank_id} AND f.id = :bankFileId
          AND (:outcome IS NULL OR r.outcome = :outcome)
          AND (:state IS NULL OR r.state = :state) AND {after}`,
      {
        bankFileId: input.bankFileId,
        outcome: input.outcome ?? null,
        state: input.state ?? null,
      },
      { keys: [{ sql: 'r.row_no', field: 'rowNo' }], direction: 'asc' },
      input,
    );
    return { ...page, items: page.items.map(rowOf) };
  },
});

async function requireFile(read: Reader, bankFileId: string): Promise<void> {
  const there = await read.one(
    'SELECT f.id AS id FROM bank_file f WHERE {scope:f.region_code,f.bank_id} AND f.id = :bankFileId',
    { bankFileId },
  );
  if (!there) throw P.absent();
}

interface WorkInput {
  kind?: BankFileKind;
  after?: string;
  size?: number;
}

/** What waits for somebody (待处理): open rows of all files, oldest first. */
export const listBankWork = defineQuery({
  name: 'bankfiles.work',
  title: '银行文件待处理款项',
  permission: 'bankfiles.read',
  input: shape<WorkInput>({ kind: codeField(KINDS, '种类').optional(), ...pageFields }),
  answer: pageOf(shape(rowFields)),
  run: async (read, input) => {
    const page = await readPage<RowRow>(
      read,
      `SELECT ${ROW} FROM bank_file_row r JOIN bank_file f ON f.id = r.bank_file_id
        WHERE {scope:f.region_code,r.bank_id} AND r.state = 'OPEN'
          AND (:kind IS NULL OR r.kind = :kind) AND {after}`,
      { kind: input.kind ?? null },
      { keys: [{ sql: 'r.id', field: 'id' }], direction: 'asc' },
      input,
    );
    return { ...page, items: page.items.map(rowOf) };
  },
});
