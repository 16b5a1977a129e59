/** Deciding on a renewal: by another person, before maturity, with all conditions met. */
import { decideRenewal, requestRenewal } from '../../src/loans';
import { describeEachDatabase } from '../support/databases';
import { expectLawful, onDay, repaid, rowOf } from './book';
import {
  askRenewal,
  type ChangeBook,
  conditions,
  decision,
  openChanges,
  renewable,
  renewalOf,
  unchanged,
} from './changes';

const DAYS = { lentOn: '2018-06-15', on: '2019-06-01' };

describeEachDatabase('A decision on a renewal', (open) => {
  let book: ChangeBook;
  beforeAll(async () => {
    book = await openChanges(open);
  });
  const decide = (
    asked: { id: string; loanId: string; contentDigest: string },
    outcome: 'approve' | 'refuse' = 'approve',
    actor = book.approver,
  ) => book.do(actor, decideRenewal, decision(asked, 'renewalId', outcome));

  test('that approves leaves the loan as it is until the new contract is signed', async () => {
    const loan = await renewable(book, DAYS);
    const before = await rowOf(book, loan);
    const asked = await askRenewal(book, loan);
    const done = await decide(asked);
    expect(done).toMatchObject({ state: 'approved', decidedBy: book.approver.id, newLoanId: null });
    expect(await rowOf(book, loan)).toEqual(before);
    await unchanged(book, 'loans.change-decided', () => decide(asked));
    await unchanged(book, 'loans.change-asked', () => askRenewal(book, loan));
    await expectLawful(book, loan);
  });

  test('that refuses frees the loan for another request, also after an approval', async () => {
    const loan = await renewable(book, DAYS);
    const first = await askRenewal(book, loan);
    expect((await decide(first, 'refuse')).state).toBe('refused');
    const second = await askRenewal(book, loan);
    await decide(second);
    expect(await decide(second, 'refuse')).toMatchObject({
      ...{ state: 'refused', decisionReason: '材料不足' },
    });
    expect((await askRenewal(book, loan)).state).toBe('asked');
  });

  test('by whoever asked is refused, by rule', async () => {
    const loan = await renewable(book, DAYS);
    const asked = await book.do(book.everything, requestRenewal, renewalOf(loan));
    await unchanged(book, 'loans.change-decider-asked', () =>
      decide(asked, 'approve', book.everything),
    );
  });

  test('that approves although a condition is not met is refused', async () => {
    const loan = await renewable(book, DAYS);
    const asked = await askRenewal(book, loan, { conditions: conditions('GOOD_CREDIT') });
    await unchanged(book, 'loans.renewal-conditions', () => decide(asked));
    expect((await decide(asked, 'refuse')).state).toBe('refused');
  });

  test.each([
    ['on the day before maturity', '2019-06-14', null],
    ['on the maturity day', '2019-06-15', 'loans.after-maturity'],
  ])('%s', async (_, on, code) => {
    const loan = await renewable(book, DAYS);
    const asked = await askRenewal(book, loan);
    onDay(book, on);
    if (code === null) expect((await decide(asked)).state).toBe('approved');
    else await unchanged(book, code, () => decide(asked));
  });

  test('on what was not seen is refused; principal repaid meanwhile is no hindrance', async () => {
    const loan = await renewable(book, DAYS);
    const asked = await askRenewal(book, loan);
    const unseen = { ...asked, contentDigest: 'b'.repeat(64) };
    await unchanged(book, 'loans.change-stale', () => decide(unseen));
    await repaid(book, loan, '10000.00');
    expect((await decide(asked)).state).toBe('approved');
  });

  test('elsewhere or without the permission is refused', async () => {
    const [loan, other] = [await renewable(book, DAYS), await renewable(book, DAYS)];
    const asked = await askRenewal(book, loan);
    await unchanged(book, 'loans.change-absent', () => decide({ ...asked, loanId: other.loanId }));
    await unchanged(book, 'platform.not-permitted', () => decide(asked, 'approve', book.asker));
    const permissions = ['loans.decide-renewal'];
    const stranger = book.actor({ permissions, org: { id: 'another-bank', kind: 'bank' } });
    await unchanged(book, 'platform.absent', () => decide(asked, 'approve', stranger));
  });
});
