/** Parameters: declared once, and the shape and fit of their values. */

import { businessDate } from '../../src/platform/dates';
import { Problem } from '../../src/platform/problems';
import { defineParameter } from '../../src/policy';
import { checkValue, parameterOf, readValue } from '../../src/policy/parameter';
import { COUNTY, GUANGXI, lengthRule } from './office';

const frame = { region: COUNTY, effectiveFrom: businessDate('2018-01-01'), effectiveTo: null };

function problemOf(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('expected a problem');
}

test('a parameter is declared once', () => {
  expect(() => defineParameter(lengthRule)).toThrow('toys.length is declared twice');
  expect(parameterOf('toys.length')).toBe(lengthRule);
  expect(problemOf(() => parameterOf('toys.none')).code).toBe('policy.parameter-unknown');
});

test('a value is checked field by field', () => {
  expect(checkValue(lengthRule, { lengthDays: 5 }, frame)).toEqual({ lengthDays: 5 });
  const problem = problemOf(() => checkValue(lengthRule, { lengthDays: '5', other: 1 }, frame));
  expect(problem.code).toBe('platform.invalid-input');
  expect(problem.info.fields?.map((field) => field.field)).toEqual([
    'value.lengthDays',
    'value.other',
  ]);
  expect(problemOf(() => checkValue(lengthRule, null, frame)).code).toBe('platform.invalid-input');
});

test('a value must go with its place and dates', () => {
  const problem = problemOf(() =>
    checkValue(lengthRule, { lengthDays: 31 }, { ...frame, region: GUANGXI }),
  );
  expect(problem.code).toBe('policy.does-not-fit');
  expect(problem.info.detail).toContain('不得超过 30 天');
});

test('a row in force that cannot be read is a defect, not an officer’s mistake', () => {
  expect(() => readValue(lengthRule, { lengthDays: 0 }, 'row-1', frame)).toThrow(
    'Policy row row-1 of toys.length cannot be read',
  );
});
