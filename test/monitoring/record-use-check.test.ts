/** Checks of use: who records them and when, what they need, what is due next, and what the audit keeps. */
import { recordUseCheck } from '../../src/monitoring';
import { onLoanDisbursed } from '../../src/monitoring/listeners';
import { checksOfLoan, sameCheckPhotos } from '../../src/monitoring/use-checks.queries';
import { perform } from '../../src/platform/act';
import { refusedByDatabase } from '../households/register';
import type { Book } from '../loans/book';
import { describeEachDatabase } from '../support/databases';
import {
  aPhoto,
  carers,
  checked,
  form,
  lent,
  OTHER_VILLAGE,
  onDay,
  openCare,
  refused,
  signed,
} from './care';

interface Shown {
  items: { checkId: string; photos: { photoReused: boolean }[] }[];
}

describeEachDatabase('A check of use', (open) => {
  let book: Book;
  beforeAll(async () => {
    book = await openCare(open);
  });
  beforeEach(() => onDay(book, '2018-03-01'));
  const seen = async (by: Book['officer'], loanId: string) =>
    (await book.ask(by, checksOfLoan, { loanId })) as Shown;
  const rows = (table: string, where: string) =>
    book.platform.db.reader().rows(`SELECT * FROM ${table} WHERE ${where}`);

  test('tells place, time, people and findings, and sets the next day', async () => {
    const { loanId } = await lent(book);
    const { lender } = carers(book);
    onDay(book, '2018-03-22');
    const photos = [await aPhoto(book, lender, loanId), await aPhoto(book, lender, loanId)];
    const point = { latitude: '25.79841234', longitude: '110.0112' };
    const check = await book.do(
      lender,
      recordUseCheck,
      form(loanId, '2018-03-20', { photos, ...point, time: '14:05', note: '雨天' }),
    );
    expect(check).toMatchObject({
      ...{ loanId, visitedAt: '2018-03-20T14:05:00.000+08:00', enteredLate: false, flag: null },
      ...{ wasDueOn: '2018-03-31', nextDueOn: '2018-06-18' },
    });
    expect(check.photos.map(({ photoId }) => photoId)).toEqual(photos);
    const { items } = await seen(lender, loanId);
    expect(items).toEqual([
      expect.objectContaining({
        ...{ checkId: check.checkId, latitude: '25.798412', longitude: '110.011200' },
        ...{ metWith: '韦大明夫妇', use: 'as-agreed', useName: '按约定用途使用', onTime: true },
        ...{ note: '雨天', recordedByName: '谭信贷', flagId: null },
      }),
    ]);
    expect(items[0]!.photos.map(({ photoReused }) => photoReused)).toEqual([false, false]);
  });

  test('by township and village too; a visit of before does not move the day that is set', async () => {
    const { loanId } = await lent(book);
    const { township, village } = carers(book);
    onDay(book, '2018-04-20');
    const late = await checked(book, township, { loanId, on: '2018-04-10' });
    expect(late).toMatchObject({ enteredLate: true, wasDueOn: '2018-03-31' });
    const first = await checked(book, village, { loanId, on: '2018-03-25' });
    expect(first).toMatchObject({ enteredLate: true, nextDueOn: late.nextDueOn });
    const unsure = await checked(book, village, { loanId, on: '2018-04-20', use: 'cannot-tell' });
    expect(unsure).toMatchObject({ nextDueOn: '2018-05-05', enteredLate: false, flag: null });
    const idle = await checked(book, township, { loanId, on: '2018-04-20', use: 'idle' });
    expect(idle).toMatchObject({ nextDueOn: '2018-07-19', flag: null });
    const { items } = (await book.ask(village, checksOfLoan, { loanId, size: 3 })) as Shown;
    expect(items).toHaveLength(3);
  });

  test('needs a day and a moment between the payout and now, on a loan in use', async () => {
    const { loanId } = await lent(book);
    const { lender } = carers(book);
    onDay(book, '2018-03-20');
    const photos = [await aPhoto(book, lender, loanId)];
    const check =
      (id: string, on: string, changes: object = {}) =>
      () =>
        book.do(lender, recordUseCheck, form(id, on, { photos, ...changes }));
    await refused(book, 'monitoring.in-future', check(loanId, '2018-03-21'));
    await refused(book, 'monitoring.in-future', check(loanId, '2018-03-20', { time: '09:01' }));
    await refused(book, 'monitoring.before-payout', check(loanId, '2018-02-28'));
    await refused(book, 'platform.invalid-input', check(loanId, '2018-03-20', { time: '24:00' }));
    await refused(book, 'platform.invalid-input', check(loanId, '2018-03-20', { place: ' ' }));
    await refused(book, 'platform.invalid-input', check(loanId, '2018-03-20', { latitude: '25' }));
    await refused(book, 'loans.absent', check(book.platform.newId(), '2018-03-20'));
    const waiting = await signed(book);
    await refused(book, 'monitoring.not-paid-out', check(waiting.loanId, '2018-03-20'));
    await check(loanId, '2018-03-20')();
  });

  test('needs as many photos as the rules say, of this loan and of whoever records', async () => {
    const [{ loanId }, other] = [await lent(book), await lent(book)];
    const { lender, village } = carers(book);
    const check = (photos: string[]) => () =>
      book.do(lender, recordUseCheck, form(loanId, '2018-03-01', { photos }));
    await refused(book, 'monitoring.photos-too-few', check([]));
    const foreign = await aPhoto(book, village, loanId);
    await refused(book, 'monitoring.photo-absent', check([foreign]));
    const elsewhere = await aPhoto(book, lender, other.loanId);
    await refused(book, 'monitoring.photo-absent', check([elsewhere]));
    await refused(book, 'platform.file-absent', check([book.platform.newId()]));
    const twins = [
      await aPhoto(book, lender, loanId, 'twin'),
      await aPhoto(book, lender, loanId, 'twin'),
    ];
    await refused(book, 'monitoring.photo-twice', check(twins));
    const [first] = twins as [string];
    await refused(book, 'platform.invalid-input', check([first, first]));
    await check([first])();
    await refused(book, 'monitoring.photo-used', check([first]));
  });

  test('with the photo of another check is kept, and both are shown', async () => {
    const [one, other] = [await lent(book), await lent(book, { village: OTHER_VILLAGE })];
    const { lender, village } = carers(book);
    const show = async (loanId: string) => {
      const photos = [await aPhoto(book, lender, loanId, 'the same yard')];
      return book.do(lender, recordUseCheck, form(loanId, '2018-03-01', { photos }));
    };
    expect((await show(one.loanId)).photos[0]!.photoReused).toBe(false);
    const second = await show(other.loanId);
    expect(second.photos[0]!.photoReused).toBe(true);
    for (const { loanId } of [one, other]) {
      const { items } = await seen(lender, loanId);
      expect(items[0]!.photos[0]!.photoReused).toBe(true);
    }
    const digests = async (by: Book['officer']) => {
      const { items } = await book.ask(by, sameCheckPhotos, { size: 200 });
      const ours = items as { photoDigest: string; loanId: string }[];
      const digest = second.photos[0]!.digest;
      return ours.filter((item) => item.photoDigest === digest).map(({ loanId }) => loanId);
    };
    expect((await digests(lender)).sort()).toEqual([one.loanId, other.loanId].sort());
    expect(await digests(village)).toEqual([one.loanId]);
    expect(await digests(carers(book).rival)).toEqual([]);
  });

  test('sent twice with one key stands once; the same moment by the same person is refused', async () => {
    const { loanId } = await lent(book);
    const { lender, village } = carers(book);
    const input = form(loanId, '2018-03-01', { photos: [await aPhoto(book, lender, loanId)] });
    const request = { actor: lender, input, requestId: 'phone', key: 'phone-key-1' };
    const first = await perform(book.platform, recordUseCheck, request);
    const again = await perform(book.platform, recordUseCheck, request);
    expect(again).toEqual({ answer: first.answer, replayed: true });
    expect(await rows('use_check', `loan_id = '${loanId}'`)).toHaveLength(1);
    const photos = [await aPhoto(book, lender, loanId)];
    await refused(book, 'monitoring.already-recorded', () =>
      book.do(lender, recordUseCheck, form(loanId, '2018-03-01', { photos })),
    );
    await checked(book, village, { loanId, on: '2018-03-01' });
  });

  test('is recorded by nobody of another place, bank or post, nor without the permission', async () => {
    const { loanId } = await lent(book);
    const { lender, rival, manager } = carers(book);
    const photos = [await aPhoto(book, lender, loanId)];
    const check = (by: Book['officer']) => () =>
      book.do(by, recordUseCheck, form(loanId, '2018-03-01', { photos }));
    const permissions = ['monitoring.record-check', 'monitoring.read'];
    const far = book.actor({ permissions, roles: ['village-worker'], region: OTHER_VILLAGE });
    await refused(book, 'platform.absent', check(far));
    await refused(book, 'platform.absent', check(rival));
    await refused(book, 'platform.not-permitted', check(manager));
    const officer = book.actor({ permissions, roles: ['county-officer'] });
    await refused(book, 'monitoring.not-checker', check(officer));
    expect((await seen(far, loanId)).items).toEqual([]);
    expect((await seen(rival, loanId)).items).toEqual([]);
  });

  test('is told to the audit without the people’s words, and never changed', async () => {
    const { loanId } = await lent(book);
    const { checkId } = await checked(book, carers(book).lender, { loanId, on: '2018-03-01' });
    const audit = await book.snapshot('audit_entry');
    expect(audit).toContain(checkId);
    expect(audit).not.toContain('存栏 280 羽');
    expect(audit).not.toContain('韦大明夫妇');
    const change = (sql: string) =>
      refusedByDatabase(book.system((work) => work.tx.exec(sql, { checkId })));
    expect(await change("UPDATE use_check SET use_found = 'idle' WHERE id = :checkId")).toBe(
      'append-only',
    );
    expect(await change('DELETE FROM use_check_photo WHERE check_id = :checkId')).toBe(
      'append-only',
    );
  });

  test('on a loan of before makes its plan; the payout told twice makes one', async () => {
    const { loanId } = await lent(book);
    await book.system((work) => onLoanDisbursed(work, { loanId }));
    expect(await rows('use_check_plan', `loan_id = '${loanId}'`)).toHaveLength(1);
    await book.system((work) =>
      work.tx.exec('DELETE FROM use_check_plan WHERE loan_id = :loanId', { loanId }),
    );
    const check = await checked(book, carers(book).lender, { loanId, on: '2018-03-01' });
    expect(check).toMatchObject({ wasDueOn: '2018-03-31', nextDueOn: '2018-05-30' });
  });
});
