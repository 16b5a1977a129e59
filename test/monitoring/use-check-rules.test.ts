/** By which day the next check is due, and which entry is late. */
import { readFileSync } from 'node:fs';
import type { Use } from '../../src/monitoring/use-check';
import {
  isEnteredLate,
  nextCheckOn,
  type UseCheckRules,
  useCheckRules,
} from '../../src/monitoring/use-check-rules';
import { businessDate } from '../../src/platform/dates';
import { fromRoot } from '../../src/platform/root';

const file = JSON.parse(
  readFileSync(fromRoot('reference', 'policy', 'monitoring.use-checks.json'), 'utf8'),
) as { rows: { value: UseCheckRules; provisional: boolean }[] };
const rules = file.rows[0]!.value;
const monthly: UseCheckRules = { ...rules, interval: { unit: 'MONTHS', count: 1 } };
const quarterly: UseCheckRules = { ...rules, interval: { unit: 'MONTHS', count: 3 } };
const day = businessDate;

describe('The day by which a check is due', () => {
  test.each([
    ['2018-01-01', '2018-01-31'],
    ['2018-01-30', '2018-03-01'],
    ['2018-01-31', '2018-03-02'],
    ['2020-01-31', '2020-03-01'],
    ['2018-12-15', '2019-01-14'],
  ])('paid out on %s: the first by %s', (disbursedOn, due) => {
    expect(nextCheckOn(rules, day(disbursedOn), null)).toBe(due);
  });

  const after: [string, UseCheckRules, string, string][] = [
    ['90 days', rules, '2018-01-31', '2018-05-01'],
    ['90 days', rules, '2019-11-30', '2020-02-28'],
    ['90 days', rules, '2020-12-01', '2021-03-01'],
    ['a month', monthly, '2018-01-31', '2018-02-28'],
    ['a month', monthly, '2020-01-31', '2020-02-29'],
    ['a month', monthly, '2018-02-28', '2018-03-28'],
    ['three months', quarterly, '2018-11-30', '2019-02-28'],
    ['three months', quarterly, '2018-05-31', '2018-08-31'],
  ];
  test.each(after)('%s after a visit', (_what, of, visitedOn, due) => {
    const last = { visitedOn: day(visitedOn), use: 'as-agreed' as Use };
    expect(nextCheckOn(of, day('2018-01-01'), last)).toBe(due);
  });

  test('a visit that could not tell is repeated in 15 days; every other finding is a finding', () => {
    const next = (use: Use) =>
      nextCheckOn(rules, day('2018-01-01'), { visitedOn: day('2018-02-20'), use });
    expect(next('cannot-tell')).toBe('2018-03-07');
    for (const use of ['as-agreed', 'diverted', 'lent-on', 'idle'] as const) {
      expect(next(use)).toBe('2018-05-21');
    }
  });

  test('an entry is late from the fourth day after the visit', () => {
    const late = (today: string) => isEnteredLate(rules, day('2018-02-26'), day(today));
    expect([late('2018-02-26'), late('2018-03-01'), late('2018-03-02')]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('The rules', () => {
  test('of the file are of their shape and marked provisional', () => {
    expect(useCheckRules.schema.validate(rules, { convert: false }).error).toBeUndefined();
    expect(file.rows.every(({ provisional }) => provisional)).toBe(true);
    expect(rules).toMatchObject({ firstWithinDays: 30, interval: { unit: 'DAYS', count: 90 } });
  });

  test.each([
    ['no first day', { firstWithinDays: 0 }],
    ['no role', { checkerRoles: [] }],
    ['an interval of weeks', { interval: { unit: 'WEEKS', count: 2 } }],
    ['half a day', { entryWithinDays: 0.5 }],
    ['a strange body', { responsibility: { required: true, holderKinds: ['inspection'] } }],
    ['a field too many', { colour: 'red' }],
  ])('with %s are refused', (_what, change) => {
    expect(useCheckRules.schema.validate({ ...rules, ...change }).error).toBeDefined();
  });
});
