/** What is written comes back as it was, as text that no program computes. */
import fc from 'fast-check';
import { withSpool } from '../../../src/platform/files/spool';
import { openArchive } from '../../../src/platform/sheets/archive';
import { readSheet } from '../../../src/platform/sheets/read-sheet';
import { type OutRow, writeCsv, writeSheet } from '../../../src/platform/sheets/write-sheet';
import { collect, inPieces, rowsOf, textsOf } from './workbooks';

const columns = [
  { title: '户主', width: 10 },
  { title: '身份证号', width: 20 },
  { title: '额度', kind: 'yuan' as const },
  { title: '人数', kind: 'count' as const },
];

const xlsx = (rows: OutRow[]) => collect(writeSheet({ sheet: '名单', columns }, rows));

/** The sheet's part as it stands in the file. */
async function xmlOf(content: Buffer): Promise<string> {
  return withSpool(inPieces(content), async (file) => {
    const archive = await openArchive(file);
    let text = '';
    for await (const piece of archive.text('xl/worksheets/sheet1.xml', 1e8)) text += piece;
    archive.close();
    return text;
  });
}

describe('A written workbook', () => {
  test('gives back texts, amounts, counts and gaps', async () => {
    const content = await xlsx([
      ['张三', '450328196001010000', '50000.00', 3],
      ['李四', null, '-0.05', 0],
      ['㐂𠮷', '45032819600101001X', '不详', null],
    ]);
    const rows = await rowsOf(content);
    expect(textsOf(rows)).toEqual([
      ['户主', '身份证号', '额度', '人数'],
      ['张三', '450328196001010000', '50000.00', '3'],
      ['李四', '', '-0.05', '0'],
      ['㐂𠮷', '45032819600101001X', '不详'],
    ]);
    expect(rows[1]?.cells.map((cell) => cell.kind)).toEqual(['text', 'text', 'number', 'number']);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x")', "'=1"])(
    'keeps %j a text',
    async (text) => {
      const content = await xlsx([[text, text, text, text]]);
      const rows = await rowsOf(content);
      const kinds = rows[1]?.cells.map((cell) => cell.kind);
      // In a column of amounts "-1" is the number it looks like.
      const number = /^-?\d+$/.test(text) ? 'number' : 'text';
      expect(kinds).toEqual(['text', 'text', number, number]);
      expect(rows[1]?.cells[0]?.text).toBe(text);
      expect(await xmlOf(content)).not.toContain('<f');
    },
  );

  test('gives back any text', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
        const rows = await rowsOf(await xlsx(texts.map((one) => [`x${one}`, null, null, null])));
        const back = rows.slice(1).map((row) => row.cells[0]?.text);
        expect(back).toEqual(texts.map((one) => `x${one}`));
      }),
      { numRuns: 60 },
    );
  });

  test('gives back 5,000 rows in order', async () => {
    const count = 5000;
    const made = Array.from(
      { length: count },
      (_, at): OutRow => [`户${at}`, `${at}`, `${at}.50`, at],
    );
    let expected = 0;
    const content = inPieces(await xlsx(made), 65_536);
    for await (const { number, cells } of readSheet(content, { name: 'a', maxRows: count + 1 })) {
      expect(number).toBe(expected + 1);
      if (expected > 0)
        expect(cells.map((cell) => cell.text)).toEqual(made[expected - 1]?.map(String));
      expected += 1;
    }
    expect(expected).toBe(count + 1);
  });

  test('is the same for the same rows', async () => {
    const rows: OutRow[] = [['张三', '1', '2', 3]];
    expect((await xlsx(rows)).equals(await xlsx(rows))).toBe(true);
  });

  test('keeps its header in sight', async () => {
    expect(await xmlOf(await xlsx([]))).toContain('state="frozen"');
  });

  test('passes on what went wrong with its rows', async () => {
    async function* failing(): AsyncGenerator<OutRow> {
      yield ['a', 'b', '1', 2];
      throw new Error('the rows ended early');
    }
    const writing = collect(writeSheet({ sheet: 'a', columns }, failing()));
    await expect(writing).rejects.toThrow('the rows ended early');
  });
});

describe('A written CSV', () => {
  test('begins with its mark, quotes everything and lets nothing be computed', async () => {
    const rows: OutRow[] = [
      ['=1+1', 'a"b', '-5.00', 3],
      ['@x', null, '-x', 0],
    ];
    const text = (await collect(writeCsv({ sheet: '', columns }, rows))).toString();
    expect(text).toBe(
      '\ufeff"户主","身份证号","额度","人数"\r\n' +
        '"\'=1+1","a""b","-5.00","3"\r\n"\'@x","","\'-x","0"\r\n',
    );
  });

  test('is read again', async () => {
    const content = await collect(writeCsv({ sheet: '', columns }, [['张三', '1', '2.00', 3]]));
    expect(textsOf(await rowsOf(content))[1]).toEqual(['张三', '1', '2.00', '3']);
  });
});
