/** The overdue report: its figures, and the night that writes it. */
import fc from 'fast-check';
import { overdueReportStep } from '../../src/collections';
import { overdueReport } from '../../src/collections/collections.queries';
import { overdueFigures, overdueRate } from '../../src/collections/overdue-report';
import { fen } from '../../src/platform/money';
import {
  type Book,
  banker,
  lent,
  night,
  OTHER_VILLAGE,
  onDay,
  openBook,
  repaid,
  TOWNSHIP,
} from '../loans/book';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';

const bands = [
  { from: 1, to: 14 },
  { from: 15, to: 89 },
  { from: 90, to: null },
];

describe('Figures of the report', () => {
  test('the whole balance of an overdue loan counts, in the band of its days', () => {
    const groups = [
      { daysOverdue: 0, loans: 3, principalFen: fen(15_000_000) },
      { daysOverdue: 1, loans: 1, principalFen: fen(5_000_000) },
      { daysOverdue: 90, loans: 2, principalFen: fen(4_000_000) },
    ];
    expect(overdueFigures(groups, bands)).toEqual({
      loans: 6,
      balanceFen: 24_000_000,
      overdueLoans: 3,
      overduePrincipalFen: 9_000_000,
      overdueRatePpm: 375_000,
      bands: [
        { from: 1, to: 14, loans: 1, principalFen: 5_000_000 },
        { from: 15, to: 89, loans: 0, principalFen: 0 },
        { from: 90, to: null, loans: 2, principalFen: 4_000_000 },
      ],
    });
  });

  test('a rate is rounded half up, and nothing has none', () => {
    expect(overdueRate(fen(1), fen(3))).toBe(333_333);
    expect(overdueRate(fen(2), fen(3))).toBe(666_667);
    expect(overdueRate(fen(0), fen(0))).toBeNull();
  });

  test('bands sum to what is overdue', () => {
    const group = fc.record({
      daysOverdue: fc.nat(400),
      loans: fc.integer({ min: 1, max: 100 }),
      principalFen: fc.integer({ min: 1, max: 1_000_000_000 }).map(fen),
    });
    fc.assert(
      fc.property(fc.array(group, { maxLength: 30 }), (groups) => {
        const figures = overdueFigures(groups, bands);
        const sum = (of: 'loans' | 'principalFen') =>
          figures.bands.reduce((total, band) => total + band[of], 0);
        expect(sum('loans')).toBe(figures.overdueLoans);
        expect(sum('principalFen')).toBe(figures.overduePrincipalFen);
      }),
    );
  });
});

describeEachDatabase('The overdue report of a night', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
    await lent(book);
    await lent(book, { termMonths: 1, rate: '4.35' });
    const half = await lent(book, { termMonths: 1, rate: '4.35', village: OTHER_VILLAGE });
    onDay(book, '2018-07-15');
    await repaid(book, half, '20181.25');
    await night(book, '2018-07-30', overdueReportStep);
  });
  const report = (on: string, actor = banker(book, 'collections.read')) =>
    book.ask(actor, overdueReport, { on }) as Promise<{ rows: object[]; total: object }>;

  test('has a row for each township and bank, and a total', async () => {
    const { rows, total } = await report('2018-07-30');
    expect(rows).toEqual([
      expect.objectContaining({
        ...{ townshipCode: TOWNSHIP, townshipName: '龙胜镇', bankName: '龙胜农村商业银行' },
        ...{ loans: 2, balance: '100000.00', overdueLoans: 1, overduePrincipal: '50000.00' },
        overdueRate: '50.00',
      }),
      expect.objectContaining({
        ...{ loans: 1, balance: '30000.00', overdueLoans: 1, overdueRate: '100.00' },
      }),
    ]);
    expect((rows[0] as { bands: object[] }).bands.slice(0, 2)).toEqual([
      { from: 1, to: 14, loans: 0, principal: '0.00' },
      { from: 15, to: 29, loans: 1, principal: '50000.00' },
    ]);
    expect(total).toEqual({
      ...{ loans: 3, balance: '130000.00', overdueLoans: 2, overduePrincipal: '80000.00' },
      overdueRate: '61.5385',
    });
  });

  test('is written once: a repeat of the night changes nothing', async () => {
    const before = await book.snapshot('overdue_report');
    const again = await night(book, '2018-07-30', overdueReportStep);
    expect(again.steps[0]).toMatchObject({ state: 'done', done: 0 });
    expect(await book.snapshot('overdue_report')).toBe(before);
  });

  test('shows a reader the own region and the own bank only, and a day without a night nothing', async () => {
    const see = (region: string) => book.actor({ permissions: ['collections.read'], region });
    expect((await report('2018-07-30', see(TOWNSHIP))).rows).toHaveLength(1);
    expect((await report('2018-07-30', see(PLACES.otherCounty))).rows).toEqual([]);
    const org = book.stranger.organisation;
    const stranger = book.actor({ permissions: ['collections.read'], org });
    expect((await report('2018-07-30', stranger)).rows).toEqual([]);
    expect(await report('2018-07-29')).toMatchObject({ rows: [], total: { overdueRate: null } });
    expect(await book.refusal(report('2018-07-30', book.officer))).toBe('platform.not-permitted');
  });
});
