/**
 * The rules of sign-in and passwords as of a date, for a place (parameter `identity.security`). They are dated
 * policy; since the module `policy` stands in the same row, `src/app.ts` plugs the reading in. Without the plug
 * nobody can sign in, which is the safe side.
 * Sources: GB/T 22239-2019 8.1.4.1; the figures stand with their source in reference/policy/identity.security.json.
 */

import { check } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import type { Sql } from '../platform/db/database';
import { Joi } from '../platform/shape';

/** What a new password must be. Lengths in characters. */
export interface PasswordRules {
  lengthMin: number;
  lengthMax: number;
  /** How many of the four classes (capital, small, digit, other) must occur. */
  classesMin: number;
  /** The last so many passwords, the present one included, may not come back. */
  historyCount: number;
  /** After so many days a new password is asked for; null: never. */
  maxAgeDays: number | null;
  /** The password may not contain the login name. */
  mustDifferFromLogin: boolean;
  /** A password that somebody else knows (first, reset) must be changed before anything else. */
  changeAtFirstSignIn: boolean;
}

/** Rules of sign-in. */
export interface SecurityRules {
  /** A session unused for longer is dead. */
  idleMinutes: number;
  /** A session older than this is dead, however busy. */
  absoluteHours: number;
  /** So many failures within the window lock the login. */
  maxFailures: number;
  failureWindowMinutes: number;
  lockMinutes: number;
  password: PasswordRules;
}

const count = (min: number, max: number) => Joi.number().integer().min(min).max(max).required();

/** The shape of the parameter's value, for whoever declares the parameter. */
export const securityRulesSchema: Joi.ObjectSchema<SecurityRules> = Joi.object<SecurityRules>({
  idleMinutes: count(1, 1440),
  absoluteHours: count(1, 24),
  maxFailures: count(1, 100),
  failureWindowMinutes: count(1, 1440),
  lockMinutes: count(1, 1440),
  password: Joi.object<PasswordRules>({
    lengthMin: count(8, 64),
    lengthMax: count(64, 256),
    classesMin: count(1, 4),
    historyCount: count(0, 24),
    maxAgeDays: count(1, 3650).allow(null),
    mustDifferFromLogin: Joi.boolean().required(),
    changeAtFirstSignIn: Joi.boolean().required(),
  }).required(),
});

/** Reads the rules in force for a 12-digit region on a date. */
export type ReadSecurityRules = (
  sql: Sql,
  region: string,
  date: BusinessDate,
) => Promise<SecurityRules>;

let read: ReadSecurityRules | null = null;

/** Plugs the reading in; done once, by `src/app.ts` (and by tests). */
export function useSecurityRules(reader: ReadSecurityRules): void {
  read = reader;
}

/** The rules in force. @throws CheckFailed when nothing is plugged in. */
export function securityRules(
  sql: Sql,
  region: string,
  date: BusinessDate,
): Promise<SecurityRules> {
  check(read, 'The security rules are not plugged in: call useSecurityRules first.');
  return read(sql, region, date);
}
