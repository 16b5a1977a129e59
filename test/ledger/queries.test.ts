/** The screens of the books: what each reader may see, and that what is shown adds up. */
import { ledgerRoutes, postEntry, reverseEntry } from '../../src/ledger';
import { bookBalances, subjectEntries, trialBalance } from '../../src/ledger/ledger.queries';
import type { Actor } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { BANK, BOOK, disbursal, openBooks, PLACES, repayment } from './books';

describeEachDatabase('reading the books', (open) => {
  let county: County;
  let finance: Actor;
  const elsewhere = '450226100201';

  beforeAll(async () => {
    county = await openBooks(open);
    finance = county.actor({ permissions: ['ledger.read'] });
    await county.system(async (work) => {
      await postEntry(work, disbursal('Q1', 5_000_000));
      await postEntry(work, { ...repayment('Q1', 2_000_000), on: businessDate('2018-09-20') });
      await postEntry(work, disbursal('Q2', 300));
      await postEntry(work, disbursal('Q3', 999, { region: elsewhere }));
      await postEntry(work, disbursal('Q4', 100));
      const memo = '冲正';
      const on = businessDate('2018-06-21');
      await reverseEntry(work, { key: 'reverse/Q4', correctsKey: 'loans.disburse/Q4', on, memo });
    });
  });

  test('the trial balance is balanced and holds only the entries of the own region', async () => {
    const told = await county.ask(finance, trialBalance, { book: BOOK });
    expect(told).toEqual({
      book: BOOK,
      title: '银行贷款账',
      on: null,
      accounts: [
        { account: 'LOAN_PRINCIPAL', title: '贷款本金', debit: '30003.00', credit: '0.00' },
        { account: 'BANK_CASH', title: '银行资金', debit: '0.00', credit: '30003.00' },
      ],
      totalDebit: '30003.00',
      totalCredit: '30003.00',
      balanced: true,
    });
  });

  test('the trial balance of a day holds what was posted up to it', async () => {
    const told = await county.ask(finance, trialBalance, { book: BOOK, on: '2018-09-19' });
    expect(told).toMatchObject({ on: '2018-09-19', totalDebit: '50003.00', balanced: true });
  });

  test('a reader of another county and a reader of another bank see none of it', async () => {
    const other = county.actor({ permissions: ['ledger.read'], region: PLACES.otherCounty });
    const stranger = county.actor({
      permissions: ['ledger.read'],
      org: { id: 'OTHER', kind: 'bank' },
    });
    const owner = county.actor({ permissions: ['ledger.read'], org: { id: BANK, kind: 'bank' } });
    const total = async (actor: Actor) =>
      (await county.ask(actor, trialBalance, { book: BOOK })).totalDebit;
    expect([await total(other), await total(stranger), await total(owner)]).toEqual([
      '9.99',
      '0.00',
      '30003.00',
    ]);
    for (const actor of [other, stranger]) {
      const input = { subjectKind: 'loan', subjectId: 'Q1' };
      expect(await county.ask(actor, subjectEntries, input)).toEqual({ items: [], next: null });
    }
  });

  test('balances go page by page and leave out what stands at zero', async () => {
    const input = { book: BOOK, account: 'LOAN_PRINCIPAL', size: 1 };
    const first = await county.ask(finance, bookBalances, input);
    const second = await county.ask(finance, bookBalances, { ...input, after: first.next });
    expect([...first.items, ...second.items]).toEqual([
      {
        account: 'LOAN_PRINCIPAL',
        title: '贷款本金',
        sub: 'Q1',
        debit: '30000.00',
        credit: '0.00',
      },
      { account: 'LOAN_PRINCIPAL', title: '贷款本金', sub: 'Q2', debit: '3.00', credit: '0.00' },
    ]);
    expect(second.next).toBeNull();
  });

  test('the entries of a loan are told in order, with their lines and corrections', async () => {
    const input = { subjectKind: 'loan', subjectId: 'Q4' };
    const { items } = await county.ask(finance, subjectEntries, input);
    expect(items).toEqual([
      expect.objectContaining({
        key: 'loans.disburse/Q4',
        on: '2018-06-20',
        corrects: null,
        correctedBy: 'reverse/Q4',
        postedAt: '2018-06-20T09:00:00.000+08:00',
        lines: [
          {
            account: 'LOAN_PRINCIPAL',
            title: '贷款本金',
            sub: 'Q4',
            debit: '1.00',
            credit: '0.00',
          },
          { account: 'BANK_CASH', title: '银行资金', sub: '', debit: '0.00', credit: '1.00' },
        ],
      }),
      expect.objectContaining({
        key: 'reverse/Q4',
        event: 'ledger.reversal',
        corrects: 'loans.disburse/Q4',
        correctedBy: null,
      }),
    ]);
    const page = { subjectKind: 'loan', subjectId: 'Q1', size: 1 };
    const first = await county.ask(finance, subjectEntries, page);
    const second = await county.ask(finance, subjectEntries, { ...page, after: first.next });
    expect([first.items[0]?.on, second.items[0]?.on]).toEqual(['2018-06-20', '2018-09-20']);
  });

  test('without the permission, or with what is no book, nothing is told', async () => {
    const clerk = county.actor({ permissions: ['loans.read'] });
    const ask = (actor: Actor, input: object) =>
      county.refusal(county.ask(actor, trialBalance, input));
    expect(await ask(clerk, { book: BOOK })).toBe('platform.not-permitted');
    expect(await ask(finance, { book: 'cash' })).toBe('platform.invalid-input');
    expect(await ask(finance, {})).toBe('platform.invalid-input');
  });

  test('no route writes into the books', () => {
    expect(ledgerRoutes.map((route) => route.method)).toEqual(['get', 'get', 'get']);
  });
});
