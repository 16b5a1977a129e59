/** Amounts in Chinese capital numerals, as vouchers carry them. */
import fc from 'fast-check';
import { CheckFailed } from '../../src/platform/check';
import { capitalYuan, fen, parseYuan } from '../../src/platform/money';

describe('capital numerals', () => {
  // The last six are the examples of 支付结算办法附一.
  test.each([
    ['50000', '伍万元整'],
    ['0', '零元整'],
    ['1', '壹元整'],
    ['10', '壹拾元整'],
    ['15', '壹拾伍元整'],
    ['100', '壹佰元整'],
    ['101', '壹佰零壹元整'],
    ['110', '壹佰壹拾元整'],
    ['1001', '壹仟零壹元整'],
    ['1010', '壹仟零壹拾元整'],
    ['10001', '壹万零壹元整'],
    ['10010', '壹万零壹拾元整'],
    ['10100', '壹万零壹佰元整'],
    ['11000', '壹万壹仟元整'],
    ['30000', '叁万元整'],
    ['100000', '壹拾万元整'],
    ['100500', '壹拾万零伍佰元整'],
    ['1000000', '壹佰万元整'],
    ['10007000', '壹仟万柒仟元整'],
    ['10000007', '壹仟万零柒元整'],
    ['100000000', '壹亿元整'],
    ['100005000', '壹亿零伍仟元整'],
    ['100000001', '壹亿零壹元整'],
    ['110050000', '壹亿壹仟零伍万元整'],
    ['999999999999.99', '玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
    ['0.05', '伍分'],
    ['0.50', '伍角'],
    ['0.55', '伍角伍分'],
    ['1.05', '壹元零伍分'],
    ['10.50', '壹拾元零伍角'],
    ['606.94', '陆佰零陆元玖角肆分'],
    ['1409.50', '壹仟肆佰零玖元伍角'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['1680.32', '壹仟陆佰捌拾元零叁角贰分'],
    ['107000.53', '壹拾万柒仟元零伍角叁分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['325.04', '叁佰贰拾伍元零肆分'],
    // What contracts, certificates and vouchers of small loans really carry, and every way a zero can stand.
    ['10005.00', '壹万零伍元整'],
    ['100000.10', '壹拾万元零壹角'],
    ['10203.04', '壹万零贰佰零叁元零肆分'],
    ['20000', '贰万元整'],
    ['40000', '肆万元整'],
    ['35000', '叁万伍仟元整'],
    ['30500', '叁万零伍佰元整'],
    ['30050', '叁万零伍拾元整'],
    ['30005', '叁万零伍元整'],
    ['49999.99', '肆万玖仟玖佰玖拾玖元玖角玖分'],
    ['50000.01', '伍万元零壹分'],
    ['50000.10', '伍万元零壹角'],
    ['50505.05', '伍万零伍佰零伍元零伍分'],
    ['10.01', '壹拾元零壹分'],
    ['20.20', '贰拾元零贰角'],
    ['200.02', '贰佰元零贰分'],
    ['1000.50', '壹仟元零伍角'],
    ['2001.10', '贰仟零壹元壹角'],
    ['0.01', '壹分'],
    ['0.10', '壹角'],
    ['100010', '壹拾万零壹拾元整'],
    ['101000', '壹拾万壹仟元整'],
    ['1010101.01', '壹佰零壹万零壹佰零壹元零壹分'],
    ['20300405.06', '贰仟零叁拾万零肆佰零伍元零陆分'],
    ['15710000', '壹仟伍佰柒拾壹万元整'],
    ['100100000', '壹亿零壹拾万元整'],
    ['100000000.01', '壹亿元零壹分'],
  ])('%s is %s', (text, capital) => {
    expect(capitalYuan(parseYuan(text))).toBe(capital);
  });

  test('negative amounts and 一万亿 are refused', () => {
    expect(() => capitalYuan(fen(-1))).toThrow('大写金额不得为负数');
    expect(() => capitalYuan(parseYuan('1000000000000'))).toThrow(CheckFailed);
  });

  test('every amount reads back as itself, without doubled or dangling zeros', () => {
    const amount = fc.integer({ min: 1, max: 99_999_999_999_999 });
    const withZeros = fc
      .tuple(fc.array(fc.constantFrom(0, 0, 0, 1, 5, 9), { minLength: 1, maxLength: 14 }))
      .map(([list]) => Number(list.join('')));
    fc.assert(
      fc.property(fc.oneof(amount, withZeros), (value) => {
        fc.pre(value > 0);
        const text = capitalYuan(fen(value));
        expect(readCapital(text)).toBe(value);
        expect(text).not.toMatch(/零零|零[元万亿角分整]|^零/);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Reads capital numerals in a way of its own: digits times their place, sections times their unit. */
function readCapital(text: string): number {
  const places: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 };
  let [total, section, digit] = [0, 0, 0];
  for (const char of text) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(char);
    if (value >= 0) digit = value;
    else if (char in places) section += digit * (places[char] ?? 0);
    else if (char === '万') total += (section + digit) * 1_000_000;
    else if (char === '亿') total += (section + digit) * 10_000_000_000;
    else if (char === '元') total += (section + digit) * 100;
    else if (char === '角') total += digit * 10;
    else if (char === '分') total += digit;
    if (value < 0) digit = 0;
    if ('万亿元'.includes(char)) section = 0;
  }
  return total;
}
