/** Asking for a renewal: of a normal loan before it matures, without new money, under the rules of today. */
import { reportLineTrigger } from '../../src/credit';
import { markOverdueStep, requestRenewal, settleInterestStep } from '../../src/loans';
import { listRenewals } from '../../src/loans/renewals.queries';
import { refusedByDatabase } from '../households/register';
import { describeEachDatabase } from '../support/databases';
import { expectLawful, lent, night, onDay, repaid, rowOf } from './book';
import {
  askRenewal,
  type ChangeBook,
  conditions,
  extended,
  openChanges,
  renewable,
  renewalOf,
  terminated,
  unchanged,
} from './changes';

const DAYS = { lentOn: '2018-06-15', on: '2019-06-01' };

describeEachDatabase('A request for a renewal', (open) => {
  let book: ChangeBook;
  beforeAll(async () => {
    book = await openChanges(open);
  });

  test('keeps what is asked with every condition and every rule, and changes nothing', async () => {
    const loan = await renewable(book, DAYS);
    const before = await rowOf(book, loan);
    const asked = await askRenewal(book, loan);
    expect(asked).toMatchObject({
      ...{ state: 'asked', productCode: 'FPXD', amount: '50000.00', termMonths: 12, rate: '4.35' },
      ...{ withoutRepaying: true, maturesOn: '2019-06-15', newLoanId: null, signedBy: null },
      conditions: conditions(),
    });
    expect(await rowOf(book, loan)).toEqual(before);
    const { items } = await book.ask(book.approver, listRenewals);
    expect(items).toContainEqual(
      expect.objectContaining({ id: asked.id, borrowerName: loan.borrower, withoutRepaying: true }),
    );
    const row = await book.platform.db
      .reader()
      .one<{ findings: string }>('SELECT findings FROM loan_renewal WHERE id = :id', {
        id: asked.id,
      });
    const findings = JSON.parse(row!.findings) as { code: string; outcome: string }[];
    expect(findings).toContainEqual(
      expect.objectContaining({
        ...{ code: 'LINE', outcome: 'pass' },
        reason: '续贷 50000.00 元，归还原贷款后可用 50000.00 元',
      }),
    );
    expect(findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    await unchanged(book, 'loans.change-asked', () => askRenewal(book, loan));
    await expectLawful(book, loan);
  });

  test.each([
    ['the day before maturity', '2019-06-14', null],
    ['the maturity day', '2019-06-15', 'loans.after-maturity'],
    ['the day after', '2019-06-16', 'loans.after-maturity'],
  ])('on %s', async (_, on, code) => {
    const loan = await renewable(book, DAYS);
    onDay(book, on);
    if (code === null) expect((await askRenewal(book, loan)).state).toBe('asked');
    else await unchanged(book, code, () => askRenewal(book, loan));
  });

  test('before a leap day', async () => {
    const loan = await renewable(book, { lentOn: '2019-02-28', on: '2020-02-27', termMonths: 12 });
    const asked = await askRenewal(book, loan);
    expect(asked.maturesOn).toBe('2020-02-28');
    onDay(book, '2020-02-28');
    const other = await renewable(book, { lentOn: '2019-02-28', on: '2020-02-28' });
    await unchanged(book, 'loans.after-maturity', () => askRenewal(book, other));
  });

  test('lends no new money, and without repaying takes over all of it', async () => {
    const loan = await renewable(book, DAYS);
    await repaid(book, loan, '10000.00');
    const { outstandingFen } = await rowOf(book, loan);
    expect(outstandingFen).toBeGreaterThan(4_000_000);
    const of = (amount: string, withoutRepaying: boolean) => () =>
      askRenewal(book, loan, { amount, withoutRepaying });
    await unchanged(book, 'loans.renewal-amount', of('50000.00', true));
    await unchanged(book, 'loans.renewal-amount', of('40000.00', true));
    await unchanged(book, 'loans.renewal-amount', of('50000.00', false));
    await unchanged(book, 'applications.not-eligible', of('0.00', false));
    expect((await of('30000.00', false)()).withoutRepaying).toBe(false);
  });

  test('without repaying needs a rule that knows it', async () => {
    onDay(book, '2016-06-15');
    const loan = await renewable(book, { lentOn: '2016-06-15', on: '2017-06-01' });
    await unchanged(book, 'loans.without-repaying', () => askRenewal(book, loan));
    const part = { amount: '40000.00', withoutRepaying: false };
    expect((await askRenewal(book, loan, part)).state).toBe('asked');
  });

  test('answers every condition; a no is kept for whoever decides', async () => {
    const loan = await renewable(book, DAYS);
    const of = (given: object) => () => askRenewal(book, loan, { conditions: given });
    await unchanged(book, 'loans.renewal-conditions', of(conditions().slice(1)));
    await unchanged(book, 'loans.renewal-conditions', of([...conditions(), ...conditions()]));
    const asked = await of(conditions('BUSINESS_STABLE'))();
    expect(asked.conditions.filter(({ met }) => !met).map(({ code }) => code)).toEqual([
      'BUSINESS_STABLE',
    ]);
  });

  test('beyond product, cap or line of today is refused', async () => {
    const loan = await renewable(book, DAYS);
    const of = (more: object) => () => askRenewal(book, loan, more);
    await unchanged(book, 'applications.not-eligible', of({ termMonths: 37 }));
    await unchanged(book, 'loans.rate-above-cap', of({ rate: '4.36' }));
    await unchanged(book, 'loans.rate-above-cap', of({ rate: '0.00' }));
    await unchanged(book, 'policy.no-row-in-force', of({ productCode: 'TPXD' }));
    onDay(book, '2018-06-15');
    const unrated = await lent(book, { termMonths: 12, rate: '4.35' });
    onDay(book, '2019-06-01');
    await unchanged(book, 'applications.not-eligible', () => askRenewal(book, unrated));
    await book.system((work) =>
      reportLineTrigger(work, {
        ...{ householdId: loan.householdId, trigger: 'USE_CHECK_FAILED', evidence: '走访' },
      }),
    );
    await unchanged(book, 'applications.not-eligible', of({}));
  });

  test('of a loan that is late, badly graded, extended, ended or settled is refused', async () => {
    const [late, graded, moved, ended, settled] = [
      await renewable(book, { ...DAYS, village: '450328104201' }),
      await renewable(book, DAYS),
      await renewable(book, DAYS),
      await renewable(book, DAYS),
      await renewable(book, DAYS),
    ];
    await book.system((work) =>
      work.tx.exec("UPDATE loan SET class_code = 'SPECIAL_MENTION' WHERE id = :id", {
        id: graded.loanId,
      }),
    );
    await unchanged(book, 'loans.troubled', () => askRenewal(book, graded));
    await extended(book, moved, '2019-12-15');
    await unchanged(book, 'loans.renewal-extended', () => askRenewal(book, moved));
    await terminated(book, ended, '2019-05-01');
    await unchanged(book, 'loans.troubled', () => askRenewal(book, ended));
    await repaid(book, settled, '60000.00');
    await unchanged(book, 'loans.not-running', () => askRenewal(book, settled));
    await night(book, '2019-06-16', settleInterestStep, markOverdueStep);
    onDay(book, '2019-06-16');
    await unchanged(book, 'loans.troubled', () => askRenewal(book, late));
  });

  test('without the permission or at another bank is refused', async () => {
    const loan = await renewable(book, DAYS);
    const input = renewalOf(loan);
    await unchanged(book, 'platform.not-permitted', () =>
      book.do(book.approver, requestRenewal, input),
    );
    const permissions = ['loans.request-renewal'];
    const stranger = book.actor({ permissions, org: { id: 'another-bank', kind: 'bank' } });
    await unchanged(book, 'platform.absent', () => book.do(stranger, requestRenewal, input));
    expect((await book.ask(book.stranger, listRenewals)).items).toEqual([]);
  });

  test('that could not be is refused by the database', async () => {
    const loan = await renewable(book, DAYS);
    const { id } = await askRenewal(book, loan);
    const set = (change: string) =>
      refusedByDatabase(
        book.system((work) =>
          work.tx.exec(`UPDATE loan_renewal SET ${change} WHERE id = :id`, { id }),
        ),
      );
    const approved =
      "state = 'approved', decided_by = 'b', decided_by_name = 'b', decided_on = asked_on, decided_at = asked_at";
    const signed = `${approved.replace('approved', 'signed')}, open_key = NULL, signed_on = asked_on, signed_at = asked_at`;
    const fresh = "new_loan_id = '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'";
    expect(await set(approved.replace("'b'", 'asked_by'))).toBe('check');
    expect(await set(`${signed}, ${fresh}, signed_by = 'b'`)).toBe('check');
    expect(await set(`${signed}, ${fresh}, signed_by = asked_by`)).toBe('check');
    expect(await set(`${signed}, new_loan_id = loan_id, signed_by = 'c'`)).toBe('check');
    const late = signed.replace('signed_on = asked_on', 'signed_on = matures_on');
    expect(await set(`${late}, ${fresh}, signed_by = 'c'`)).toBe('check');
    expect(await set('amount_fen = 0')).toBe('check');
  });
});
