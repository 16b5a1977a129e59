/**
 * Where a visit was, as a telephone says it: degrees as decimal text, kept as whole millionths of a degree (a tenth of a
 * metre), never as a float. Further digits are cut off. Pure.
 */
import { Joi } from '../platform/shape';

const DIGITS = 6;

/** Degrees north, −90 to 90, at most 10 decimals. */
export const latitudeField = () =>
  Joi.string()
    .pattern(/^-?(90(\.0{1,10})?|[1-8]?\d(\.\d{1,10})?)$/, '纬度，如 25.798412')
    .description('纬度(度)');

/** Degrees east, −180 to 180, at most 10 decimals. */
export const longitudeField = () =>
  Joi.string()
    .pattern(/^-?(180(\.0{1,10})?|(1[0-7]\d|[1-9]?\d)(\.\d{1,10})?)$/, '经度，如 110.011203')
    .description('经度(度)');

/** Millionths of a degree from text that has its form. */
export function millionths(text: string): number {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = Number(whole + fraction.slice(0, DIGITS).padEnd(DIGITS, '0'));
  return text.startsWith('-') && size > 0 ? -size : size;
}

/** Degrees as text with six decimals. */
export function degrees(value: number): string {
  const text = String(Math.abs(value)).padStart(DIGITS + 1, '0');
  return `${value < 0 ? '-' : ''}${text.slice(0, -DIGITS)}.${text.slice(-DIGITS)}`;
}
