/** When a quarter may be proposed, and the digest that binds it. */
import { businessDate } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import { Problem } from '../../src/platform/problems';
import { addToDigest, closedPeriod, openDigest } from '../../src/subsidies/quarter';

const claim = {
  loanId: 'A',
  bankId: 'B',
  householdId: 'H',
  interestFen: fen(60_694),
  subsidisedFen: fen(60_694),
  excludedFen: fen(0),
  parts: [],
};

describe('A quarter', () => {
  test('is over on the day after its settlement day', () => {
    expect(closedPeriod('2018Q3', businessDate('2018-09-21'))).toMatchObject({
      from: '2018-06-21',
      to: '2018-09-20',
    });
    const early = () => closedPeriod('2018Q3', businessDate('2018-09-20'));
    expect(early).toThrow(Problem);
    expect(early).toThrow(/最早 2018-09-21/);
  });

  test('has another digest for another amount, order, quarter or county', () => {
    const open = openDigest('450328000000', '2018Q3');
    const one = addToDigest(open, claim);
    const two = addToDigest(one, { ...claim, loanId: 'C' });
    const digests = new Set([
      open,
      one,
      two,
      addToDigest(addToDigest(open, { ...claim, loanId: 'C' }), claim),
      addToDigest(open, { ...claim, subsidisedFen: fen(60_693), excludedFen: fen(1) }),
      addToDigest(openDigest('450328000000', '2018Q4'), claim),
      addToDigest(openDigest('450226000000', '2018Q3'), claim),
    ]);
    expect(digests.size).toBe(7);
    expect(addToDigest(open, { ...claim })).toBe(one);
  });
});
