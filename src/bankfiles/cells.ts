/**
 * What one cell of a bank's file says. A spreadsheet keeps fifteen digits of a number and shows amounts with signs and
 * separators; what means one thing only is read, everything else is refused with its reason. Values are never repeated
 * in reasons.
 */
import { Decimal } from 'decimal.js';
import { type BusinessDate, isBusinessDate } from '../platform/dates';
import { type Fen, fen } from '../platform/money';
import type { Cell } from '../platform/sheets/sheet';

/** A cell as it was read: null where it is blank. */
export type Read<T> = { value: T | null; fault?: undefined } | { value?: undefined; fault: Fault };

/** Why a cell cannot be used, and what can be done. */
export interface Fault {
  reason: string;
  remedy: string;
}

const fault = (reason: string, remedy: string) => ({ fault: { reason, remedy } });

const ORIGINAL = '请对照银行回单改正。';
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/gu;

/** The words of a cell in half width, without blanks at the ends; '' where there is none. */
export function plainText(cell: Cell | undefined): string {
  return (cell?.text ?? '')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

/** Faults of the cell itself, whatever its column. */
function faultOfKind(cell: Cell | undefined): { fault: Fault } | null {
  if (cell?.merged)
    return fault('属于合并单元格，本行没有自己的值', '请取消合并单元格，逐行填写。');
  if (cell?.kind === 'formula') {
    return fault('是公式，不是录入的值', '请复制该列后“选择性粘贴”为数值。');
  }
  if (cell?.kind === 'error') return fault('是电子表格的错误值（如 #N/A）', ORIGINAL);
  return null;
}

/** Digits that a spreadsheet keeps of a number. */
const SPREADSHEET_DIGITS = 15;

/** A number or code as typed: half width, without blanks and the apostrophe that marks text. */
export function codeOf(cell: Cell | undefined): Read<string> {
  const bad = faultOfKind(cell);
  if (bad) return bad;
  const text = plainText(cell)
    .replace(/\s/g, '')
    .replace(/^['’‘`]/, '');
  if (text === '') return { value: null };
  const lost = /^\d+(\.\d+)?E\+?\d+$/i.test(text) || /^\d{16,}(\.0+)?$/.test(text);
  if (cell?.kind === 'number' && lost) {
    return fault(
      `以数字保存，超过 ${SPREADSHEET_DIGITS} 位的部分已被电子表格改掉，无法恢复`,
      '请将该列设为“文本”格式，从银行系统重新导出。',
    );
  }
  return { value: text };
}

/** A name without the blanks that are typed between its characters (韦　明). */
export function nameOf(cell: Cell | undefined): Read<string> {
  const bad = faultOfKind(cell);
  if (bad) return bad;
  const text = plainText(cell).replace(/(?<=[\p{Script=Han}*])\s+(?=[\p{Script=Han}*])/gu, '');
  return { value: text === '' ? null : text };
}

const WRITE_DATE = '请写成 2018-03-01、2018年3月1日 或 20180301。';

/** A day: a date cell, 2018-03-01, 2018/3/1, 2018.3.1, 2018年3月1日, 20180301, each with or without a time. */
export function dateOf(cell: Cell | undefined): Read<BusinessDate> {
  const bad = faultOfKind(cell);
  if (bad) return bad;
  const text = plainText(cell).replace(/[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, '');
  const plain = text.replace(/\s/g, '');
  if (plain === '') return { value: null };
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (parts) {
    const [, year = '', month = '', day = ''] = parts;
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isBusinessDate(date) ? { value: date } : fault('日历上没有这一天', ORIGINAL);
  }
  if (/^\d{5}(\.\d+)?$/.test(plain)) {
    return fault('像是电子表格的日期序号，未设日期格式', '请将该列设为“日期”格式后再上传。');
  }
  return fault('不是日期', WRITE_DATE);
}

/** Fen of one unit of a column. */
const FEN_OF = { yuan: 100, wan: 1_000_000 } as const;
export type Unit = keyof typeof FEN_OF;

/** Thirteen digits of yuan, the most that the service takes elsewhere. */
const MOST_FEN = 999_999_999_999_999;

const NUMBER = /^[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/;

/** An amount above zero: 1,234.50, ￥1234.5, 1234.5元, 0.5万元; without a unit of its own in that of the column. */
export function amountOf(cell: Cell | undefined, unit: Unit): Read<Fen> {
  const bad = faultOfKind(cell);
  if (bad) return bad;
  const typed = plainText(cell)
    .replace(/^'/, '')
    .replace(/(?<=\d)\s(?=\d{3}(?!\d))/g, ',')
    .replace(/(?<!\d)\s+|\s+(?!\d)/g, '');
  if (typed === '' || /^[-—–]+$/.test(typed)) return { value: null };
  const own = /万元?$/.test(typed) ? 'wan' : /元$/.test(typed) ? 'yuan' : unit;
  const bare = typed
    .replace(/^(人民币|RMB|CNY|¥|￥)/i, '')
    .replace(/(万元|万|元)$/, '')
    .replace(/^\((.*)\)$/, '-$1');
  const isNumber =
    NUMBER.test(bare) || (cell?.kind === 'number' && /^-?\d+(\.\d+)?E[-+]?\d+$/i.test(bare));
  if (!isNumber) return fault('不是金额', '请填写数字，如 1234.50。');
  const number = new Decimal(bare.replaceAll(',', ''));
  // A spreadsheet stores 606.94 as 606.94000000000005: beyond its own digits nothing was typed.
  const said = cell?.kind === 'number' ? number.toSignificantDigits(SPREADSHEET_DIGITS) : number;
  const inFen = said.times(FEN_OF[own]);
  if (inFen.isNegative() && !inFen.isZero()) {
    return fault('金额为负数', '冲正不由文件办理：请删去该行，由经办人员单独登记。');
  }
  if (inFen.isZero()) return fault('金额为零', '没有到账的行请删去。');
  if (!inFen.isInteger()) return fault('金额不足一分的部分无法入账', ORIGINAL);
  if (inFen.greaterThan(MOST_FEN)) return fault('金额过大', ORIGINAL);
  return { value: fen(inFen.toNumber()) };
}

/** Of a long run of digits the first three and the last two characters, in case it is somebody's number. */
export function maskDigits(text: string): string {
  return text.replace(
    /\d{9,}[\dXx]?/g,
    (run) => `${run.slice(0, 3)}${'*'.repeat(run.length - 5)}${run.slice(-2)}`,
  );
}
