/** Columns are found by their titles, however the list was headed. */
import { mapColumns, plainTitle, requireColumns } from '../../../src/platform/sheets/columns';
import type { Cell, SheetRow } from '../../../src/platform/sheets/sheet';

const specs = [
  { field: 'code', title: '户编号', synonyms: ['农户编号'], required: true },
  { field: 'name', title: '姓名', synonyms: ['户主姓名', '成员姓名'], required: true },
  { field: 'idNumber', title: '身份证号', synonyms: ['证件号码', '公民身份号码'], required: true },
  { field: 'phone', title: '联系电话' },
];

/** A row of texts; `^` is covered by a merged range. */
const row = (number: number, ...texts: string[]): SheetRow => ({
  number,
  cells: texts.map((text): Cell => {
    if (text === '^') return { text: '', kind: 'blank', merged: true };
    return { text, kind: text === '' ? 'blank' : 'text' };
  }),
});

const found = (rows: SheetRow[]) => {
  const map = mapColumns(rows, specs);
  return { ...map, columns: Object.fromEntries(map.columns) };
};

describe('Titles', () => {
  test.each([
    ['身份证号（必填）*', '身份证号'],
    [' 身 份 证 号：', '身份证号'],
    ['贷款金额(万元)', '贷款金额'],
    ['ＩＤ号', 'id号'],
    ['姓名\n', '姓名'],
    ['务工/就业', '务工就业'],
  ])('%j is compared as %s', (title, plain) => {
    expect(plainTitle(title)).toBe(plain);
  });
});

describe('The header', () => {
  test('is found below a title and a note', () => {
    const rows = [
      row(1, '龙胜各族自治县建档立卡户名册', '^', '^'),
      row(3, '填报单位：', '', '2018-03-01'),
      row(4, '序号', '户编号*', '姓名', '证件号码（18位）'),
      row(5, '1', 'A001', '张三', '450328'),
    ];
    expect(found(rows)).toEqual({
      headerRow: 4,
      columns: { code: 1, name: 2, idNumber: 3 },
      unknown: ['序号'],
      missing: [],
    });
  });

  test('may have two merged rows', () => {
    const rows = [
      row(1, '户编号', '户主', '^', '备注'),
      row(2, '^', '姓名', '公民身份号码', '^'),
      row(3, 'A001', '张三', '450328', ''),
    ];
    expect(found(rows)).toEqual({
      headerRow: 2,
      columns: { code: 0, name: 1, idNumber: 2 },
      unknown: ['备注'],
      missing: [],
    });
  });

  test('lacks required columns: they are told', () => {
    const rows = [row(1, '姓名', '联系电话')];
    expect(mapColumns(rows, specs).missing.map((spec) => spec.title)).toEqual([
      '户编号',
      '身份证号',
    ]);
    expect(() => requireColumns(rows, specs)).toThrow('第 1 行的标题中缺少：户编号、身份证号');
  });

  test('has one field twice: both columns are named', () => {
    const rows = [row(1, '户编号', '姓名', '户主姓名', '身份证号')];
    expect(() => mapColumns(rows, specs)).toThrow('B 列“姓名”与C 列“户主姓名”');
  });

  test('is missing: what it should have is told', () => {
    expect(() => mapColumns([row(1, '1', '2')], specs)).toThrow('户编号、姓名、身份证号、联系电话');
  });

  test('is not looked for beyond the first ten rows', () => {
    const notes = Array.from({ length: 10 }, (_, index) => row(index + 1, '说明'));
    expect(() => mapColumns([...notes, row(11, '姓名')], specs)).toThrow();
  });
});
