/** Deciding on an extension: by another person, in time, on what was seen; the maturity moves and nothing else does. */
import {
  classifyStep,
  decideExtension,
  markOverdueStep,
  requestExtension,
  settleInterestStep,
} from '../../src/loans';
import { payoffQuote } from '../../src/loans/quotes.queries';
import { describeEachDatabase } from '../support/databases';
import { expectLawful, lent, night, onDay, repaid, rowOf } from './book';
import {
  askExtension,
  type ChangeBook,
  decision,
  extended,
  extensionOf,
  maturityOf,
  openChanges,
  unchanged,
} from './changes';

const YEAR = { termMonths: 12, rate: '4.35' };

describeEachDatabase('A decision on an extension', (open) => {
  let book: ChangeBook;
  beforeAll(async () => {
    book = await openChanges(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));
  const aLoan = () => lent(book, YEAR);
  const decide = (
    asked: { id: string; loanId: string; contentDigest: string },
    outcome: 'approve' | 'refuse' = 'approve',
    actor = book.approver,
  ) => book.do(actor, decideExtension, decision(asked, 'extensionId', outcome));

  test('that approves moves the maturity, and the contract’s rate goes on until the new one', async () => {
    const [loan, other] = [await aLoan(), await aLoan()];
    onDay(book, '2019-06-10');
    const done = await extended(book, loan, '2019-12-15');
    expect(done).toMatchObject({ state: 'approved', decidedBy: book.approver.id });
    expect(await maturityOf(book, loan)).toEqual({
      maturesOn: '2019-12-15',
      originalMaturesOn: '2019-06-15',
    });
    onDay(book, '2019-12-15');
    const quote = (one: { loanId: string }) =>
      book.ask(book.officer, payoffQuote, { loanId: one.loanId });
    const [mine, theirs] = [await quote(loan), await quote(other)];
    expect(mine.penalty).toBe('0.00');
    expect(Number(theirs.penalty)).toBeGreaterThan(0);
    await night(book, '2019-12-15', markOverdueStep, classifyStep);
    expect(await rowOf(book, loan)).toMatchObject({ daysOverdue: 0, classCode: 'NORMAL' });
    await night(book, '2019-12-16', markOverdueStep);
    expect((await rowOf(book, loan)).daysOverdue).toBe(1);
    await expectLawful(book, loan);
  });

  test('is an event of the loan with its reason, and moves no money', async () => {
    const loan = await aLoan();
    const { id } = await extended(book, loan, '2019-12-15', { reasonCode: 'illness' });
    const event = await book.platform.db
      .reader()
      .one<{ detail: string; naturalKey: string; amount: number; entryKey: string | null }>(
        `SELECT detail, natural_key AS naturalKey, amount_fen AS amount, entry_key AS entryKey
           FROM loan_event WHERE loan_id = :loanId AND kind = 'extension'`,
        { loanId: loan.loanId },
      );
    expect(JSON.parse(event!.detail)).toEqual({ maturesOn: '2019-12-15', reasonCode: 'illness' });
    expect(event).toMatchObject({ naturalKey: `extension/${id}`, amount: 0, entryKey: null });
    await expectLawful(book, loan);
  });

  test('stands when a repayment of before is entered late', async () => {
    const loan = await aLoan();
    onDay(book, '2018-08-15');
    await extended(book, loan, '2019-12-15');
    onDay(book, '2018-09-25');
    await night(book, '2018-09-20', settleInterestStep);
    await repaid(book, loan, '10000.00', '2018-07-15');
    expect((await maturityOf(book, loan)).maturesOn).toBe('2019-12-15');
    await expectLawful(book, loan);
  });

  test('that refuses names why and moves nothing', async () => {
    const loan = await aLoan();
    const asked = await askExtension(book, loan, '2019-12-15');
    const before = await rowOf(book, loan);
    const { contentDigest, loanId, id: extensionId } = asked;
    await unchanged(book, 'loans.change-refusal-reason', () =>
      book.do(book.approver, decideExtension, {
        ...{ loanId, extensionId, contentDigest, outcome: 'refuse' },
      }),
    );
    const refused = await decide(asked, 'refuse');
    expect(refused).toMatchObject({ state: 'refused', decisionReason: '材料不足' });
    expect(await rowOf(book, loan)).toEqual(before);
    await unchanged(book, 'loans.change-decided', () => decide(asked));
  });

  test('by whoever asked is refused, by rule', async () => {
    const loan = await aLoan();
    const input = extensionOf(loan, '2019-12-15');
    const asked = await book.do(book.everything, requestExtension, input);
    await unchanged(book, 'loans.change-decider-asked', () =>
      decide(asked, 'approve', book.everything),
    );
    await unchanged(book, 'loans.change-decider-asked', () =>
      decide(asked, 'refuse', book.everything),
    );
  });

  test.each([
    ['on the maturity day', '2019-06-15', null],
    ['on the day after', '2019-06-16', 'loans.after-maturity'],
  ])('%s', async (_, on, code) => {
    const loan = await aLoan();
    const asked = await askExtension(book, loan, '2019-12-15');
    onDay(book, on);
    if (code === null) expect((await decide(asked)).state).toBe('approved');
    else {
      await unchanged(book, code, () => decide(asked));
      expect((await decide(asked, 'refuse')).state).toBe('refused');
    }
    await expectLawful(book, loan);
  });

  test('is not reached when the night of the maturity day has run: a day of penalty is booked then', async () => {
    onDay(book, '2018-09-20');
    const loan = await aLoan();
    for (const day of ['2018-12-20', '2019-03-20', '2019-06-20']) {
      await night(book, day, settleInterestStep);
    }
    onDay(book, '2019-09-20');
    await night(book, '2019-09-20', settleInterestStep);
    expect((await rowOf(book, loan)).penaltyDueFen).toBeGreaterThan(0);
    await unchanged(book, 'loans.troubled', () => askExtension(book, loan, '2020-03-20'));
    await expectLawful(book, loan);
  });

  test('on what was not seen, or after the loan changed, is refused', async () => {
    const loan = await aLoan();
    const asked = await askExtension(book, loan, '2019-12-15');
    const unseen = { ...asked, contentDigest: 'a'.repeat(64) };
    await unchanged(book, 'loans.change-stale', () => decide(unseen));
    await unchanged(book, 'loans.change-stale', () => decide(unseen, 'refuse'));
    await repaid(book, loan, '10000.00');
    await unchanged(book, 'loans.change-stale', () => decide(asked));
    expect((await decide(asked, 'refuse')).state).toBe('refused');
    await extended(book, loan, '2019-12-15');
  });

  test('is not stale because a quarter was settled', async () => {
    const loan = await aLoan();
    const asked = await askExtension(book, loan, '2019-12-15');
    await night(book, '2018-06-20', settleInterestStep);
    onDay(book, '2018-06-21');
    expect((await decide(asked)).state).toBe('approved');
    await expectLawful(book, loan);
  });

  test('for the epidemic comes on top, keeps the grade, and counts apart', async () => {
    onDay(book, '2019-03-10');
    const loan = await aLoan();
    onDay(book, '2020-03-01');
    await extended(book, loan, '2020-09-10', { reasonCode: 'epidemic' });
    onDay(book, '2020-09-01');
    await extended(book, loan, '2021-03-31', { reasonCode: 'epidemic' });
    await unchanged(book, 'loans.extension-times', () =>
      askExtension(book, loan, '2021-04-30', { reasonCode: 'epidemic' }),
    );
    await extended(book, loan, '2022-03-31', { reasonCode: 'market' });
    expect(await maturityOf(book, loan)).toEqual({
      maturesOn: '2022-03-31',
      originalMaturesOn: '2020-03-10',
    });
    await night(book, '2020-12-25', markOverdueStep, classifyStep);
    expect(await rowOf(book, loan)).toMatchObject({ classCode: 'NORMAL', daysOverdue: 0 });
    await expectLawful(book, loan);
  });

  test('of another loan’s request, elsewhere or without the permission is refused', async () => {
    const [loan, other] = [await aLoan(), await aLoan()];
    const asked = await askExtension(book, loan, '2019-12-15');
    await unchanged(book, 'loans.change-absent', () => decide({ ...asked, loanId: other.loanId }));
    await unchanged(book, 'platform.not-permitted', () => decide(asked, 'approve', book.asker));
    const permissions = ['loans.decide-extension'];
    const stranger = book.actor({ permissions, org: { id: 'another-bank', kind: 'bank' } });
    await unchanged(book, 'platform.absent', () => decide(asked, 'approve', stranger));
  });

  test('by two at once is made once', async () => {
    const loan = await aLoan();
    const asked = await askExtension(book, loan, '2019-12-15');
    const results = await Promise.allSettled([decide(asked), decide(asked, 'refuse')]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectLawful(book, loan);
  });
});
