/** What of an item reaches the public page. */
import {
  type MaskingRule,
  maskingFault,
  publicFields,
  withoutIdentifiers,
} from '../../src/notices/masking';

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
      '电话：138·1234·1234',
      '138\u200b1234\u200b1234',
      '١٣٨١٢٣٤١٢٣٤',
      '6222|0200|0000|1234|567',
      '138.1234.1234',
      '6222,020,000,001,234',
    ];
    for (const text of hidden) {
      expect(withoutIdentifiers(text).normalize('NFKC')).not.toMatch(/\p{Nd}{5}/u);
    }
    expect(withoutIdentifiers('电话一三八一二三四一二三四')).toBe('电话****');
  });

  test('no birth date and no house number that was typed into a text', () => {
    const table: [string, string][] = [
      ['1978年6月15日出生，养鸡', '****，养鸡'],
      ['出生日期：1978-06-15', '出生日期：****'],
      ['1978.6生', '****'],
      ['生于1978年6月', '****'],
      ['城关村三组12号', '城关村三组****'],
      ['城关村三组12-3号养鸡', '城关村三组****养鸡'],
      ['古龙街 5 号 2 栋 1 单元 302 室', '古龙街**** 2 栋 1 单元****'],
      ['门牌12号', '****'],
    ];
    for (const [text, shownText] of table) expect(withoutIdentifiers(text)).toBe(shownText);
  });

  test('what is no identifier as it was written', () => {
    const kept = [
      '50000.00 元',
      '36 个月',
      '2018-03-01',
      '2018-03-21 至 2018-06-20',
      '养土鸡 300 羽，种罗汉果 5 亩',
      '贷款50000.00元，自筹 12,500.00 元',
      '1234567.00',
      '2018 年第 3 批（城关村）',
      '阿卜杜拉·买买提',
      '石𠮷有',
    ];
    for (const text of kept) expect(withoutIdentifiers(text)).toBe(text);
  });
});

describe('No county may show', () => {
  const fault = (code: string, mode: MaskingRule['fields'][number]['publicPage']) =>
    maskingFault(rule([field(code, mode)]));

  test('an ID number, a phone or an account in full', () => {
    for (const code of ['idNumber', 'phone', 'bankAccount']) {
      expect(fault(code, 'FULL')).toContain(code);
      expect(fault(code, 'HIDDEN')).toBeNull();
    }
    expect(fault('idNumber', 'LAST_4')).toBeNull();
    expect(fault('phone', 'FIRST_3_LAST_4')).toBeNull();
    expect(fault('idNumber', 'FIRST_3_LAST_4')).not.toBeNull();
  });

  test('birth date, health, house, children or complainant at all', () => {
    for (const code of ['address', 'birthDate', 'health', 'minors', 'objector']) {
      for (const mode of ['FULL', 'LAST_4', 'NAME_SURNAME'] as const) {
        expect(fault(code, mode)).toContain(code);
      }
      expect(fault(code, 'HIDDEN')).toBeNull();
    }
  });

  test('while names and sums are its own choice', () => {
    for (const mode of ['FULL', 'NAME_MIDDLE', 'NAME_SURNAME', 'HIDDEN'] as const) {
      expect(fault('borrowerName', mode)).toBeNull();
    }
  });
});
