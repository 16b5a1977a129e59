/** What of an item reaches the public page. */
import { type MaskingRule, publicFields, withoutIdentifiers } from '../../src/notices/masking';

const rule = (fields: Partial<MaskingRule>['fields']): MaskingRule => ({
  fields: fields ?? [],
  noIndex: true,
  bulkExport: false,
  pageEndsWithNotice: true,
  supervisionPhones: [],
});
const field = (code: string, publicPage: MaskingRule['fields'][number]['publicPage']) => ({
  code,
  name: code,
  publicPage,
  screen: 'FULL' as const,
});
const shown = (code: string, mode: MaskingRule['fields'][number]['publicPage'], value: string) =>
  publicFields({ [code]: value }, rule([field(code, mode)]))[0]?.value;

describe('The public sees', () => {
  test('only fields that the policy names, in its order', () => {
    const content = {
      use: '养殖业',
      borrowerName: '王小明',
      idNumber: '450328199001011234',
      x: '1',
    };
    const masking = rule([
      field('borrowerName', 'FULL'),
      field('use', 'FULL'),
      field('idNumber', 'HIDDEN'),
    ]);
    expect(publicFields(content, masking)).toEqual([
      { code: 'borrowerName', name: 'borrowerName', value: '王小明' },
      { code: 'use', name: 'use', value: '养殖业' },
    ]);
  });

  test('each kind of mask', () => {
    expect(shown('a', 'LAST_4', '6222020000001234567')).toBe('****4567');
    expect(shown('a', 'FIRST_3_LAST_4', '13812341234')).toBe('138****1234');
    expect(shown('a', 'NAME_MIDDLE', '欧阳小明')).toBe('欧阳*明');
    expect(shown('a', 'NAME_SURNAME', '王小明')).toBe('王**');
  });

  test('no identifier that was typed into a text', () => {
    const hidden = [
      '养鸡，电话13812341234',
      '450328199001011234',
      '45032819900101123X 种植',
      '账号 6222 0200 0000 1234 567',
      '138-1234-1234',
      '１３８１２３４１２３４',
      '450328900101123',
    ];
    for (const text of hidden) expect(withoutIdentifiers(text)).not.toMatch(/\d{5}/);
    const kept = ['50000.00 元', '36 个月', '2018-03-01', '养土鸡 300 羽', '1234567.00'];
    for (const text of kept) expect(withoutIdentifiers(text)).toBe(text);
  });
});
