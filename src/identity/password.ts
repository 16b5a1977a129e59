/**
 * Passwords: what a new one must be, how they are kept, and how one is tried. Laws: only an argon2id hash is
 * kept; trying a password costs the same whether or not the account exists; a password made by the system is
 * random, shown once, and must be changed.
 */
import { hash, verify } from '@node-rs/argon2';
import { type Random, randomToken, systemRandom } from '../platform/ids';
import { Joi, personal } from '../platform/shape';
import type { PasswordRules } from './security-rules';

/**
 * 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. The algorithm is the library's default,
 * argon2id; the table refuses any other.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A password as it is typed. Its limits are told by the rules; 256 only keeps the hashing cheap. */
export function passwordField(description: string): Joi.StringSchema {
  return personal(Joi.string().min(1).max(256).description(description));
}

/** One spelling of a password: the same key strokes give the same hash on every system. */
const spelled = (password: string) => password.normalize('NFC');

/** The kept form. */
export function hashPassword(password: string): Promise<string> {
  return hash(spelled(password), COST);
}

let nobody: Promise<string> | undefined;

/**
 * Tries a password. Without an account (`kept` null) the same work is done against a hash of nobody's password,
 * so that the time does not tell which logins exist.
 */
export async function tryPassword(kept: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomToken());
  const stranger = await nobody;
  const same = await verify(kept ?? stranger, spelled(password));
  return same && kept !== null;
}

const CLASSES: readonly RegExp[] = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];

/** How many of the classes capital, small, digit, other occur. */
function classesOf(password: string): number {
  return CLASSES.filter((one) => one.test(password)).length;
}

/** What is wrong with a new password, in Chinese; empty when it may be used. */
export function passwordFaults(password: string, login: string, rules: PasswordRules): string[] {
  const text = spelled(password);
  const length = [...text].length;
  const faults: string[] = [];
  if (length < rules.lengthMin) faults.push(`至少 ${rules.lengthMin} 个字符`);
  if (length > rules.lengthMax) faults.push(`不得超过 ${rules.lengthMax} 个字符`);
  if (classesOf(text) < rules.classesMin) {
    faults.push(`须含大写字母、小写字母、数字、其他字符中的至少 ${rules.classesMin} 类`);
  }
  if (rules.mustDifferFromLogin && text.toLowerCase().includes(login.toLowerCase())) {
    faults.push('不得包含登录名');
  }
  return faults;
}

/** Without 0 O 1 l I and the like, because a first password is copied by hand. */
const FIRST = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '-+='] as const;

/**
 * A first password of so many characters (16 at least: more than 90 bits), with all four classes.
 * @param random repeatable in tests only
 */
export function firstPassword(lengthMin: number, random: Random = systemRandom): string {
  const pick = (from: string) => from[Math.floor(random() * from.length)] ?? '';
  const length = Math.max(16, lengthMin);
  for (;;) {
    const password = Array.from({ length }, () => pick(FIRST.join(''))).join('');
    if (FIRST.every((one) => [...password].some((char) => one.includes(char)))) return password;
  }
}
