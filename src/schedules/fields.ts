/** Reading one field of a case at a time: what is there is checked, what is absent is null, the field is named. */
import { type BusinessDate, isBusinessDate } from '../platform/dates';
import { type Amount, amount } from './exact';
import { malformed } from './schedule-error';

/** An object of a case with the path at which it stands. */
export interface Fields {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Takes an object. @throws ScheduleError */
export function fieldsOf(value: unknown, path: string): Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw malformed(path, '须为对象', 'must be an object');
  }
  return { path, values: value as Record<string, unknown> };
}

/** The path of a field; the case itself has none. */
export function at(fields: Fields, name: string): string {
  return fields.path === '' ? name : `${fields.path}.${name}`;
}

function valueAt(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields.values, name) ? fields.values[name] : undefined;
}

function given(fields: Fields, name: string): unknown {
  const value = valueAt(fields, name);
  return value === undefined || value === null || value === '' ? null : value;
}

const DECIMAL = /^-?\d{1,15}(\.\d{1,20})?$/;

/** A decimal, as JSON number or text; null when absent. */
export function decimal(fields: Fields, name: string): Amount | null {
  const value = given(fields, name);
  return value === null ? null : decimalOf(value, at(fields, name));
}

/** A decimal. @throws ScheduleError */
export function decimalOf(value: unknown, path: string): Amount {
  const text = typeof value === 'string' ? value.trim() : value;
  if (typeof text === 'number' && Number.isFinite(text)) return amount(text);
  if (typeof text === 'string' && DECIMAL.test(text)) return amount(text);
  throw malformed(path, '须为数字', 'must be a number');
}

/** A decimal that is not negative. */
export function positive(fields: Fields, name: string, least: 'zero' | 'above'): Amount | null {
  const value = decimal(fields, name);
  if (value === null) return null;
  if (value.isNegative() || (least === 'above' && value.isZero())) {
    const [chinese, english] =
      least === 'zero' ? ['不得为负', 'must not be negative'] : ['须大于零', 'must be above zero'];
    throw malformed(at(fields, name), chinese, english);
  }
  return value;
}

/** A whole number within bounds; null when absent. */
export function whole(fields: Fields, name: string, from: number, to: number): number | null {
  const value = decimal(fields, name);
  if (value === null) return null;
  if (!value.isInteger() || value.lt(from) || value.gt(to)) {
    throw malformed(
      at(fields, name),
      `须为 ${from} 到 ${to} 的整数`,
      `must be a whole number from ${from} to ${to}`,
    );
  }
  return value.toNumber();
}

/** A date YYYY-MM-DD; null when absent. */
export function date(fields: Fields, name: string): BusinessDate | null {
  const value = given(fields, name);
  return value === null ? null : dateOf(value, at(fields, name));
}

/** A date. @throws ScheduleError */
export function dateOf(value: unknown, path: string): BusinessDate {
  if (isBusinessDate(value)) return value;
  throw malformed(path, '须为真实存在的日期 YYYY-MM-DD', 'must be a real date YYYY-MM-DD');
}

/** Text, trimmed; null when absent. */
export function text(fields: Fields, name: string): string | null {
  const value = given(fields, name);
  if (value === null) return null;
  if (typeof value !== 'string') throw malformed(at(fields, name), '须为文字', 'must be text');
  return value.trim();
}

/** A list; null when absent. */
export function list<T>(
  fields: Fields,
  name: string,
  item: (value: unknown, path: string) => T,
): T[] | null {
  const value = given(fields, name);
  if (value === null) return null;
  if (!Array.isArray(value)) throw malformed(at(fields, name), '须为列表', 'must be a list');
  return value.map((entry, index) => item(entry, `${at(fields, name)}[${index}]`));
}

/** What must be there. @throws ScheduleError */
export function needed<T>(value: T | null, fields: Fields, name: string): T {
  if (value !== null) return value;
  throw malformed(at(fields, name), '缺少此项', 'is missing');
}

/** One of the known words (aliases lead to it); null when absent. */
export function word<T extends string>(
  fields: Fields,
  name: string,
  known: Readonly<Record<string, T>>,
): T | null {
  const value = text(fields, name);
  if (value === null) return null;
  const found = Object.entries(known).find(([key]) => key.toLowerCase() === value.toLowerCase());
  if (found) return found[1];
  const words = Object.keys(known).join('、');
  throw malformed(at(fields, name), `只能是：${words}`, `must be one of: ${words}`);
}
