/** What screens show of the fund: its money, who signed when and what is missing, what is to come back. */

import { fundOf } from '../../src/riskfund';
import { listClaims, listRecoveries, showClaim } from '../../src/riskfund/claim.queries';
import { listMovements, showFund } from '../../src/riskfund/fund.queries';
import { OTHER_BANK } from '../subsidies/lending';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  CLAIM_DAY,
  COUNTY,
  claimant,
  claimed,
  company,
  fill,
  openFund,
  paidClaim,
  repaid,
  signer,
  signs,
} from './distress';

describeEachDatabase('The fund on screens', (open) => {
  let county: County;
  let waiting: Awaited<ReturnType<typeof claimed>>;
  let paid: Awaited<ReturnType<typeof paidClaim>>;

  beforeAll(async () => {
    county = await openFund(open);
    await fill(county, '1000000');
    paid = await paidClaim(county);
    waiting = await claimed(county, { bankId: OTHER_BANK });
    await signs(county, waiting.claim, 'finance-bureau');
    await repaid(county, paid.loan, '25000.00', CLAIM_DAY);
  }, 60_000);

  test('its money and its leverage on the balance', async () => {
    expect(await county.ask(company(county), showFund, { county: COUNTY })).toMatchObject({
      ...{ balance: '957593.34', reserved: '42406.66', available: '915186.68' },
      ...{ loans: '78308.49', leverage: '0.08', leverageMax: 10, overLeverage: false },
      ...{ termsRowId: 'riskfund-longsheng', provisional: true },
    });
    const face = await fundOf(county.platform.db.reader(), '450328100200');
    expect(face).toMatchObject({ regionCode: COUNTY, availableFen: 91_518_668 });
    const { items } = await county.ask(company(county), listMovements, { county: COUNTY });
    expect(items.map(({ kind }) => kind)).toEqual([
      ...['reserve', 'compensation', 'reserve', 'contribution'],
    ]);
    const permissions = ['riskfund.read'];
    const stranger = county.actor({ permissions, region: '450226000000' });
    const asked = county.ask(stranger, showFund, { county: COUNTY });
    expect(await county.refusal(asked)).toBe('riskfund.fund-absent');
  });

  test('a claim: who signed when, what is missing, what came back', async () => {
    const reader = signer(county, 'poverty-office');
    const told = await county.ask(reader, showClaim, { claimId: waiting.claim.id });
    expect(told).toMatchObject({
      ...{ state: 'submitted', missingSeats: ['poverty-office', 'platform-company'] },
      signatures: [
        {
          seat: 'finance-bureau',
          seatName: '财政局',
          signedByName: '测试人员',
          signedOn: CLAIM_DAY,
        },
      ],
    });
    const done = await county.ask(reader, showClaim, { claimId: paid.claim.id });
    expect(done).toMatchObject({
      ...{ state: 'paid', missingSeats: [], recovered: '24699.83', dueBack: '19759.86' },
      returned: '0.00',
    });
  });

  test('a bank sees its own claims and recoveries, another county none', async () => {
    const bank = claimant(county);
    const own = await county.ask(bank, listClaims);
    expect(own.items.map(({ id }) => id)).toEqual([paid.claim.id]);
    const hidden = county.ask(bank, showClaim, { claimId: waiting.claim.id });
    expect(await county.refusal(hidden)).toBe('riskfund.claim-absent');
    const all = await county.ask(company(county), listClaims, { size: 1 });
    const rest = await county.ask(company(county), listClaims, { after: all.next });
    expect([...all.items, ...rest.items]).toHaveLength(2);
    const open = await county.ask(company(county), listClaims, { state: 'submitted' });
    expect(open.items.map(({ id }) => id)).toEqual([waiting.claim.id]);
    expect((await county.ask(bank, listRecoveries, { open: true })).items).toHaveLength(1);
    const other = claimant(county, OTHER_BANK);
    expect((await county.ask(other, listRecoveries)).items).toEqual([]);
    const permissions = ['riskfund.read'];
    const stranger = county.actor({ permissions, region: '450226000000' });
    expect((await county.ask(stranger, listClaims)).items).toEqual([]);
    const nobody = county.actor({ permissions: [] });
    const refused = county.ask(nobody, listClaims);
    expect(await county.refusal(refused)).toBe('platform.not-permitted');
  });

  test('a recovery is late after its day', async () => {
    county.clock.set('2019-09-21');
    const { items } = await county.ask(company(county), listRecoveries, { open: true });
    expect(items).toMatchObject([{ dueOn: '2019-09-20', late: true }]);
    county.clock.set(CLAIM_DAY);
  });
});
