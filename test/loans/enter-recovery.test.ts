/** Money after a write-off: never more than was written off, once for each reference; a subsidy that comes late. */
import { enterRecovery, loanRecovered, receiveSubsidy } from '../../src/loans';
import { reverseLoanEvent } from '../../src/loans/reverse-event';
import { fen, ZERO_FEN } from '../../src/platform/money';
import { describeEachDatabase } from '../support/databases';
import { type BadBook, LOSS_DAY, lostLoan, openBadBook, recovered, writtenOff } from './bad-loans';
import { banker, expectLawful, lent, onDay, payment, refused, repaid, rowOf, signed } from './book';

describeEachDatabase('A recovery', (open) => {
  let book: BadBook;
  const told: unknown[] = [];
  beforeAll(async () => {
    book = await openBadBook(open);
    book.platform.events.on(loanRecovered, async (_work, payload) => {
      told.push(payload);
    });
  });
  beforeEach(() => {
    told.length = 0;
    book.fund = { state: 'refused', keptFen: ZERO_FEN };
  });

  test('pays principal first, in parts; the last of it settles the loan and the rest is held', async () => {
    const loan = await writtenOff(book);
    const { writtenOffFen } = await rowOf(book, loan);
    const first = await recovered(book, loan, '20000.00');
    expect(first).toMatchObject({
      ...{ principal: '20000.00', interest: '0.00', penalty: '0.00', overpaid: '0.00' },
      ...{ repeated: false, loan: { state: 'running', recovered: '20000.00' } },
    });
    expect(told).toEqual([{ loanId: loan.loanId, eventId: first.recoveryId }]);
    await expectLawful(book, loan);
    onDay(book, '2024-01-10');
    const last = await recovered(book, loan, '100000.00');
    expect(last).toMatchObject({ principal: '30000.00', loan: { state: 'settled' } });
    const row = await rowOf(book, loan);
    expect(row.recoveredFen).toBe(writtenOffFen);
    expect(row.overpaidFen).toBe(12_000_000 - writtenOffFen);
    expect(row).toMatchObject({ settledOn: '2024-01-10', runningKey: null });
    await expectLawful(book, loan);
    const more = () => recovered(book, loan, '1.00');
    await refused(book, 'loans.not-running', more);
  });

  test('under a known bank reference is the same one; a reference is one receipt of any kind', async () => {
    const loan = await writtenOff(book);
    const input = payment(book, loan, '500.00');
    const first = await book.do(book.officer, enterRecovery, input);
    const again = await book.do(book.officer, enterRecovery, input);
    expect(again).toEqual({ ...first, repeated: true });
    expect(told).toHaveLength(1);
    const enter = (change: object) => () =>
      book.do(book.officer, enterRecovery, { ...input, ...change });
    await refused(book, 'loans.reference-used', enter({ amount: '500.01' }));
    const other = await lostLoan(book);
    const used = payment(book, other, '10.00');
    await repaid(book, other, '10.00');
    const { bankReference } = used;
    const paid = payment(book, other, '20.00');
    await book.do(book.officer, enterRecovery, { ...input, bankReference: paid.bankReference });
    await refused(
      book,
      'loans.reference-used',
      enter({ bankReference: paid.bankReference, amount: '1.00' }),
    );
    expect(bankReference).not.toBe(paid.bankReference);
    await expectLawful(book, loan);
  });

  test('entered late takes its place and shares out anew what came after it', async () => {
    const loan = await writtenOff(book);
    onDay(book, '2023-09-01');
    await recovered(book, loan, '49000.00', '2023-09-01');
    onDay(book, '2023-09-05');
    const late = await recovered(book, loan, '2000.00', '2023-08-20');
    expect(late).toMatchObject({ principal: '2000.00', interest: '0.00' });
    await expectLawful(book, loan);
    const events = await book.platform.db.reader().rows<{ principal: number }>(
      `SELECT principal_fen AS principal FROM loan_event
        WHERE loan_id = :loanId AND kind = 'recovery' AND voided_by IS NULL ORDER BY happened_on`,
      { loanId: loan.loanId },
    );
    expect(events.map(({ principal }) => principal)).toEqual([200_000, 4_800_000]);
  });

  test('reversed, it is owed again as if it had never come', async () => {
    const loan = await writtenOff(book);
    const before = await rowOf(book, loan);
    const wrong = await recovered(book, loan, '200000.00');
    expect((await rowOf(book, loan)).state).toBe('settled');
    const eventId = wrong.recoveryId;
    const input = { loanId: loan.loanId, eventId, reason: '串户' };
    await book.do(banker(book, 'loans.reverse-event'), reverseLoanEvent, input);
    const { version, ...figures } = before;
    expect(await rowOf(book, loan)).toMatchObject(figures);
    await expectLawful(book, loan);
  });

  test('a subsidy that comes after the write-off recovers interest, and is not taken back here', async () => {
    const loan = await writtenOff(book);
    const booked = await book.system((work) =>
      receiveSubsidy(work, {
        ...{ loanId: loan.loanId, periodCode: '2019Q2', amountFen: fen(100_000) },
        key: `2019Q2/${loan.loanId}`,
      }),
    );
    expect(booked).toEqual({ interestFen: 100_000, overpaidFen: 0, fresh: true });
    const row = await rowOf(book, loan);
    expect(row).toMatchObject({ recoveredFen: 100_000, overpaidFen: 0 });
    expect(told).toHaveLength(1);
    await expectLawful(book, loan);
    const [{ eventId }] = told as [{ eventId: string }];
    const input = { loanId: loan.loanId, eventId, reason: '串户' };
    await refused(book, 'loans.not-reversible', () =>
      book.do(banker(book, 'loans.reverse-event'), reverseLoanEvent, input),
    );
  });

  test('is refused on what was not written off, before it, ahead of time, of nothing, to others', async () => {
    const enter = (loan: { loanId: string }, amount = '1.00', on?: string, by = book.officer) => {
      const input = payment(book, loan, amount, on);
      return () => book.do(by, enterRecovery, input);
    };
    onDay(book, '2018-06-15');
    const running = await lent(book);
    await refused(book, 'loans.not-written-off', enter(running));
    await refused(book, 'loans.not-running', enter(await signed(book)));
    const loan = await writtenOff(book);
    await refused(book, 'loans.recovered-too-soon', enter(loan, '1.00', '2023-07-31'));
    await refused(book, 'loans.paid-in-future', enter(loan, '1.00', '2023-08-02'));
    await refused(book, 'loans.nothing-paid', enter(loan, '0.00', LOSS_DAY));
    await refused(book, 'platform.absent', enter(loan, '1.00', LOSS_DAY, book.stranger));
    await refused(book, 'platform.not-permitted', enter(loan, '1.00', LOSS_DAY, book.approver));
  });
});
