/** Looking at the photo of a check: with a reason, by whoever sees the check, and on record. */
import { openUsePhoto } from '../../src/monitoring/open-use-photo';
import type { Book } from '../loans/book';
import { describeEachDatabase } from '../support/databases';
import { aPhoto, carers, checked, lent, OTHER_VILLAGE, openCare } from './care';

describeEachDatabase('Looking at the photo of a check', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openCare(open);
  });

  test('is done with a reason that stands in the story of the loan', async () => {
    const { loanId } = await lent(book);
    const { lender, township } = carers(book);
    const { checkId, photos } = await checked(book, lender, { loanId, on: '2018-03-01' });
    const { photoId } = photos[0]!;
    const look = { checkId, photoId, reason: '抽查走访照片' };
    expect(await book.do(township, openUsePhoto, look)).toMatchObject({
      ...{ fileId: photoId, name: `use-check-${loanId}.jpg`, type: 'image/jpeg' },
    });
    const seen = (await book.snapshot('audit_entry'))
      .split('\n')
      .filter((line) => line.includes('抽查走访照片'));
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain(township.id);
  });

  test('is refused without a reason, for another check, from elsewhere', async () => {
    const { loanId } = await lent(book);
    const { lender, rival, manager } = carers(book);
    const { checkId, photos } = await checked(book, lender, { loanId, on: '2018-03-01' });
    const { photoId } = photos[0]!;
    const look = { checkId, photoId, reason: '抽查' };
    const far = book.actor({ permissions: ['monitoring.read'], region: OTHER_VILLAGE });
    const codes: [string, Book['officer'], object][] = [
      ['platform.invalid-input', lender, { checkId, photoId }],
      ['monitoring.photo-absent', lender, { ...look, photoId: await aPhoto(book, lender, loanId) }],
      ['monitoring.check-absent', lender, { ...look, checkId: photoId }],
      ['platform.absent', rival, look],
      ['platform.absent', far, look],
      ['platform.not-permitted', book.officer, look],
    ];
    for (const [code, by, input] of codes) {
      expect(await book.refusal(book.do(by, openUsePhoto, input))).toBe(code);
    }
    await book.do(manager, openUsePhoto, look);
  });
});
