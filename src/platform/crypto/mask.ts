/**
 * Masked forms of personal data, made once when the value is sealed and stored beside it, so that
 * screens and lists never open an envelope. Laws: a mask is built from what may be shown, never by
 * pushing stars into the clear text; what does not look like its kind shows nothing. Sources: the
 * public notice shows no ID number, phone or account (policy facts §3.2); office screens show of an
 * ID number the county and the end.
 */
import { normalised } from './blind-index';

/** 'office': first 6 and last 4. 'none': stars only, the form for public notices. */
export type IdMask = 'office' | 'none';

/** 'middle': 张*明, the usual form. 'surname': 张**, for counties that ask for it. */
export type NameMask = 'middle' | 'surname';

const HIDDEN_ID = '*'.repeat(18);
const HIDDEN = '****';

/**
 * An ID number: 450328********2415 on office screens. An old one of 15 digits keeps its last 3,
 * because its fourth from the end belongs to the birth date. Anything else is all stars.
 */
export function maskIdNumber(value: string, style: IdMask): string {
  const id = normalised('idNumber', value);
  if (style === 'none') return HIDDEN_ID;
  if (/^\d{17}[\dX]$/.test(id)) return `${id.slice(0, 6)}********${id.slice(14)}`;
  if (/^\d{15}$/.test(id)) return `${id.slice(0, 6)}******${id.slice(12)}`;
  return HIDDEN_ID;
}

/**
 * A phone: 138****1234 for a mobile number. Another number of seven digits or more shows its last
 * two, because of a landline the area is known anyway; shorter ones show nothing.
 */
export function maskPhone(value: string): string {
  const phone = normalised('phone', value);
  if (/^1\d{10}$/.test(phone)) return `${phone.slice(0, 3)}${HIDDEN}${phone.slice(7)}`;
  return phone.length >= 7 ? HIDDEN + phone.slice(-2) : HIDDEN;
}

/** An account: the last four characters of one of nine or more, whatever its length. */
export function maskAccount(value: string): string {
  const account = normalised('account', value);
  return /^[0-9A-Z]{9,}$/.test(account) ? HIDDEN + account.slice(-4) : HIDDEN;
}

/** Surnames of two characters (复姓) that are still borne; a longer name beginning so keeps both. */
const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 上官 司马 司徒 司空 司寇 诸葛 东方 东郭 南宫 西门 夏侯 皇甫 尉迟 公孙 公羊 公冶 公良 ' +
    '公西 慕容 令狐 长孙 宇文 轩辕 钟离 端木 独孤 百里 呼延 闻人 赫连 澹台 濮阳 太史 太叔 申屠 ' +
    '仲孙 宗政 鲜于 闾丘 子车 亓官 巫马 颛孙 壤驷 漆雕 乐正 宰父 谷梁 拓跋 夹谷 段干 万俟 羊舌 ' +
    '微生 梁丘 左丘 第五 南门 完颜 叶赫 纳兰 爱新'
  ).split(' '),
);

/** A character as a reader counts it: 𠮷 is one, and so is a character with its variation mark. */
const GRAPHEMES = new Intl.Segmenter('zh', { granularity: 'grapheme' });

function graphemes(text: string): string[] {
  return [...GRAPHEMES.segment(text)].map((part) => part.segment);
}

/**
 * A person's name. Two characters: 王*; three and more: 张*明 (or 张**); a compound surname stays
 * whole: 欧阳*明. Names of parts (阿卜杜拉·买买提, Li Ming) keep the first character of each part,
 * or of the first part only. A single character or nothing becomes one star.
 */
export function maskName(value: string, style: NameMask = 'middle'): string {
  const name = value
    .normalize('NFC')
    .trim()
    .replace(/[•‧・･∙⋅．]/g, '·');
  const parted = /[·]/.test(name) || /[A-Za-z]/.test(name);
  if (!parted) return maskHanName(graphemes(name.replace(/\s/g, '')), style);
  // The separators stay in the list, at the odd places.
  const parts = name.split(/(\s*·\s*|\s+)/);
  const masked = parts.map((part, at) => {
    if (at % 2 === 1) return part.trim() === '' ? ' ' : '·';
    const [first = '', ...rest] = graphemes(part);
    const shown = at === 0 || (style === 'middle' && rest.length > 0) ? first : '*';
    return shown + '*'.repeat(rest.length);
  });
  const text = masked.join('');
  return text.includes('*') ? text : '*';
}

function maskHanName(chars: readonly string[], style: NameMask): string {
  if (chars.length < 2) return '*';
  const compound = chars.length > 2 && COMPOUND_SURNAMES.has(chars.slice(0, 2).join(''));
  const surname = chars.slice(0, compound ? 2 : 1).join('');
  const given = chars.slice(compound ? 2 : 1);
  const last = given.length > 1 && style === 'middle' ? (given.at(-1) ?? '') : '';
  return surname + '*'.repeat(given.length - (last === '' ? 0 : 1)) + last;
}
