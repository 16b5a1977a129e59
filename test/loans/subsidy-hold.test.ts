/** Holding the subsidy of a loan: once for a cause, ended once by another person, and read by the days it reaches. */
import { holdSubsidy, loseSubsidy, releaseSubsidy, subsidyHoldsOf } from '../../src/loans';
import type { Actor } from '../../src/platform/authority';
import { businessDate } from '../../src/platform/dates';
import { openWork, type Work } from '../../src/platform/work';
import { refusedByDatabase } from '../households/register';
import { describeEachDatabase } from '../support/databases';
import { type Book, lent, openBook } from './book';

const day = businessDate;

describeEachDatabase('A hold on the subsidy', (open) => {
  let book: Book;
  let finder: Actor;
  let judge: Actor;
  let causes = 0;
  beforeAll(async () => {
    book = await openBook(open);
    finder = book.actor({ permissions: [] });
    judge = book.actor({ permissions: [] });
  });
  const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) =>
    book.platform.db.inTransaction((tx) => run(openWork(book.platform, tx, actor, 'test')));
  const aCause = () => {
    causes += 1;
    return { causeKind: 'test', causeId: String(causes).padStart(26, '0') };
  };
  const reaching = async (loanId: string, until: string) => {
    const days = { untilExclusive: day(until) };
    const holds = await subsidyHoldsOf(book.platform.db.reader(), [loanId], days);
    return (holds.get(loanId) ?? []).map(({ fromOn, state }) => `${fromOn} ${state}`);
  };

  test('stands once for its cause and is lost or released by another person', async () => {
    const { loanId } = await lent(book);
    const [lost, released] = [aCause(), aCause()];
    const hold = (cause: object, from: string) =>
      as(finder, (work) =>
        holdSubsidy(work, { loanId, from: day(from), ...(cause as typeof lost) }),
      );
    const first = await hold(lost, '2018-07-01');
    expect(await hold(lost, '2018-06-01')).toEqual(first);
    await hold(released, '2018-08-01');
    expect(await reaching(loanId, '2018-07-01')).toEqual([]);
    expect(await reaching(loanId, '2018-07-02')).toEqual(['2018-07-01 held']);
    expect(await reaching(loanId, '2018-09-21')).toEqual(['2018-07-01 held', '2018-08-01 held']);
    const own = as(finder, (work) => releaseSubsidy(work, released));
    expect(await refusedByDatabase(own)).toBe('check');
    await as(judge, (work) => releaseSubsidy(work, released));
    await as(judge, (work) => loseSubsidy(work, { ...lost, from: day('2018-07-15') }));
    expect(await reaching(loanId, '2018-09-21')).toEqual(['2018-07-15 lost']);
    expect(await reaching(loanId, '2018-07-15')).toEqual([]);
    const again = as(judge, (work) => releaseSubsidy(work, lost));
    await expect(again).rejects.toThrow('Only a subsidy that is held');
  });

  test('is not lost before it began, and nothing is held for a loan that is none', async () => {
    const { loanId } = await lent(book);
    const cause = aCause();
    await as(finder, (work) => holdSubsidy(work, { loanId, from: day('2018-07-01'), ...cause }));
    await as(judge, (work) => loseSubsidy(work, { ...cause, from: day('2018-06-01') }));
    expect(await reaching(loanId, '2018-09-21')).toEqual(['2018-07-01 lost']);
    const absent = { loanId: book.platform.newId(), from: day('2018-07-01'), ...aCause() };
    const attempt = as(finder, (work) => holdSubsidy(work, absent));
    expect(await book.refusal(attempt)).toBe('loans.absent');
    const other = await lent(book);
    const stolen = { loanId: other.loanId, from: day('2018-07-01'), ...cause };
    const clash = as(finder, (work) => holdSubsidy(work, stolen));
    await expect(clash).rejects.toThrow('one loan');
    expect(
      await subsidyHoldsOf(book.platform.db.reader(), [], { untilExclusive: day('2018-09-21') }),
    ).toEqual(new Map());
  });
});
