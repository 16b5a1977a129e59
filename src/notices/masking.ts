/**
 * What the public may see of an item. The content is masked once, when the notice is opened, and stored as it
 * will be shown, so that nothing on the way to the page ever holds more. Laws (policy facts §3.2): a field
 * that the policy row does not name is not shown; whatever looks like an identifier inside a text (an ID
 * number, a phone, an account typed into the use of the loan) is starred out.
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

/** Seven digits in a row are a telephone at least; amounts and dates are shorter. */
const IDENTIFIER = /\d(?:[ -]?\d){6,}[Xx]?/g;
/** A written date or a sum of yuan is not an identifier though its digits may be many. */
const HARMLESS = /^(?:\d{4}-\d{2}-\d{2}|\d{1,13}\.\d{2})$/;

/** Stars out whatever looks like an identifier. */
export function withoutIdentifiers(text: string): string {
  const plain = text.normalize('NFKC');
  return HARMLESS.test(plain) ? plain : plain.replace(IDENTIFIER, '****');
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
