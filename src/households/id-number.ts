/**
 * Reading a citizen identity number (公民身份号码, GB 11643-1999): 6 digits of region, 8 of birth date, 3 of
 * sequence (odd male, even female) and a check character.
 *
 * Laws:
 * - Nothing is guessed. What can be put right without choosing (blanks, full-width digits, a small x, the
 *   apostrophe of a spreadsheet) is put right and told; everything else is refused with its reason: digits
 *   that a spreadsheet has rounded away cannot come back, and a missing check character is not computed,
 *   because it is what catches the typing error in the other seventeen.
 * - A reason never repeats the number.
 */
import { type BusinessDate, isBusinessDate } from '../platform/dates';
import type { Sex } from './household-kind';

/** What was put right in reading. */
export type IdNumberNote = 'blanks' | 'full-width' | 'apostrophe' | 'small-x' | 'ends-in-zeros';

/** Why a text is no usable number. */
export type IdNumberFault =
  | 'empty'
  | 'scientific'
  | 'decimal'
  | 'fifteen-digits'
  | 'seventeen-digits'
  | 'length'
  | 'characters'
  | 'region'
  | 'birth-date'
  | 'born-later'
  | 'rounded'
  | 'check-character';

/** What a text turned out to be. */
export type IdNumberReading =
  | { ok: true; idNumber: string; birthDate: BusinessDate; sex: Sex; notes: IdNumberNote[] }
  | { ok: false; fault: IdNumberFault; reason: string };

/** What the officer is told about each thing put right. */
export const NOTE_TEXTS: Readonly<Record<IdNumberNote, string>> = {
  blanks: '已去掉空格或不可见字符',
  'full-width': '已将全角字符改为半角',
  apostrophe: '已去掉电子表格的文本标记(撇号)',
  'small-x': '已将小写 x 改为大写 X',
  'ends-in-zeros': '末三位为 000,请核对是否被电子表格截断',
};

const FAULT_TEXTS: Readonly<Record<IdNumberFault, string>> = {
  empty: '身份号码为空',
  scientific:
    '是电子表格的科学计数法(如 4.5E+17),后几位已丢失、无法恢复；请将该列设为“文本”后从原件重录',
  decimal: '含小数点，是电子表格把号码当成了数字；请将该列设为“文本”后从原件重录',
  'fifteen-digits': '是 15 位旧证号码(第一代身份证自 2013 年起停用);请录入现行身份证上的 18 位号码',
  'seventeen-digits': '只有 17 位，缺末位校验码；请对照原件补录，系统不代为推算',
  length: '应为 18 位',
  characters: '前 17 位须为数字，末位须为数字或 X;请检查是否误录字母 O、I 或符号',
  region: '前两位不是有效的省级代码',
  'birth-date': '第 7 至 14 位的出生日期不存在',
  'born-later': '出生日期晚于今天',
  rounded:
    '末三位为 000 且校验码不符，像是被电子表格截成了 15 位有效数字，原号码无法恢复；请从原件重录',
  'check-character': '校验码不符，号码中至少有一位录错；请逐位对照原件',
};

const fault = (kind: IdNumberFault): IdNumberReading => ({
  ok: false,
  fault: kind,
  reason: FAULT_TEXTS[kind],
});

/** GB/T 2260 provinces, 71 Taiwan, 81–83 residence permits of Hong Kong, Macao and Taiwan residents. */
const PROVINCES = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 ' +
    '61 62 63 64 65 71 81 82 83'
  ).split(' '),
);
/** 9 followed by the province's first digit: a foreigner's permanent residence card of 2017. */
const FOREIGNER = /^9[1-8]/;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** Blanks of every kind and the characters that cannot be seen (zero width, byte order mark). */
const BLANKS = /[\s\u200b-\u200f\u2060\ufeff]/gu;

/** The check character of the first 17 digits: ISO 7064 MOD 11-2, as GB 11643 gives it. */
export function checkCharacter(seventeen: string): string {
  const sum = WEIGHTS.reduce(
    (total, weight, place) => total + weight * Number(seventeen[place]),
    0,
  );
  return CHECK_CHARACTERS[sum % 11] as string;
}

/** Puts right what needs no choice. */
function cleaned(text: string): { text: string; notes: IdNumberNote[] } {
  const notes: IdNumberNote[] = [];
  const narrow = text.normalize('NFKC');
  if (/[\uff01-\uff5e]/u.test(text)) notes.push('full-width');
  const joined = narrow.replace(BLANKS, '');
  if (joined !== narrow) notes.push('blanks');
  const bare = joined.replace(/^['’‘`]/, '');
  if (bare !== joined) notes.push('apostrophe');
  const upper = bare.toUpperCase();
  if (/x$/.test(bare)) notes.push('small-x');
  return { text: upper, notes };
}

/** Faults that show in the form of the text alone, before it is taken for a number. */
function faultOfForm(text: string): IdNumberReading | null {
  if (text === '') return fault('empty');
  if (/^\d+(\.\d+)?E\+?\d+$/.test(text)) return fault('scientific');
  if (/^\d+\.\d*$/.test(text)) return fault('decimal');
  if (/^\d{15}$/.test(text)) return fault('fifteen-digits');
  if (/^\d{17}$/.test(text)) return fault('seventeen-digits');
  if (text.length !== 18) return fault('length');
  return /^\d{17}[\dX]$/.test(text) ? null : fault('characters');
}

/**
 * Reads a text as an identity number.
 * @param today the business date; nobody is born later.
 */
export function readIdNumber(raw: string, today: BusinessDate): IdNumberReading {
  const { text, notes } = cleaned(raw);
  const badForm = faultOfForm(text);
  if (badForm) return badForm;
  if (!PROVINCES.has(text.slice(0, 2)) && !FOREIGNER.test(text)) return fault('region');
  const birth = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (!isBusinessDate(birth)) return fault('birth-date');
  if (birth > today) return fault('born-later');
  const endsInZeros = text.endsWith('000');
  if (checkCharacter(text.slice(0, 17)) !== text[17]) {
    return fault(endsInZeros ? 'rounded' : 'check-character');
  }
  if (endsInZeros) notes.push('ends-in-zeros');
  const sex: Sex = Number(text[16]) % 2 === 1 ? 'male' : 'female';
  return { ok: true, idNumber: text, birthDate: birth, sex, notes };
}
