/** 信用村、信用乡镇: every threshold at its edge, shares of nothing, and laws over any figures. */
import fc from 'fast-check';
import file from '../../reference/policy/credit.places.json';
import type { PlaceLoans } from '../../src/credit/place-evidence';
import {
  findingsOfPlace,
  outcomeOf,
  type PlaceFigures,
  type PlaceRules,
} from '../../src/credit/place-rules';
import { fen } from '../../src/platform/money';

const rules = file.rows[0]?.value as PlaceRules;

function loans(changes: Partial<Record<keyof PlaceLoans, number>> = {}): PlaceLoans {
  const { borrowers = 100, cleanBorrowers = 90, balanceFen = 1_000_000 } = changes;
  const badBalanceFen = fen(changes.badBalanceFen ?? 0);
  return { borrowers, cleanBorrowers, balanceFen: fen(balanceFen), badBalanceFen };
}

function figures(changes: Partial<PlaceFigures> = {}): PlaceFigures {
  return {
    level: 'village',
    members: { part: 70, whole: 100 },
    loans: loans(),
    loansBefore: loans(),
    ...changes,
  };
}

const outcomes = (changes: Partial<PlaceFigures>) =>
  Object.fromEntries(
    findingsOfPlace(rules, figures(changes)).map(({ code, outcome }) => [code, outcome]),
  );

describe('A credit village', () => {
  test.each<[string, Partial<PlaceFigures>, string, string]>([
    ['70 of 100 households', {}, 'CREDIT_HOUSEHOLDS', 'met'],
    ['69 of 100', { members: { part: 69, whole: 100 } }, 'CREDIT_HOUSEHOLDS', 'not-met'],
    [
      '699,999 of a million',
      { members: { part: 699_999, whole: 1_000_000 } },
      'CREDIT_HOUSEHOLDS',
      'not-met',
    ],
    ['no households', { members: { part: 0, whole: 0 } }, 'CREDIT_HOUSEHOLDS', 'unknown'],
    ['85 clean', { loans: loans({ cleanBorrowers: 85 }) }, 'CLEAN_BORROWERS', 'met'],
    ['84 clean', { loans: loans({ cleanBorrowers: 84 }) }, 'CLEAN_BORROWERS', 'not-met'],
    [
      'nobody borrows',
      { loans: loans({ borrowers: 0, cleanBorrowers: 0, balanceFen: 0 }) },
      'CLEAN_BORROWERS',
      'unknown',
    ],
    ['exactly 5 % bad', { loans: loans({ badBalanceFen: 50_000 }) }, 'BAD_BALANCE', 'not-met'],
    ['a fen below', { loans: loans({ badBalanceFen: 49_999 }) }, 'BAD_BALANCE', 'met'],
    ['a rise of 1 point', { loans: loans({ badBalanceFen: 10_000 }) }, 'BAD_INCREASE', 'not-met'],
    ['a fen below', { loans: loans({ badBalanceFen: 9_999 }) }, 'BAD_INCREASE', 'met'],
    [
      'a fall',
      { loans: loans({ badBalanceFen: 20_000 }), loansBefore: loans({ badBalanceFen: 40_000 }) },
      'BAD_INCREASE',
      'met',
    ],
    [
      'no loans the year before',
      { loans: loans({ badBalanceFen: 9_999 }), loansBefore: loans({ balanceFen: 0 }) },
      'BAD_INCREASE',
      'met',
    ],
    ['no balance now', { loans: loans({ balanceFen: 0 }) }, 'BAD_INCREASE', 'unknown'],
  ])('%s: %#', (_what, changes, code, expected) => {
    expect(outcomes(changes)[code]).toBe(expected);
  });

  test('all met is met; one not met decides; else one unknown is told and not passed', () => {
    const of = (changes: Partial<PlaceFigures>) =>
      outcomeOf(findingsOfPlace(rules, figures(changes)));
    const nobody = loans({ borrowers: 0, cleanBorrowers: 0, balanceFen: 0 });
    expect(of({})).toBe('met');
    expect(of({ loans: nobody })).toBe('unknown');
    expect(of({ loans: nobody, members: { part: 1, whole: 100 } })).toBe('not-met');
  });
});

describe('A credit township', () => {
  const township = (part: number, clean = 90) =>
    outcomes({
      level: 'township',
      members: { part, whole: 10 },
      loans: loans({ cleanBorrowers: clean }),
    });
  test('half of the villages and 90 % of the borrowers', () => {
    expect(township(5)).toMatchObject({ CREDIT_VILLAGES: 'met', CLEAN_BORROWERS: 'met' });
    expect(township(4, 89)).toMatchObject({
      CREDIT_VILLAGES: 'not-met',
      CLEAN_BORROWERS: 'not-met',
    });
  });
});

const count = fc.integer({ min: 0, max: 100_000 });
const anyLoans = fc.tuple(count, count, count, count).map(([a, b, c, d]) =>
  loans({
    borrowers: Math.max(a, b),
    cleanBorrowers: Math.min(a, b),
    balanceFen: Math.max(c, d),
    badBalanceFen: Math.min(c, d),
  }),
);

describe('Whatever the figures', () => {
  const any = fc.record({
    level: fc.constantFrom('village' as const, 'township' as const),
    members: fc.tuple(count, count).map(([a, b]) => ({
      part: Math.min(a, b),
      whole: Math.max(a, b),
    })),
    loans: anyLoans,
    loansBefore: anyLoans,
  });

  test('a place that does better is never judged worse', () => {
    const rank = { 'not-met': 0, unknown: 1, met: 2 };
    fc.assert(
      fc.property(any, (before) => {
        const { members, loans: now } = before;
        const better = {
          ...before,
          members: { ...members, part: members.whole },
          loans: { ...now, cleanBorrowers: now.borrowers, badBalanceFen: fen(0) },
        };
        const of = (one: PlaceFigures) => rank[outcomeOf(findingsOfPlace(rules, one))];
        expect(of(better)).toBeGreaterThanOrEqual(of(before));
      }),
    );
  });

  test('four thresholds are told, each with its figures', () => {
    fc.assert(
      fc.property(any, (one) => {
        const findings = findingsOfPlace(rules, one);
        expect(findings).toHaveLength(4);
        for (const { reason } of findings) expect(reason).not.toMatch(/null|NaN|undefined/);
      }),
    );
  });
});
