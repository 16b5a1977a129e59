/** Reminders of the night, in the local outbox. */
import { sendReminder, sendRemindersStep } from '../../src/collections';
import { collectionOfLoan } from '../../src/collections/collections.queries';
import { listOutbox } from '../../src/collections/outbox.queries';
import { SYSTEM_ACTOR } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import {
  type Book,
  banker,
  lent,
  night,
  OTHER_VILLAGE,
  onDay,
  openBook,
  refused,
  repaid,
  rowOf,
  sameNight,
  signed,
} from '../loans/book';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';

describeEachDatabase('Reminders', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));
  const remindedOf = async ({ loanId }: { loanId: string }) => {
    const reader = banker(book, 'collections.read');
    return (await book.ask(reader, collectionOfLoan, { loanId })).reminders;
  };
  const messages = async (loan: { loanId: string }, actor = banker(book, 'outbox.read')) => {
    const page = await book.ask(actor, listOutbox, { size: 200 });
    return page.items.filter((one) => one.loanId === loan.loanId);
  };

  test('go out a month and a week before maturity and on the day after it, and on no other', async () => {
    const loan = await lent(book);
    const days = [
      '2021-05-15',
      '2021-05-16',
      '2021-06-08',
      '2021-06-15',
      '2021-06-16',
      '2021-06-30',
    ];
    for (const date of days) {
      onDay(book, date);
      await night(book, date, sendRemindersStep);
    }
    expect(await remindedOf(loan)).toEqual([
      expect.objectContaining({ stepCode: 'T-30', sentOn: '2021-05-16', countsForClaim: false }),
      expect.objectContaining({ stepCode: 'T-7', sentOn: '2021-06-08', countsForClaim: false }),
      expect.objectContaining({ stepCode: 'T+1', sentOn: '2021-06-16', countsForClaim: true }),
    ]);
    const texts = (await messages(loan)).map((one) => one.body);
    const { number } = await rowOf(book, loan);
    expect(texts).toHaveLength(3);
    expect(texts[2]).toMatch(/^韦大明\d+：您的扶贫小额信贷/);
    expect(texts[2]).toContain(`合同号${number}`);
    expect(texts[2]).toContain('本金50000.00元将于2021-06-15到期');
    expect(texts[2]).toContain('到龙胜农村商业银行申请。咨询电话见网点公示');
    // 1,097 days in fourteen parts and one day of penalty.
    expect(texts[0]).toContain('尚欠本金50000.00元、利息7240.44元');
    expect(texts.join()).not.toMatch(/\d{17}[\dX]|1\d{10}/);
  });

  test('go out once, however often the night is run', async () => {
    const loan = await lent(book, { termMonths: 1, rate: '4.35' });
    onDay(book, '2018-07-16');
    await sameNight(book, '2018-07-16', sendRemindersStep);
    const before = await book.snapshot('reminder', 'outbox');
    await sameNight(book, '2018-07-16', sendRemindersStep);
    await night(book, '2018-07-16', sendRemindersStep);
    const input = { loanId: loan.loanId, on: '2018-07-16' };
    expect(await book.do(SYSTEM_ACTOR, sendReminder, input)).toMatchObject({ sent: false });
    expect(await book.snapshot('reminder', 'outbox')).toBe(before);
    expect(await remindedOf(loan)).toHaveLength(1);
  });

  test('of a night that is caught up after a repayment tell what is owed since', async () => {
    const loan = await lent(book, { termMonths: 1, rate: '4.35' });
    onDay(book, '2018-07-20');
    await repaid(book, loan, '10226.56');
    await night(book, '2018-07-16', sendRemindersStep);
    expect((await messages(loan))[0]?.body).toContain('尚欠本金40000.00元、利息0.00元');
  });

  test('do not go out for settled loans and contracts not paid out', async () => {
    const waiting = await signed(book);
    const done = await lent(book, { termMonths: 1, rate: '4.35' });
    await repaid(book, done, '50000.00');
    const due = (on: string) =>
      sendRemindersStep.due(book.platform.db.reader(), businessDate(on), null, 100);
    expect(await due('2018-07-16')).not.toContain(done.loanId);
    const send =
      ({ loanId }: { loanId: string }, on: string) =>
      () =>
        book.do(SYSTEM_ACTOR, sendReminder, { loanId, on });
    await refused(book, 'collections.no-step-today', send(done, '2018-07-16'));
    await refused(book, 'collections.not-paid-out', send(waiting, '2018-07-16'));
  });

  test('come page by page, each loan once', async () => {
    const loans = [];
    for (let n = 0; n < 3; n += 1) loans.push(await lent(book, { termMonths: 2, rate: '4.35' }));
    const due = (after: string | null, limit: number) =>
      sendRemindersStep.due(book.platform.db.reader(), businessDate('2018-08-16'), after, limit);
    const first = await due(null, 2);
    const rest = await due(first[1] as string, 2);
    expect([...first, ...rest]).toEqual(loans.map(({ loanId }) => loanId).sort());
  });

  test('are sent by the system only, and not on a day without an automatic step', async () => {
    const { loanId } = await lent(book);
    const send = (actor: Book['officer'], on: string) => () =>
      book.do(actor, sendReminder, { loanId, on });
    await refused(book, 'platform.not-permitted', send(book.officer, '2021-06-16'));
    await refused(book, 'collections.no-step-today', send(SYSTEM_ACTOR, '2021-06-17'));
    await refused(book, 'collections.no-step-today', send(SYSTEM_ACTOR, '2021-06-30'));
  });

  test('are read in the outbox by the own region and the own bank only', async () => {
    const loan = await lent(book, { village: OTHER_VILLAGE, termMonths: 3, rate: '4.35' });
    await night(book, '2018-09-16', sendRemindersStep);
    expect(await messages(loan)).toHaveLength(1);
    const see = (region: string) => book.actor({ permissions: ['outbox.read'], region });
    expect(await messages(loan, see(PLACES.county))).toHaveLength(1);
    expect(await messages(loan, see(PLACES.otherCounty))).toEqual([]);
    const stranger = book.actor({
      permissions: ['outbox.read'],
      org: book.stranger.organisation,
    });
    expect((await book.ask(stranger, listOutbox, {})).items).toEqual([]);
    const page = await book.ask(see(PLACES.county), listOutbox, { size: 1, state: 'queued' });
    expect(page.items).toHaveLength(1);
    expect(page.next).not.toBeNull();
  });
});
