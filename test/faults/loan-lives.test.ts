/** A thousand random lives of loans on each database; the seed is printed when one of them breaks a law. */
import fc from 'fast-check';
import { proveBooks } from '../../src/ledger';
import { openBook } from '../loans/book';
import { lifePlan, live } from '../loans/lives';
import { describeEachDatabase } from '../support/databases';

const LIVES = 1_000;

describeEachDatabase('A thousand lives of loans', (open) => {
  test('break no law', async () => {
    const book = await openBook(open);
    await fc.assert(
      fc.asyncProperty(lifePlan, (plan) => live(book, plan)),
      { numRuns: LIVES },
    );
    expect((await proveBooks(book.platform.db.reader())).faults).toEqual([]);
  });
});
