/** Signing a renewal: the new loan settles the old one in one transaction, and each names the other. */
import { loanDisbursed, loanRenewed, signRenewal } from '../../src/loans';
import { printedContract } from '../../src/loans/contract.queries';
import { contractPaper } from '../../src/loans/contract-page';
import { getLoan } from '../../src/loans/loans.queries';
import { listRenewals } from '../../src/loans/renewals.queries';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { refusedByDatabase } from '../households/register';
import { describeEachDatabase } from '../support/databases';
import { banker, expectLawful, type Lent, onDay, repaid, rowOf } from './book';
import {
  type ChangeBook,
  interestOf,
  openChanges,
  renewable,
  renewalApproved,
  unchanged,
} from './changes';

const DAYS = { lentOn: '2018-06-15', on: '2019-06-01' };

describeEachDatabase('Signing a renewal', (open) => {
  let book: ChangeBook;
  const told: unknown[] = [];
  beforeAll(async () => {
    book = await openChanges(open);
    book.platform.events.on(loanRenewed, async (_work, payload) => void told.push(payload));
    book.platform.events.on(loanDisbursed, async (_work, payload) => void told.push(payload));
  });
  let contracts = 0;
  const sign = (
    renewal: { id: string; loanId: string },
    actor = book.officer,
    contractNumber?: string,
  ) => {
    contracts += 1;
    const number = contractNumber ?? `XD-${contracts}`;
    const { id: renewalId, loanId } = renewal;
    return book.do(actor, signRenewal, { loanId, renewalId, contractNumber: number });
  };
  /** Approved, with the interest to the clock's day paid by the borrower. */
  const ready = async (plan: object = {}, more?: object) => {
    const loan = await renewable(book, { ...DAYS, ...plan });
    const renewal = await renewalApproved(book, loan, more);
    await repaid(book, loan, await interestOf(book, loan));
    return { loan, renewal };
  };

  test('settles the old loan with the new one, and both are linked', async () => {
    const { loan, renewal } = await ready();
    told.length = 0;
    const done = await sign(renewal);
    const fresh = { loanId: done.id };
    const [old, row] = [await rowOf(book, loan), await rowOf(book, fresh)];
    expect(old).toMatchObject({
      ...{ state: 'settled', settledOn: '2019-06-01', outstandingFen: 0, runningKey: null },
      ...{ overpaidFen: 0, renewsLoanId: null },
    });
    expect(row).toMatchObject({
      ...{ state: 'running', renewsLoanId: loan.loanId, runningKey: loan.householdId },
      ...{ principalFen: 5_000_000, outstandingFen: 5_000_000, ratePpm: 43_500, termMonths: 12 },
      ...{ disbursedOn: '2019-06-01', maturesOn: '2020-06-01', bookedUntil: '2019-06-01' },
      ...{ signedBy: book.officer.id, decidedBy: book.approver.id, disbursedBy: 'system' },
      ...{ householdId: loan.householdId, memberId: old.memberId, bankId: old.bankId },
    });
    expect(done).toMatchObject({ renewsLoanId: loan.loanId, state: 'running' });
    const { items } = await book.ask(book.officer, listRenewals, { loanId: loan.loanId });
    expect(items).toEqual([
      expect.objectContaining({
        ...{ state: 'signed', newLoanId: done.id, signedOn: '2019-06-01' },
        signedBy: book.officer.id,
      }),
    ]);
    const page = (loanId: string) => book.ask(book.officer, getLoan, { loanId });
    expect((await page(loan.loanId)).renewedByLoanId).toBe(done.id);
    expect(await page(done.id)).toMatchObject({
      ...{ renewedByLoanId: null, loan: { renewsLoanId: loan.loanId } },
    });
    const payload = { householdId: loan.householdId, on: '2019-06-01', amountFen: 5_000_000 };
    expect(told).toEqual([
      { loanId: loan.loanId, newLoanId: done.id, ...payload },
      { loanId: done.id, renewal: true, ...payload },
    ]);
    for (const one of [loan, fresh]) await expectLawful(book, one);
  });

  test('moves no money: what the new loan pays out, the old one takes in', async () => {
    const { loan, renewal } = await ready();
    const { id } = await sign(renewal);
    const rows = await book.platform.db.reader().rows<{ subject: string; amount: number }>(
      `SELECT e.subject_id AS subject, l.amount_fen AS amount
         FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id
        WHERE l.account = 'BANK_CASH' AND e.event IN ('loans.renewal', 'loans.disbursal')
          AND e.subject_id IN (:ids) AND (e.event = 'loans.renewal' OR e.subject_id = :id)
        ORDER BY l.amount_fen`,
      { ids: [loan.loanId, id], id },
    );
    expect(rows).toEqual([
      { subject: id, amount: -5_000_000 },
      { subject: loan.loanId, amount: 5_000_000 },
    ]);
  });

  test('prints a contract that names the old one and promises no payout', async () => {
    const { loan, renewal } = await ready();
    const { id: loanId, number } = await sign(renewal);
    const old = await rowOf(book, loan);
    const contract = await book.ask(book.officer, printedContract, { loanId });
    expect(contract).toMatchObject({ number, renewsNumber: old.number });
    const page = contractPaper(contract as never).text;
    expect(page).toContain(`借款用于归还合同号 ${old.number} 的借款本金`);
    expect(page).toContain('续贷批准编号：XD450328-2019-');
    expect(page).not.toContain('借款转入借款人本人账户');
    const first = await book.ask(book.officer, printedContract, { loanId: loan.loanId });
    expect(contractPaper(first as never).text).toContain('借款转入借款人本人账户');
  });

  test('writes the household’s next application with the people of the bank', async () => {
    const { loan, renewal } = await ready();
    const { id, applicationId } = await sign(renewal);
    const sql = book.platform.db.reader();
    const application = await sql.one<Record<string, unknown>>(
      `SELECT state, household_id AS householdId, busy_household_id AS busy, loan_id AS loanId,
              entered_by AS enteredBy, bank_decision_by AS decidedBy, use_detail AS useDetail,
              certificate_number AS certificateNumber, amount_fen AS amount
         FROM application WHERE id = :applicationId`,
      { applicationId },
    );
    expect(application).toEqual({
      ...{ state: 'contracted', householdId: loan.householdId, busy: loan.householdId },
      ...{ loanId: id, enteredBy: book.asker.id, decidedBy: book.approver.id, amount: 5_000_000 },
      ...{ useDetail: '养鸡', certificateNumber: expect.stringMatching(/^XD450328-2019-\d{5}$/) },
    });
    const steps = await sql.rows<{ step: string; actorId: string; name: string }>(
      `SELECT step, actor_id AS actorId, actor_name AS name FROM application_step
        WHERE application_id = :applicationId ORDER BY position`,
      { applicationId },
    );
    expect(steps).toEqual([
      { step: 'submit', actorId: book.asker.id, name: '信贷员甲' },
      { step: 'bank-decision', actorId: book.approver.id, name: '审批人乙' },
    ]);
    const signers = await sql.rows<{ actorId: string; step: string }>(
      `SELECT actor_id AS actorId, step FROM application_signer
        WHERE application_id = :applicationId`,
      { applicationId },
    );
    expect(signers).toContainEqual({ actorId: book.officer.id, step: 'contract' });
    expect(signers).toHaveLength(3);
    const old = await sql.one<{ state: string; busy: string | null }>(
      'SELECT state, busy_household_id AS busy FROM application WHERE id = :id',
      { id: loan.applicationId },
    );
    expect(old).toEqual({ state: 'settled', busy: null });
  });

  test('while interest is due is refused with the figure, to the day', async () => {
    const loan = await renewable(book, DAYS);
    const renewal = await renewalApproved(book, loan);
    const interest = await interestOf(book, loan);
    const attempt = sign(renewal);
    await expect(attempt).rejects.toMatchObject({
      ...{ code: 'loans.renewal-interest-due' },
      info: { detail: `截至 2019-06-01 应付利息 ${interest} 元` },
    });
    await repaid(book, loan, interest);
    onDay(book, '2019-06-02');
    // One more day: 50,000 × 4.35 % ÷ 360.
    await expect(sign(renewal)).rejects.toMatchObject({
      info: { detail: '截至 2019-06-02 应付利息 6.04 元' },
    });
    await unchanged(book, 'loans.renewal-interest-due', () => sign(renewal));
    await repaid(book, loan, '6.04');
    expect((await sign(renewal)).state).toBe('running');
  });

  test('takes over what is left of the principal, and never more than was approved', async () => {
    const part = { amount: '30000.00', withoutRepaying: false };
    const { loan, renewal } = await ready({}, part);
    await unchanged(book, 'loans.renewal-principal-above', () => sign(renewal));
    await repaid(book, loan, '22000.00');
    const { id, principal } = await sign(renewal);
    expect(principal).toBe('28000.00');
    expect((await rowOf(book, loan)).state).toBe('settled');
    for (const one of [loan, { loanId: id }]) await expectLawful(book, one);
  });

  test.each([
    ['on the day before maturity', '2019-06-14', null],
    ['on the maturity day', '2019-06-15', 'loans.after-maturity'],
    ['on the day after', '2019-06-16', 'loans.after-maturity'],
  ])('%s', async (_, on, code) => {
    const { loan, renewal } = await ready();
    onDay(book, on);
    await repaid(book, loan, await interestOf(book, loan));
    if (code === null) expect((await sign(renewal)).state).toBe('running');
    else await unchanged(book, code, () => sign(renewal));
  });

  test('by whoever asked or decided is refused, by rule and by the database', async () => {
    const { renewal } = await ready();
    const { everything } = book;
    const as = (id: string) => book.actor({ ...everything, id, permissions: ['loans.sign'], org });
    const org = { id: book.bankId, kind: 'bank' } as const;
    await unchanged(book, 'loans.signer-decided', () => sign(renewal, as(book.approver.id)));
    await unchanged(book, 'loans.signer-asked', () => sign(renewal, as(book.asker.id)));
    const { id: loanId } = await sign(renewal);
    const set = (change: string) =>
      refusedByDatabase(
        book.system((work) =>
          work.tx.exec(`UPDATE loan SET ${change} WHERE id = :loanId`, { loanId }),
        ),
      );
    expect(await set('signed_by = decided_by')).toBe('check');
    expect(await set('renews_loan_id = id')).toBe('check');
  });

  test('a second time, unapproved, under a used number or elsewhere is refused', async () => {
    const { loan, renewal } = await ready();
    const other = await ready();
    await sign(renewal, book.officer, 'XD-SAME');
    await unchanged(book, 'loans.renewal-not-approved', () => sign(renewal));
    await unchanged(book, 'loans.number-used', () => sign(other.renewal, book.officer, 'XD-SAME'));
    await unchanged(book, 'loans.change-absent', () =>
      sign({ ...other.renewal, loanId: loan.loanId }),
    );
    await unchanged(book, 'platform.absent', () => sign(other.renewal, book.stranger));
    await unchanged(book, 'platform.not-permitted', () => sign(other.renewal, book.approver));
  });

  test('by two at once is made once, and the household has one running loan', async () => {
    const { loan, renewal } = await ready();
    const results = await Promise.allSettled([sign(renewal), sign(renewal)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const running = await book.platform.db
      .reader()
      .rows('SELECT id FROM loan WHERE running_key = :householdId', {
        householdId: loan.householdId,
      });
    expect(running).toHaveLength(1);
  });

  test('keeps a renewed loan renewed: no repayment before it is taken back', async () => {
    const { loan, renewal } = await ready();
    await sign(renewal);
    const sql = book.platform.db.reader();
    const event = await sql.one<{ id: string }>(
      `SELECT origin_id AS id FROM loan_event WHERE loan_id = :loanId AND kind = 'repayment'`,
      { loanId: loan.loanId },
    );
    const renewed = await sql.one<{ id: string }>(
      `SELECT origin_id AS id FROM loan_event WHERE loan_id = :loanId AND kind = 'renewal'`,
      { loanId: loan.loanId },
    );
    const reverse = (eventId: string) => () =>
      book.do(banker(book, 'loans.reverse-event'), reverseLoanEvent, {
        ...{ loanId: loan.loanId, eventId, reason: '串户' },
      });
    await unchanged(book, 'loans.not-reversible', reverse(renewed!.id));
    await unchanged(book, 'loans.borrowed-since', reverse(event!.id));
  });

  test('is once in the life of the money', async () => {
    const { loan, renewal } = await ready();
    const { id, applicationId } = await sign(renewal);
    const fresh: Lent = { ...loan, loanId: id, applicationId };
    onDay(book, '2019-07-01');
    await unchanged(book, 'loans.renewal-times', () => renewalApproved(book, fresh));
  });
});
