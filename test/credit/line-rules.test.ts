/** 授信额度管理规则: what a row must say, and what its effects do to a line. */
import fc from 'fast-check';
import file from '../../reference/policy/credit.line-rules.json';
import { LINE_STATES } from '../../src/credit/credit-line.entity';
import {
  changeBy,
  type LineRules,
  lineRulesParameter,
  loweredTotal,
  TRIGGER_EFFECTS,
} from '../../src/credit/line-rules';
import { fen } from '../../src/platform/money';
import { ppm } from '../../src/platform/rate';

const rules = file.rows[0]?.value as LineRules;
const fault = (changes: object) =>
  lineRulesParameter.schema.validate({ ...rules, ...changes }).error?.message ?? null;

describe('The rules of lines', () => {
  test('the row of the reference data is one', () => {
    expect(fault({})).toBeNull();
  });

  test('LOWER says to how much, and nothing else does', () => {
    const lower = { effect: 'LOWER', lowerToPpm: 500_000 };
    expect(fault({ useCheckFailed: lower })).toBeNull();
    expect(fault({ useCheckFailed: { effect: 'LOWER' } })).toContain('调减');
    expect(fault({ useCheckFailed: { effect: 'FREEZE', lowerToPpm: 0 } })).toContain('调减');
    expect(fault({ overdue: { ...lower, daysOver: 30 } })).toBeNull();
    expect(fault({ overdue: { effect: 'LOWER', daysOver: 30 } })).toContain('调减');
  });
});

describe('An effect on a line', () => {
  test('LOWER leaves its share of the line of the rating, half a fen up, and never raises', () => {
    expect(loweredTotal(fen(4_000_000), fen(4_000_000), ppm(500_000))).toBe(2_000_000);
    expect(loweredTotal(fen(3), fen(3), ppm(500_000))).toBe(2);
    expect(loweredTotal(fen(4_000_000), fen(1_000_000), ppm(500_000))).toBe(1_000_000);
  });

  test('what was done once has nothing left to do', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 }).map(fen);
    const share = fc.integer({ min: 0, max: 1_000_000 }).map(ppm);
    fc.assert(
      fc.property(
        fc.constantFrom(...TRIGGER_EFFECTS),
        share,
        fc.constantFrom(...LINE_STATES),
        amount,
        amount,
        (effect, lowerToPpm, state, totalFen, ratingLineFen) => {
          const rule = { effect, ...(effect === 'LOWER' ? { lowerToPpm } : {}) };
          const change = changeBy(rule, { state, totalFen, ratingLineFen });
          if (state === 'cancelled' || state === 'expired') expect(change).toBeNull();
          if (!change) return;
          const after = {
            state: effect === 'FREEZE' ? ('frozen' as const) : state,
            totalFen: change.totalFen ?? totalFen,
            ratingLineFen,
          };
          expect(after.totalFen).toBeLessThanOrEqual(totalFen);
          if (effect !== 'CANCEL') expect(changeBy(rule, after)).toBeNull();
        },
      ),
    );
  });
});
