/** What screens show of a quarter: everybody their own part of it, and every sum complete. */

import type { Loan } from '../../src/loans/loan.entity';
import { payQuarter } from '../../src/subsidies';
import { showAccount } from '../../src/subsidies/account.queries';
import { explainLoan, listClaims, subsidiesOf } from '../../src/subsidies/claim.queries';
import { listQuarters, showQuarter } from '../../src/subsidies/quarter.queries';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  BANK,
  banker,
  COUNTY,
  lendFor,
  money,
  OTHER_BANK,
  OTHER_VILLAGE,
  openLending,
  quarter,
  quarterTo,
  type Trio,
  trio,
} from './lending';

const Q = quarter('2017Q3');

describeEachDatabase('A quarter on screens', (open) => {
  let county: County;
  let people: Trio;
  let loans: Loan[];

  beforeAll(async () => {
    county = await openLending(open);
    people = trio(county);
    loans = await lendFor(
      county,
      '2017Q3',
      {},
      { status: 'MARGINAL' },
      { principal: '80000', bankId: OTHER_BANK, village: OTHER_VILLAGE },
    );
    const run = await quarterTo(county, people, '2017Q3', 'approved');
    await money(county, people, '5000');
    const paid = { ...Q, contentDigest: run.contentDigest, voucher: 'PZ-1' };
    await county.do(people.payer, payQuarter, paid);
  }, 60_000);

  test('the county sees all of it, complete by bank, township and reason', async () => {
    const board = await county.ask(people.proposer, showQuarter, Q);
    expect(board).toMatchObject({
      ...{ state: 'paid', claimCount: 3, interest: '2184.99', subsidised: '1213.88' },
      ...{ excluded: '971.11', covered: true, paidBy: people.payer.id },
      exclusions: [
        { reason: 'NOT_ON_LIST', reasonName: '放款日不在名单内', claimCount: 1, amount: '606.94' },
        { reason: 'OVER_CEILING', claimCount: 1, amount: '364.17' },
      ],
      townships: [
        { township: '450328100000', townshipName: '龙胜镇', claimCount: 2, interest: '1213.88' },
        { township: '450328103000', claimCount: 1, interest: '971.11' },
      ],
      banks: [
        { bankId: BANK, claimCount: 2, subsidised: '606.94' },
        { bankId: OTHER_BANK, claimCount: 1, subsidised: '606.94' },
      ],
    });
    expect(board.payments).toHaveLength(2);
    const { items } = await county.ask(people.proposer, listQuarters);
    expect(items).toMatchObject([{ ...Q, claimCount: 3 }]);
  });

  test('a township sees its own and a bank its own, and the sums are theirs', async () => {
    const permissions = ['subsidies.read'];
    const township = county.actor({ permissions, region: '450328103000' });
    expect(await county.ask(township, showQuarter, Q)).toMatchObject({
      ...{ claimCount: 1, interest: '971.11', excluded: '364.17', covered: true, payments: [] },
    });
    const bank = banker(county, permissions);
    const own = await county.ask(bank, showQuarter, Q);
    expect(own).toMatchObject({ claimCount: 2, interest: '1213.88', covered: true });
    expect(own.payments).toMatchObject([{ bankId: BANK, amount: '606.94' }]);
    const claims = await county.ask(bank, listClaims, Q);
    expect(claims.items.map(({ loanId }) => loanId)).toEqual([loans[0]!.id, loans[1]!.id].sort());
    const elsewhere = county.actor({ permissions, region: '450226000000' });
    expect(await county.refusal(county.ask(elsewhere, showQuarter, Q))).toBe(
      'subsidies.run-absent',
    );
    expect((await county.ask(elsewhere, listClaims, Q)).items).toEqual([]);
    const nobody = county.actor({ permissions: [] });
    expect(await county.refusal(county.ask(nobody, listClaims, Q))).toBe('platform.not-permitted');
  });

  test('claims come page by page', async () => {
    const first = await county.ask(people.proposer, listClaims, { ...Q, size: 2 });
    const rest = await county.ask(people.proposer, listClaims, { ...Q, after: first.next });
    expect([...first.items, ...rest.items].map(({ loanId }) => loanId)).toEqual(
      loans.map(({ id }) => id).sort(),
    );
    expect(rest.next).toBeNull();
  });

  test('one loan is explained: days, principal, rate, share, reason, policy row', async () => {
    const input = { loanId: loans[2]!.id, periodCode: '2017Q3' };
    const told = await county.ask(people.proposer, explainLoan, input);
    expect(told).toMatchObject({ subsidised: '606.94', paid: '606.94' });
    expect(told.items).toMatchObject([
      {
        ...{ periodCode: '2017Q3', interest: '971.11', subsidised: '606.94', excluded: '364.17' },
        parts: [
          {
            ...{ from: '2017-06-21', until: '2017-09-21', days: 92, principal: '50000.00' },
            ...{ rate: '4.75', share: '100.00', subsidised: true, reason: null },
            ...{ shareRowId: 'share-longsheng-2014', amount: '606.94' },
          },
          { principal: '30000.00', subsidised: false, reason: 'OVER_CEILING', amount: '364.17' },
        ],
      },
    ]);
    const stranger = banker(county, ['subsidies.read']);
    expect(await county.refusal(county.ask(stranger, explainLoan, input))).toBe(
      'subsidies.claim-absent',
    );
    const faces = await subsidiesOf(county.platform.db.reader(), loans[0]!.id);
    expect(faces).toMatchObject([{ periodCode: '2017Q3', state: 'paid', subsidisedFen: 60_694 }]);
  });

  test('the money shows what came and what is left', async () => {
    expect(await county.ask(people.payer, showAccount, { county: COUNTY })).toMatchObject({
      ...{ appropriated: '5000.00', balance: '3786.12' },
      appropriations: [{ source: 'COUNTY', amount: '5000.00' }],
    });
  });
});
