/**
 * A bank's loan book through a year, over HTTP, on both databases: settled, corrected, reversed, fed by the bank's
 * file, checked, renewed, extended, repaid too much, written off and recovered, each by the people whose step it is;
 * proved after every part, and read by everybody at the end.
 */
import { MATURES } from './lending';
import { ABSENT, type Fate, LoanBook, NOT_PERMITTED } from './loan-book';
import { checksFail, flagsAreDecided, lostSubsidyIsLate, useIsChecked } from './loan-book-care';
import {
  loanIsExtended,
  loanIsRenewed,
  loansAreRepaid,
  overpaymentIsReturned,
} from './loan-book-changes';
import { fileIsPosted, openRowIsResolved, sameFileIsKnown } from './loan-book-files';
import {
  fundRefuses,
  loanIsOverdue,
  loanIsWrittenOff,
  moneyIsRecovered,
  writeOffIsCorrected,
} from './loan-book-lost';
import { auditVerifies, pagesAreRead, storiesAreRead } from './loan-book-reading';
import { receipt } from './loan-forms';
import { describeEachService } from './service';

jest.mock('@node-rs/argon2', () =>
  jest
    .requireActual<typeof import('../identity/cheap-argon2')>('../identity/cheap-argon2')
    .cheapArgon2(),
);
jest.setTimeout(120_000);

describeEachService('The loan book’s year', (open) => {
  let book: LoanBook;

  beforeAll(async () => {
    book = await LoanBook.open(open);
  });
  afterAll(() => book.close());
  afterEach(() => book.proven());

  test('six loans are paid out on one day, and the night of the 20th settles all', async () => {
    await book.nights('2018-06-20');
    for (const fate of Object.keys(book.loans)) {
      // 36 days of 50,000 at 4.35 %.
      expect(await book.loan(fate as Fate)).toMatchObject({
        ...{ state: 'running', outstanding: '50000.00', interestDue: '217.50', maturesOn: MATURES },
      });
    }
  });

  test('a repayment of the 18th comes on the 21st: the settlement is replayed, and the statement tells it', async () => {
    book.on('2018-06-21');
    const paid = receipt('5000.00', '2018-06-18', 'HK-0618');
    const path = book.path('late', '/repayments');
    await book.refused('inspectorBai', path, paid, NOT_PERMITTED);
    await book.refused('deciderLiao', path, paid, NOT_PERMITTED);
    await book.refused('strangerBank', path, paid, ABSENT);
    const early = receipt('5000.00', '2018-05-15', 'HK-0618');
    await book.refused('lenderTan', path, early, [400, 'loans.paid-before-disbursal']);
    const answer = await book.person('lenderTan').does(path, paid);
    // 33 days of 50,000 are paid first; three days of 45,199.38 are left of the period.
    expect(answer).toMatchObject({ interest: '199.38', principal: '4800.62', repeated: false });
    expect(answer.loan).toMatchObject({ outstanding: '45199.38', interestDue: '16.38' });
    const again = await book.person('lenderTan').does(path, paid);
    expect(again).toMatchObject({ repeated: true, repaymentId: answer.repaymentId });
    const statement = await book.person('countyWei').sees(book.path('late', '/statement'));
    expect(statement.events.map((one: { kind: string; on: string }) => [one.kind, one.on])).toEqual(
      [
        ['disbursal', '2018-05-16'],
        ['repayment', '2018-06-18'],
        ['settlement', '2018-06-20'],
      ],
    );
    expect(statement.corrections).toMatchObject([
      {
        ...{ kind: 'back-dated', effectiveOn: '2018-06-18', correctedOn: '2018-06-21' },
        voided: [{ kind: 'settlement', interest: '217.50' }],
      },
    ]);
    const corrected = statement.book.filter((one: { corrects: string | null }) => one.corrects);
    expect(corrected.length).toBeGreaterThan(0);
  });

  test('a repayment on the wrong loan is reversed by another person and entered on the right one', async () => {
    book.on('2018-07-02');
    const paid = receipt('3000.00', '2018-07-02', 'HK-0702');
    const { outstanding, interestDue } = await book.loan('wrong');
    const entered = await book.person('lenderTan').does(book.path('wrong', '/repayments'), paid);
    const used = [409, 'loans.reference-used'] as const;
    await book.refused('lenderTan', book.path('right', '/repayments'), paid, used);
    const reversal = book.path('wrong', `/events/${entered.repaymentId}/reversal`);
    const because = { reason: '款项属于同村另一户，误记' };
    await book.refused('lenderTan', reversal, because, NOT_PERMITTED);
    await book.refused('inspectorBai', reversal, because, NOT_PERMITTED);
    const undone = await book.person('deciderNong').does(reversal, because);
    expect(undone).toMatchObject({ eventsVoided: 1, eventsBooked: 0 });
    expect(await book.loan('wrong')).toMatchObject({ outstanding, interestDue });
    await book.refused('deciderNong', reversal, because, ABSENT);
    const again = await book.person('lenderTan').does(book.path('right', '/repayments'), paid);
    expect(again).toMatchObject({ repeated: false, amount: '3000.00' });
    const { corrections } = await book.person('lenderTan').sees(book.path('wrong', '/statement'));
    expect(corrections).toMatchObject([{ kind: 'reversal', reason: because.reason }]);
  });

  test('the bank’s file is tried, confirmed by a second person and posted', () =>
    fileIsPosted(book));
  test('the payment that fits no loan is kept as work, and posted by somebody who did not upload it', () =>
    openRowIsResolved(book));
  test('the same file again changes nothing, and what it posted is known in other bytes too', () =>
    sameFileIsKnown(book));
  test('the use of a loan is checked with a photo, by those who go there', () =>
    useIsChecked(book));
  test('two checks fail: the lines freeze at once, and the quarter leaves out the days held', () =>
    checksFail(book));
  test('the county finds one flag unfounded and one true; the bank lifts the first line itself', () =>
    flagsAreDecided(book));
  test('who lost the subsidy owes the interest: late from the settlement day on, the class moves by the days', () =>
    lostSubsidyIsLate(book));
  test('a loan is renewed without repaying: asked for, approved and signed by three people', () =>
    loanIsRenewed(book));
  test('an extension is asked for before maturity and approved by another', () =>
    loanIsExtended(book));
  test('what is repaid too much is held, and returned into the borrower’s own account by another person', () =>
    overpaymentIsReturned(book));
  test('two households repay on the day of maturity, and nothing is owed of their loans', () =>
    loansAreRepaid(book));
  test('past maturity a loan is overdue, worse by the table, and neither extended nor renewed', () =>
    loanIsOverdue(book));
  test('the fund is asked first, and refuses because the money was lent on', () =>
    fundRefuses(book));
  test('the loan is written off by two people on what both saw, and the case is kept', () =>
    loanIsWrittenOff(book));
  test('what comes in afterwards is recovered, principal first', () => moneyIsRecovered(book));
  test('what was paid before the write-off and told late makes it smaller; it stands while money was recovered', () =>
    writeOffIsCorrected(book));
  test('each loan has its page for those whose loan it is, and for nobody else', () =>
    pagesAreRead(book));
  test('the inspector reads the story of each loan in order, the refusals too', () =>
    storiesAreRead(book));
  test('the audit verifies, and the inspector has changed nothing', () => auditVerifies(book));
});
