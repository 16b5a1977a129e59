/** The trial calculator of schedules at the counter. */
import { allRoutes } from '../../src/app';
import { Problem } from '../../src/platform/problems';
import { trialQuery } from '../../src/schedules/schedules.queries';
import { type County, openCounty } from '../support/county';
import { describeEachDatabase } from '../support/databases';

describeEachDatabase('The trial of a schedule', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openCounty(open);
  });
  afterAll(() => county.close());

  const asked = { principal: '50000', rate: '4.75', startDate: '2018-06-21', months: '12' };
  const officer = () => county.actor({ permissions: ['loans.read'] });
  const ask = (more: Record<string, unknown> = {}) =>
    county.ask(officer(), trialQuery, { ...asked, ...more });
  /** Code and fields of the refusal. */
  const refused = async (more: Record<string, unknown>) => {
    try {
      await ask(more);
    } catch (error) {
      if (error instanceof Problem)
        return [error.code, error.info.fields?.map(({ field }) => field)];
      throw error;
    }
    throw new Error('The trial was expected to be refused');
  };

  test('is reached over HTTP by those who may read loans', async () => {
    const route = allRoutes.find(({ path }) => path === '/schedules/trial');
    expect(route).toMatchObject({ method: 'get', query: trialQuery });
    const stranger = county.actor({ permissions: ['households.read'] });
    expect(await county.refusal(county.ask(stranger, trialQuery, asked))).toBe(
      'platform.not-permitted',
    );
  });

  test('without a method is interest each quarter and principal at maturity', async () => {
    expect(await ask()).toEqual({
      maturesOn: '2019-06-21',
      rows: [
        ['2018-06-21', '2018-09-20', '0.00', '606.94', '606.94', '50000.00'],
        ['2018-09-21', '2018-12-20', '0.00', '600.35', '600.35', '50000.00'],
        ['2018-12-21', '2019-03-20', '0.00', '593.75', '593.75', '50000.00'],
        ['2019-03-21', '2019-06-20', '0.00', '606.94', '606.94', '50000.00'],
        ['2019-06-21', '2019-06-21', '50000.00', '0.00', '50000.00', '0.00'],
      ].map(([from, date, principal, interest, total, balance], index) => ({
        ...{ period: index + 1, from, date, principal, interest, total, balance },
      })),
      totals: { principal: '50000.00', interest: '2407.98', total: '52407.98' },
      flat: { interest: '2407.98', dearerBy: '0.00' },
    });
  });

  test('of level instalments tells how much dearer flat interest would be', async () => {
    const { rows, totals, flat } = await ask({
      ...{ method: 'equalInstallments', dayCount: '30/360', startDate: '2021-01-15' },
    });
    expect(rows).toHaveLength(12);
    expect(rows[0]).toMatchObject({ principal: '4076.73', interest: '197.92', total: '4274.65' });
    expect(totals.interest).toBe('1295.77');
    // 4.75 % of 50 000, each month rounded: 12 × 197.92.
    expect(flat).toEqual({ interest: '2375.04', dearerBy: '1079.27' });
  });

  test('ends a term that is no whole number of intervals with a broken period', async () => {
    const { maturesOn, rows } = await ask({
      method: 'equalPrincipal',
      unit: 'quarters',
      months: 8,
    });
    expect(maturesOn).toBe('2019-02-21');
    expect(rows.map(({ date }) => date)).toEqual(['2018-09-21', '2018-12-21', '2019-02-21']);
  });

  test('begins with a broken period where the first due date is agreed', async () => {
    const more = { method: 'interestOnlyBullet', firstDueDate: '2018-07-01', months: 2 };
    const { rows } = await ask(more);
    expect(rows.map(({ date, interest }) => [date, interest])).toEqual([
      ['2018-07-01', '65.97'],
      ['2018-08-01', '204.51'],
      ['2018-08-21', '131.94'],
    ]);
  });

  test('follows an own plan, a fixed amount, grace and whole units', async () => {
    const plan = await ask({ method: 'custom', months: 2, plan: '20000,30000.00' });
    expect(plan.rows.map(({ principal }) => principal)).toEqual(['20000.00', '30000.00']);
    const fixed = await ask({ method: 'fixedInstallment', months: 3, installment: '10000' });
    expect(fixed.rows.map(({ total }) => total).slice(0, 2)).toEqual(['10000.00', '10000.00']);
    const late = await ask({ method: 'equalPrincipal', months: 3, graceOnInterest: 1 });
    expect(late.rows[0]).toMatchObject({ interest: '0.00' });
    const whole = await ask({ method: 'equalInstallments', multiplesOf: 10 });
    expect(whole.rows[0]!.total).toBe('4270.00');
  });

  test.each([
    [{ months: 0 }, 'platform.invalid-input', 'months'],
    [{ method: 'balloon' }, 'platform.invalid-input', 'method'],
    [{ dayCount: 'ACT/252' }, 'platform.invalid-input', 'dayCount'],
    [{ principal: '0' }, 'schedules.terms-invalid', 'principal'],
    [{ method: 'fixedInstallment' }, 'schedules.terms-invalid', 'installment'],
    [{ method: 'custom' }, 'schedules.terms-invalid', 'plan'],
    [{ method: 'custom', plan: '20000,30000' }, 'schedules.terms-invalid', 'plan'],
    [{ method: 'custom', months: 2, plan: '1,2' }, 'schedules.terms-invalid', 'plan'],
    [
      { graceOnPrincipal: 12, method: 'equalPrincipal' },
      'schedules.terms-invalid',
      'graceOnPrincipal',
    ],
    [
      { firstDueDate: '2018-06-21', method: 'equalPrincipal' },
      'schedules.terms-invalid',
      'firstDueDate',
    ],
    [{ startDate: '2199-06-21' }, 'schedules.terms-invalid', 'months'],
    [{ months: 600, unit: 'days', method: 'equalPrincipal' }, 'schedules.terms-invalid', 'months'],
    [
      { method: 'fixedInstallment', installment: '100', months: 600 },
      'schedules.not-offered',
      'installment',
    ],
  ])('refuses %j', async (more, code, field) => {
    expect(await refused(more)).toEqual([code, [field]]);
  });
});
