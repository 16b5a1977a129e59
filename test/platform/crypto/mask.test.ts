/**
 * The table of masks, written before the code. A mask that shows too much on a public notice is the
 * most likely privacy failure of this product, so every shape of name and number has its line.
 */
import fc from 'fast-check';
import { maskAccount, maskIdNumber, maskName, maskPhone } from '../../../src/platform/crypto/mask';

describe('ID numbers', () => {
  test.each([
    ['450328198703152415', '450328********2415'],
    ['45032819870315241X', '450328********241X'],
    ['45032819870315241x', '450328********241X'],
    [' 450328 19870315 2415 ', '450328********2415'],
    ['４５０３２８１９８７０３１５２４１５', '450328********2415'],
    ['450328870315241', '450328******241'],
  ])('an officer sees of %s the county and the end: %s', (clear, masked) => {
    expect(maskIdNumber(clear, 'office')).toBe(masked);
  });

  test.each([
    ['450328198703152415'],
    ['450328870315241'],
    ['H123456789'],
    ['4503281987031524'],
    [''],
  ])('the public sees of %s nothing but stars, not even the length', (clear) => {
    expect(maskIdNumber(clear, 'none')).toBe('******************');
  });

  test.each([
    ['4503281987031524'],
    ['4503281987031524155'],
    ['45032X198703152415'],
    ['H123456789'],
    ['450328********2415'],
    [''],
  ])('what is no ID number (%s) shows nothing to an officer either', (clear) => {
    expect(maskIdNumber(clear, 'office')).toBe('******************');
  });
});

describe('phones', () => {
  test.each([
    ['13812341234', '138****1234'],
    ['138 1234 1234', '138****1234'],
    ['138-1234-1234', '138****1234'],
    ['+86 13812341234', '138****1234'],
    ['008613812341234', '138****1234'],
    ['１３８１２３４１２３４', '138****1234'],
    ['0773-7512345', '****45'],
    ['7512345', '****45'],
    ['12317', '****'],
    ['', '****'],
    ['无', '****'],
  ])('%s is shown as %s', (clear, masked) => {
    expect(maskPhone(clear)).toBe(masked);
  });

  // The leak seen in a real system (policy facts §3.2): first three digits, four stars, and then
  // substr(phone, 4), which repeats the digits the stars were meant to hide.
  test('the stars replace the middle digits and are not pushed in between', () => {
    const leaked = `${'13898765432'.slice(0, 3)}****${'13898765432'.slice(4)}`;
    expect(leaked).toBe('138****8765432');
    expect(maskPhone('13898765432')).toBe('138****5432');
    expect(maskPhone('13898765432')).toHaveLength(11);
    expect(maskPhone('13898765432')).not.toContain('876');
  });
});

describe('accounts', () => {
  test.each([
    ['6217994500012345678', '****5678'],
    ['6217 9945 0001 2345 678', '****5678'],
    ['621799450001234', '****1234'],
    ['4503-2801-0400-1234', '****1234'],
    ['12345678', '****'],
    ['1234', '****'],
    ['', '****'],
  ])('%s is shown as %s', (clear, masked) => {
    expect(maskAccount(clear)).toBe(masked);
  });
});

describe('names', () => {
  test.each([
    // Clear, middle hidden (the usual form), given name hidden.
    ['张小明', '张*明', '张**'],
    ['王明', '王*', '王*'],
    ['王', '*', '*'],
    ['', '*', '*'],
    ['王 明', '王*', '王*'],
    [' 张小明 ', '张*明', '张**'],
    ['王王王', '王*王', '王**'],
    ['张李小明', '张**明', '张***'],
    ['欧阳', '欧*', '欧*'],
    ['欧阳明', '欧阳*', '欧阳*'],
    ['欧阳小明', '欧阳*明', '欧阳**'],
    ['诸葛孔明亮', '诸葛**亮', '诸葛***'],
    ['司马相如', '司马*如', '司马**'],
    ['买买提江', '买**江', '买***'],
    ['阿卜杜拉江', '阿***江', '阿****'],
    ['阿卜杜热合曼', '阿****曼', '阿*****'],
    ['阿卜杜拉·买买提', '阿***·买**', '阿***·***'],
    ['阿卜杜拉•买买提', '阿***·买**', '阿***·***'],
    ['迪丽热巴·迪力木拉提', '迪***·迪****', '迪***·*****'],
    ['扎西·顿珠', '扎*·顿*', '扎*·**'],
    ['买·提', '买·*', '买·*'],
    ['𠮷田明', '𠮷*明', '𠮷**'],
    ['𠮷明', '𠮷*', '𠮷*'],
    ['王𠮷明', '王*明', '王**'],
    ['王𠮷', '王*', '王*'],
    ['王䶮\u{E0100}明', '王*明', '王**'],
    ['Li Ming', 'L* M***', 'L* ****'],
  ])('%s is shown as %s, or as %s', (clear, middle, surname) => {
    expect(maskName(clear)).toBe(middle);
    expect(maskName(clear, 'middle')).toBe(middle);
    expect(maskName(clear, 'surname')).toBe(surname);
  });
});

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(''));

function showsRunOf(masked: string, hidden: string, length: number): boolean {
  for (let at = 0; at + length <= hidden.length; at += 1) {
    if (masked.includes(hidden.slice(at, at + length))) return true;
  }
  return false;
}

describe('for any value', () => {
  test('no mask of an ID number holds it, and the birth date is under the stars', () => {
    const idNumber = fc
      .tuple(digits(17), fc.constantFrom(...'0123456789Xx'))
      .map(([head, last]) => head + last);
    fc.assert(
      fc.property(idNumber, (clear) => {
        const masked = maskIdNumber(clear, 'office');
        expect(masked).toHaveLength(18);
        expect(masked.slice(6, 14)).toBe('********');
        expect(masked.replaceAll('*', '')).toHaveLength(10);
        expect(showsRunOf(masked, clear.slice(6, 14), 7)).toBe(false);
        expect(maskIdNumber(clear, 'none')).toMatch(/^\*{18}$/);
      }),
    );
  });

  test('an old ID number of 15 digits hides its birth date', () => {
    fc.assert(
      fc.property(digits(15), (clear) => {
        expect(maskIdNumber(clear, 'office')).toBe(`${clear.slice(0, 6)}******${clear.slice(12)}`);
      }),
    );
  });

  test('a phone of any writing shows three and four digits at most', () => {
    fc.assert(
      fc.property(digits(10), fc.constantFrom('', '+86', '0086 ', '86-'), (rest, country) => {
        const clear = `1${rest}`;
        const masked = maskPhone(country + clear);
        expect(masked).toBe(`1${rest.slice(0, 2)}****${clear.slice(7)}`);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (clear) => {
        expect(maskPhone(clear).replace(/\D/g, '').length).toBeLessThanOrEqual(7);
      }),
    );
  });

  test('an account shows its last four characters at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 9, max: 32 }).chain(digits), (clear) => {
        expect(maskAccount(clear)).toBe(`****${clear.slice(-4)}`);
      }),
    );
  });

  test('a name of two to six characters always hides one, and never tells more than its length', () => {
    const hanzi = fc.constantFrom(...'王李张欧阳诸葛司马买提江阿卜杜拉𠮷䶮小明');
    const name = fc.array(hanzi, { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(name, fc.constantFrom('middle' as const, 'surname' as const), (chars, style) => {
        const masked = [...maskName(chars.join(''), style)];
        expect(masked).toHaveLength(chars.length);
        expect(masked).toContain('*');
        for (const [at, shown] of masked.entries()) expect(['*', chars[at]]).toContain(shown);
      }),
    );
  });
});
