/** Before maturity in the loan book's journey: a loan is renewed, one extended, one repaid with too much. */
import { MATURES } from './lending';
import { ABSENT, type Fate, type LoanBook, NOT_PERMITTED } from './loan-book';
import { extensionForm, receipt, renewalForm } from './loan-forms';
import { payoutForm } from './steps';

const EXTENDED_TO = '2019-11-16';

const payoff = (book: LoanBook, fate: Fate) =>
  book.person('lenderTan').sees(book.path(fate, '/payoff'));

/** A renewal from its request to the new loan. */
export async function loanIsRenewed(book: LoanBook): Promise<void> {
  await book.nights('2019-04-16');
  book.on('2019-04-22');
  const path = book.path('renewed', '/renewals');
  await book.refused('deciderLiao', path, renewalForm, NOT_PERMITTED);
  await book.refused('strangerBank', path, renewalForm, ABSENT);
  const less = { ...renewalForm, amount: '49999.00' };
  await book.refused('lenderTan', path, less, [409, 'loans.renewal-amount']);
  const asked = await book.person('lenderTan').does(path, renewalForm);
  const decide = `${path}/${asked.id}/decision`;
  const approval = { contentDigest: asked.contentDigest, outcome: 'approve' };
  const sign = `${path}/${asked.id}/contract`;
  const contract = { contractNumber: 'HT-RENEWAL' };
  await book.refused('lenderTan', decide, approval, NOT_PERMITTED);
  await book.refused('lenderSu', sign, contract, [409, 'loans.renewal-not-approved']);
  await book.person('deciderLiao').does(decide, approval);
  await book.refused('lenderTan', sign, contract, [403, 'loans.signer-asked']);
  const { interest } = await payoff(book, 'renewed');
  const due = [409, 'loans.renewal-interest-due'] as const;
  expect(await book.refused('lenderSu', sign, contract, due)).toMatchObject({ interest });
  const paid = receipt(interest, '2019-04-22', 'HK-0422');
  await book.person('lenderTan').does(book.path('renewed', '/repayments'), paid);
  const fresh = await book.person('lenderSu').does(sign, contract);
  expect(fresh).toMatchObject({
    ...{ state: 'running', outstanding: '50000.00', renewsLoanId: book.loans.renewed.loan },
    ...{ disbursedOn: '2019-04-22', maturesOn: '2020-04-22', interestDue: '0.00' },
  });
  expect(await book.person('countyWei').sees(book.path('renewed'))).toMatchObject({
    loan: { state: 'settled', outstanding: '0.00', settledOn: '2019-04-22' },
    renewedByLoanId: fresh.id,
  });
  book.facts.fresh = fresh.id;
  const settled = [409, 'loans.not-running'] as const;
  await book.refused('lenderTan', path, renewalForm, settled);
  const signed = [409, 'loans.renewal-not-approved'] as const;
  await book.refused('lenderSu', sign, { contractNumber: 'HT-AGAIN' }, signed);
}

/** An extension from its request to the new maturity. */
export async function loanIsExtended(book: LoanBook): Promise<void> {
  book.on('2019-05-10');
  const path = book.path('wrong', '/extensions');
  await book.refused('villageWang', path, extensionForm(EXTENDED_TO), NOT_PERMITTED);
  await book.refused('strangerBank', path, extensionForm(EXTENDED_TO), ABSENT);
  const far = [409, 'loans.extension-length'] as const;
  await book.refused('lenderTan', path, extensionForm('2020-05-17'), far);
  const asked = await book.person('lenderTan').does(path, extensionForm(EXTENDED_TO));
  const waits = [409, 'loans.change-asked'] as const;
  await book.refused('lenderSu', path, extensionForm(EXTENDED_TO), waits);
  const decide = `${path}/${asked.id}/decision`;
  const approval = { contentDigest: asked.contentDigest, outcome: 'approve' };
  await book.refused('lenderSu', decide, approval, NOT_PERMITTED);
  const other = { ...approval, contentDigest: 'a'.repeat(64) };
  await book.refused('deciderLiao', decide, other, [409, 'loans.change-stale']);
  const decided = await book.person('deciderLiao').does(decide, approval);
  expect(decided).toMatchObject({ state: 'approved', newMaturesOn: EXTENDED_TO });
  expect(await book.loan('wrong')).toMatchObject({
    ...{ maturesOn: EXTENDED_TO, originalMaturesOn: MATURES, classCode: 'NORMAL' },
  });
  const again = [409, 'loans.extension-times'] as const;
  await book.refused('lenderTan', path, extensionForm('2020-01-16'), again);
}

/** A loan is repaid with 100 yuan too much, which go back. */
export async function overpaymentIsReturned(book: LoanBook): Promise<void> {
  book.on('2019-05-14');
  const { total } = await payoff(book, 'late');
  const before = (await book.loan('late')).overpaid;
  const paid = receipt((Number(total) + 100).toFixed(2), '2019-05-14', 'HK-0514');
  const answer = await book.person('lenderTan').does(book.path('late', '/repayments'), paid);
  expect(answer).toMatchObject({ overpaid: '100.00', loan: { state: 'settled' } });
  const held = answer.loan.overpaid;
  // The county paid for days that the household had paid itself: that is the household's too.
  expect(Number(held)).toBeCloseTo(Number(before) + 100, 2);
  const { items } = await book.person('countyWei').sees('/loans/overpaid');
  const { loan, name } = book.loans.late;
  expect(items.find((one: { loanId: string }) => one.loanId === loan)).toMatchObject({
    overpaid: held,
  });
  const path = book.path('late', '/refunds');
  const { accountName, account } = payoutForm('', name);
  const refund = { ...receipt(held, '2019-05-14', 'TK-0514'), accountName, account };
  await book.refused('lenderTan', path, refund, NOT_PERMITTED);
  await book.refused('financeYang', path, refund, NOT_PERMITTED);
  const above = { ...refund, amount: (Number(held) + 0.01).toFixed(2) };
  await book.refused('deciderLiao', path, above, [409, 'loans.more-than-held']);
  const others = { ...refund, accountName: book.loans.right.name };
  await book.refused('deciderLiao', path, others, [409, 'loans.account-not-own']);
  const returned = await book.person('deciderLiao').does(path, refund);
  expect(returned).toMatchObject({ amount: held, repeated: false, loan: { overpaid: '0.00' } });
  expect(JSON.stringify(returned)).not.toContain(account);
}

/** The loans of which nothing else is told are repaid. */
export async function loansAreRepaid(book: LoanBook): Promise<void> {
  book.on(MATURES);
  for (const fate of ['right', 'watched'] as const) {
    const { total } = await payoff(book, fate);
    const paid = receipt(total, MATURES, `HK-${fate.toUpperCase()}`);
    const answer = await book.person('lenderSu').does(book.path(fate, '/repayments'), paid);
    expect(answer.loan).toMatchObject({ state: 'settled', outstanding: '0.00' });
  }
}
