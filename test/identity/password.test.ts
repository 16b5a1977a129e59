/** Passwords: the rules as a table, first passwords, and the equal work for unknown accounts. */
import {
  firstPassword,
  hashPassword,
  passwordFaults,
  tryPassword,
} from '../../src/identity/password';
import { seededRandom } from '../../src/platform/ids';
import { fileRules } from './office';

const { password: rules } = fileRules();
const LONG = `Aa1${'x'.repeat(125)}`;

describe('A new password', () => {
  const cases: [what: string, password: string, faults: number][] = [
    ['of ten characters and three classes', 'Abcdefgh12', 0],
    ['of nine characters', 'Abcdefg12', 1],
    ['of two classes', 'abcdefgh12', 1],
    ['of capitals, small letters and signs', 'Abcdefghi-', 0],
    ['with Chinese characters as the third class', 'abcdefgh1龙', 0],
    ['of 128 characters', LONG, 0],
    ['of 129 characters', `${LONG}x`, 1],
    ['that holds the login', 'X9-wei.li-77', 1],
    ['that holds the login in capitals', 'x9-WEI.LI-77', 1],
    ['that is short and of one class', 'aaaa', 2],
    ['of ten characters in twenty units of UTF-16', `Aa1${'𠮷'.repeat(7)}`, 0],
  ];
  test.each(cases)('%s', (_what, password, faults) => {
    expect(passwordFaults(password, 'wei.li', rules)).toHaveLength(faults);
  });

  test('may hold the login where the rules allow it', () => {
    const lax = { ...rules, mustDifferFromLogin: false };
    expect(passwordFaults('X9-wei.li-77', 'wei.li', lax)).toEqual([]);
  });
});

describe('A first password', () => {
  test('keeps every rule, whatever the chance', () => {
    const random = seededRandom(450328);
    const made = Array.from({ length: 200 }, () => firstPassword(rules.lengthMin, random));
    expect(new Set(made).size).toBe(200);
    for (const password of made) {
      expect(passwordFaults(password, 'wei.li', rules)).toEqual([]);
      expect(password).toHaveLength(16);
      expect(password).not.toMatch(/[0O1lI]/);
    }
  });

  test('grows with the rules', () => {
    expect(firstPassword(20)).toHaveLength(20);
  });
});

describe('A kept password', () => {
  test('is argon2id with the cost of the standard, salted anew each time', async () => {
    const [one, two] = await Promise.all([hashPassword('Abcdefgh12'), hashPassword('Abcdefgh12')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await tryPassword(one, 'Abcdefgh12')).toBe(true);
    expect(await tryPassword(one, 'abcdefgh12')).toBe(false);
  });

  test('is the same however the key strokes are composed', async () => {
    const kept = await hashPassword('Caf\u00e9-12345');
    expect(await tryPassword(kept, 'Cafe\u0301-12345')).toBe(true);
  });

  test('of nobody is never right', async () => {
    expect(await tryPassword(null, 'Abcdefgh12')).toBe(false);
  });
});
