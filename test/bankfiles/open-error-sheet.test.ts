/** 错误清单: whoever of the bank works on the file may fetch it; it says row, column and remedy, and no name in full. */
import { openErrorSheet } from '../../src/bankfiles/open-error-sheet';
import { readFileParts } from '../../src/platform/files/file.store';
import { readSheet } from '../../src/platform/sheets/read-sheet';
import { lent, onDay } from '../loans/book';
import { describeEachDatabase } from '../support/databases';
import { aReference, checked, type FileBook, numberOf, openFileBook, plainFile } from './files';

describeEachDatabase('The sheet of errors of a bank file', (open) => {
  let book: FileBook;
  beforeAll(async () => {
    book = await openFileBook(open);
    onDay(book, '2018-06-15');
  });

  const line = async () => ({
    contract: await numberOf(book, await lent(book)),
    ...{ paidOn: '2018-06-15', amount: '100.00', reference: aReference() },
  });

  test('tells row, column, masked value, reason and remedy to everybody who works on the file', async () => {
    const [wrong, strange] = [await line(), await line()];
    const seen = await checked(
      book,
      plainFile([
        { ...wrong, amount: '-3', name: '诸葛大明' },
        await line(),
        { ...strange, contract: '450328197806150017' },
      ]),
    );
    for (const actor of [book.uploader, book.checker]) {
      const { fileId, name } = await book.do(actor, openErrorSheet, { bankFileId: seen.id });
      expect(name).toMatch(/^错误清单-.*\.xlsx$/);
      const rows: string[][] = [];
      for await (const row of readSheet(readFileParts(book.platform, fileId), {
        name,
        maxRows: 10,
      })) {
        rows.push(row.cells.map(({ text }) => text));
      }
      expect(rows).toEqual([
        [
          '行号',
          '合同号',
          '借款人',
          '日期',
          '金额（元）',
          '流水号',
          '结果',
          '列',
          '值（已遮盖）',
          '原因',
          '处理办法',
        ],
        [
          ...[
            '2',
            wrong.contract,
            '诸葛*明',
            '2018-06-15',
            '',
            wrong.reference,
            '有误',
            '还款金额',
            '-3',
          ],
          ...['金额为负数', '冲正不由文件办理：请删去该行，由经办人员单独登记。'],
        ],
        [
          ...['4', '450*************17', '', '2018-06-15', '100.00', strange.reference, '未匹配'],
          ...['合同号', '', '本行在本辖区的贷款台账中没有此合同号'],
          '请核对合同号；确属其他业务的，予以注销。',
        ],
      ]);
    }
  });

  test('is refused where there is none, to another bank, and without the permission', async () => {
    const seen = await checked(book, plainFile([await line()]));
    const { id: bankFileId } = seen;
    const refused = (actor: typeof book.uploader) =>
      book.refusal(book.do(actor, openErrorSheet, { bankFileId }));
    expect(await refused(book.checker)).toBe('bankfiles.no-errors');
    expect(await refused(book.outsider)).toBe('platform.absent');
    const reader = book.actor({ permissions: ['bankfiles.read'] });
    expect(await refused(reader)).toBe('platform.not-permitted');
  });
});
