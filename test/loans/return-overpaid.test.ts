/** Returning what was paid too much: never more than is held, to the borrower, by somebody who did not take it in. */
import { returnOverpaid } from '../../src/loans';
import { loansOverpaid } from '../../src/loans/overpaid.queries';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import type { Actor } from '../../src/platform/authority';
import { isCheckViolation } from '../../src/platform/db/errors';
import { describeEachDatabase } from '../support/databases';
import {
  type Book,
  banker,
  expectLawful,
  type Lent,
  lent,
  onDay,
  openBook,
  refused,
  repaid,
  rowOf,
  signed,
} from './book';

describeEachDatabase('Returning what was paid too much', (open) => {
  let book: Book;
  let returner: Actor;
  let references = 0;
  beforeAll(async () => {
    book = await openBook(open);
    returner = banker(book, 'loans.return-overpaid', 'loans.read');
  });
  beforeEach(() => {
    onDay(book, '2018-06-15');
  });
  /** A loan that was paid off with 100 yuan too much. */
  const overpaid = async (): Promise<Lent> => {
    const loan = await lent(book);
    await repaid(book, loan, '50100.00');
    return loan;
  };
  const form = (loan: Lent, amount: string) => {
    references += 1;
    return {
      ...{ loanId: loan.loanId, amount, paidOn: book.platform.clock.today() },
      ...{ bankReference: `TK-${references}`, accountName: loan.borrower },
      account: '6214831234567890',
    };
  };
  const give = (loan: Lent, amount: string, change: object = {}, by = returner) => {
    const input = { ...form(loan, amount), ...change };
    return () => book.do(by, returnOverpaid, input);
  };

  test('of a settled loan, in two parts, until nothing is held', async () => {
    const loan = await overpaid();
    const list = async () =>
      (await book.ask(returner, loansOverpaid)).items.find(({ loanId }) => loanId === loan.loanId);
    expect(await list()).toMatchObject({
      overpaid: '100.00',
      state: 'settled',
      lastOn: '2018-06-15',
    });
    onDay(book, '2018-06-20');
    const first = await give(loan, '40.00')();
    expect(first).toMatchObject({
      ...{ amount: '40.00', repeated: false },
      loan: { overpaid: '60.00', state: 'settled' },
    });
    expect(first.account).not.toContain('62148312');
    await expectLawful(book, loan);
    await refused(book, 'loans.more-than-held', give(loan, '60.01'));
    await give(loan, '60.00')();
    expect(await list()).toBeUndefined();
    await refused(book, 'loans.more-than-held', give(loan, '0.01'));
    await expectLawful(book, loan);
  });

  test('under a known reference is the same one', async () => {
    const loan = await overpaid();
    const input = form(loan, '10.00');
    const first = await book.do(returner, returnOverpaid, input);
    expect(await book.do(returner, returnOverpaid, input)).toEqual({ ...first, repeated: true });
    expect((await rowOf(book, loan)).overpaidFen).toBe(9_000);
    const other = { bankReference: input.bankReference };
    await refused(book, 'loans.reference-used', give(loan, '11.00', other));
    await expectLawful(book, loan);
  });

  test('that was not made is taken back by another person, and may be made again', async () => {
    const loan = await overpaid();
    const { refundId } = await give(loan, '100.00')();
    const input = { loanId: loan.loanId, eventId: refundId, reason: '退票' };
    await book.do(banker(book, 'loans.reverse-event'), reverseLoanEvent, input);
    expect((await rowOf(book, loan)).overpaidFen).toBe(10_000);
    await give(loan, '100.00')();
    await expectLawful(book, loan);
  });

  test('is refused into another account, ahead, of nothing, and before the money was there', async () => {
    onDay(book, '2018-06-18');
    const loan = await overpaid();
    await refused(book, 'loans.account-not-own', give(loan, '1.00', { accountName: '别人' }));
    await refused(book, 'loans.paid-in-future', give(loan, '1.00', { paidOn: '2018-06-19' }));
    await refused(
      book,
      'loans.paid-before-disbursal',
      give(loan, '1.00', { paidOn: '2018-06-17' }),
    );
    await refused(book, 'loans.nothing-paid', give(loan, '0.00'));
    const later = await lent(book);
    onDay(book, '2018-07-18');
    await repaid(book, later, '60000.00');
    await refused(book, 'loans.not-possible', give(later, '1.00', { paidOn: '2018-07-17' }));
    await refused(book, 'loans.not-running', give(await signed(book), '1.00'));
    await refused(book, 'loans.more-than-held', give(await lent(book), '1.00'));
  });

  test('is refused to whoever took money in, to strangers, and without the permission', async () => {
    const loan = await lent(book);
    const both = banker(book, 'loans.repay', 'loans.return-overpaid');
    const own = { ...book, officer: both };
    await repaid(own, loan, '50100.00');
    await refused(book, 'loans.returner-received', give(loan, '1.00', {}, both));
    await refused(book, 'platform.not-permitted', give(loan, '1.00', {}, book.officer));
    const permissions = ['loans.return-overpaid'];
    const stranger = book.actor({ permissions, org: { id: 'another-bank', kind: 'bank' } });
    await refused(book, 'platform.absent', give(loan, '1.00', {}, stranger));
    const { refundId } = await give(loan, '1.00')();
    const attempt = await book
      .system((work) =>
        work.tx.exec(
          `INSERT INTO loan_refund SELECT '01J00000000000000000000000', loan_id, region_code, bank_id,
             bank_reference, amount_fen, paid_on, account_index, account_masked, received_by,
             received_by, returned_at FROM loan_refund WHERE event_id = :refundId`,
          { refundId },
        ),
      )
      .catch((error: unknown) => error);
    expect(isCheckViolation(attempt)).toBe(true);
    const change = book.system((work) =>
      work.tx.exec('UPDATE loan_refund SET amount_fen = 1 WHERE event_id = :refundId', {
        refundId,
      }),
    );
    await expect(change).rejects.toThrow('append-only');
  });
});
