/** Signing the contract of an approved application. */
import { signContract } from '../../src/loans';
import { Loan } from '../../src/loans/loan.entity';
import { insertRow } from '../../src/platform/db/store';
import { refusedByDatabase } from '../households/register';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  approved,
  type Book,
  banker,
  contract,
  lent,
  onDay,
  openBook,
  refused,
  repaid,
  rowOf,
  signed,
} from './book';

describeEachDatabase('Signing a contract', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openBook(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));

  test('the bank’s officer signs, and the day’s rules are frozen in the contract', async () => {
    const application = await approved(book);
    const loan = await book.do(book.officer, signContract, contract(application));
    expect(loan).toMatchObject({
      state: 'signed',
      principal: '50000.00',
      outstanding: '0.00',
      rate: '4.75',
      rateCap: '4.75',
      basis: 360,
      signedOn: '2018-06-15',
      disbursedOn: null,
    });
    const row = await rowOf(book, { loanId: loan.id });
    expect(row.surchargePpm).toBe(500_000);
    expect(row.terms).toEqual({
      allocationOrder: ['COST', 'PENALTY', 'INTEREST', 'PRINCIPAL'],
      productRowId: 'fpxd-guangxi-2017',
      bankTermsRowId: 'bank-terms-national',
      referenceRowIds: ['benchmark-2015-10-24'],
    });
    const state = await book.platform.db
      .reader()
      .one('SELECT state, loan_id FROM application WHERE id = :id', {
        id: application.applicationId,
      });
    expect(state).toEqual({ state: 'contracted', loan_id: loan.id });
  });

  test('a bank may count 365 days, and lend less and shorter than approved', async () => {
    const application = await approved(book);
    const plan = { amount: '30000.00', termMonths: 12, rate: '4.35' };
    const input = { ...contract(application, plan), basis: 365 };
    const loan = await book.do(book.officer, signContract, input);
    expect(loan).toMatchObject({ principal: '30000.00', termMonths: 12, basis: 365 });
  });

  test('who lacks the permission, sits at another bank or in another county does not sign', async () => {
    const input = contract(await approved(book));
    const sign = (actor: Book['officer']) => () => book.do(actor, signContract, input);
    await refused(book, 'platform.not-permitted', sign(banker(book, 'loans.read')));
    await refused(book, 'platform.absent', sign(book.stranger));
    const org = { id: book.bankId, kind: 'bank' as const };
    const region = PLACES.otherCounty;
    const away = book.actor({ permissions: ['loans.sign'], region, org });
    await refused(book, 'platform.absent', sign(away));
  });

  test('who decided the application does not sign', async () => {
    const input = contract(await approved(book));
    const sign = () => book.do(book.decider, signContract, input);
    await refused(book, 'loans.signer-decided', sign);
  });

  test('an application that is not approved has no contract', async () => {
    const application = await approved(book, { state: 'certified' });
    const sign = () => book.do(book.officer, signContract, contract(application));
    await refused(book, 'applications.not-approved', sign);
  });

  test.each([
    ['above the approved amount', { amount: '50000.01' }, 'loans.amount-above-approved'],
    ['nothing', { amount: '0.00' }, 'loans.amount-above-approved'],
    ['beyond the approved term', { termMonths: 37 }, 'loans.term-above-approved'],
    ['above the cap of its term', { rate: '4.7501' }, 'loans.rate-above-cap'],
    ['above the cap of a year', { termMonths: 12, rate: '4.36' }, 'loans.rate-above-cap'],
    ['for no interest', { rate: '0' }, 'loans.rate-above-cap'],
    ['on a basis the bank has not', { basis: 364 }, 'loans.basis-not-allowed'],
  ])('a contract %s is refused', async (_what, change, code) => {
    const input = { ...contract(await approved(book)), ...change };
    await refused(book, code, () => book.do(book.officer, signContract, input));
  });

  test('the cap is that of the signing day: in late 2019 the LPR may be used too', async () => {
    onDay(book, '2019-09-25');
    const dear = contract(await approved(book), { rate: '4.85' });
    await book.do(book.officer, signContract, dear);
    const dearer = contract(await approved(book), { rate: '4.86' });
    await refused(book, 'loans.rate-above-cap', () => book.do(book.officer, signContract, dearer));
  });

  test('on a day on which no such product may be signed, none is', async () => {
    onDay(book, '2021-01-15');
    const input = contract(await approved(book));
    await refused(book, 'policy.no-row-in-force', () => book.do(book.officer, signContract, input));
  });

  test('one application has one contract, one number one contract', async () => {
    const first = await approved(book);
    const loan = await book.do(book.officer, signContract, contract(first));
    const again = { ...contract(first), contractNumber: 'HT-AGAIN' };
    await refused(book, 'applications.not-approved', () =>
      book.do(book.officer, signContract, again),
    );
    const taken = { ...contract(await approved(book)), contractNumber: loan.number };
    await refused(book, 'loans.number-used', () => book.do(book.officer, signContract, taken));
  });

  test('a household with a running loan has no second one, and may borrow again when it is settled', async () => {
    const loan = await lent(book);
    const row = await rowOf(book, loan);
    const { applicationId } = await approved(book);
    const second = (id: string): Loan => ({ ...row, id, number: id, applicationId });
    const insert = book.system(async (work) => insertRow(work.tx, Loan, second(work.newId())));
    expect(await refusedByDatabase(insert)).toBe('unique');
    await repaid(book, loan, '50000.00');
    const after = await rowOf(book, loan);
    expect([after.state, after.runningKey]).toEqual(['settled', null]);
    const application = await book.platform.db
      .reader()
      .one('SELECT state, busy_household_id FROM application WHERE id = :id', {
        id: loan.applicationId,
      });
    expect(application).toEqual({ state: 'settled', busy_household_id: null });
  });

  test('the database itself refuses a contract that breaks a rule', async () => {
    const loan = await signed(book);
    const row = await rowOf(book, loan);
    const bad: Partial<Loan>[] = [
      { signedBy: row.decidedBy },
      { ratePpm: (row.rateCapPpm + 1) as Loan['ratePpm'] },
      { outstandingFen: (row.principalFen + 1) as Loan['outstandingFen'] },
      { state: 'running' },
      { runningKey: null },
    ];
    for (const change of bad) {
      const insert = book.system(async (work) => {
        const id = work.newId();
        const other = { householdId: id, runningKey: id, number: id, applicationId: id };
        await insertRow(work.tx, Loan, { ...row, id, ...other, ...change });
      });
      expect(await refusedByDatabase(insert)).toBe('check');
    }
  });
});
