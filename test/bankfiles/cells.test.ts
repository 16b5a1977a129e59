/** Cells of a bank's file: what means one thing is read, everything else is refused. */
import fc from 'fast-check';
import { amountOf, codeOf, dateOf, maskDigits, nameOf } from '../../src/bankfiles/cells';
import { sameName } from '../../src/bankfiles/match';
import type { Cell, CellKind } from '../../src/platform/sheets/sheet';

const cell = (text: string, kind: CellKind = 'text'): Cell => ({ text, kind });

describe('An amount', () => {
  test.each([
    ['1234.50', 123_450],
    ['1,234.50', 123_450],
    ['1 234.50', 123_450],
    ['１２３４．５', 123_450],
    ['￥1,000', 100_000],
    ['¥ 1000.00 元', 100_000],
    ['人民币0.01元', 1],
    ['1.5万', 1_500_000],
    ["'88.8", 8880],
  ])('%s is read as fen', (text, fen) => {
    expect(amountOf(cell(text), 'yuan')).toEqual({ value: fen });
  });

  test('is taken in the unit of its column, unless it says its own', () => {
    expect(amountOf(cell('0.0123'), 'wan')).toEqual({ value: 12_300 });
    expect(amountOf(cell('123元'), 'wan')).toEqual({ value: 12_300 });
  });

  test('of a number cell is what was typed, not what the program stored of it', () => {
    expect(amountOf(cell('606.94000000000005', 'number'), 'yuan')).toEqual({ value: 60_694 });
    expect(amountOf(cell('5.8999999999999997E-2', 'number'), 'yuan').fault?.reason).toBe(
      '金额不足一分的部分无法入账',
    );
    expect(amountOf(cell('1E3', 'number'), 'yuan')).toEqual({ value: 100_000 });
    expect(amountOf(cell('1E3'), 'yuan').fault?.reason).toBe('不是金额');
  });

  test.each([
    ['12,34.5', '不是金额'],
    ['一百', '不是金额'],
    ['10 20', '不是金额'],
    ['-1', '金额为负数'],
    ['(1.00)', '金额为负数'],
    ['0', '金额为零'],
    ['0.001', '金额不足一分的部分无法入账'],
    ['99999999999999', '金额过大'],
  ])('%s: %s', (text, reason) => {
    expect(amountOf(cell(text), 'yuan').fault?.reason).toBe(reason);
  });

  test('that is blank, a formula or an error is not guessed', () => {
    expect(amountOf(undefined, 'yuan')).toEqual({ value: null });
    expect(amountOf(cell('—'), 'yuan')).toEqual({ value: null });
    expect(amountOf(cell('5', 'formula'), 'yuan').fault?.reason).toContain('公式');
    expect(amountOf(cell('#N/A', 'error'), 'yuan').fault?.reason).toContain('错误值');
    expect(amountOf({ ...cell(''), merged: true }, 'yuan').fault?.reason).toContain('合并单元格');
  });

  test('of any number of fen is read back, in either unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (fen) => {
        const digits = String(fen).padStart(7, '0');
        const yuan = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/^0+(?=\d)/, '');
        const wan = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
        expect(amountOf(cell(yuan), 'yuan')).toEqual({ value: fen });
        expect(amountOf(cell(wan), 'wan')).toEqual({ value: fen });
        expect(amountOf(cell(yuan, 'number'), 'yuan')).toEqual({ value: fen });
      }),
    );
  });
});

describe('A code', () => {
  test('loses its blanks and its apostrophe and keeps its case', () => {
    expect(codeOf(cell(' ’ht-2018 （3）'))).toEqual({ value: 'ht-2018(3)' });
  });

  test('whose digits a spreadsheet has lost is refused', () => {
    for (const text of ['2.01807150001E+19', '20180715000100230000']) {
      expect(codeOf(cell(text, 'number')).fault?.reason).toContain('超过 15 位');
      expect(codeOf(cell('20180715000100230000')).value).toBe('20180715000100230000');
    }
    expect(codeOf(cell('201807150001', 'number'))).toEqual({ value: '201807150001' });
  });

  test('is masked where it may be a person’s number', () => {
    expect(maskDigits('450328197806150017')).toBe('450*************17');
    expect(maskDigits('HT-2018-00012')).toBe('HT-2018-00012');
  });
});

describe('A date', () => {
  test.each([
    '2018-07-05',
    '2018/7/5',
    '2018.07.05',
    '2018年7月5日',
    '20180705',
    '2018-07-05 10:20:30',
    '2018/7/5 9:05',
  ])('%s is read', (text) => {
    expect(dateOf(cell(text))).toEqual({ value: '2018-07-05' });
  });

  test.each(['18-7-5', '2018-07', '2018-13-01', '昨天', '43286'])('%s is refused', (text) => {
    expect(dateOf(cell(text)).fault).toBeDefined();
  });
});

describe('A name', () => {
  test('is the borrower’s without blanks between its characters, and where the bank masked it', () => {
    const written = nameOf(cell('韦　大 明')).value as string;
    expect(written).toBe('韦大明');
    expect(sameName(written, '韦大明')).toBe(true);
    expect(sameName('韦*明', '韦大明')).toBe(true);
    expect(sameName('韦**', '韦大明')).toBe(true);
    expect(sameName(null, '韦大明')).toBe(true);
  });

  test('is not, where a character or the length differs', () => {
    expect(sameName('韦大鸣', '韦大明')).toBe(false);
    expect(sameName('韦*', '韦大明')).toBe(false);
    expect(sameName('覃*明', '韦大明')).toBe(false);
  });
});
