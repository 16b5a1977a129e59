/** Recording money for subsidies: by the finance bureau, each document once. */
import type { Actor } from '../../src/platform/authority';
import { appropriate } from '../../src/subsidies';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  COUNTY,
  expectLawful,
  openLending,
  refusedUnchanged,
  type Trio,
  trio,
  VILLAGE,
} from './lending';

describeEachDatabase('Recording an appropriation', (open) => {
  let county: County;
  let people: Trio;

  beforeAll(async () => {
    county = await openLending(open);
    people = trio(county);
  }, 60_000);

  const form = {
    county: COUNTY,
    source: 'PROVINCE',
    document: '桂财农〔2018〕3号',
    amount: '5000',
  };
  const record = (changes: object = {}, by: Actor = people.payer) =>
    county.do(by, appropriate, { ...form, ...changes });
  const refused = (changes: object, by?: Actor) =>
    refusedUnchanged(county, () => record(changes, by));

  test('adds to the account and to the book', async () => {
    expect(await record()).toMatchObject({ amount: '5000.00', source: 'PROVINCE' });
    await record({ source: 'COUNTY', document: '龙财农〔2018〕9号', amount: '0.50' });
    const account = await county.platform.db
      .reader()
      .one<{ balance_fen: number }>('SELECT balance_fen FROM subsidy_account');
    expect(account?.balance_fen).toBe(500_050);
    await expectLawful(county);
  });

  test('many at the same moment all count', async () => {
    const before = await county.snapshot('subsidy_account');
    const numbers = Array.from({ length: 12 }, (_, n) => `龙财农〔2019〕${n}号`);
    await Promise.all(numbers.map((document) => record({ document, amount: '1.00' })));
    expect(await county.snapshot('subsidy_account')).not.toBe(before);
    await expectLawful(county);
  });

  test('is refused a second time, for nothing, to others and for what is no county', async () => {
    expect(await refused({})).toBe('subsidies.document-used');
    expect(await refused({ document: 'A', amount: '0' })).toBe('subsidies.nothing-appropriated');
    expect(await refused({ document: 'A', source: 'BANK' })).toBe('platform.invalid-input');
    expect(await refused({ document: 'A' }, people.approver)).toBe('platform.not-permitted');
    expect(await refused({ document: 'A', county: VILLAGE })).toBe('identity.region-unknown');
    const stranger = county.actor({ permissions: ['subsidies.pay'], region: '450226000000' });
    expect(await refused({ document: 'A' }, stranger)).toBe('platform.absent');
  });
});
