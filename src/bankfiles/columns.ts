/**
 * The columns of a bank's file by their titles, with the words that banks use for them, and the unit of the amounts:
 * in the title of the amounts (还款金额(万元)), else in a line above the table (单位：万元), else yuan.
 */
import { type ColumnMap, type ColumnSpec, requireColumns } from '../platform/sheets/columns';
import { SheetProblem } from '../platform/sheets/problems';
import type { SheetRow } from '../platform/sheets/sheet';
import type { BankFileKind } from './bank-file';
import { plainText, type Unit } from './cells';

/** Fields that a row may have. */
export type Field = 'contract' | 'voucher' | 'name' | 'paidOn' | 'amount' | 'reference';

interface FileColumn extends ColumnSpec {
  readonly field: Field;
}

/** A title with and without the unit that some write behind it without brackets. */
const withUnits = (...titles: string[]) =>
  titles.flatMap((title) => [title, `${title}元`, `${title}万元`]);

const AMOUNT: Readonly<Record<BankFileKind, { title: string; synonyms: string[] }>> = {
  repayments: {
    title: '还款金额',
    synonyms: withUnits(
      '金额',
      '到账金额',
      '交易金额',
      '还款额',
      '本次还款',
      '回收金额',
      '实收金额',
    ),
  },
  disbursals: {
    title: '放款金额',
    synonyms: withUnits('金额', '发放金额', '贷款金额', '借款金额', '出账金额', '交易金额'),
  },
  interest: {
    title: '实收利息',
    synonyms: withUnits(
      '金额',
      '利息',
      '利息金额',
      '利息实收',
      '实收利息金额',
      '收息金额',
      '交易金额',
    ),
  },
};

const DATE: Readonly<Record<BankFileKind, { title: string; synonyms: string[] }>> = {
  repayments: {
    title: '还款日期',
    synonyms: [
      '日期',
      '还款日',
      '到账日期',
      '到账日',
      '交易日期',
      '入账日期',
      '记账日期',
      '交易时间',
    ],
  },
  disbursals: {
    title: '放款日期',
    synonyms: [
      '日期',
      '放款日',
      '发放日期',
      '发放日',
      '出账日期',
      '交易日期',
      '起息日',
      '借款日期',
    ],
  },
  interest: {
    title: '收息日期',
    synonyms: [
      '日期',
      '收息日',
      '扣息日期',
      '结息日',
      '到账日期',
      '交易日期',
      '入账日期',
      '记账日期',
    ],
  },
};

/** The columns of a kind of file. */
export function columnsOf(kind: BankFileKind): readonly FileColumn[] {
  return [
    {
      field: 'contract',
      title: '合同号',
      synonyms: [
        '合同编号',
        '借款合同号',
        '借款合同编号',
        '贷款合同号',
        '贷款合同编号',
        '合同号码',
      ],
    },
    { field: 'voucher', title: '借据号', synonyms: ['借据编号', '借据号码', '贷款借据号'] },
    {
      field: 'name',
      title: '借款人',
      synonyms: ['借款人姓名', '姓名', '户名', '客户名称', '客户姓名', '贷款户名'],
    },
    { field: 'paidOn', required: true, ...DATE[kind] },
    { field: 'amount', required: true, ...AMOUNT[kind] },
    {
      field: 'reference',
      title: '流水号',
      synonyms: [
        '银行流水号',
        '交易流水号',
        '交易流水',
        '核心流水号',
        '流水',
        '业务流水号',
        '参考号',
      ],
      required: true,
    },
  ];
}

/** The title that the template has for a field. */
export function titleOf(kind: BankFileKind, field: Field): string {
  return columnsOf(kind).find((column) => column.field === field)?.title ?? '';
}

/** Where the columns are, and in what the amounts are written. */
export interface FileColumns extends ColumnMap {
  readonly unit: Unit;
}

/**
 * Finds the columns among the first rows.
 * @throws Problem platform.sheet-columns when one is missing that cannot be done without.
 */
export function findColumns(rows: readonly SheetRow[], kind: BankFileKind): FileColumns {
  const specs = columnsOf(kind);
  const map = requireColumns(rows, specs);
  if (!map.columns.has('contract') && !map.columns.has('voucher')) {
    throw SheetProblem.sheetColumns({ detail: '缺少：合同号（或借据号）' });
  }
  return { ...map, unit: unitOf(rows, map) };
}

function unitOf(rows: readonly SheetRow[], { headerRow, columns }: ColumnMap): Unit {
  const above = rows.filter((row) => row.number <= headerRow);
  const at = columns.get('amount') as number;
  const title = plainText(above.at(-1)?.cells[at]);
  if (/万/.test(title)) return 'wan';
  if (/元/.test(title)) return 'yuan';
  const said = above.flatMap((row) => row.cells.map(plainText));
  return said.some((text) => /单位[:：]?\(?人?民?币?\)?万元?/.test(text.replace(/\s/g, '')))
    ? 'wan'
    : 'yuan';
}
