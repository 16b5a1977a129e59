/** 取消银行文件: before the confirmation only; nothing was posted, and the same bytes may come again. */
import { cancelBankFile } from '../../src/bankfiles/cancel-bank-file';
import { confirmBankFile } from '../../src/bankfiles/confirm-bank-file';
import { lent, onDay } from '../loans/book';
import { describeEachDatabase } from '../support/databases';
import {
  aReference,
  checked,
  type FileBook,
  numberOf,
  openFileBook,
  POSTED_TABLES,
  plainFile,
  posted,
  runTasks,
  started,
  tallied,
} from './files';

describeEachDatabase('Cancelling a bank file', (open) => {
  let book: FileBook;
  beforeAll(async () => {
    book = await openFileBook(open);
    onDay(book, '2018-06-15');
  });

  const aFile = async () => {
    const contract = await numberOf(book, await lent(book));
    const line = { contract, paidOn: '2018-06-15', amount: '100.00', reference: aReference() };
    return () => plainFile([line]);
  };
  const cancel = (bankFileId: string, version: number, actor = book.uploader) =>
    book.do(actor, cancelBankFile, { bankFileId, version, reason: '传错文件' });

  test('ends it without a posting, and the same file may be uploaded again', async () => {
    const file = await aFile();
    const before = await book.snapshot(...POSTED_TABLES);
    const seen = await checked(book, file());
    const done = await cancel(seen.id, seen.version);
    expect(done.state).toBe('CANCELLED');
    const { id: bankFileId, countsDigest } = seen;
    const late = { bankFileId, version: done.version, countsDigest };
    const attempt = book.do(book.checker, confirmBankFile, late);
    expect(await book.refusal(attempt)).toBe('bankfiles.not-checked');
    expect(await book.snapshot(...POSTED_TABLES)).toBe(before);
    const again = await checked(book, file());
    expect(tallied(again.counts)).toEqual({ READY: [1, '100.00'] });
  });

  test('while it is being checked stops the check, and nothing sealed is kept', async () => {
    const { bankFileId } = await started(book, (await aFile())());
    await cancel(bankFileId, 2);
    await runTasks(book);
    const sql = book.platform.db.reader();
    const [row] = await sql.rows<{ state: string }>(
      'SELECT state FROM bank_file WHERE id = :bankFileId',
      { bankFileId },
    );
    expect(row?.state).toBe('CANCELLED');
    const sealed = await sql.rows(
      'SELECT id FROM bank_file_row WHERE bank_file_id = :bankFileId AND written_sealed IS NOT NULL',
      { bankFileId },
    );
    expect(sealed).toEqual([]);
  });

  test('is refused when it is over, stale, of another bank, or without the permission', async () => {
    const done = await posted(book, (await aFile())());
    const seen = await checked(book, (await aFile())());
    const before = await book.snapshot('bank_file', 'bank_file_row');
    const refused = (...args: Parameters<typeof cancel>) => book.refusal(cancel(...args));
    expect(await refused(done.id, done.version)).toBe('bankfiles.over');
    expect(await refused(seen.id, seen.version - 1)).toBe('platform.stale');
    expect(await refused(seen.id, seen.version, book.outsider)).toBe('platform.absent');
    const reader = book.actor({
      permissions: ['bankfiles.read'],
      org: { id: book.bankId, kind: 'bank' },
    });
    expect(await refused(seen.id, seen.version, reader)).toBe('platform.not-permitted');
    expect(await book.snapshot('bank_file', 'bank_file_row')).toBe(before);
  });
});
