/**
 * What the public may see of an item. The content is masked once, when the notice is opened, and stored as it
 * will be shown, so that nothing on the way to the page ever holds more. Laws (policy facts §3.2): a field
 * that the policy row does not name is not shown; whatever looks like an identifier inside a text (an ID
 * number, a phone, an account, a birth date or a house number typed into the use of the loan) is starred out.
 */

import { never } from '../platform/check';
import { maskAccount, maskName, maskPhone } from '../platform/crypto/mask';

/** How a field is shown. */
export const SHOWN = [
  'FULL',
  'HIDDEN',
  'LAST_4',
  'FIRST_3_LAST_4',
  'NAME_MIDDLE',
  'NAME_SURNAME',
] as const;
export type Shown = (typeof SHOWN)[number];

/** The value of the parameter `notices.masking`. */
export interface MaskingRule {
  fields: { code: string; name: string; publicPage: Shown; screen: Shown }[];
  noIndex: boolean;
  bulkExport: false;
  pageEndsWithNotice: true;
  supervisionPhones: string[];
}

/** One line of an item as the public sees it. */
export interface PublicField {
  code: string;
  name: string;
  value: string;
}

/**
 * What a policy row may say of fields that identify a person or tell of their health or home: no county may show
 * them in full (《个人信息保护法》第28条; the cases of policy facts §3.2). Fields that are not named here are free.
 */
const NEVER_FULL: Readonly<Record<string, readonly Shown[]>> = {
  idNumber: ['HIDDEN', 'LAST_4'],
  phone: ['HIDDEN', 'FIRST_3_LAST_4'],
  bankAccount: ['HIDDEN', 'LAST_4'],
  address: ['HIDDEN'],
  birthDate: ['HIDDEN'],
  health: ['HIDDEN'],
  minors: ['HIDDEN'],
  objector: ['HIDDEN'],
};

/** Why a rule may not stand, in Chinese; null when it may. */
export function maskingFault(masking: Pick<MaskingRule, 'fields'>): string | null {
  const open = masking.fields.filter(
    ({ code, publicPage }) => !(NEVER_FULL[code] ?? SHOWN).includes(publicPage),
  );
  if (open.length === 0) return null;
  return `公示页面不得显示：${open.map(({ name }) => name).join('、')}`;
}

/** What may stand between the digits of a number that was typed in groups; a point only where no fen follow. */
const GAP = '(?:[\\s\\u00AD\\u200B-\\u200F\\u2060\\uFEFF\\p{Pd}·•_/\\\\|]|[.,．，](?=\\p{Nd}{3}))*';
const HAN_DIGIT = '[〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]';
const DAY = '\\d{2,4}\\s*[-年./]\\s*\\d{1,2}(?:\\s*[-月./]\\s*\\d{1,2})?\\s*[月日]?';
/**
 * What identifies a person inside a text. Seven digits in a row are a telephone at least (sums and periods are
 * shorter), in whatever writing; a date beside a word for birth; a number behind a group, a street or a building.
 */
const IDENTIFIERS: readonly RegExp[] = [
  new RegExp(`\\p{Nd}(?:${GAP}\\p{Nd}){6,}(?:${GAP}[Xx])?`, 'gu'),
  new RegExp(`${HAN_DIGIT}(?:${GAP}${HAN_DIGIT}){6,}`, 'gu'),
  new RegExp(`(?:出生|生日|生于)\\D{0,6}${DAY}|${DAY}\\s*(?:出生|生)`, 'gu'),
  /(?:(?<=[组屯队寨路街巷道弄坊栋幢座楼区元村])|门牌|住址)\s*第?[\dA-Za-z一二三四五六七八九十百]+(?:\s*[-之]\s*\d+)*\s*[号室]/gu,
];
/** A written date, a period of dates or a sum of yuan is not an identifier though its digits may be many. */
const HARMLESS = /^(?:\d{4}-\d{2}-\d{2}(?:\s*至\s*\d{4}-\d{2}-\d{2})?|\d{1,13}\.\d{2}(?:\s*元)?)$/;

/** Stars out whatever looks like an identifier. */
export function withoutIdentifiers(text: string): string {
  const plain = text.replace(/[^\p{ASCII}]/gu, plainDigit);
  if (HARMLESS.test(plain)) return plain;
  return IDENTIFIERS.reduce((shown, pattern) => shown.replace(pattern, '****'), plain);
}

/** ５ and ⑤ are 5; whatever is no digit or letter stays as it was written. */
function plainDigit(char: string): string {
  const plain = char.normalize('NFKC');
  return /^[\dA-Za-z]+$/.test(plain) ? plain : char;
}

/** The content of an item as it will stand on the page, in the order of the policy row. */
export function publicFields(
  content: Readonly<Record<string, string>>,
  masking: MaskingRule,
): PublicField[] {
  return masking.fields.flatMap(({ code, name, publicPage }) => {
    const value = content[code];
    if (value === undefined || publicPage === 'HIDDEN') return [];
    return [{ code, name, value: masked(value, publicPage) }];
  });
}

function masked(value: string, mode: Exclude<Shown, 'HIDDEN'>): string {
  switch (mode) {
    case 'FULL':
      return withoutIdentifiers(value);
    case 'LAST_4':
      return maskAccount(value);
    case 'FIRST_3_LAST_4':
      return maskPhone(value);
    case 'NAME_MIDDLE':
      return maskName(value, 'middle');
    case 'NAME_SURNAME':
      return maskName(value, 'surname');
    default:
      return never(mode, 'kind of mask');
  }
}
