/** Every way in which a spreadsheet program stores a value, and every file that is no table. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { encode } from 'iconv-lite';
import { Problem } from '../../../src/platform/problems';
import { readSheet } from '../../../src/platform/sheets/read-sheet';
import type { SheetAbout } from '../../../src/platform/sheets/sheet';
import {
  cellOf,
  inPieces,
  partsOf,
  rowsOf,
  textsOf,
  type Workbook,
  workbook,
  zipped,
} from './workbooks';

const ID = '450328196001010000';

describe('A cell of a workbook', () => {
  const book: Workbook = {
    shared: [
      '<t>张三</t>',
      '<r><t>李</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 四</t></r><rPh sb="0" eb="1"><t>LI</t></rPh>',
      '<t>一行_x000D_&#10;二行 &lt;甲&gt;</t>',
      '<t>_x005F_x0041_</t>',
      '<t></t>',
    ],
    formats:
      '<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="#,##0.00_);[Red]\\(#,##0.00\\)"/><numFmt numFmtId="166" formatCode="&quot;day&quot;0"/><numFmt numFmtId="167" formatCode="h:mm"/>',
    styles: [0, 14, 164, 165, 166, 167, 31, 22],
  };

  test.each([
    ['a shared text', '<c r="A1" t="s"><v>0</v></c>', '张三', 'text'],
    ['a rich text without its phonetic guide', '<c r="A1" t="s"><v>1</v></c>', '李 四', 'text'],
    ['escaped characters', '<c r="A1" t="s"><v>2</v></c>', '一行\r\n二行 <甲>', 'text'],
    ['an escaped escape', '<c r="A1" t="s"><v>3</v></c>', '_x0041_', 'text'],
    ['an empty text', '<c r="A1" t="s"><v>4</v></c>', '', 'blank'],
    ['a text in the cell itself', '<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', '甲', 'text'],
    ['a CDATA text', '<c r="A1" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', 'a<b', 'text'],
    ['an ID number kept as text', `<c r="A1" t="str"><v>${ID}</v></c>`, ID, 'text'],
    ['an ID number turned into a number', `<c r="A1"><v>${ID}</v></c>`, ID, 'number'],
    ['a number with an exponent', '<c r="A1"><v>4.50328E+17</v></c>', '4.50328E+17', 'number'],
    [
      'a fraction as stored',
      '<c r="A1"><v>0.10000000000000001</v></c>',
      '0.10000000000000001',
      'number',
    ],
    ['a date', '<c r="A1" s="1"><v>43160</v></c>', '2018-03-01', 'date'],
    ['a date in a format of its own', '<c r="A1" s="2"><v>43160</v></c>', '2018-03-01', 'date'],
    ['a date in a Chinese format', '<c r="A1" s="6"><v>43160</v></c>', '2018-03-01', 'date'],
    ['a date and time', '<c r="A1" s="7"><v>43160.75</v></c>', '2018-03-01 18:00:00', 'date'],
    ['the first of March 1900', '<c r="A1" s="1"><v>61</v></c>', '1900-03-01', 'date'],
    ['the last of February 1900', '<c r="A1" s="1"><v>59</v></c>', '1900-02-28', 'date'],
    ['a day that never was', '<c r="A1" s="1"><v>60</v></c>', '60', 'number'],
    ['an ID number shown as a date', `<c r="A1" s="1"><v>${ID}</v></c>`, ID, 'number'],
    ['a time', '<c r="A1" s="5"><v>0.5</v></c>', '0.5', 'number'],
    ['an amount in a format with words', '<c r="A1" s="3"><v>43160</v></c>', '43160', 'number'],
    ['a number with a unit in quotes', '<c r="A1" s="4"><v>3</v></c>', '3', 'number'],
    ['a strict ISO date', '<c r="A1" t="d"><v>2018-03-01T00:00:00</v></c>', '2018-03-01', 'date'],
    ['a formula of a number', '<c r="A1"><f>1+1</f><v>2</v></c>', '2', 'formula'],
    ['a formula of a text', '<c r="A1" t="str"><f>A2</f><v>甲</v></c>', '甲', 'formula'],
    ['a formula never computed', '<c r="A1"><f>1+1</f></c>', '', 'formula'],
    ['part of a shared formula', '<c r="A1"><f t="shared" si="0"/><v>2</v></c>', '2', 'formula'],
    ['yes', '<c r="A1" t="b"><v>1</v></c>', 'TRUE', 'boolean'],
    ['an error', '<c r="A1" t="e"><v>#N/A</v></c>', '#N/A', 'error'],
    ['only a format', '<c r="A1" s="1"/>', '', 'blank'],
  ])('holds %s', async (_what, xml, text, kind) => {
    expect(await cellOf(xml, book)).toEqual({ text, kind });
  });

  test('counts days from 1904 where the workbook does', async () => {
    const from1904 = { ...book, workbookPr: '<workbookPr date1904="1"/>' };
    expect(await cellOf('<c r="A1" s="1"><v>41698</v></c>', from1904)).toEqual({
      text: '2018-03-01',
      kind: 'date',
    });
  });
});

describe('The rows of a workbook', () => {
  test('keep their numbers and gaps, and lose blanks at the end', async () => {
    const rows = await rowsOf(
      await workbook({
        rows: `<row r="3"><c r="B3"><v>1</v></c><c r="D3"/></row><row r="4"><c r="A4"/></row>
          <row r="7"><c><v>2</v></c><c><v>3</v></c></row>`,
      }),
    );
    expect(rows).toEqual([
      {
        number: 3,
        cells: [
          { text: '', kind: 'blank' },
          { text: '1', kind: 'number' },
        ],
      },
      {
        number: 7,
        cells: [
          { text: '2', kind: 'number' },
          { text: '3', kind: 'number' },
        ],
      },
    ]);
  });

  test('are numbered by their order where the file gives no numbers', async () => {
    const rows = await rowsOf(
      await workbook({ rows: '<row><c><v>1</v></c></row><row><c><v>2</v></c></row>' }),
    );
    expect(rows.map((row) => row.number)).toEqual([1, 2]);
  });

  test('mark what a merged range covers and copy nothing into it', async () => {
    const rows = await rowsOf(
      await workbook({
        rows: `<row r="1"><c r="A1" t="str"><v>户</v></c><c r="C1" t="str"><v>其他</v></c></row>
          <row r="2"><c r="A2" t="str"><v>甲</v></c><c r="C2" t="str"><v>乙</v></c></row>`,
        after:
          '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="C1:C2"/></mergeCells>',
      }),
    );
    const marks = rows.map((row) => row.cells.map((cell) => cell.merged === true));
    expect(marks).toEqual([
      [false, true, false],
      [false, false, true],
    ]);
    expect(textsOf(rows)).toEqual([
      ['户', '', '其他'],
      ['甲', '', '乙'],
    ]);
  });

  test('are those of the first visible sheet, and the others are named', async () => {
    let about: SheetAbout | undefined;
    const rows = await rowsOf(
      await workbook({
        sheets: `<sheet name="隐藏" sheetId="1" state="hidden" r:id="rId1"/>
          <sheet name="数据" sheetId="2" r:id="rId2"/><sheet name="又一" sheetId="3" r:id="rId1"/>`,
        rows: '<row><c><v>1</v></c></row>',
      }),
      {
        opened: (one) => {
          about = one;
        },
      },
    );
    expect(textsOf(rows)).toEqual([['2']]);
    expect(about).toEqual({ format: 'xlsx', sheet: '数据', others: ['又一'], encoding: null });
  });

  test('are read where names carry a prefix', async () => {
    const parts = partsOf({});
    parts['xl/worksheets/sheet1.xml'] =
      '<x:worksheet><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>甲</x:v></x:c><x:c r="B1"/></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>';
    const rows = await rowsOf(await zipped(parts));
    expect(rows[0]?.cells).toEqual([
      { text: '甲', kind: 'text' },
      { text: '', kind: 'blank', merged: true },
    ]);
  });
});

describe('A CSV', () => {
  const csv = '\ufeff姓名,身份证号\r\n张三,450328196001010000\r\n';
  const rare = '姓名;备注\n㐂娃;𠮷家屯';

  test.each([
    [
      'UTF-8 with its mark',
      Buffer.from(csv),
      [
        ['姓名', '身份证号'],
        ['张三', ID],
      ],
    ],
    [
      'GB18030 with rare characters',
      encode(rare, 'gb18030'),
      [
        ['姓名', '备注'],
        ['㐂娃', '𠮷家屯'],
      ],
    ],
    [
      'UTF-8 with rare characters',
      Buffer.from(rare),
      [
        ['姓名', '备注'],
        ['㐂娃', '𠮷家屯'],
      ],
    ],
    [
      'tabs',
      Buffer.from('a\tb,c\n1\t2'),
      [
        ['a', 'b,c'],
        ['1', '2'],
      ],
    ],
    [
      'quotes, and a line break in a cell',
      Buffer.from('a,"b\n""c"""\n1,2'),
      [
        ['a', 'b\n"c"'],
        ['1', '2'],
      ],
    ],
    [
      'digits that Excel is told are text',
      Buffer.from(`号,a\n="${ID}","=""0${ID}"""`),
      [
        ['号', 'a'],
        [ID, `0${ID}`],
      ],
    ],
    ['blanks at the end', Buffer.from('a,b,,,\n1, ,  ,\n,,,\n2'), [['a', 'b'], ['1'], ['2']]],
  ])('is read: %s', async (_what, content, texts) => {
    expect(textsOf(await rowsOf(content))).toEqual(texts);
  });

  test('numbers its rows as a spreadsheet program does', async () => {
    const rows = await rowsOf(Buffer.from('a,b\n\n"1\n2",3\n4,5'));
    expect(rows.map((row) => row.number)).toEqual([1, 3, 4]);
  });

  test('tells its encoding', async () => {
    const told: (string | null)[] = [];
    const opened = (about: SheetAbout) => told.push(about.encoding);
    await rowsOf(Buffer.from(rare), { opened });
    await rowsOf(encode(rare, 'gb18030'), { opened });
    expect(told).toEqual(['utf-8', 'gb18030']);
  });
});

describe('A file is refused', () => {
  const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  const one = '<row r="1"><c r="A1"><v>1</v></c></row>';
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`x/${n}`, '']));
  const swollen = Buffer.alloc(20 * 1024 * 1024, '<row/>');
  const deep = Buffer.from(
    `<!DOCTYPE a [<!ENTITY b "c">]>${partsOf({})['xl/worksheets/sheet1.xml']}`,
  );
  const long = Array.from({ length: 300_000 }, (_, n) => (n * 7919) % 99_991).join('');
  const file = (book: Workbook) => () => workbook(book);
  const bytes = (content: Buffer | string) => async () => Buffer.from(content);

  test.each<[string, () => Promise<Buffer>, string]>([
    ['when it is empty', bytes(''), 'empty'],
    ['when no cell has content', file({ rows: '<row r="1"><c r="A1"/></row>' }), 'empty'],
    ['when a CSV has only separators', bytes(',,\n,,'), 'empty'],
    ['when no sheet is visible', file({ rows: one, sheets: '' }), 'empty'],
    ['when it is an old workbook', bytes(compound), 'old-format'],
    [
      'when it is encrypted',
      bytes(
        Buffer.concat([compound, Buffer.alloc(70_001), Buffer.from('EncryptedPackage', 'utf16le')]),
      ),
      'encrypted',
    ],
    ['when it is a PDF', bytes('%PDF-1.7'), 'not-table'],
    ['when it is a web page', bytes('\n<html><table>'), 'not-table'],
    ['when it is UTF-16', bytes(Buffer.from('\ufeffa\tb', 'utf16le')), 'not-table'],
    ['when it has bytes of no text', bytes('a,b\0c'), 'not-table'],
    [
      'when its text is in no known encoding',
      bytes(Buffer.from('a,b\n\xff\xff,1', 'latin1')),
      'not-table',
    ],
    ['when it is an archive of something else', () => zipped({ 'a.txt': 'a' }), 'not-table'],
    [
      'when the archive is cut off',
      async () => (await workbook({ rows: one })).subarray(0, 600),
      'broken',
    ],
    [
      'when its XML does not end',
      file({ parts: { 'xl/worksheets/sheet1.xml': '<worksheet><row r="1">' } }),
      'broken',
    ],
    [
      'when it declares a document type',
      file({ parts: { 'xl/worksheets/sheet1.xml': deep } }),
      'broken',
    ],
    [
      'when a shared text is missing',
      file({ rows: '<row r="1"><c r="A1" t="s"><v>9</v></c></row>' }),
      'broken',
    ],
    ['when one text goes on and on', file({ shared: [`<t>${long}</t>`], rows: one }), 'broken'],
    ['when rows go backwards', file({ rows: `<row r="2"/>${one}` }), 'broken'],
    ['when a quotation mark stays open', bytes(`a,b\n"1,${'x\n'.repeat(200_000)}`), 'broken'],
    [
      'when it unpacks to far more than it holds',
      file({ parts: { 'xl/worksheets/sheet1.xml': swollen } }),
      'bomb',
    ],
    [
      'when its shared texts do',
      file({ rows: one, parts: { 'xl/sharedStrings.xml': swollen } }),
      'bomb',
    ],
    ['when it has too many parts', file({ rows: one, parts: many }), 'bomb'],
    ['when it has column XFD', file({ rows: `${one}<row r="2"><c r="XFD2"/></row>` }), 'too-wide'],
    ['when a CSV is too wide', bytes(`a${',1'.repeat(16_383)}`), 'too-wide'],
    ['when it has too many rows', bytes('1\n'.repeat(1001)), 'too-long'],
    [
      'when its data is merged throughout',
      file({ rows: one, after: '<mergeCell ref="A1:B1"/>'.repeat(20_001) }),
      'too-many-merges',
    ],
  ])('%s', async (_when, make, problem) => {
    const attempt = rowsOf(await make());
    await expect(attempt).rejects.toMatchObject({ code: `platform.sheet-${problem}` });
  });

  test('and a failure of whoever gives the bytes is not taken for one of the file', async () => {
    async function* failing() {
      yield Buffer.from('a,b\n');
      throw new Error('away');
    }
    const reading = readSheet(failing(), { name: 'a', maxRows: 9 }).next();
    await expect(reading).rejects.not.toBeInstanceOf(Problem);
  });
});

describe('Reading leaves nothing behind', () => {
  const spools = () =>
    readdirSync(tmpdir()).filter(
      (name) => name.startsWith('xinfu-') && !name.startsWith('xinfu-run'),
    );

  test('when it is broken off after the first row', async () => {
    const before = spools();
    for await (const row of readSheet(inPieces(Buffer.from('1\n2\n3')), {
      name: 'a',
      maxRows: 9,
    })) {
      expect(row.number).toBe(1);
      expect(spools()).toEqual(before);
      break;
    }
  });
});
