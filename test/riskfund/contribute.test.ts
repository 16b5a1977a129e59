/** Money into the fund: by those who may, each document once; the first opens the fund. */
import type { Actor } from '../../src/platform/authority';
import { contribute } from '../../src/riskfund';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  COUNTY,
  claimant,
  company,
  expectLawful,
  openFund,
  refusedUnchanged,
  TABLES,
} from './distress';

describeEachDatabase('Contributing to the fund', (open) => {
  let county: County;

  beforeAll(async () => {
    county = await openFund(open);
  }, 60_000);

  const form = {
    county: COUNTY,
    source: 'MUTUAL_AID',
    document: '龙扶发〔2016〕1号',
    amount: '5000',
  };
  const give = (changes: object = {}, by: Actor = company(county)) =>
    county.do(by, contribute, { ...form, ...changes });
  const refused = (changes: object, by?: Actor) =>
    refusedUnchanged(county, () => give(changes, by), TABLES);

  test('opens the fund and adds to it and to its book', async () => {
    expect(await give()).toMatchObject({ balance: '5000.00', reserved: '0.00' });
    const more = { source: 'CENTRAL', document: '桂财农〔2016〕2号', amount: '15705000' };
    expect(await give(more)).toMatchObject({ balance: '15710000.00', amount: '15705000.00' });
    await expectLawful(county);
  });

  test('many at the same moment all count', async () => {
    const documents = Array.from({ length: 12 }, (_, n) => `龙财农〔2019〕${n}号`);
    await Promise.all(documents.map((document) => give({ document, amount: '1.00' })));
    await expectLawful(county);
  });

  test('is refused a second time, for nothing, to others and elsewhere', async () => {
    expect(await refused({})).toBe('riskfund.document-used');
    expect(await refused({ document: 'A', amount: '0.00' })).toBe('riskfund.nothing-contributed');
    expect(await refused({ document: 'A', source: 'LOTTERY' })).toBe('platform.invalid-input');
    expect(await refused({ document: 'A' }, claimant(county))).toBe('platform.not-permitted');
    expect(await refused({ document: 'A', county: '450328100000' })).toBe(
      'identity.region-unknown',
    );
    const permissions = ['riskfund.contribute'];
    const stranger = county.actor({ permissions, region: '450226000000' });
    expect(await refused({ document: 'A' }, stranger)).toBe('platform.absent');
  });
});
