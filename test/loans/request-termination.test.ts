/** Asking to end a loan early: of a loan on course, for a day between payout and maturity; the subsidy is held. */
import { requestTermination, subsidyHoldsOf } from '../../src/loans';
import { listTerminations } from '../../src/loans/terminations.queries';
import { businessDate } from '../../src/platform/dates';
import { refusedByDatabase } from '../households/register';
import { describeEachDatabase } from '../support/databases';
import { expectLawful, lent, onDay, repaid, rowOf, signed } from './book';
import { askTermination, type ChangeBook, openChanges, terminated, unchanged } from './changes';

describeEachDatabase('A request to end a loan early', (open) => {
  let book: ChangeBook;
  beforeAll(async () => {
    book = await openChanges(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));
  const heldOf = async (loanId: string) => {
    const days = { untilExclusive: businessDate('2030-01-01') };
    const holds = await subsidyHoldsOf(book.platform.db.reader(), [loanId], days);
    return (holds.get(loanId) ?? []).map(({ fromOn, state }) => `${fromOn} ${state}`);
  };

  test('holds the subsidy from the day named, and waits for another person', async () => {
    const loan = await lent(book);
    onDay(book, '2018-08-10');
    const before = await rowOf(book, loan);
    const asked = await askTermination(book, loan, '2018-07-20');
    expect(asked).toMatchObject({
      ...{ state: 'asked', endsOn: '2018-07-20', surcharge: '100.00', askedBy: book.asker.id },
    });
    expect(await rowOf(book, loan)).toEqual(before);
    expect(await heldOf(loan.loanId)).toEqual(['2018-07-20 held']);
    const { items } = await book.ask(book.approver, listTerminations);
    expect(items).toContainEqual(
      expect.objectContaining({ id: asked.id, borrowerName: loan.borrower }),
    );
    await unchanged(book, 'loans.change-asked', () => askTermination(book, loan, '2018-07-21'));
    await expectLawful(book, loan);
  });

  test.each([
    ['2018-06-15', 'loans.termination-day'],
    ['2018-06-16', null],
    ['2018-08-10', null],
    ['2018-08-11', 'loans.termination-day'],
  ])('of a loan of 2018-06-15, on 2018-08-10, from %s', async (day, code) => {
    const loan = await lent(book);
    onDay(book, '2018-08-10');
    if (code === null) expect((await askTermination(book, loan, day)).endsOn).toBe(day);
    else await unchanged(book, code, () => askTermination(book, loan, day));
  });

  test('found out after maturity names a day before it', async () => {
    const loan = await lent(book, { termMonths: 12, rate: '4.35' });
    onDay(book, '2019-07-01');
    await unchanged(book, 'loans.termination-day', () => askTermination(book, loan, '2019-06-15'));
    expect((await askTermination(book, loan, '2019-06-14')).state).toBe('asked');
  });

  test('of a loan that is ended, settled or not paid out is refused', async () => {
    const [ended, settled, unpaid] = [await lent(book), await lent(book), await signed(book)];
    await repaid(book, settled, '50000.00');
    onDay(book, '2018-08-10');
    await terminated(book, ended, '2018-07-20');
    await unchanged(book, 'loans.troubled', () => askTermination(book, ended, '2018-07-25'));
    await unchanged(book, 'loans.not-running', () => askTermination(book, settled, '2018-07-25'));
    await unchanged(book, 'loans.not-running', () => askTermination(book, unpaid, '2018-07-25'));
  });

  test('without the permission or at another bank is refused', async () => {
    const loan = await lent(book);
    onDay(book, '2018-08-10');
    const input = { loanId: loan.loanId, endsOn: '2018-07-20', reason: '挪用', evidence: '走访' };
    await unchanged(book, 'platform.not-permitted', () =>
      book.do(book.approver, requestTermination, input),
    );
    const permissions = ['loans.request-termination'];
    const stranger = book.actor({ permissions, org: { id: 'another-bank', kind: 'bank' } });
    await unchanged(book, 'platform.absent', () => book.do(stranger, requestTermination, input));
    expect((await book.ask(book.stranger, listTerminations)).items).toEqual([]);
  });

  test('that could not be is refused by the database', async () => {
    const loan = await lent(book);
    onDay(book, '2018-08-10');
    const { id } = await askTermination(book, loan, '2018-07-20');
    const set = (change: string) =>
      refusedByDatabase(
        book.system((work) =>
          work.tx.exec(`UPDATE loan_termination SET ${change} WHERE id = :id`, { id }),
        ),
      );
    const decided =
      "state = 'refused', open_key = NULL, decision_reason = 'x', decided_by_name = 'x', decided_on = asked_on, decided_at = asked_at";
    expect(await set(`${decided}, decided_by = asked_by`)).toBe('check');
    expect(await set("ends_on = '2018-08-11'")).toBe('check');
    expect(await set('surcharge_ppm = 1000001')).toBe('check');
  });
});
