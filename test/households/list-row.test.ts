/** Reading one row of a list: what is put right is told, what is doubtful is refused with its reason, nothing is guessed. */
import { LIST_COLUMNS, type ListField } from '../../src/households';
import { readListRow } from '../../src/households/list-row';
import { VillageNames } from '../../src/households/village-names';
import { businessDate } from '../../src/platform/dates';
import type { Cell } from '../../src/platform/sheets/sheet';
import { idNumber } from './register';

const villages = new VillageNames(
  [
    { code: '450328000000', name: '龙胜各族自治县', level: 'county' },
    { code: '450328100000', name: '龙胜镇', level: 'township' },
    { code: '450328100200', name: '城关村委会', level: 'village' },
  ],
  '450328000000',
);

const columns = new Map(LIST_COLUMNS.map(({ field }, index) => [field as string, index]));
const text = (value: string): Cell => ({ text: value, kind: value === '' ? 'blank' : 'text' });
const number = (value: string): Cell => ({ text: value, kind: 'number' });

const ID = idNumber(1, '19780615');

const WHOLE: Partial<Record<ListField, Cell>> = {
  township: text('龙胜镇'),
  village: text('城关村'),
  code: text('4503281002000001'),
  name: text('覃大明'),
  idNumber: text(ID),
  relation: text('户主'),
};

const read = (changes: Partial<Record<ListField, Cell>>) => {
  const row = { ...WHOLE, ...changes };
  const cells = LIST_COLUMNS.map(({ field }) => row[field] ?? text(''));
  const context = { columns, villages, today: businessDate('2018-03-01') };
  return readListRow({ number: 7, cells }, context);
};

describe('A row of a list', () => {
  test('is read with its household and its person', () => {
    expect(read({}).row).toEqual({
      household: {
        code: '4503281002000001',
        regionCode: '450328100200',
        headName: null,
        kind: null,
        kindFrom: null,
        source: null,
      },
      person: {
        name: '覃大明',
        relation: 'HEAD',
        idNumber: ID,
        birthDate: '1978-06-15',
        sex: 'male',
        phone: null,
        account: null,
      },
      traits: {},
    });
  });

  const formula: Cell = { text: ID, kind: 'formula' };
  const faults: [what: string, field: ListField, cell: Cell, column: string, reason: string][] = [
    ['a formula', 'idNumber', formula, '证件号码', '是公式'],
    ['a formula for a name', 'name', { text: '覃大明', kind: 'formula' }, '姓名', '是公式'],
    ['an error value', 'phone', { text: '#N/A', kind: 'error' }, '联系电话', '错误值'],
    ['a merged cell', 'code', { text: '', kind: 'blank', merged: true }, '户编号', '合并单元格'],
    [
      'a number in scientific notation',
      'idNumber',
      number('4.50328E+17'),
      '证件号码',
      '科学计数法',
    ],
    ['the same as text', 'idNumber', text('4.50328E+17'), '证件号码', '科学计数法'],
    [
      'an ID number of 18 digits kept as a number',
      'idNumber',
      number('450328197806150000'),
      '证件号码',
      '超过 15 位',
    ],
    ['an old number of 15 digits', 'idNumber', number('450328780615001'), '证件号码', '15 位旧证'],
    [
      'a number without its check character',
      'idNumber',
      text(ID.slice(0, 17)),
      '证件号码',
      '17 位',
    ],
    ['a wrong check character', 'idNumber', text(`${ID.slice(0, 17)}X`), '证件号码', '校验码不符'],
    ['no ID number', 'idNumber', text(' '), '证件号码', '为空'],
    ['a code in scientific notation', 'code', number('4.50328E+15'), '户编号', '科学计数法'],
    ['a code that lost digits', 'code', number('4503281002000001'), '户编号', '超过 15 位'],
    ['a code of other signs', 'code', text('户01'), '户编号', '不是户编号'],
    [
      'an account that lost digits',
      'account',
      number('6214830000000000'),
      '银行卡号',
      '超过 15 位',
    ],
    ['an account in words', 'account', text('农行卡'), '银行卡号', '12 至 30 位'],
    ['a short phone', 'phone', text('138077'), '联系电话', '11 位手机号'],
    ['two phones', 'phone', text('13807730000/13807730001'), '联系电话', '11 位手机号'],
    ['an unknown relation', 'relation', text('父子'), '与户主关系', '不认识的关系'],
    ['an unknown sex', 'sex', text('不详'), '性别', '不认识的性别'],
    ['another sex', 'sex', text('女'), '性别', '不一致'],
    ['another birth date', 'birthDate', text('1978-06-16'), '出生日期', '不一致'],
    ['another birth month', 'birthDate', text('1978年7月'), '出生日期', '出生年月不一致'],
    ['a month that may be October', 'birthDate', number('1978.1'), '出生日期', '分不清'],
    ['a serial number for a date', 'birthDate', number('28656'), '出生日期', '日期序号'],
    ['a day that is not there', 'kindFrom', text('2018-02-30'), '识别时间', '没有这一天'],
    ['a month without its day', 'kindFrom', text('2018.3'), '识别时间', '缺日'],
    ['a year alone', 'kindFrom', text('2016'), '识别时间', '只有年份'],
    ['a year of two digits', 'kindFrom', text('16.3.1'), '识别时间', '年份须写四位'],
    ['a day to come', 'kindFrom', text('2018-03-02'), '识别时间', '晚于今天'],
    ['an unknown status', 'kind', text('一般农户'), '户类型', '不认识的户类型'],
    [
      'an unknown kind of monitoring',
      'monitored',
      text('重点户'),
      '监测对象类别',
      '不认识的户类型',
    ],
    ['an unknown health', 'health', text('还行吧'), '健康状况', '不认识的健康状况'],
    ['an unknown ability', 'labour', text('很强'), '劳动技能', '不认识的劳动能力'],
    ['an unknown place of work', 'away', text('远方'), '务工区域', '不认识的务工区域'],
    ['neither yes nor no', 'publicEmployee', text('也许'), '是否公职人员', '不认识'],
    ['a long document', 'source', text('文'.repeat(201)), '认定文件', '超过 200 个字'],
    ['a long skill', 'skills', text('技'.repeat(101)), '技能特长', '超过 100 个字'],
  ];

  test.each(faults)('is refused for %s', (_what, field, cell, column, reason) => {
    const { row, faults: found } = read({ [field]: cell });
    expect(row).toBeNull();
    expect(found).toEqual([
      {
        column,
        value: expect.any(String),
        reason: expect.stringContaining(reason),
        remedy: expect.stringMatching(/.{4}/),
      },
    ]);
  });

  test('tells all its faults at once', () => {
    const found = read({ name: text(''), relation: text('谁'), phone: text('1') }).faults;
    expect(found.map(({ column }) => column)).toEqual(['姓名', '与户主关系', '联系电话']);
  });

  const masked: [field: ListField, cell: Cell, value: string][] = [
    ['idNumber', text(`${ID.slice(0, 17)}X`), `450*************${ID[16]}X`],
    ['idNumber', text('4503'), '****'],
    ['phone', text('138077123'), '****23'],
    ['account', text('621483123456'), ''],
    ['relation', text(`某${ID}`), `某450*************${ID.slice(-2)}`],
    ['village', text('不存村'), '不存村'],
  ];

  test.each(masked)('shows its faulty %s masked', (field, cell, value) => {
    const [fault] = read({ [field]: cell }).faults;
    expect(fault?.value ?? '').toBe(value);
  });

  test('shows no name whole', () => {
    const [fault] = read({ name: { text: '欧阳大明', kind: 'formula' } }).faults;
    expect(fault?.value).toBe('欧阳**');
  });

  const rights: [what: string, field: ListField, cell: Cell, told: string][] = [
    ['full-width digits', 'idNumber', text(`４５${ID.slice(2)}`), '全角'],
    ['blanks around a number', 'idNumber', text(` ${ID}\u00a0`), '空格'],
    ['the apostrophe of a text', 'idNumber', text(`'${ID}`), '撇号'],
    ['a small x', 'idNumber', text(idNumber(13, '19780615').replace('X', 'x')), ''],
    ['blanks in a code', 'code', text('4503 2810 0200 0001'), '空格'],
    ['a full-width code', 'code', text('４５０３281002000001'), '全角'],
    ['a blank in a name', 'name', text('韦　明'), '姓名中的空格'],
  ];

  test.each(rights)('puts right and tells: %s', (_what, field, cell, told) => {
    const { row, notes } = read({ [field]: cell });
    expect(row).not.toBeNull();
    if (told !== '') expect(notes.map((note) => note.text).join()).toContain(told);
  });

  const words: [field: ListField, word: string, path: string, value: unknown][] = [
    ['relation', '之儿媳', 'person.relation', 'SON'],
    ['relation', '之女婿', 'person.relation', 'DAUGHTER'],
    ['relation', '本人或户主', 'person.relation', 'HEAD'],
    ['relation', '之外祖母', 'person.relation', 'GRANDPARENT'],
    ['relation', '孙子女或外孙子女', 'person.relation', 'GRANDCHILD'],
    ['kind', '一般贫困户', 'household.kind', 'REGISTERED_POOR'],
    ['kind', '已脱贫户', 'household.kind', 'OUT_OF_POVERTY'],
    ['monitored', '边缘户', 'household.kind', 'MARGINAL'],
    ['kindFrom', '2018年3月1日', 'household.kindFrom', '2018-03-01'],
    ['kindFrom', '20180301', 'household.kindFrom', '2018-03-01'],
    ['kindFrom', '2018/3/1', 'household.kindFrom', '2018-03-01'],
    ['health', '长期慢性病，残疾', 'traits.health', 'DISABLED'],
    ['labour', '有劳动能力', 'traits.labour', 'ORDINARY'],
    ['away', '乡(镇)外县内', 'traits.workingAway', 'IN_COUNTY'],
    ['away', '否', 'traits.workingAway', 'NO'],
    ['publicEmployee', '√', 'traits.publicEmployee', true],
    ['sex', '男性', 'person.sex', 'male'],
    ['birthDate', '1978年6月', 'person.birthDate', '1978-06-15'],
  ];

  test.each(words)('understands %s %s', (field, word, path, value) => {
    const { row, faults: found } = read({ [field]: text(word) });
    expect(found).toEqual([]);
    expect(row).toHaveProperty(path, value);
  });

  test('a monitored household is what its monitoring says, not its former list', () => {
    const { row } = read({ kind: text('脱贫户'), monitored: text('脱贫不稳定户') });
    expect(row?.household.kind).toBe('UNSTABLE');
    const other = read({ kind: text('脱贫户'), monitored: text('非监测对象') });
    expect(other.row?.household.kind).toBe('OUT_OF_POVERTY');
  });

  test('that somebody works away without saying where is not taken for a place', () => {
    expect(read({ away: text('是') }).row?.traits).toEqual({});
  });

  test('a date cell is a date, whatever time it carries', () => {
    const cell: Cell = { text: '2016-03-01 00:00:00', kind: 'date' };
    expect(read({ kindFrom: cell }).row?.household.kindFrom).toBe('2016-03-01');
  });
});
