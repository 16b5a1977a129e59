/** Numbers that people read out: of applications and certificates, by county and year. Pure. */
import { check } from '../platform/check';

/** The county of a place, as a 12-digit code. */
export function countyOf(region: string): string {
  return `${region.slice(0, 6)}000000`;
}

/** `SQ450328-2018-00001`. @param serial from 1. */
export function numberText(prefix: string, county: string, year: string, serial: number): string {
  check(serial >= 1, 'Serials begin with 1.');
  return `${prefix}${county.slice(0, 6)}-${year}-${String(serial).padStart(5, '0')}`;
}
