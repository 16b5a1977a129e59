/** When the fund may be asked, what binds a signature, and who is still to sign. */

import { readFileSync } from 'node:fs';
import { businessDate } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import { Problem } from '../../src/platform/problems';
import { ppm } from '../../src/platform/rate';
import { fromRoot } from '../../src/platform/root';
import {
  checkAmount,
  checkClaimable,
  claimDigest,
  missingSeats,
  seatNames,
  seatOf,
} from '../../src/riskfund/claim';
import { type FundTerms, fundTerms, SEATS } from '../../src/riskfund/terms';

const file = JSON.parse(
  readFileSync(fromRoot('reference', 'policy', 'riskfund.terms.json'), 'utf8'),
) as { rows: { id: string; value: FundTerms }[] };
const terms = file.rows.find(({ id }) => id === 'riskfund-longsheng')!.value;

const grounds = { daysOverdue: 91, compensatedOn: null, counted: 3, useChecked: true };

function refusal(changes: Partial<Parameters<typeof checkClaimable>[0]>): string {
  try {
    checkClaimable({ ...grounds, ...changes }, terms);
  } catch (error) {
    if (error instanceof Problem) return `${error.code} ${error.info.detail ?? ''}`.trim();
    throw error;
  }
  return 'allowed';
}

describe('A claim', () => {
  test('may be made from the 91st day with three records and a checked use', () => {
    expect(refusal({})).toBe('allowed');
    expect(refusal({ daysOverdue: 90 })).toBe(
      'riskfund.not-overdue-enough 逾期 90 天，须超过 90 天',
    );
    expect(refusal({ counted: 2 })).toBe(
      'riskfund.too-few-records 有效催收记录 2 份，须不少于 3 份',
    );
    expect(refusal({ useChecked: false })).toBe('riskfund.use-not-checked');
    expect(refusal({ compensatedOn: businessDate('2021-09-21') })).toMatch(
      /^riskfund.already-compensated/,
    );
  });

  test('of nothing is none', () => {
    expect(() => checkAmount(fen(0))).toThrow(Problem);
    expect(() => checkAmount(fen(1))).not.toThrow();
  });

  test('has another digest when anything of it is another', () => {
    const claim = {
      ...{ id: 'C', loanId: 'L', householdId: 'H', regionCode: '450328100200', bankId: 'B' },
      ...{ principalFen: fen(5_000_000), interestFen: fen(59_375) },
      ...{ coveredPrincipalFen: fen(5_000_000), coveredInterestFen: fen(59_375) },
      ...{ sharePpm: ppm(800_000), amountFen: fen(4_047_500), overdueDays: 91 },
      ...{ cutOffOn: businessDate('2021-09-20'), termsRowId: 'row', claimedBy: 'X' },
    };
    const changes: object[] = [
      { amountFen: fen(4_047_501) },
      { loanId: 'M' },
      { claimedBy: 'Y' },
      { termsRowId: 'other' },
      { overdueDays: 92 },
    ];
    const digests = changes.map((change) => claimDigest({ ...claim, ...change }));
    expect(new Set([claimDigest(claim), ...digests]).size).toBe(6);
    expect(claimDigest({ ...claim })).toBe(claimDigest(claim));
  });

  test('waits for the seats that have not signed', () => {
    const missing = missingSeats(SEATS, [{ seat: 'finance-bureau' }]);
    expect(missing).toEqual(['poverty-office', 'platform-company']);
    expect(seatNames(missing)).toBe('扶贫办、平台公司');
    expect([seatOf('finance-bureau'), seatOf('bank'), seatOf(undefined)]).toEqual([
      'finance-bureau',
      null,
      null,
    ]);
  });
});

describe('The terms', () => {
  test('on file are of the declared shape, and shares that do not sum to the whole are refused', () => {
    for (const { value } of file.rows) {
      expect(fundTerms.schema.validate(value, { convert: false }).error).toBeUndefined();
    }
    const frame = {
      region: '450328000000',
      effectiveFrom: businessDate('2016-01-01'),
      effectiveTo: null,
    };
    expect(fundTerms.fits?.(terms, frame)).toBeNull();
    expect(fundTerms.fits?.({ ...terms, bankSharePpm: 300_000 }, frame)).toMatch(/100%/);
  });
});
