/** The screens of the loan book, and what other modules ask of a loan. */
import {
  currentPosition,
  loanFor,
  markOverdueStep,
  positionOn,
  settleInterestStep,
} from '../../src/loans';
import { getLoan, listLoans } from '../../src/loans/loans.queries';
import { interestTrialQuery, payoffQuote } from '../../src/loans/quotes.queries';
import { businessDate } from '../../src/platform/dates';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  type Book,
  banker,
  type Lent,
  lent,
  night,
  OTHER_VILLAGE,
  onDay,
  openBook,
  repaid,
  signed,
  VILLAGE,
} from './book';

const day = businessDate;

describeEachDatabase('The loan book on screens', (open) => {
  let book: Book;
  let late: Lent;
  let other: Lent;
  let paid: Lent;
  beforeAll(async () => {
    book = await openBook(open);
    late = await lent(book, { termMonths: 1, rate: '4.35' });
    other = await lent(book, { village: OTHER_VILLAGE });
    paid = await lent(book);
    await signed(book);
    await night(book, '2018-06-20', settleInterestStep);
    onDay(book, '2018-07-10');
    await repaid(book, paid, '50164.93');
    await night(book, '2018-07-20', markOverdueStep);
    onDay(book, '2018-07-20');
  });
  const list = (input: object, actor = book.officer) => book.ask(actor, listLoans, input);

  test('the register is filtered by state and by being overdue', async () => {
    expect((await list({})).items).toHaveLength(4);
    expect((await list({ state: 'settled' })).items.map((one) => one.id)).toEqual([paid.loanId]);
    const [first] = (await list({ overdue: 'true' })).items;
    expect(first).toMatchObject({ id: late.loanId, daysOverdue: 5, stateName: '在贷' });
    expect(first?.borrowerName).toMatch(/^韦大明/);
    expect((await list({ overdue: 'false', state: 'running' })).items).toHaveLength(1);
    expect((await list({ householdId: other.householdId })).items).toHaveLength(1);
  });

  test('the register comes page by page without a gap or a repeat', async () => {
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await list({ size: 3, after });
      ids.push(...page.items.map((one) => one.id));
      after = page.next ?? undefined;
    } while (after);
    expect(new Set(ids).size).toBe(4);
    expect(ids).toHaveLength(4);
  });

  test('nobody sees beyond the own region and the own bank', async () => {
    expect((await list({}, book.stranger)).items).toEqual([]);
    const see = (region: string) => book.actor({ permissions: ['loans.read'], region });
    expect((await list({}, see(OTHER_VILLAGE))).items.map((one) => one.id)).toEqual([other.loanId]);
    expect((await list({}, see(PLACES.otherCounty))).items).toEqual([]);
    const one = (region: string) => book.ask(see(region), getLoan, { loanId: late.loanId });
    expect(await book.refusal(one(OTHER_VILLAGE))).toBe('loans.absent');
    expect((await one(VILLAGE)).loan.id).toBe(late.loanId);
    const nobody = banker(book, 'credit.read');
    expect(await book.refusal(list({}, nobody))).toBe('platform.not-permitted');
    expect(await book.refusal(book.ask(book.stranger, payoffQuote, { loanId: late.loanId }))).toBe(
      'loans.absent',
    );
  });

  test('one loan is shown with its events, its interest and where it stands', async () => {
    const page = await book.ask(book.officer, getLoan, { loanId: late.loanId });
    expect(page.events.map((event) => event.kind)).toEqual(['disbursal', 'settlement']);
    expect(page.interest).toEqual([
      {
        ...{ periodCode: '2018Q2', kind: 'NORMAL', from: '2018-06-15', until: '2018-06-21' },
        ...{ days: 6, principal: '50000.00', amount: '36.25', bookedOn: '2018-06-20' },
      },
    ]);
    expect(page.position).toEqual({
      ...{ on: '2018-07-20', outstanding: '50000.00', interestDue: '36.25' },
      ownInterestDue: '0.00',
      // 35 days in three parts: 36.25 booked, 24 days to maturity 145.00, 5 after it 30.21.
      ...{ interestToDate: '211.46', penaltyToDate: '15.10' },
      ...{ daysOverdue: 5, interestDaysOverdue: 0, classCode: 'SPECIAL_MENTION' },
    });
  });

  test('a payoff figure is quoted for any day since the disbursal', async () => {
    const quote = (on: string) => book.ask(book.officer, payoffQuote, { loanId: other.loanId, on });
    expect(await quote('2018-09-21')).toMatchObject({ interest: '646.52', total: '50646.52' });
    // Before the settlement of 2018-06-20: 4 days.
    expect(await quote('2018-06-19')).toMatchObject({ interest: '26.39', total: '50026.39' });
    expect(await book.refusal(quote('2018-06-14'))).toBe('loans.before-disbursal');
    const settled = book.ask(book.officer, payoffQuote, { loanId: paid.loanId });
    expect(await book.refusal(settled)).toBe('loans.not-running');
  });

  test('the trial calculator takes text and refuses days that run backwards', async () => {
    const input = { principal: '50000', rate: '4.75', from: '2018-06-21', to: '2018-09-21' };
    expect(await book.ask(book.officer, interestTrialQuery, input)).toEqual({
      ...{ days: 92, interest: '606.94' },
    });
    const by365 = { ...input, basis: '365' };
    expect(await book.ask(book.officer, interestTrialQuery, by365)).toMatchObject({
      interest: '598.63',
    });
    const backwards = { ...input, to: '2018-06-20' };
    expect(await book.refusal(book.ask(book.officer, interestTrialQuery, backwards))).toBe(
      'loans.wrong-way',
    );
  });

  test('other modules learn a loan and its position on a day', async () => {
    const sql = book.platform.db.reader();
    expect(await loanFor(sql, late.loanId)).toMatchObject({
      ...{ id: late.loanId, householdId: late.householdId, state: 'running' },
      ...{ disbursedOn: '2018-06-15', maturesOn: '2018-07-15', daysOverdue: 5 },
    });
    expect(await positionOn(sql, late.loanId, day('2018-07-15'))).toMatchObject({
      ...{ interestDueFen: 3625, interestToDateFen: 18_125, penaltyToDateFen: 0, daysOverdue: 0 },
    });
    expect(await positionOn(sql, paid.loanId, day('2020-01-01'))).toMatchObject({
      ...{ outstandingFen: 0, interestToDateFen: 0, daysOverdue: 0 },
    });
    expect((await currentPosition(sql, late.loanId, day('2018-06-01'))).on).toBe('2018-06-20');
  });
});
