/** The work list: what is due and late, for whom, page by page; it ends with the last repayment. */

import { createUser, useSecurityRules } from '../../src/identity';
import { assignResponsibility } from '../../src/monitoring';
import { dueChecks } from '../../src/monitoring/due.queries';
import { planChecksStep } from '../../src/monitoring/monitoring.job';
import { addFen, yuan } from '../../src/platform/money';
import { fileRules } from '../identity/office';
import { type Book, night, rowOf } from '../loans/book';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { carers, checked, lent, OTHER_VILLAGE, onDay, openCare, repaid, TOWNSHIP } from './care';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);

describeEachDatabase('The list of checks that are due', (open) => {
  let book: Book;
  let by: ReturnType<typeof carers>;
  beforeEach(async () => {
    book = await openCare(open);
    by = carers(book);
  });
  const list = (who: Book['officer'], input: object = {}) => book.ask(who, dueChecks, input);
  const ids = async (who: Book['officer'], input: object = {}) =>
    (await list(who, input)).items.map(({ loanId }) => loanId);

  test('has each loan by its day, the late ones first, with the days that are left', async () => {
    const late = await lent(book);
    onDay(book, '2018-03-10');
    const soon = await lent(book);
    onDay(book, '2018-04-02');
    const { items } = await list(by.lender);
    expect(items).toEqual([
      expect.objectContaining({
        ...{ loanId: late.loanId, dueOn: '2018-03-31', daysLeft: -2, late: true },
        ...{ lastVisitOn: null, openFlag: false, holders: [], holdersMissing: false },
        borrowerName: late.borrower,
      }),
      expect.objectContaining({
        ...{ loanId: soon.loanId, dueOn: '2018-04-09', daysLeft: 7, late: false },
      }),
    ]);
    expect(await ids(by.lender, { late: true })).toEqual([late.loanId]);
    expect(await ids(by.lender, { until: '2018-04-08' })).toEqual([late.loanId]);
    expect(await ids(by.lender, { until: '2018-04-09' })).toEqual([late.loanId, soon.loanId]);
    onDay(book, '2018-03-31');
    expect(await ids(by.lender, { late: true })).toEqual([]);
    onDay(book, '2018-04-02');
    await checked(book, by.lender, { loanId: late.loanId, on: '2018-04-02', use: 'diverted' });
    expect(await ids(by.lender)).toEqual([soon.loanId]);
    const later = await list(by.lender, { until: '2018-07-01' });
    expect(later.items[1]).toMatchObject({ dueOn: '2018-07-01', openFlag: true });
  });

  test('is that of the reader’s bank and place, and can be narrowed', async () => {
    const near = await lent(book);
    const far = await lent(book, { village: OTHER_VILLAGE });
    const both = [near.loanId, far.loanId].sort();
    expect((await ids(by.lender)).sort()).toEqual(both);
    expect((await ids(by.approver)).sort()).toEqual(both);
    expect(await ids(by.village)).toEqual([near.loanId]);
    expect(await ids(by.rival)).toEqual([]);
    expect(await ids(by.lender, { region: TOWNSHIP })).toEqual([near.loanId]);
    expect((await ids(by.approver, { bankId: book.bankId })).sort()).toEqual(both);
    expect(await ids(by.approver, { bankId: book.stranger.organisation!.id })).toEqual([]);
    const nobody = book.actor({ permissions: [] });
    expect(await book.refusal(list(nobody))).toBe('platform.not-permitted');
  });

  test('goes on where a page ended, also among loans of one day', async () => {
    const loans: string[] = [];
    for (let n = 0; n < 5; n += 1) loans.push((await lent(book)).loanId);
    const found: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page = await list(by.lender, { size: 2, ...(after ? { after } : {}) });
      found.push(...page.items.map(({ loanId }) => loanId));
      after = page.next;
    }
    expect(found).toEqual([...loans].sort());
  });

  test('ends with the principal, not with a part of it', async () => {
    const loan = await lent(book);
    onDay(book, '2018-03-20');
    await repaid(book, loan, '20000.00');
    expect(await ids(by.lender)).toEqual([loan.loanId]);
    // Interest is paid first, so a little principal is left.
    const { outstandingFen, interestDueFen } = await rowOf(book, loan);
    await repaid(book, loan, yuan(addFen(outstandingFen, interestDueFen)));
    expect(await ids(by.lender)).toEqual([]);
  });

  test('tells who answers for a loan, and shows a person their own', async () => {
    useSecurityRules(async () => fileRules());
    const administrator = book.actor({ permissions: ['identity.manage-users'] });
    const { userId } = await book.do(administrator, createUser, {
      ...{ login: 'tan', name: '谭信贷', region: PLACES.county, organisationId: book.bankId },
    });
    const [own] = [await lent(book), await lent(book)];
    const shares = [{ userId, share: '100' }];
    await book.do(by.manager, assignResponsibility, { loanId: own.loanId, shares });
    const tan = book.actor({
      ...{ id: userId, permissions: ['monitoring.read'] },
      org: { id: book.bankId, kind: 'bank' },
    });
    const { items } = await list(tan, { mine: true });
    expect(items).toMatchObject([{ loanId: own.loanId, holders: ['谭信贷'] }]);
    expect(await ids(by.lender, { mine: true })).toEqual([]);
  });

  test('is put in order by the night: loans of before, ended too early, ended too late', async () => {
    const [missing, closed, over, right] = [
      ...[await lent(book), await lent(book), await lent(book), await lent(book)],
    ];
    await repaid(book, over!, '50000.00');
    const change = (sql: string, { loanId }: { loanId: string }) =>
      book.system((work) => work.tx.exec(`${sql} WHERE loan_id = :loanId`, { loanId }));
    await change('DELETE FROM use_check_plan', missing!);
    await change("UPDATE use_check_plan SET state = 'ended'", closed!);
    await change("UPDATE use_check_plan SET state = 'open'", over!);
    const report = await night(book, '2018-03-01', planChecksStep);
    expect(report.steps[0]).toMatchObject({ done: 3 });
    const running = [missing!.loanId, closed!.loanId, right!.loanId];
    expect((await ids(by.lender)).sort()).toEqual(running.sort());
    const { items } = await list(by.lender);
    expect(items.every(({ dueOn }) => dueOn === '2018-03-31')).toBe(true);
    expect((await night(book, '2018-03-02', planChecksStep)).steps[0]).toMatchObject({ done: 0 });
    const work = (size: number, after: string | null) =>
      book.system((one) => planChecksStep.chunk(one, one.today, after, size));
    await change("UPDATE use_check_plan SET state = 'open'", over!);
    let count = 0;
    for (let after: string | null = null, more = true; more; ) {
      const done = await work(1, after);
      count += done.count;
      after = done.next;
      more = after !== null;
    }
    expect(count).toBe(1);
  });
});
