/** Asking for an extension: of a loan on which nothing is late, in time, within length and times; nothing moves yet. */
import { decideExtension, markOverdueStep, requestExtension } from '../../src/loans';
import { listExtensions } from '../../src/loans/extensions.queries';
import { refusedByDatabase } from '../households/register';
import { describeEachDatabase } from '../support/databases';
import { expectLawful, lent, night, OTHER_VILLAGE, onDay, repaid, rowOf, signed } from './book';
import {
  askExtension,
  type ChangeBook,
  decision,
  extended,
  extensionOf,
  maturityOf,
  openChanges,
  terminated,
  unchanged,
} from './changes';

const YEAR = { termMonths: 12, rate: '4.35' };

describeEachDatabase('A request for an extension', (open) => {
  let book: ChangeBook;
  beforeAll(async () => {
    book = await openChanges(open);
  });
  beforeEach(() => onDay(book, '2018-06-15'));
  const aLoan = (plan: object = YEAR) => lent(book, plan);

  test('waits for another person, with its reason and evidence, and moves nothing', async () => {
    const loan = await aLoan();
    onDay(book, '2019-05-15');
    const before = await rowOf(book, loan);
    const asked = await askExtension(book, loan, '2019-12-15');
    expect(asked).toMatchObject({
      ...{ loanId: loan.loanId, state: 'asked', stateName: '待决定', decidedBy: null },
      ...{ maturesOn: '2019-06-15', newMaturesOn: '2019-12-15', reasonName: '自然灾害' },
      ...{ askedBy: book.asker.id, askedByName: '信贷员甲', askedOn: '2019-05-15' },
    });
    expect(await rowOf(book, loan)).toEqual(before);
    const { items } = await book.ask(book.approver, listExtensions);
    expect(items).toContainEqual(
      expect.objectContaining({
        ...{ id: asked.id, borrowerName: loan.borrower, contentDigest: asked.contentDigest },
        ...{ reason: '受灾减产，出栏推迟', evidence: '6月10日走访记录、村委会证明' },
      }),
    );
    await expectLawful(book, loan);
  });

  test('is one at a time, and after a refusal may be made again', async () => {
    const loan = await aLoan();
    const asked = await askExtension(book, loan, '2019-12-15');
    await unchanged(book, 'loans.change-asked', () => askExtension(book, loan, '2019-11-15'));
    await book.do(book.approver, decideExtension, decision(asked, 'extensionId', 'refuse'));
    const again = await askExtension(book, loan, '2019-11-15');
    const own = await book.ask(book.asker, listExtensions, { loanId: loan.loanId });
    expect(own.items.map(({ id, state }) => [id, state])).toEqual([
      [asked.id, 'refused'],
      [again.id, 'asked'],
    ]);
    const waiting = await book.ask(book.asker, listExtensions, { state: 'asked' });
    expect(waiting.items.map(({ id }) => id)).not.toContain(asked.id);
  });

  test.each([
    ['the day before maturity', '2019-06-14', true],
    ['the maturity day', '2019-06-15', true],
    ['the day after', '2019-06-16', false],
    ['a year after', '2020-06-15', false],
  ])('on %s', async (_, on, allowed) => {
    const loan = await aLoan();
    onDay(book, on);
    const attempt = () => askExtension(book, loan, '2020-06-15');
    if (allowed) expect((await attempt()).state).toBe('asked');
    else await unchanged(book, 'loans.after-maturity', attempt);
  });

  test.each([
    ['2019-06-15', 'loans.extension-length'],
    ['2019-06-14', 'loans.extension-length'],
    ['2019-06-16', null],
    ['2020-06-15', null],
    ['2020-06-16', 'loans.extension-length'],
  ])('of twelve months that mature on 2019-06-15 to %s', async (day, code) => {
    const loan = await aLoan();
    const attempt = () => askExtension(book, loan, day);
    if (code === null) expect((await attempt()).newMaturesOn).toBe(day);
    else await unchanged(book, code, attempt);
  });

  test('over a leap day: from 2020-02-29 to the end of February', async () => {
    onDay(book, '2019-02-28');
    const loan = await aLoan();
    onDay(book, '2020-02-28');
    await unchanged(book, 'loans.extension-length', () => askExtension(book, loan, '2021-03-01'));
    expect((await askExtension(book, loan, '2021-02-28')).newMaturesOn).toBe('2021-02-28');
  });

  test('a second time, after one was approved, is refused', async () => {
    const loan = await aLoan();
    await extended(book, loan, '2019-12-15');
    await unchanged(book, 'loans.extension-times', () => askExtension(book, loan, '2020-03-15'));
  });

  test('for the epidemic needs the rule of the day', async () => {
    const early = await aLoan();
    onDay(book, '2019-01-10');
    const loan = await aLoan();
    const epidemic = { reasonCode: 'epidemic' };
    await unchanged(book, 'loans.not-epidemic', () =>
      askExtension(book, early, '2019-12-15', epidemic),
    );
    onDay(book, '2020-01-10');
    await unchanged(book, 'loans.not-epidemic', () =>
      askExtension(book, loan, '2020-07-10', epidemic),
    );
    onDay(book, '2019-02-28');
    const due = await aLoan();
    onDay(book, '2020-02-20');
    await unchanged(book, 'loans.extension-length', () =>
      askExtension(book, due, '2021-04-01', epidemic),
    );
    const asked = await askExtension(book, due, '2021-03-31', epidemic);
    expect(asked).toMatchObject({ maturesOn: '2020-02-28', reasonName: '疫情影响' });
  });

  test('of a loan that is late, ended, settled or not paid out is refused', async () => {
    const late = await aLoan();
    await night(book, '2019-06-20', markOverdueStep);
    onDay(book, '2019-06-20');
    await unchanged(book, 'loans.troubled', () => askExtension(book, late, '2019-12-15'));
    onDay(book, '2018-06-15');
    const [ended, settled, unpaid] = [await aLoan(), await aLoan(), await signed(book, YEAR)];
    await repaid(book, settled, '50000.00');
    onDay(book, '2018-07-15');
    await terminated(book, ended, '2018-07-01');
    await unchanged(book, 'loans.troubled', () => askExtension(book, ended, '2019-12-15'));
    await unchanged(book, 'loans.not-running', () => askExtension(book, settled, '2019-12-15'));
    await unchanged(book, 'loans.not-running', () => askExtension(book, unpaid, '2019-12-15'));
  });

  test('without the permission, at another bank, elsewhere or without a reason is refused', async () => {
    const loan = await aLoan({ ...YEAR, village: OTHER_VILLAGE });
    const input = extensionOf(loan, '2019-12-15');
    const permissions = ['loans.request-extension'];
    const stranger = book.actor({ permissions, org: { id: 'another-bank', kind: 'bank' } });
    const far = book.actor({ permissions, region: '450226000000' });
    await unchanged(book, 'platform.not-permitted', () =>
      book.do(book.officer, requestExtension, input),
    );
    await unchanged(book, 'platform.absent', () => book.do(stranger, requestExtension, input));
    await unchanged(book, 'platform.absent', () => book.do(far, requestExtension, input));
    for (const field of ['reason', 'evidence', 'reasonCode']) {
      await unchanged(book, 'platform.invalid-input', () =>
        book.do(book.asker, requestExtension, { ...input, [field]: undefined }),
      );
    }
    const { items } = await book.ask(book.stranger, listExtensions);
    expect(items).toEqual([]);
  });

  test('with the same key is made once', async () => {
    const loan = await aLoan();
    const key = `same-key-${loan.loanId}`;
    const input = extensionOf(loan, '2019-12-15');
    const first = await book.do(book.asker, requestExtension, input, { key });
    expect(await book.do(book.asker, requestExtension, input, { key })).toEqual(first);
    expect(await maturityOf(book, loan)).toEqual({
      maturesOn: '2019-06-15',
      originalMaturesOn: null,
    });
  });

  test('that could not be is refused by the database', async () => {
    const loan = await aLoan();
    const { id } = await askExtension(book, loan, '2019-12-15');
    const set = (change: string) =>
      refusedByDatabase(
        book.system((work) =>
          work.tx.exec(`UPDATE loan_extension SET ${change} WHERE id = :id`, { id }),
        ),
      );
    const decided = "decided_by_name = 'x', decided_on = asked_on, decided_at = asked_at";
    expect(await set("state = 'done'")).toBe('check');
    expect(await set('new_matures_on = matures_on')).toBe('check');
    expect(await set('open_key = NULL')).toBe('check');
    expect(await set("reason_code = 'x'")).toBe('check');
    const refusal = "state = 'refused', open_key = NULL, decision_reason = 'x'";
    expect(await set(`${refusal}, decided_by = asked_by, ${decided}`)).toBe('check');
    expect(await set(`${refusal}, decided_by = 'another', decided_on = asked_on`)).toBe('check');
    const approval = "state = 'approved', open_key = NULL, decided_by = 'another'";
    expect(await set(`${approval}, ${decided}`)).toBe('check');
  });
});
