/** How far a loan may be extended: every product, length and date of the shipped rows. */
import file from '../../reference/policy/loans.extension.json';
import {
  type ExtensionReason,
  type ExtensionRules,
  extensionRules,
  reachOf,
} from '../../src/loans/extension-rules';
import { addMonths, type BusinessDate, businessDate } from '../../src/platform/dates';

const rules = (id: string): ExtensionRules => {
  const row = file.rows.find((one) => one.id === id);
  return extensionRules.schema.validate(row?.value).value as ExtensionRules;
};
const NATIONAL = rules('extension-national');
const EPIDEMIC = rules('extension-epidemic-2020');

const reach = (
  of: ExtensionRules,
  {
    term = 12,
    maturesOn = '2019-06-15',
    reason = 'hardship' as ExtensionReason,
    productCode = 'FPXD',
    before = [] as { reasonCode: ExtensionReason; maturesOn: string }[],
  } = {},
) => {
  const found = reachOf(
    of,
    {
      ...{ productCode, termMonths: term, maturesOn: businessDate(maturesOn) },
      before: before.map((one) => ({ ...one, maturesOn: businessDate(one.maturesOn) })),
    },
    reason,
  );
  return 'latest' in found ? found.latest : found.refused;
};

describe('The reach of an extension', () => {
  test.each([
    [1, '2019-07-15'],
    [6, '2019-12-15'],
    [12, '2020-06-15'],
    // Half of the term from here on; half a month is not given.
    [13, '2019-12-15'],
    [24, '2020-06-15'],
    [25, '2020-06-15'],
    [36, '2020-12-15'],
    [60, '2021-12-15'],
    [61, '2022-06-15'],
    [120, '2022-06-15'],
  ])('of a loan of %i months that matures on 2019-06-15 is %s', (term, latest) => {
    expect(reach(NATIONAL, { term })).toBe(latest);
  });

  test.each([
    ['2020-02-29', 12, '2021-02-28'],
    ['2019-02-28', 12, '2020-02-28'],
    ['2019-08-31', 6, '2020-02-29'],
    ['2019-12-31', 2, '2020-02-29'],
  ])('from %s by %i months is clipped to %s', (maturesOn, term, latest) => {
    expect(reach(NATIONAL, { maturesOn, term })).toBe(latest);
  });

  test('is used up by one, and a product without a rule has none', () => {
    const before = [{ reasonCode: 'illness' as const, maturesOn: '2019-06-15' }];
    expect(reach(NATIONAL, { before, maturesOn: '2019-09-15' })).toBe('times');
    expect(reach(NATIONAL, { productCode: 'XXXX' })).toBe('no-product');
  });

  test('of several short ones is that of one long one', () => {
    const [first] = NATIONAL.products;
    const twice = { ...NATIONAL, products: [{ ...first!, timesMax: 2 }] };
    const before = [{ reasonCode: 'illness' as const, maturesOn: '2019-06-15' }];
    expect(reach(twice, { before, maturesOn: '2019-09-15' })).toBe('2020-06-15');
  });

  test.each([
    // Six months, or the end of March 2021, whichever is later.
    ['2020-01-01', '2021-03-31'],
    ['2020-09-30', '2021-03-31'],
    ['2020-10-01', '2021-04-01'],
    ['2021-03-31', '2021-09-30'],
    ['2020-08-31', '2021-03-31'],
  ])('for the epidemic of a loan that matures on %s is %s', (maturesOn, latest) => {
    expect(reach(EPIDEMIC, { maturesOn, reason: 'epidemic' })).toBe(latest);
  });

  test('for the epidemic begins with loans due in 2020, and only while the rule holds', () => {
    const reason = 'epidemic';
    expect(reach(EPIDEMIC, { reason, maturesOn: '2019-12-31' })).toBe('matures-too-early');
    expect(reach(NATIONAL, { reason, maturesOn: '2020-01-01' })).toBe('no-epidemic');
    expect(reach(rules('extension-national-2021'), { reason, maturesOn: '2021-05-01' })).toBe(
      'no-epidemic',
    );
  });

  test('for the epidemic and for other reasons are counted apart', () => {
    const epidemic = { reasonCode: 'epidemic' as const, maturesOn: '2020-05-01' };
    const other = { reasonCode: 'market' as const, maturesOn: '2020-05-01' };
    const moved = { maturesOn: '2020-11-01', term: 6 };
    expect(reach(EPIDEMIC, { ...moved, before: [epidemic] })).toBe('2021-05-01');
    expect(reach(EPIDEMIC, { ...moved, before: [other], reason: 'epidemic' })).toBe('2021-05-01');
    // The second one for the epidemic is measured from the maturity before the first.
    expect(reach(EPIDEMIC, { ...moved, before: [epidemic], reason: 'epidemic' })).toBe(
      '2021-03-31',
    );
    expect(reach(EPIDEMIC, { ...moved, before: [epidemic, epidemic], reason: 'epidemic' })).toBe(
      'times',
    );
  });

  test('of every term is at most the term, and beyond a year at most half of it', () => {
    const maturesOn = businessDate('2019-06-15');
    for (let term = 1; term <= 60; term += 1) {
      const latest = reach(NATIONAL, { term }) as BusinessDate;
      const most = term > 12 ? Math.floor(term / 2) : term;
      expect(latest <= addMonths(maturesOn, most)).toBe(true);
    }
  });

  test('of a row that cannot be followed is refused', () => {
    const wrong = { ...EPIDEMIC, epidemic: { ...EPIDEMIC.epidemic, gradeKept: false } };
    expect(extensionRules.schema.validate(wrong).error?.message).toContain('gradeKept');
    const unreal = { ...EPIDEMIC, epidemic: { ...EPIDEMIC.epidemic, untilOn: '2021-02-30' } };
    expect(extensionRules.schema.validate(unreal).error).toBeDefined();
  });
});
