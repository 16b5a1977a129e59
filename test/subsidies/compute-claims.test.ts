/** Computing claims page by page gives the same claims, sums and digest whatever the size of a page. */
import { businessDate, settlementPeriod } from '../../src/platform/dates';
import { fen } from '../../src/platform/money';
import { computeClaims, type RunTotals } from '../../src/subsidies/compute-claims';
import { openDigest } from '../../src/subsidies/quarter';
import type { SubsidyRun } from '../../src/subsidies/subsidy.entity';
import { SubsidyStore } from '../../src/subsidies/subsidy.store';
import { describeEachDatabase } from '../support/databases';
import { COUNTY, lendFor, openLending } from './lending';

const period = settlementPeriod('2017Q3');

/** Ends a transaction without keeping anything of it. */
class Enough extends Error {
  constructor(readonly totals: RunTotals) {
    super('enough');
  }
}

function openedRun(): SubsidyRun {
  return {
    ...{ regionCode: COUNTY, periodCode: period.code, fromOn: period.from, toOn: period.to },
    ...{ state: 'proposed', payee: 'TO_BANK', cycleRowId: 'cycle-national', claimCount: 0 },
    ...{ interestFen: fen(0), subsidisedFen: fen(0), excludedFen: fen(0) },
    contentDigest: openDigest(COUNTY, period.code),
    ...{ proposedBy: 'somebody', proposedOn: businessDate('2017-09-21') },
    proposedAt: 1_505_955_600_000 as SubsidyRun['proposedAt'],
    ...{ approvedBy: null, approvedOn: null, approvedAt: null },
    ...{ paidBy: null, paidOn: null, paidAt: null, voucher: null, version: 1 },
  };
}

describeEachDatabase('Computing the claims of a quarter', (open) => {
  test('by pages of 1, 2, 5, 6 and 500 loans', async () => {
    const county = await openLending(open);
    const loans = await lendFor(
      county,
      period.code,
      {},
      { principal: '80000' },
      { status: 'MARGINAL' },
      { termMonths: 1 },
      { principal: '30000', rate: '4.35' },
    );
    const compute = async (pageSize: number): Promise<RunTotals> => {
      const done = county.system(async (work) => {
        const store = new SubsidyStore(work);
        const run = openedRun();
        await store.open(run);
        throw new Enough(await computeClaims(work, store, run, period, pageSize));
      });
      const end: unknown = await done.catch((error: unknown) => error);
      if (end instanceof Enough) return end.totals;
      throw end;
    };
    const whole = await compute(500);
    expect(whole.loanIds).toEqual(loans.map(({ id }) => id).sort());
    expect(whole.claimCount).toBe(5);
    for (const pageSize of [1, 2, 5, 6]) expect(await compute(pageSize)).toEqual(whole);
    expect(await county.snapshot('subsidy_run', 'subsidy_claim')).toBe(
      'subsidy_run\n\n\nsubsidy_claim\n',
    );
  });
});
