/** Paying out against the certificate. */
import { ApplicationSigner } from '../../src/applications/application.entity';
import { disburse } from '../../src/loans';
import { Loan } from '../../src/loans/loan.entity';
import { insertRow, updateVersioned } from '../../src/platform/db/store';
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
  TABLES,
  transfer,
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
    const { loanId, householdId, ...rest } = await signed(book);
    const input = transfer({ loanId, householdId, ...rest });
    const loan = await book.do(book.teller, disburse, input);
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
    const input = transfer(await signed(book));
    const pay = (actor: Book['officer']) => () => book.do(actor, disburse, input);
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
    const input = { ...transfer(await signed(book)), certificateNumber: '450328-2018-9999' };
    await refused(book, 'loans.certificate-mismatch', () => book.do(book.teller, disburse, input));
  });

  test('a contract is paid out once: the bank’s reference tells a repeat from a second payment', async () => {
    const paid = await lent(book);
    const rows = await book.snapshot(...TABLES);
    const repeated = await book.do(book.teller, disburse, transfer(paid));
    expect(repeated).toMatchObject({ id: paid.loanId, state: 'running' });
    expect(await book.snapshot(...TABLES)).toBe(rows);
    const another = { ...transfer(paid), bankReference: 'FK-OTHER' };
    await refused(book, 'loans.not-signed', () => book.do(book.teller, disburse, another));
  });

  test('one reference of the bank pays one loan', async () => {
    const { bankReference } = transfer(await lent(book));
    const input = { ...transfer(await signed(book)), bankReference };
    const pay = () => book.do(book.teller, disburse, input);
    await refused(book, 'loans.payout-reference-used', pay);
  });

  test('the money goes to the borrower: the name, and the account that the register knows', async () => {
    const input = transfer(await signed(book));
    const pay = (changes: object) => () => book.do(book.teller, disburse, { ...input, ...changes });
    await refused(book, 'loans.account-not-own', pay({ accountName: '韦大明' }));
    await refused(book, 'loans.account-not-own', pay({ account: '6214831234567891' }));
    await pay({ account: '6214 8312 3456 7890' })();
    const sql = book.platform.db.reader();
    const kept = await sql.one<object>(
      `SELECT account_masked AS masked, account_index AS found FROM payout WHERE loan_id = :loanId`,
      { loanId: input.loanId },
    );
    expect(kept).toEqual({ masked: '****7890', found: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const audit = await book.snapshot('audit_entry');
    expect(audit).not.toMatch(/6214 ?8312/);
  });

  test('who decided the application does not pay out either, and the database keeps it so', async () => {
    const loan = await signed(book);
    await book.system((work) =>
      insertRow(work.tx, ApplicationSigner, {
        applicationId: loan.applicationId,
        actorId: book.decider.id,
        step: 'bank-decision',
      }),
    );
    const pay = () => book.do(book.decider, disburse, transfer(loan));
    await refused(book, 'applications.same-actor', pay);
    const second = book.system((work) =>
      insertRow(work.tx, ApplicationSigner, {
        applicationId: loan.applicationId,
        actorId: book.decider.id,
        step: 'disbursal',
      }),
    );
    expect(await refusedByDatabase(second)).toBe('unique');
  });

  test('with the clock set back behind the presentation nothing is paid out', async () => {
    onDay(book, '2018-06-15');
    const loan = await signed(book);
    onDay(book, '2018-06-14');
    await refused(book, 'loans.clock-behind', () => book.do(book.teller, disburse, transfer(loan)));
    onDay(book, '2018-06-15');
    await book.do(book.teller, disburse, transfer(loan));
  });

  test('a loan that is not there is absent', async () => {
    const input = { ...transfer(await signed(book)), loanId: book.platform.newId() };
    await refused(book, 'loans.absent', () => book.do(book.teller, disburse, input));
  });
});
