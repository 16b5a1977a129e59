/**
 * What one cell of a list says. Spreadsheets change what was typed: they make numbers of codes, cut them at 15
 * digits, drop trailing zeros and leave merged cells empty. What can be put right without a choice (width, blanks,
 * the apostrophe that marks text) is put right and told; the rest is refused with its reason.
 */
import { maskAccount, maskName, maskPhone } from '../platform/crypto/mask';
import { type BusinessDate, isBusinessDate } from '../platform/dates';
import type { Cell } from '../platform/sheets/sheet';
import type { ListField } from './list-columns';

/** Why a cell cannot be used, and what the officer can do. Neither repeats the value. */
export interface CellFault {
  reason: string;
  remedy: string;
}

/** A text of a cell, with what was put right in it. */
export type CellText = { ok: true; text: string; notes: string[] } | ({ ok: false } & CellFault);

const AS_TEXT = '请将该列设为“文本”格式，从原件重新录入后再上传。';

const fault = (reason: string, remedy: string) => ({ ok: false as const, reason, remedy });

/** Faults of the cell itself, whatever its column. */
function faultOfKind(cell: Cell): CellText | null {
  if (cell.merged) {
    return fault('属于合并单元格，本行没有自己的值', '请取消合并单元格，在每一行写全内容。');
  }
  if (cell.kind === 'formula') {
    return fault('是公式，不是录入的值', '请复制该列后“选择性粘贴”为数值（号码列先设为文本）。');
  }
  if (cell.kind === 'error') {
    return fault('是电子表格的错误值（如 #N/A、#REF!）', '请改为实际内容，或清空该单元格。');
  }
  return null;
}

const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/gu;
const FULL_WIDTH = /[\uff01-\uff5e]/u;

/** A cell as plain words: blanks at the ends removed, control characters become blanks. */
export function wordsOf(cell: Cell | undefined): CellText {
  if (!cell) return { ok: true, text: '', notes: [] };
  const bad = faultOfKind(cell);
  if (bad) return bad;
  const text = cell.text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(/\p{Cc}+/gu, ' ');
  return { ok: true, text: text.trim(), notes: [] };
}

/** A cell as it was typed, for a reader that tells itself what it puts right; '' where there are only blanks. */
export function typedOf(cell: Cell | undefined): CellText {
  const words = wordsOf(cell);
  return words.ok && words.text !== '' && cell ? { ...words, text: cell.text } : words;
}

/** Digits that a spreadsheet keeps of a number (IEEE 754 double, as Excel shows it). */
const SPREADSHEET_DIGITS = 15;

/** A code or number as typed: half width, no blanks, no apostrophe, upper case; what was put right is told. */
export function codeOf(cell: Cell | undefined): CellText {
  const words = wordsOf(cell);
  if (!words.ok || words.text === '' || !cell) return words;
  const lost = lostDigits(cell.kind, words.text);
  if (lost) return lost;
  const notes: string[] = [];
  const narrow = words.text.normalize('NFKC');
  if (FULL_WIDTH.test(words.text)) notes.push('已将全角字符改为半角');
  const joined = narrow.replace(/\s/g, '');
  if (joined !== narrow || words.text !== cell.text) notes.push('已去掉空格或不可见字符');
  const bare = joined.replace(/^['’‘`]/, '');
  if (bare !== joined) notes.push('已去掉电子表格的文本标记（撇号）');
  return { ok: true, text: bare.toUpperCase(), notes };
}

/** A number that the spreadsheet has rounded; its digits cannot come back. */
function lostDigits(kind: Cell['kind'], text: string): CellText | null {
  if (/^\d+(\.\d+)?E\+?\d+$/i.test(text.normalize('NFKC'))) {
    return fault('是电子表格的科学计数法（如 4.5E+17），后几位已丢失、无法恢复', AS_TEXT);
  }
  if (kind !== 'number') return null;
  if (/\./.test(text)) return fault('含小数点，是电子表格把号码当成了数字', AS_TEXT);
  if (text.length > SPREADSHEET_DIGITS) {
    return fault('以数字保存，超过 15 位的部分已被电子表格改成 0，无法恢复', AS_TEXT);
  }
  return null;
}

/** A name: blanks between Chinese characters (韦　明) are typing and go, those of other names stay. */
export function nameOf(cell: Cell | undefined): CellText {
  const words = wordsOf(cell);
  if (!words.ok) return words;
  const text = words.text.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
  return { ok: true, text, notes: text === words.text ? [] : ['已去掉姓名中的空格'] };
}

/** A date of a list: a whole day, or only its month. */
export type CellDate =
  | { ok: true; date: BusinessDate; month?: undefined }
  | { ok: true; month: string; date?: undefined }
  | { ok: true; date?: undefined; month?: undefined }
  | ({ ok: false } & CellFault);

const WRITE_DATE = '请写成 2018-03-01、2018年3月1日 或 20180301。';

/** Reads a date: a date cell, 2018-03-01, 2018/3/1, 2018.3.1, 2018年3月1日, 20180301. A blank cell has none. */
export function dateOf(cell: Cell | undefined): CellDate {
  const words = wordsOf(cell);
  if (!words.ok) return words;
  const text = words.text.normalize('NFKC').replace(/\s+\d{1,2}:\d{2}(:\d{2})?$/, '');
  const plain = text.replace(/\s/g, '');
  if (plain === '' || !cell) return { ok: true };
  const day =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (day) return wholeDay(day);
  const month = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(plain) ?? /^(\d{4})(\d{2})$/.exec(plain);
  if (month) return wholeMonth(month, cell);
  if (/^\d{4}年?$/.test(plain)) return fault('只有年份，缺月、日', WRITE_DATE);
  if (/^\d{5}$/.test(plain)) {
    return fault('像是电子表格的日期序号，未设日期格式', '请将该列设为“日期”格式后再上传。');
  }
  if (/^\d{1,2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$/.test(plain)) {
    return fault('年份须写四位', WRITE_DATE);
  }
  return fault('不是日期', WRITE_DATE);
}

function wholeDay([, year = '', month = '', day = '']: RegExpExecArray): CellDate {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isBusinessDate(date)) return { ok: true, date };
  return fault('日历上没有这一天', '请对照原件改正。');
}

function wholeMonth([, year = '', digits = '']: RegExpExecArray, cell: Cell): CellDate {
  // 1978.1 as a number may have been 1978.10: the spreadsheet drops the zero.
  if (cell.kind === 'number' && /\.\d$/.test(cell.text)) {
    return fault('以小数保存，分不清是 1 月还是 10 月', WRITE_DATE);
  }
  const month = digits.padStart(2, '0');
  if (isBusinessDate(`${year}-${month}-01`)) return { ok: true, month: `${year}-${month}` };
  return fault('没有这个月份', '请对照原件改正。');
}

/** Of a number at most the first three and the last two characters. */
function ends(text: string): string {
  const plain = text.replace(/\s/g, '');
  if (plain.length < 8) return '*'.repeat(plain.length);
  return `${plain.slice(0, 3)}${'*'.repeat(plain.length - 5)}${plain.slice(-2)}`;
}

const SHOWN = 40;

/** The value as the list of errors may show it: no ID number, phone, account or whole name. */
export function maskedValue(field: ListField, cell: Cell | undefined): string {
  const text = cell?.text.normalize('NFKC').trim() ?? '';
  if (text === '') return '';
  switch (field) {
    case 'idNumber':
      return ends(text);
    case 'name':
    case 'headName':
      return maskName(text.slice(0, SHOWN), 'surname');
    case 'phone':
      return maskPhone(text);
    case 'account':
      return maskAccount(text);
    case 'code':
    case 'villageCode':
      return text.slice(0, SHOWN);
    default:
      // A number in a column where none belongs may be somebody's ID number that slipped by a column.
      return text.replace(/\d{9,}[\dXx]?/g, ends).slice(0, SHOWN);
  }
}
