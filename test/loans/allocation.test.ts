/** What a repayment pays first. */
import fc from 'fast-check';
import { allocate, DUE_KINDS, type Dues, totalDue } from '../../src/loans/allocation';
import { addFen, fen } from '../../src/platform/money';

const due = (penalty: number, interest: number, principal: number): Dues => ({
  COST: fen(0),
  PENALTY: fen(penalty),
  INTEREST: fen(interest),
  PRINCIPAL: fen(principal),
});

describe('Allocation', () => {
  test('penalty, then interest, then principal', () => {
    const { paid, leftFen } = allocate(fen(150), DUE_KINDS, due(100, 30, 1000));
    expect(paid).toEqual(due(100, 30, 20));
    expect(leftFen).toBe(0);
  });

  test('an order that puts the principal first is followed', () => {
    const order = ['PRINCIPAL', 'INTEREST', 'PENALTY', 'COST'] as const;
    expect(allocate(fen(1010), order, due(100, 30, 1000)).paid).toEqual(due(0, 10, 1000));
  });

  test('what exceeds everything due is left over', () => {
    expect(allocate(fen(1200), DUE_KINDS, due(100, 30, 1000)).leftFen).toBe(70);
  });

  test('parts and rest sum to the amount, and a later one waits for the earlier', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 }).map(fen);
    const order = fc.shuffledSubarray([...DUE_KINDS], { minLength: 4 });
    const dues = fc.record({ COST: amount, PENALTY: amount, INTEREST: amount, PRINCIPAL: amount });
    fc.assert(
      fc.property(amount, order, dues, (paidIn, kinds, asked) => {
        const { paid, leftFen } = allocate(paidIn, kinds, asked);
        expect(addFen(totalDue(paid), leftFen)).toBe(paidIn);
        kinds.forEach((kind, index) => {
          expect(paid[kind]).toBeLessThanOrEqual(asked[kind]);
          if (paid[kind] < asked[kind]) {
            for (const later of kinds.slice(index + 1)) expect(paid[later]).toBe(0);
            expect(leftFen).toBe(0);
          }
        });
      }),
    );
  });
});
