/** Who may answer for a loan, and when shares are the whole. */
import { beyondWhole, mayHold } from '../../src/monitoring/responsibility';
import type { Actor, OrganisationKind } from '../../src/platform/authority';

const loan = { bankId: 'bank', regionCode: '450328100200' };

function person(kind: OrganisationKind, region: string, rootId = 'bank'): Actor {
  return {
    ...{ id: 'p', name: '某', kind: 'person', roles: [], permissions: new Set(), region },
    ...{ organisation: { id: 'branch', rootId, kind }, mustChangePassword: false },
  };
}

describe('Responsibility', () => {
  test.each([
    [[1_000_000], 0],
    [[333_333, 333_333, 333_334], 0],
    [[999_999], -1],
    [[600_000, 400_001], 1],
  ])('shares of %j are beyond the whole by %d', (shares, beyond) => {
    expect(beyondWhole(shares.map((sharePpm) => ({ sharePpm })))).toBe(beyond);
  });

  const all = ['bank', 'township', 'village'] as const;
  const cases: [string, boolean, Actor, readonly (typeof all)[number][]][] = [
    ['a branch of the bank', true, person('bank', '450328000000'), ['bank']],
    ['another bank', false, person('bank', '450328000000', 'rival'), all],
    ['the township', true, person('township', '450328100000'), all],
    [
      'the township, where the bank alone answers',
      false,
      person('township', '450328100000'),
      ['bank'],
    ],
    ['another township', false, person('township', '450328103000'), all],
    ['the village', true, person('village', '450328100200'), ['village']],
    [
      'the bank, where the village alone answers',
      false,
      person('bank', '450328000000'),
      ['village'],
    ],
    ['the finance bureau', false, person('finance-bureau', '450328000000'), all],
    ['a program', false, { ...person('bank', '450328000000'), kind: 'machine' }, all],
    ['nobody’s man', false, { ...person('bank', '450328000000'), organisation: null }, all],
  ];
  test.each(cases)('%s: %s', (_who, may, actor, kinds) => {
    expect(mayHold(actor, loan, kinds)).toBe(may);
  });
});
