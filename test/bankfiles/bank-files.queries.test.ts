/** The screens of bank files: progress and totals, rows by outcome page by page, and the work of all files. */
import { listBankFiles } from '../../src/bankfiles/bank-files.queries';
import { listBankRows, listBankWork } from '../../src/bankfiles/bank-rows.queries';
import { lent, onDay } from '../loans/book';
import { describeEachDatabase } from '../support/databases';
import {
  aReference,
  checked,
  type FileBook,
  numberOf,
  openFileBook,
  plainFile,
  posted,
  tallied,
} from './files';

describeEachDatabase('The screens of bank files', (open) => {
  let book: FileBook;
  let good: Awaited<ReturnType<typeof posted>>;
  beforeAll(async () => {
    book = await openFileBook(open);
    onDay(book, '2018-06-15');
    const contract = await numberOf(book, await lent(book));
    const line = (changes: object = {}) => ({
      ...{ contract, paidOn: '2018-06-15', amount: '1.00', reference: aReference(), ...changes },
    });
    const lost = [1, 2, 3].map((no) => line({ contract: `HT-LOST-${no}` }));
    good = await posted(book, plainFile([line(), line(), ...lost, line({ amount: '' })]));
    await checked(book, plainFile([line()]), 'interest').catch(() => null);
  });

  test('list the files with their totals and what of them waits', async () => {
    const { items } = await book.ask(book.checker, listBankFiles, { kind: 'repayments' });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      ...{ id: good.id, stateName: '已办结', startedByName: '韦经办', confirmedByName: '廖复核' },
      ...{ done: 2, total: 2, open: 3 },
    });
    expect(tallied(items[0]?.counts ?? [])).toEqual({
      READY: [2, '2.00'],
      UNMATCHED: [3, '3.00'],
      ERROR: [1, '0.00'],
    });
    const failed = await book.ask(book.checker, listBankFiles, { state: 'FAILED' });
    expect(failed.items.map(({ kindName }) => kindName)).toEqual(['利息实收']);
  });

  test('list the rows of an outcome or a state, page after page', async () => {
    const ask = { bankFileId: good.id, outcome: 'UNMATCHED', size: 2 };
    const first = await book.ask(book.checker, listBankRows, ask);
    const second = await book.ask(book.checker, listBankRows, { ...ask, after: first.next });
    expect([...first.items, ...second.items].map(({ row, contract }) => [row, contract])).toEqual([
      [4, 'HT-LOST-1'],
      [5, 'HT-LOST-2'],
      [6, 'HT-LOST-3'],
    ]);
    expect(second.next).toBeNull();
    const closed = { bankFileId: good.id, state: 'CLOSED' };
    const rest = await book.ask(book.checker, listBankRows, closed);
    expect(rest.items.map(({ row, outcomeName }) => [row, outcomeName])).toEqual([[7, '有误']]);
  });

  test('show the work of all files, oldest first, to the bank alone', async () => {
    const first = await book.ask(book.checker, listBankWork, { size: 2, kind: 'repayments' });
    const second = await book.ask(book.checker, listBankWork, { size: 2, after: first.next });
    expect([...first.items, ...second.items].map(({ row }) => row)).toEqual([4, 5, 6]);
    const rows = book.ask(book.outsider, listBankRows, { bankFileId: good.id });
    expect(await book.refusal(rows)).toBe('bankfiles.absent');
    expect((await book.ask(book.outsider, listBankWork, {})).items).toEqual([]);
    const office = book.actor({ permissions: ['bankfiles.confirm'] });
    const unread = book.ask(office, listBankWork, {});
    expect(await book.refusal(unread)).toBe('platform.not-permitted');
  });
});
