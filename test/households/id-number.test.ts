/** Identity numbers as they really arrive: each form is recognised and explained, none is guessed. */
import fc from 'fast-check';
import { checkCharacter, readIdNumber } from '../../src/households/id-number';
import { addDays, type BusinessDate, businessDate } from '../../src/platform/dates';

const today = businessDate('2018-03-01');

describe('a number that can be used', () => {
  // The first is the example of GB 11643; the others are made up with its check character.
  test.each([
    ['as it stands', '11010519491231002X', [], '1949-12-31', 'female'],
    ['of Longsheng', numberOf('45032819780615241'), [], '1978-06-15', 'male'],
    ['small x', '11010519491231002x', ['small-x'], '1949-12-31', 'female'],
    ['blanks around and within', ' 110105 19491231 002X ', ['blanks'], '1949-12-31', 'female'],
    [
      'a no-break and a zero-width blank',
      '110105\u00a019491231\u200b002X',
      ['blanks'],
      '1949-12-31',
      'female',
    ],
    [
      'full-width',
      '11010519491231002X'.replace(/./g, wide),
      ['full-width'],
      '1949-12-31',
      'female',
    ],
    ["a spreadsheet's apostrophe", "'11010519491231002X", ['apostrophe'], '1949-12-31', 'female'],
    ['born on a leap day', numberOf('45032820000229002'), [], '2000-02-29', 'female'],
    ['born today', numberOf('45032820180301001'), [], '2018-03-01', 'male'],
    ['of Hong Kong', numberOf('81000019900101001'), [], '1990-01-01', 'male'],
    ["a foreigner's residence card", numberOf('91170419900101002'), [], '1990-01-01', 'female'],
  ])('%s', (_, text, notes, birthDate, sex) => {
    const reading = readIdNumber(text, today);
    expect(reading).toMatchObject({ ok: true, notes, birthDate, sex });
    expect(reading.ok && reading.idNumber).toMatch(/^\d{17}[\dX]$/);
  });

  test('ending in three zeros is taken with a word of doubt when its check character fits', () => {
    const seventeen = firstWithCheck('450328197806150', '0');
    expect(readIdNumber(numberOf(seventeen), today)).toMatchObject({
      ok: true,
      notes: ['ends-in-zeros'],
    });
  });
});

describe('a text that is no usable number', () => {
  test.each([
    ['nothing', '', 'empty'],
    ['blanks only', ' \u3000', 'empty'],
    ['scientific', '4.50328E+17', 'scientific'],
    ['scientific with all digits', '4.50328197806152E+17', 'scientific'],
    ['scientific, small e', '4.50328e17', 'scientific'],
    ['full-width scientific', '4.50328E+17', 'scientific'],
    ['a decimal', '450328197806152000.0', 'decimal'],
    ['rounded by a spreadsheet', withWrongCheck('450328197806150', '000'), 'rounded'],
    ['fifteen digits', '450328780615241', 'fifteen-digits'],
    ['seventeen digits', '45032819780615241', 'seventeen-digits'],
    ['too short', '4503281978', 'length'],
    ['too long', '1101051949123100211', 'length'],
    ['a letter O for a zero', '1101O519491231002X', 'characters'],
    ['hyphens', '110105-9491231002X', 'characters'],
    ['an X in the middle', '1101051949123100X2', 'characters'],
    ['an unknown province', numberOf('99010519491231002'), 'region'],
    ['the 30th of February', numberOf('45032819780230241'), 'birth-date'],
    ['a leap day in 1900', numberOf('45032819000229241'), 'birth-date'],
    ['born in 1880', '440524188001010014', 'birth-date'],
    ['born tomorrow', numberOf('45032820180302001'), 'born-later'],
    ['a wrong check character', '110105194912310021', 'check-character'],
  ])('%s', (_, text, fault) => {
    const reading = readIdNumber(text, today);
    expect(reading).toMatchObject({ ok: false, fault });
    expect(!reading.ok && reading.reason).toMatch(/\p{Script=Han}/u);
    // A reason goes into logs and screens, so it never repeats what was typed.
    if (text.length > 3) expect(JSON.stringify(reading)).not.toContain(text);
  });
});

describe('laws', () => {
  const born = fc
    .integer({ min: 0, max: 36_000 })
    .map((days) => addDays('1910-01-01' as BusinessDate, days));
  const valid = fc
    .tuple(born, fc.integer({ min: 1, max: 999 }))
    .map(([day, order]) =>
      numberOf(`450328${day.replaceAll('-', '')}${String(order).padStart(3, '0')}`),
    );

  test('every number made by the rule is read back, with its birth date', () => {
    fc.assert(
      fc.property(valid, (text) => {
        const reading = readIdNumber(text, today);
        expect(reading).toMatchObject({ ok: true, idNumber: text });
        const birth = reading.ok ? reading.birthDate.replaceAll('-', '') : '';
        expect(text.slice(6, 14)).toBe(birth);
      }),
    );
  });

  test('one wrong digit or two neighbours exchanged never pass', () => {
    const place = fc.integer({ min: 0, max: 16 });
    fc.assert(
      fc.property(valid, place, fc.integer({ min: 1, max: 9 }), (text, at, step) => {
        const digit = String((Number(text[at]) + step) % 10);
        const wrong = text.slice(0, at) + digit + text.slice(at + 1);
        expect(readIdNumber(wrong, today).ok).toBe(false);
        const [one, two] = [text[at] as string, text[at + 1] as string];
        fc.pre(one !== two && two !== 'X');
        const swapped = text.slice(0, at) + two + one + text.slice(at + 2);
        expect(readIdNumber(swapped, today).ok).toBe(false);
      }),
    );
  });

  test('any text at all gets an answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(typeof readIdNumber(text, today).ok).toBe('boolean');
      }),
    );
  });
});

function numberOf(seventeen: string): string {
  return seventeen + checkCharacter(seventeen);
}

/** The half-width character in its full-width form. */
function wide(char: string): string {
  return String.fromCodePoint((char.codePointAt(0) as number) + 0xfee0);
}

/** Fifteen digits whose day is moved until `…00` ends in the wanted check character. */
function firstWithCheck(fifteen: string, check: string): string {
  for (let step = 0; step < 100; step += 1) {
    const year = String(1900 + step);
    const seventeen = `${fifteen.slice(0, 6)}${year}${fifteen.slice(10)}00`;
    if (checkCharacter(seventeen) === check) return seventeen;
  }
  throw new Error('no such number');
}

function withWrongCheck(fifteen: string, end: string): string {
  const text = fifteen + end;
  if (checkCharacter(text.slice(0, 17)) === text[17]) throw new Error('the check character fits');
  return text;
}
