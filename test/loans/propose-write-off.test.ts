/** Proposing a write-off: what it shows, on which grounds, and that the fund decides first. */
import { proposeWriteOff } from '../../src/loans';
import { listWriteOffs } from '../../src/loans/write-offs.queries';
import { isCheckViolation, isUniqueViolation } from '../../src/platform/db/errors';
import { fen, ZERO_FEN } from '../../src/platform/money';
import { describeEachDatabase } from '../support/databases';
import {
  type BadBook,
  decided,
  lostLoan,
  OWN_TABLES,
  openBadBook,
  PURSUED,
  proposed,
} from './bad-loans';
import { banker, expectLawful, onDay, refused, repaid, rowOf, signed, TABLES } from './book';

describeEachDatabase('Proposing a write-off', (open) => {
  let book: BadBook;
  beforeAll(async () => {
    book = await openBadBook(open);
  });
  beforeEach(() => {
    book.fund = { state: 'refused', keptFen: ZERO_FEN };
  });

  test('shows what is owed today and what the fund bears of it, and moves nothing', async () => {
    const loan = await lostLoan(book);
    book.fund = { state: 'paid', keptFen: fen(4_000_000) };
    const before = await book.snapshot(...TABLES);
    const told = await proposed(book, loan);
    expect(told).toMatchObject({
      ...{ loanId: loan.loanId, state: 'proposed', ground: 'PURSUED_IN_VAIN' },
      ...{ principal: '50000.00', compensation: '40000.00', fundState: 'paid' },
      ...{ classCode: 'LOSS', daysOverdue: 1508, policyRowId: 'write-off-national' },
      proposedBy: book.proposer.id,
    });
    const sum = [told.principal, told.interest, told.penalty].map(Number);
    expect(Number(told.total)).toBeCloseTo(sum[0]! + sum[1]! + sum[2]!, 2);
    expect(Number(told.loss)).toBeCloseTo(Number(told.total) - 40_000, 2);
    expect(await book.snapshot(...TABLES)).toBe(before);
    const { items } = await book.ask(book.approver, listWriteOffs, { state: 'proposed' });
    expect(items).toContainEqual(told);
    await expectLawful(book, loan);
  });

  test('takes an event in place of the grade: a disaster on the first day overdue', async () => {
    const loan = await lostLoan(book, '2019-06-16');
    const evidence = [
      { kind: 'DISASTER_PROOF', reference: '县应急局证明 2019-3' },
      { kind: 'COLLECTION_RECORD', reference: '催收档案 2019-1' },
    ];
    const papers = { ground: 'DISASTER', reason: '山洪冲毁猪舍', evidence };
    const told = await proposed(book, loan, book.proposer, papers);
    expect(told).toMatchObject({ daysOverdue: 1, state: 'proposed' });
    const due = await lostLoan(book, '2019-06-15');
    await refused(book, 'loans.write-off-too-soon', () =>
      proposed(book, due, book.proposer, papers),
    );
  });

  test.each([
    ['loans.write-off-ground', { ground: 'NO_SUCH_GROUND' }],
    ['loans.write-off-evidence', { evidence: PURSUED.evidence.slice(1) }],
    [
      'loans.write-off-evidence',
      { evidence: [...PURSUED.evidence, { kind: 'HEARSAY', reference: '听说' }] },
    ],
    ['platform.invalid-input', { evidence: [] }],
    ['platform.invalid-input', { reason: ' ' }],
  ])('is refused with %s for %j', async (code, change) => {
    const loan = await lostLoan(book);
    await refused(book, code, () => proposed(book, loan, book.proposer, { ...PURSUED, ...change }));
    expect(await rowsOf(loan)).toBe(0);
  });

  test('is refused before the grade is bad enough', async () => {
    // By the table of 2019 days alone never make a loss.
    const loan = await lostLoan(book, '2022-06-15');
    await refused(book, 'loans.write-off-too-soon', () => proposed(book, loan));
  });

  test('is refused until the fund has decided', async () => {
    const loan = await lostLoan(book);
    for (const state of ['none', 'open'] as const) {
      book.fund = { state, keptFen: ZERO_FEN };
      await refused(book, 'loans.fund-undecided', () => proposed(book, loan));
    }
  });

  test('is made once while it waits, and anew when it was refused', async () => {
    const loan = await lostLoan(book);
    const first = await proposed(book, loan);
    await refused(book, 'loans.write-off-waits', () => proposed(book, loan));
    await decided(book, first, 'refused');
    const second = await proposed(book, loan);
    expect(second.id).not.toBe(first.id);
    await decided(book, second);
    await refused(book, 'loans.write-off-waits', () => proposed(book, loan));
  });

  test('is refused on what does not run, to strangers and without the permission', async () => {
    onDay(book, '2018-06-15');
    const waiting = await signed(book);
    await refused(book, 'loans.not-running', () => proposed(book, waiting));
    const loan = await lostLoan(book);
    await refused(book, 'platform.not-permitted', () => proposed(book, loan, book.officer));
    const stranger = book.actor({
      permissions: ['loans.propose-write-off'],
      org: { id: 'another-bank', kind: 'bank' },
    });
    await refused(book, 'platform.absent', () => proposed(book, loan, stranger));
    await repaid(book, loan, '100000.00');
    expect((await rowOf(book, loan)).state).toBe('settled');
    await refused(book, 'loans.not-running', () => proposed(book, loan));
    const nobody = banker(book, 'loans.propose-write-off');
    const absent = { loanId: book.platform.newId(), ...PURSUED };
    await refused(book, 'loans.absent', () => book.do(nobody, proposeWriteOff, absent));
  });

  test('the database itself keeps one a loan, two people and whole decisions', async () => {
    const loan = await lostLoan(book);
    const { id } = await proposed(book, loan);
    const change = (set: string) =>
      book
        .system((work) => work.tx.exec(`UPDATE loan_write_off SET ${set} WHERE id = :id`, { id }))
        .catch((error: unknown) => error);
    const decision = `decided_on = proposed_on, decided_at = proposed_at, decision_note = 'x',
                      state = 'refused', standing_loan_id = NULL`;
    for (const set of [
      `decided_by = proposed_by, ${decision}`,
      "state = 'refused'",
      "state = 'lost'",
      'standing_loan_id = NULL',
      'principal_fen = -1',
      'principal_fen = 0, interest_fen = 0, penalty_fen = 0',
    ]) {
      expect([set, isCheckViolation(await change(set))]).toEqual([set, true]);
    }
    const twin = await book
      .system((work) =>
        work.tx.exec(
          `INSERT INTO loan_write_off SELECT '01J00000000000000000000000', loan_id, standing_loan_id,
             household_id, region_code, bank_id, ground_code, reason, evidence, principal_fen,
             interest_fen, penalty_fen, compensation_fen, fund_state, days_overdue, class_code,
             policy_row_id, content_digest, state, proposed_by, proposed_on, proposed_at,
             decided_by, decided_on, decided_at, decision_note, event_id, version
             FROM loan_write_off WHERE id = :id`,
          { id },
        ),
      )
      .catch((error: unknown) => error);
    expect(isUniqueViolation(twin, 'loan_write_off')).toBe(true);
    expect(OWN_TABLES).toContain('loan_write_off');
  });

  const rowsOf = async ({ loanId }: { loanId: string }) => {
    const sql = 'SELECT COUNT(*) AS n FROM loan_write_off WHERE loan_id = :loanId';
    return (await book.platform.db.reader().one<{ n: number }>(sql, { loanId }))!.n;
  };
});
