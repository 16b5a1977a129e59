/** One row of a bank's file, read by itself: the payment that it tells, what is wrong with it, or that it is none. */
import { maskName } from '../platform/crypto/mask';
import type { BusinessDate } from '../platform/dates';
import type { Fen } from '../platform/money';
import type { Cell, SheetRow } from '../platform/sheets/sheet';
import type { BankFileKind, Remark } from './bank-file';
import { amountOf, codeOf, dateOf, maskDigits, nameOf, plainText, type Read } from './cells';
import { type Field, type FileColumns, titleOf } from './columns';

/** A payment as the bank tells it; what is missing or wrong is null and said in the remarks. */
export interface FileRow {
  row: number;
  /** Contract number, else the number of the voucher. */
  contract: string | null;
  name: string | null;
  paidOn: BusinessDate | null;
  amountFen: Fen | null;
  reference: string | null;
  remarks: Remark[];
}

/** What a line of the sheet is: a payment, a total, or something else that is passed over. */
export type Line =
  | { kind: 'payment'; payment: FileRow }
  | { kind: 'total'; totalFen: Fen | null; part: boolean }
  | { kind: 'other' };

export interface RowContext {
  kind: BankFileKind;
  columns: FileColumns;
  /** No payment lies after it. */
  today: BusinessDate;
}

const TOTAL = /^(合计|总计|共计|小计|本页合计|累计)/;

/** What the bank's own reference may look like; as `loans.repay` and `loans.disburse` take it. */
const REFERENCE: Readonly<Record<BankFileKind, { pattern: RegExp; say: string }>> = {
  repayments: { pattern: /^[0-9A-Za-z_./-]{4,64}$/, say: '4–64 位字母、数字和 - _ . /' },
  interest: { pattern: /^[0-9A-Za-z_./-]{4,64}$/, say: '4–64 位字母、数字和 - _ . /' },
  disbursals: {
    pattern: /^[0-9A-Za-z][0-9A-Za-z_./()-]{0,59}$/,
    say: '60 位以内的字母、数字和 - _ . / ( )',
  },
};

/** Reads a line below the header. */
export function readLine(sheetRow: SheetRow, context: RowContext): Line {
  const cellOf = (field: Field): Cell | undefined => {
    const at = context.columns.columns.get(field);
    return at === undefined ? undefined : sheetRow.cells[at];
  };
  const first =
    sheetRow.cells.map((cell) => plainText(cell).replace(/\s/g, '')).find(Boolean) ?? '';
  const reference = codeOf(cellOf('reference'));
  if (TOTAL.test(first) && reference.value === null) {
    const { value = null } = amountOf(cellOf('amount'), context.columns.unit);
    return { kind: 'total', totalFen: value, part: /小计|本页|累计/.test(first) };
  }
  const blank = (field: Field) => plainText(cellOf(field)) === '';
  const contract = contractOf(cellOf);
  // Signatures, notes and dates of printing under the table name neither an amount nor a reference.
  if (blank('amount') && blank('reference') && !/^[\x21-\x7e]{4,}$/.test(contract.value ?? '')) {
    return { kind: 'other' };
  }
  return { kind: 'payment', payment: paymentOf(sheetRow.number, cellOf, context, contract) };
}

type CellOf = (field: Field) => Cell | undefined;

function contractOf(cellOf: CellOf): Read<string> {
  const contract = codeOf(cellOf('contract'));
  return contract.value === null ? codeOf(cellOf('voucher')) : contract;
}

function paymentOf(
  row: number,
  cellOf: CellOf,
  { kind, columns, today }: RowContext,
  contract: Read<string>,
): FileRow {
  const remarks: Remark[] = [];
  const refuse = (field: Field, reason: string, remedy: string): null => {
    const value = maskedValue(field, cellOf(field));
    remarks.push({ column: titleOf(kind, field), value, reason, remedy });
    return null;
  };
  const take = <T>(field: Field, read: Read<T>, needed = true): T | null => {
    if (read.fault) return refuse(field, read.fault.reason, read.fault.remedy);
    if (read.value !== null || !needed) return read.value;
    return refuse(field, '没有填写', '请对照银行回单补上。');
  };
  const field = columns.columns.has('contract') ? 'contract' : 'voucher';
  const number = take(field, contract);
  const name = take('name', nameOf(cellOf('name')), false);
  let paidOn = take('paidOn', dateOf(cellOf('paidOn')));
  if (paidOn && paidOn > today) {
    paidOn = refuse('paidOn', `晚于上传日 ${today}`, '请填写款项实际到账的日期。');
  }
  const amountFen = take('amount', amountOf(cellOf('amount'), columns.unit));
  let reference = take('reference', codeOf(cellOf('reference')));
  const { pattern, say } = REFERENCE[kind];
  if (reference !== null && !pattern.test(reference)) {
    reference = refuse('reference', `不是银行流水号（应为${say}）`, '请对照银行回单改正。');
  }
  return { row, contract: number, name, paidOn, amountFen, reference, remarks };
}

const SHOWN = 40;

/** The value as the sheet of errors may show it: no name in full, and no long number that may be a person's. */
function maskedValue(field: Field, cell: Cell | undefined): string {
  const text = plainText(cell).slice(0, SHOWN);
  if (text === '') return '';
  if (field === 'name') return maskName(text, 'surname');
  return field === 'amount' || field === 'paidOn' ? text : maskDigits(text);
}

/** A contract number as screens show it: nothing that does not look like one, and no long run of digits alone. */
export function shownContract(contract: string): string {
  const likely = /^[0-9A-Za-z][0-9A-Za-z_./()-]{0,39}$/.test(contract) && !ID_NUMBER.test(contract);
  return likely ? contract : maskDigits(contract).slice(0, 60);
}

/** Eighteen characters as an ID number has them: a region, a day of birth, a sequence. */
const ID_NUMBER = /^[1-8]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/;
