/** Deciding a write-off: by another person, on what was seen; what it does to loan and books; taking it back. */
import { balanceOf, bankBook } from '../../src/ledger';
import { loanWrittenOff, repay, settleInterestStep } from '../../src/loans';
import { payoffQuote } from '../../src/loans/quotes.queries';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { listWriteOffs } from '../../src/loans/write-offs.queries';
import { fen, parseYuan, yuan, ZERO_FEN } from '../../src/platform/money';
import { describeEachDatabase } from '../support/databases';
import {
  type BadBook,
  branchApprover,
  decided,
  LOSS_DAY,
  lostLoan,
  openBadBook,
  proposed,
  recovered,
  writtenOff,
} from './bad-loans';
import { banker, expectLawful, night, onDay, payment, refused, repaid, rowOf } from './book';

describeEachDatabase('Deciding a write-off', (open) => {
  let book: BadBook;
  const told: unknown[] = [];
  beforeAll(async () => {
    book = await openBadBook(open);
    book.platform.events.on(loanWrittenOff, async (_work, payload) => {
      told.push(payload);
    });
  });
  beforeEach(() => {
    told.length = 0;
    book.fund = { state: 'refused', keptFen: ZERO_FEN };
  });
  const standing = async (loanId: string, account: string, sub = true) =>
    yuan(
      await balanceOf(book.platform.db.reader(), {
        ...{ book: bankBook(book.bankId), account },
        ...(sub ? { sub: loanId } : {}),
      }),
    );

  test('writes off all that is owed to the day; the case is kept and still runs', async () => {
    const loan = await lostLoan(book);
    const proposal = await proposed(book, loan);
    const lossBefore = await standing(loan.loanId, 'LOAN_LOSS', false);
    const done = await decided(book, proposal);
    expect(done).toMatchObject({
      ...{ state: 'approved', decidedBy: book.approver.id, decidedOn: LOSS_DAY },
      total: proposal.total,
    });
    const row = await rowOf(book, loan);
    expect(row).toMatchObject({
      ...{ state: 'running', outstandingFen: 0, interestDueFen: 0, penaltyDueFen: 0 },
      ...{ writtenOffOn: LOSS_DAY, recoveredFen: 0, daysOverdue: 0 },
    });
    expect(yuan(row.writtenOffFen)).toBe(proposal.total);
    expect(await standing(loan.loanId, 'WRITTEN_OFF')).toBe(proposal.total);
    const loss = parseYuan(await standing(loan.loanId, 'LOAN_LOSS', false));
    expect(yuan(fen(loss - parseYuan(lossBefore)))).toBe(proposal.total);
    expect(told).toEqual([{ loanId: loan.loanId, eventId: done.eventId }]);
    await expectLawful(book, loan);
    // Nothing bears interest any more.
    onDay(book, '2023-09-20');
    await night(book, '2023-09-20', settleInterestStep);
    expect(await book.ask(book.officer, payoffQuote, { loanId: loan.loanId })).toMatchObject({
      total: '0.00',
    });
    expect(await rowOf(book, loan)).toMatchObject({ interestDueFen: 0, penaltyDueFen: 0 });
    await expectLawful(book, loan);
  });

  test('on a later day counts the days in between, and nothing else may have happened', async () => {
    const loan = await lostLoan(book);
    const proposal = await proposed(book, loan);
    onDay(book, LOSS_DAY, 9);
    await decided(book, proposal);
    const row = await rowOf(book, loan);
    expect(row.writtenOffFen).toBeGreaterThan(parseYuan(proposal.total));
    await expectLawful(book, loan);
    const paid = await lostLoan(book);
    const stale = await proposed(book, paid);
    await repaid(book, paid, '100.00');
    await refused(book, 'loans.write-off-changed', () => decided(book, stale));
    expect((await decided(book, stale, 'refused')).state).toBe('refused');
    await decided(book, await proposed(book, paid));
    await expectLawful(book, paid);
  });

  test('asks everything again: the fund may decide anew, or have paid', async () => {
    const loan = await lostLoan(book);
    const proposal = await proposed(book, loan);
    book.fund = { state: 'open', keptFen: ZERO_FEN };
    await refused(book, 'loans.fund-undecided', () => decided(book, proposal));
    book.fund = { state: 'paid', keptFen: fen(100) };
    await refused(book, 'loans.write-off-changed', () => decided(book, proposal));
  });

  test('is refused to the proposer, to a branch, to strangers, without the permission, on other content', async () => {
    const loan = await lostLoan(book);
    const both = banker(book, 'loans.propose-write-off', 'loans.decide-write-off');
    const proposal = await proposed(book, loan, both);
    const by = (actor: typeof both) => () => decided(book, proposal, 'approved', actor);
    await refused(book, 'loans.write-off-own', by(both));
    await refused(book, 'loans.write-off-approver', by(await branchApprover(book)));
    await refused(book, 'platform.not-permitted', by(book.officer));
    const permissions = ['loans.decide-write-off'];
    const stranger = book.actor({ permissions, org: { id: 'another-bank', kind: 'bank' } });
    await refused(book, 'platform.absent', by(stranger));
    const county = book.actor({ permissions, org: { id: 'office', kind: 'poverty-office' } });
    await refused(book, 'loans.write-off-approver', by(county));
    const other = { ...proposal, contentDigest: 'b'.repeat(64) };
    await refused(book, 'loans.write-off-other', () => decided(book, other));
    const absent = { ...proposal, id: book.platform.newId() };
    await refused(book, 'loans.write-off-absent', () => decided(book, absent));
    await decided(book, proposal, 'refused');
    await refused(book, 'loans.write-off-decided', () => decided(book, proposal));
    expect((await rowOf(book, loan)).writtenOffOn).toBeNull();
  });

  test('of two at once one is done', async () => {
    const loan = await lostLoan(book);
    const proposal = await proposed(book, loan);
    const others = [1, 2].map(() => banker(book, 'loans.decide-write-off'));
    const done = await Promise.allSettled(
      others.map((actor) => decided(book, proposal, 'approved', actor)),
    );
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectLawful(book, loan);
  });

  test('a repayment after it is refused with advice; one of an earlier day lessens the loss', async () => {
    const loan = await writtenOff(book);
    const { writtenOffFen } = await rowOf(book, loan);
    const today = () => book.do(book.officer, repay, payment(book, loan, '10.00', LOSS_DAY));
    await refused(book, 'loans.written-off', today);
    await repaid(book, loan, '1000.00', '2023-07-10');
    const row = await rowOf(book, loan);
    // The days since the repayment bear a little less.
    expect(row.writtenOffFen).toBeLessThanOrEqual(writtenOffFen - 100_000);
    expect(yuan(row.writtenOffFen)).toBe(await standing(loan.loanId, 'WRITTEN_OFF'));
    await expectLawful(book, loan);
  });

  test('taken back, the loan is owed as before, and it may be proposed again', async () => {
    const loan = await lostLoan(book);
    const { repaymentId } = await repaid(book, loan, '1000.00');
    const proposal = await proposed(book, loan);
    const owed = await rowOf(book, loan);
    const { eventId } = await decided(book, proposal);
    const take = (id: string, by = banker(book, 'loans.reverse-event')) =>
      book.do(by, reverseLoanEvent, { loanId: loan.loanId, eventId: id, reason: '错误核销' });
    // Without the repayment more would be written off than was approved.
    await refused(book, 'loans.not-possible', () => take(repaymentId));
    const recovery = await recovered(book, loan, '5.00');
    await refused(book, 'loans.not-possible', () => take(eventId!));
    await take(recovery.recoveryId);
    const same = book.actor({
      id: book.approver.id,
      permissions: ['loans.reverse-event'],
      org: { id: book.bankId, kind: 'bank' },
    });
    await refused(book, 'loans.reverser-entered', () => take(eventId!, same));
    await take(eventId!);
    expect(await rowOf(book, loan)).toMatchObject({
      ...{ outstandingFen: owed.outstandingFen, interestDueFen: owed.interestDueFen },
      ...{ writtenOffFen: 0, writtenOffOn: null, state: 'running' },
    });
    const { items } = await book.ask(book.approver, listWriteOffs, { loanId: loan.loanId });
    expect(items.map(({ state }) => state)).toEqual(['reversed']);
    await expectLawful(book, loan);
    await take(repaymentId);
    await decided(book, await proposed(book, loan));
    await expectLawful(book, loan);
  });
});
