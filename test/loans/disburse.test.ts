/** Paying out against the certificate. */
import { disburse } from '../../src/loans';
import { Loan } from '../../src/loans/loan.entity';
import { updateVersioned } from '../../src/platform/db/store';
import { refusedByDatabase } from '../households/register';
import { describeEachDatabase } from '../support/databases';
import {
  type Book,
  banker,
  expectLawful,
  lent,
  onDay,
  openBook,
  refused,
  rowOf,
  signed,
} from './book';

describeEachDatabase('Paying out a loan', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));

  test('another person of the bank pays out; the loan matures three years later', async () => {
    const told: unknown[] = [];
    const { loanDisbursed } = await import('../../src/loans');
    book.platform.events.on(loanDisbursed, async (_work, payload) => {
      told.push(payload);
    });
    const { loanId, certificateNumber, householdId } = await signed(book);
    const loan = await book.do(book.teller, disburse, { loanId, certificateNumber });
    expect(loan).toMatchObject({
      state: 'running',
      outstanding: '50000.00',
      disbursedOn: '2018-06-15',
      maturesOn: '2021-06-15',
      interestDue: '0.00',
    });
    expect(told).toEqual([{ loanId, householdId, on: '2018-06-15', amountFen: 5_000_000 }]);
    await expectLawful(book, { loanId });
  });

  test('a loan paid out on the last of a month matures on the last of a shorter one', async () => {
    onDay(book, '2018-08-31');
    const loan = await lent(book, { termMonths: 6, rate: '4.35' });
    expect((await rowOf(book, loan)).maturesOn).toBe('2019-02-28');
  });

  test('who lacks the permission, sits at another bank, or signed does not pay out', async () => {
    const { loanId, certificateNumber } = await signed(book);
    const pay = (actor: Book['officer']) => () =>
      book.do(actor, disburse, { loanId, certificateNumber });
    await refused(book, 'platform.not-permitted', pay(banker(book, 'loans.read')));
    await refused(book, 'platform.absent', pay(book.stranger));
    await refused(book, 'loans.payer-signed', pay(book.officer));
  });

  test('the database refuses that one person signs and pays out', async () => {
    const row = await rowOf(book, await lent(book));
    const change = book.system((work) =>
      updateVersioned(work.tx, Loan, row, { disbursedBy: row.signedBy }),
    );
    expect(await refusedByDatabase(change)).toBe('check');
  });

  test('without the certificate of the application nothing is paid out', async () => {
    const { loanId } = await signed(book);
    const input = { loanId, certificateNumber: '450328-2018-9999' };
    await refused(book, 'loans.certificate-mismatch', () => book.do(book.teller, disburse, input));
  });

  test('a contract is paid out once', async () => {
    const { loanId, certificateNumber } = await lent(book);
    const again = () => book.do(book.teller, disburse, { loanId, certificateNumber });
    await refused(book, 'loans.not-signed', again);
  });

  test('a loan that is not there is absent', async () => {
    const loanId = book.platform.newId();
    const input = { loanId, certificateNumber: 'x' };
    await refused(book, 'loans.absent', () => book.do(book.teller, disburse, input));
  });
});
