/** The arithmetic of the fund: what it bears, what comes back, how far it is stretched. */
import * as fc from 'fast-check';
import { addFen, type Fen, fen, minFen, parseYuan, yuan } from '../../src/platform/money';
import { type Ppm, ppm } from '../../src/platform/rate';
import { countyOf, coverOf, leverageOf, partsOfRecovery } from '../../src/riskfund/fund';

const share = ppm(800_000);
const ceilingFen = parseYuan('50000');
const loss = (principal: string, interest: string, sharePpm: Ppm = share) => ({
  ...{ principalFen: parseYuan(principal), interestFen: parseYuan(interest), ceilingFen, sharePpm },
  coversInterest: true,
});
const told = (...asked: Parameters<typeof loss>) => {
  const { coveredPrincipalFen, coveredInterestFen, amountFen } = coverOf(loss(...asked));
  return [coveredPrincipalFen, coveredInterestFen, amountFen].map(yuan);
};

describe('What the fund bears', () => {
  test('four fifths of principal and interest', () => {
    expect(told('50000', '593.75')).toEqual(['50000.00', '593.75', '40475.00']);
  });

  test('nothing above the ceiling, and no interest on it', () => {
    expect(told('100000', '881.67')).toEqual(['50000.00', '440.84', '40352.67']);
  });

  test('no interest where the terms leave it to the bank', () => {
    const asked = { ...loss('50000', '593.75'), coversInterest: false };
    expect(yuan(coverOf(asked).amountFen)).toBe('40000.00');
  });

  test('interest alone is covered when no principal is left', () => {
    expect(told('0', '100')).toEqual(['0.00', '100.00', '80.00']);
  });
});

describe('What comes back', () => {
  const paidFen = parseYuan('40475');
  const parts = (recovered: string, back: string) => {
    const { fundPartFen, bankPartFen } = partsOfRecovery({
      ...{ recoveredFen: parseYuan(recovered), sharePpm: share, paidFen },
      backFen: parseYuan(back),
    });
    return [yuan(fundPartFen), yuan(bankPartFen)];
  };

  test('by the original shares', () => {
    expect(parts('25000', '0')).toEqual(['20000.00', '5000.00']);
  });

  test('never more than the fund paid', () => {
    expect(parts('50000', '20000')).toEqual(['20475.00', '29525.00']);
    expect(parts('100', '40475')).toEqual(['0.00', '100.00']);
  });

  test('the parts sum to each recovery, and all of them never exceed what was paid', () => {
    const amount = fc.integer({ min: 0, max: 20_000_000 }).map(fen);
    const shares = fc.integer({ min: 0, max: 1_000_000 }).map(ppm);
    void fc.assert(
      fc.property(amount, shares, fc.array(amount, { maxLength: 8 }), (paid, sharePpm, flow) => {
        let backFen = fen(0);
        for (const recoveredFen of flow) {
          const one = partsOfRecovery({ recoveredFen, sharePpm, paidFen: paid, backFen });
          expect(addFen(one.fundPartFen, one.bankPartFen)).toBe(recoveredFen);
          expect(minFen(one.fundPartFen, one.bankPartFen)).toBeGreaterThanOrEqual(0);
          backFen = addFen(backFen, one.fundPartFen);
        }
        expect(backFen).toBeLessThanOrEqual(paid);
      }),
    );
  });

  test('the fund never bears more than its share of what is covered', () => {
    const amount = fc.integer({ min: 0, max: 20_000_000 }).map(fen);
    const shares = fc.integer({ min: 0, max: 1_000_000 }).map(ppm);
    void fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        shares,
        (principalFen, interestFen, ceiling, sharePpm) => {
          const cover = coverOf({
            ...{ principalFen, interestFen, ceilingFen: ceiling, sharePpm, coversInterest: true },
          });
          const covered: Fen = addFen(cover.coveredPrincipalFen, cover.coveredInterestFen);
          expect(cover.coveredPrincipalFen).toBe(minFen(principalFen, ceiling));
          expect(cover.coveredInterestFen).toBeLessThanOrEqual(interestFen);
          expect(cover.amountFen).toBeLessThanOrEqual(covered);
        },
      ),
    );
  });
});

describe('Leverage', () => {
  test('of Longsheng in 2018 is 6.67 on the balance, and would be 10.10 on all that was ever lent', () => {
    const fund = parseYuan('15710000');
    expect(leverageOf(parseYuan('104827300'), fund)).toBe('6.67');
    expect(leverageOf(parseYuan('158747600'), fund)).toBe('10.10');
    expect(leverageOf(parseYuan('1'), fen(0))).toBeNull();
  });

  test('is that of the county in which a village lies', () => {
    expect(countyOf('450328100200')).toBe('450328000000');
  });
});
