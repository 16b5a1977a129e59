/** Keeping a photo before the check that shows it: by whoever may check, without metadata, told when shown before. */
import { keepUsePhoto, recordUseCheck } from '../../src/monitoring';
import { readFileParts } from '../../src/platform/files/file.store';
import type { Book } from '../loans/book';
import { uploaded } from '../notices/board';
import { jpeg } from '../notices/pictures';
import { describeEachDatabase } from '../support/databases';
import { aPicture, carers, form, lent, onDay, openCare, refused, repaid, signed } from './care';

describeEachDatabase('The photo of a check', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openCare(open);
  });
  beforeEach(() => onDay(book, '2018-03-01'));
  const keep = async (by: Book['officer'], loanId: string, content = aPicture()) =>
    book.do(by, keepUsePhoto, { loanId, file: await uploaded(content) });

  test('is kept for years, sealed, and without what the telephone wrote into it', async () => {
    const { loanId } = await lent(book);
    const { lender } = carers(book);
    const kept = await keep(lender, loanId, aPicture('the henhouse'));
    expect(kept).toMatchObject({ loanId, photoReused: false });
    const parts: Buffer[] = [];
    for await (const part of readFileParts(book.platform, kept.photoId)) parts.push(part);
    const content = Buffer.concat(parts);
    expect(content.includes('the henhouse')).toBe(true);
    expect(content.includes('GPS')).toBe(false);
    const rows = await book.snapshot('stored_file', 'stored_file_part', 'audit_entry');
    expect(rows).toContain('2028-03-01');
    expect(rows).toContain(kept.photoId);
    expect(rows).not.toContain('the henhouse');
  });

  test('that another check has shown is told at once, whatever an editor wrote into it', async () => {
    const [one, other] = [await lent(book), await lent(book)];
    const { lender, village } = carers(book);
    onDay(book, '2018-03-20');
    const kept = await keep(lender, one.loanId, aPicture('the yard of one'));
    // Kept twice and shown nowhere is no reuse yet.
    const again = await keep(village, other.loanId, aPicture('the yard of one'));
    expect([kept.photoReused, again.photoReused]).toEqual([false, false]);
    const photos = [kept.photoId];
    await book.do(lender, recordUseCheck, form(one.loanId, '2018-03-20', { photos }));
    const edited = jpeg({ data: 'the yard of one', comment: 'edited' });
    const copy = await keep(village, other.loanId, edited);
    expect(copy).toMatchObject({ photoReused: true, digest: kept.digest });
    expect((await keep(village, other.loanId)).photoReused).toBe(false);
  });

  test('is kept by nobody else, and for no loan that is not in use', async () => {
    const loan = await lent(book);
    const { loanId } = loan;
    const { lender, rival, manager } = carers(book);
    const clerk = book.actor({
      permissions: ['monitoring.record-check'],
      roles: ['county-officer'],
    });
    await refused(book, 'monitoring.not-checker', () => keep(clerk, loanId));
    await refused(book, 'platform.absent', () => keep(rival, loanId));
    await refused(book, 'platform.not-permitted', () => keep(manager, loanId));
    await refused(book, 'loans.absent', () => keep(lender, book.platform.newId()));
    await refused(book, 'notices.not-a-photo', () => keep(lender, loanId, Buffer.from('%PDF')));
    const waiting = await signed(book);
    await refused(book, 'monitoring.not-paid-out', () => keep(lender, waiting.loanId));
    await repaid(book, loan, '50000.00');
    await refused(book, 'monitoring.repaid', () => keep(lender, loanId));
  });
});
