/** 发起导入: the dry run changes nothing and tells what would come of the list; what is doubtful is told, never guessed. */
import { encode } from 'iconv-lite';
import {
  listImportRemarks,
  listImportResults,
  listImports,
  showImport,
} from '../../src/households/imports.queries';
import { removeMember } from '../../src/households/remove-member';
import { startImport } from '../../src/households/start-import';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  checked,
  csv,
  imported,
  importer,
  REGISTER_TABLES,
  type Row,
  rowsOf,
  runTasks,
  upload,
  workbook,
} from './lists';
import { aHousehold, another, idNumber, OTHER_VILLAGE, openRegister, TOWNSHIP } from './register';

describeEachDatabase('Checking a list', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openRegister(open);
  });

  const remarksOf = async (importId: string) => {
    const page = await county.ask(importer(county), listImportRemarks, { importId, size: 200 });
    return page.items.map(({ row, kind, column, reason }) => [row, kind, column, reason]);
  };

  test('counts what is new and changes nothing', async () => {
    const before = await county.snapshot(...REGISTER_TABLES);
    const seen = await checked(county, importer(county), [...rowsOf(1), ...rowsOf(2)]);
    expect(seen).toMatchObject({
      state: 'CHECKED',
      counts: {
        rows: 4,
        households: { NEW: 2, CHANGED: 0, UNCHANGED: 0, REJECTED: 0 },
        persons: { NEW: 4, CHANGED: 0, UNCHANGED: 0, REJECTED: 0 },
        faults: 0,
        told: 0,
      },
      errorFileId: null,
    });
    expect(await county.snapshot(...REGISTER_TABLES)).toBe(before);
  });

  test('keeps no number in the clear, neither in its rows nor in the audit', async () => {
    const everything = await county.snapshot(
      'household_import_row',
      'household_import_remark',
      'household_import_result',
      'stored_file_part',
      'audit_entry',
      'idempotency',
    );
    expect(everything).not.toContain(idNumber(3, '19750808'));
    expect(everything).not.toContain('13807730000');
  });

  test('the same list is read alike as XLSX, as UTF-8 and as GB18030 text', async () => {
    const rows = [...rowsOf(3), ...rowsOf(4, { phone: '1380' })];
    const text = await csv(rows);
    const files = [workbook(rows), [Buffer.from(text)], [encode(text.slice(1), 'gb18030')]];
    const seen = [];
    for (const file of files) seen.push(await checked(county, importer(county), file));
    const encodings = seen.map((one) => [one.about?.format, one.about?.encoding]);
    expect(encodings).toEqual([
      ['xlsx', null],
      ['csv', 'utf-8'],
      ['csv', 'gb18030'],
    ]);
    for (const { id, counts } of seen) {
      expect(counts).toEqual(seen[0]?.counts);
      expect(await remarksOf(id)).toEqual(await remarksOf(seen[0]?.id as string));
    }
  });

  test('a household with one bad row stays out whole, and each row says why', async () => {
    const rows = rowsOf(5);
    (rows[1] as Row).idNumber = '4.50328E+17';
    const { id, counts } = await checked(county, importer(county), [...rows, ...rowsOf(6)]);
    expect(counts?.households).toMatchObject({ NEW: 1, REJECTED: 1 });
    expect(await remarksOf(id)).toEqual([
      [2, 'FAULT', '', '同户第 3 行有误，整户未导入'],
      [3, 'FAULT', '证件号码', expect.stringContaining('科学计数法')],
    ]);
    const { items } = await county.ask(importer(county), listImportResults, {
      importId: id,
      outcome: 'REJECTED',
    });
    expect(items).toMatchObject([{ code: rows[0]?.code, firstRow: 2, rows: 2 }]);
  });

  const contradictions: [what: string, rows: () => Row[], row: number, reason: string][] = [
    ['no head', () => rowsOf(10, { relation: '其他' }), 2, '本户没有户主'],
    ['two heads', () => rowsOf(11, { relation: '户主', headName: '' }), 3, '不止一名户主'],
    [
      'one person twice in a household',
      () => rowsOf(12, { idNumber: idNumber(25, '19750808') }),
      3,
      '同一身份号码',
    ],
    [
      'one person in two households',
      () => [...rowsOf(13), { ...rowsOf(13)[0], code: 'OTHER-13' }],
      2,
      '本表另一户中也有（第 4 行）',
    ],
    [
      'one household in two villages',
      () => [rowsOf(14)[0] as Row, { ...rowsOf(14)[1], village: '双河村' }],
      3,
      '与同户第 2 行不一致',
    ],
    ['another head by name', () => rowsOf(15, { headName: '韦国庆' }), 2, '姓名不一致'],
    ['a village that is not there', () => rowsOf(16, { village: '城管村' }), 2, '城关村委会'],
    ['a village outside', () => rowsOf(17, { county: '融水苗族自治县' }), 2, '不是您辖区内的县'],
    ['no status', () => rowsOf(18, { kind: '' }), 2, '为空'],
    ['a status without its day', () => rowsOf(19, { kindFrom: '' }), 2, '为空'],
    [
      'a status that a list cannot give',
      () => rowsOf(20, { kind: '已移出名单' }),
      2,
      '不能是此类别',
    ],
  ];

  test.each(contradictions)('is refused: %s', async (_what, rows, row, reason) => {
    const { id, counts } = await checked(county, importer(county), rows());
    expect(counts?.households).toMatchObject({ NEW: 0, CHANGED: 0 });
    const found = await remarksOf(id);
    expect(found).toContainEqual([
      row,
      'FAULT',
      expect.any(String),
      expect.stringContaining(reason),
    ]);
  });

  test('people who belong to another household, have left or are dead are told', async () => {
    const other = await aHousehold(county, another(), { regionCode: OTHER_VILLAGE });
    const rows = rowsOf(30, { idNumber: idNumber(2 * other.n + 1) });
    rows.splice(1);
    const { id } = await checked(county, importer(county), rows);
    const reason = `此人已登记在户编号 ${other.code}`;
    expect(await remarksOf(id)).toEqual([[2, 'FAULT', '证件号码', reason]]);
    const township = importer(county, TOWNSHIP);
    const far = await checked(county, township, rows);
    expect(await remarksOf(far.id)).toEqual([[2, 'FAULT', '证件号码', '此人已登记在辖区外的农户']]);

    const own = await imported(county, importer(county), rowsOf(31));
    expect(own.state).toBe('APPLIED');
    const [household] = await county.platform.db
      .reader()
      .rows<{ id: string; version: number }>(
        'SELECT id, version FROM household WHERE code = :code',
        { code: rowsOf(31)[0]?.code as string },
      );
    const [spouse] = await county.platform.db
      .reader()
      .rows<{ id: string }>(
        "SELECT id FROM household_member WHERE household_id = :id AND relation = 'SPOUSE'",
        { id: household?.id as string },
      );
    const officer = county.actor({ permissions: ['households.edit'], region: TOWNSHIP });
    await county.do(officer, removeMember, {
      householdId: household?.id,
      version: household?.version,
      memberId: spouse?.id,
      leftOn: '2018-02-20',
      reason: 'DIED',
      source: '死亡证明',
    });
    const dead = await checked(county, importer(county), rowsOf(31), { again: true });
    expect(await remarksOf(dead.id)).toContainEqual([
      3,
      'FAULT',
      '证件号码',
      '登记册记载此人已于 2018-02-20 死亡',
    ]);
  });

  test('a household elsewhere in the register is not moved by a list', async () => {
    await imported(county, importer(county), rowsOf(35));
    const { id, counts } = await checked(
      county,
      importer(county),
      rowsOf(35, { village: '双河村' }),
    );
    expect(counts?.households.REJECTED).toBe(1);
    expect(await remarksOf(id)).toContainEqual([2, 'FAULT', '行政村', '登记册中该户在城关村委会']);
  });

  test('a default status fills what the list does not say', async () => {
    const rows = rowsOf(36, { kind: '', kindFrom: '' });
    const status = { status: 'OUT_OF_POVERTY', fromOn: '2017-12-31' };
    const { counts } = await checked(county, importer(county), rows, { status });
    expect(counts?.households.NEW).toBe(1);
    const late = { status: { ...status, fromOn: '2018-03-02' } };
    await expect(checked(county, importer(county), rowsOf(37), late)).rejects.toMatchObject({
      code: 'households.status-in-future',
    });
  });

  test('a file that is no list ends the import with the reason', async () => {
    const actor = importer(county);
    const cases: [text: string, note: string][] = [
      ['甲,乙\r\n1,2\r\n', '标题行'],
      ['户编号,姓名,证件号码\r\n1,2,3\r\n', '缺少：与户主关系、行政村（或行政村代码）'],
      ['户编号,姓名,证件号码,与户主关系,行政村\r\n', '没有数据行'],
    ];
    for (const [text, note] of cases) {
      const seen = await checked(county, actor, [Buffer.from(text)]);
      expect(seen).toMatchObject({ state: 'FAILED', counts: null });
      expect(seen.note).toContain(note);
    }
  });

  test("only one's own upload for that purpose is imported, once at a time", async () => {
    const actor = importer(county);
    const fileId = await upload(county, actor, workbook(rowsOf(40)));
    const form = { fileId, source: '名单' };
    const stranger = importer(county);
    const refused = (who: typeof actor, input: object) =>
      county.refusal(county.do(who, startImport, input));
    expect(await refused(stranger, form)).toBe('households.import-file-absent');
    const reader = county.actor({ permissions: ['households.read'] });
    expect(await refused(reader, form)).toBe('platform.not-permitted');
    const photo = await upload(county, actor, workbook(rowsOf(40)), 'visit-photo');
    expect(await refused(actor, { ...form, fileId: photo })).toBe('households.import-file-absent');
    await county.do(actor, startImport, form);
    expect(await refused(actor, form)).toBe('households.import-open');
    await runTasks(county);
  });

  test('a township sees its own imports only', async () => {
    const township = importer(county, TOWNSHIP);
    const { id } = await checked(county, township, rowsOf(41));
    const other = importer(county, '450328103000');
    const ids = async (who: typeof other) =>
      (await county.ask(who, listImports, { size: 200 })).items.map((item) => item.id);
    expect(await ids(township)).toContain(id);
    expect(await ids(importer(county))).toContain(id);
    expect(await ids(other)).not.toContain(id);
    expect(await county.refusal(county.ask(other, showImport, { importId: id }))).toBe(
      'households.import-absent',
    );
  });
});
