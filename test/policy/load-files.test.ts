/** Loading the parameter files: once, audited, never rewriting, and only what a module declares. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { businessDate } from '../../src/platform/dates';
import { fromRoot } from '../../src/platform/root';
import { Joi } from '../../src/platform/shape';
import {
  type AnyParameter,
  declaredParameters,
  loadPolicyFiles,
  policyAsOf,
} from '../../src/policy';
import { loadFile } from '../../src/policy/load-files';
import { describeEachDatabase } from '../support/databases';
import { COUNTY, enact, lengthRule, NATION, type Office, openOffice, TABLES } from './office';

const OWN = ['calendar.year', 'rates.benchmark', 'rates.lpr'];

function fileRow(changes: object = {}) {
  return {
    id: 'length-2014',
    region: NATION,
    effectiveFrom: '2014-12-01',
    effectiveTo: null,
    source: '国务院扶贫办〔2014〕78号',
    provisional: false,
    value: { lengthDays: 5 },
    ...changes,
  };
}

describeEachDatabase('loading the parameter files', (open) => {
  let office: Office;
  let folder: string;
  beforeAll(async () => {
    office = await openOffice(open);
  });
  beforeEach(async () => {
    await office.county.system(async ({ tx }) => {
      for (const table of TABLES) await tx.exec(`DELETE FROM ${table}`);
    });
    folder = mkdtempSync(join(tmpdir(), 'xinfu-policy-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (rows: object[], name = 'toys.length', parameter = name) =>
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ parameter, title: '玩具', rows }));
  const load = (options: object = {}) =>
    loadPolicyFiles(office.county.platform, { folder, ...options });
  const snapshot = () => office.county.snapshot(...TABLES, 'audit_entry');
  const refused = async () => {
    const before = await snapshot();
    const problem = await load().then(
      () => null,
      (error) => error,
    );
    expect(await snapshot()).toBe(before);
    return problem as { code: string; info: { detail: string } };
  };

  test('puts the rows of this repository in force, and the second time does nothing', async () => {
    const first = await loadPolicyFiles(office.county.platform, { parameters: OWN });
    expect(first.added).toBeGreaterThan(90);
    expect(first).toMatchObject({ standing: 0, yielded: [] });
    const before = await snapshot();
    const second = await loadPolicyFiles(office.county.platform, { parameters: OWN });
    expect(second).toEqual({ added: 0, standing: first.added, yielded: [] });
    expect(await snapshot()).toBe(before);
  });

  test('takes every file of the repository', async () => {
    // Parameters of modules that this test does not load are taken in any shape; their modules test the shape.
    const folderOfRepository = fromRoot('reference', 'policy');
    const keys = readdirSync(folderOfRepository).map((name) => name.replace(/\.json$/, ''));
    const any: AnyParameter = { key: '', title: '', schema: Joi.object().unknown(true) };
    const declared = new Map(
      keys.map((key) => [key, declaredParameters().get(key) ?? { ...any, key }]),
    );
    const loaded = await loadPolicyFiles(office.county.platform, { declared });
    expect(loaded.yielded).toEqual([]);
    expect(loaded.added).toBeGreaterThan(120);
    expect(keys).toEqual(expect.arrayContaining(OWN));
  });

  test('notes in the audit that the system loaded which row', async () => {
    write([fileRow()]);
    await load();
    const sql = office.county.platform.db.reader();
    const [entry] = await sql.rows(
      'SELECT act, actor_id, subject_id FROM audit_entry ORDER BY id DESC LIMIT 1',
    );
    expect(entry).toEqual({
      act: 'policy.load-file',
      actor_id: 'system',
      subject_id: 'length-2014',
    });
  });

  test('adds the new rows of a new release and leaves the others', async () => {
    write([fileRow()]);
    await load();
    write([
      fileRow(),
      fileRow({ id: 'length-2020', effectiveFrom: '2020-01-01', value: { lengthDays: 9 } }),
    ]);
    expect(await load()).toEqual({ added: 1, standing: 1, yielded: [] });
    const sql = office.county.platform.db.reader();
    const on = async (date: string) =>
      (await policyAsOf(sql, lengthRule, { region: COUNTY, date: businessDate(date) })).value;
    expect([await on('2019-12-31'), await on('2020-01-01')]).toEqual([
      { lengthDays: 5 },
      { lengthDays: 9 },
    ]);
  });

  test.each([
    ['its value', { value: { lengthDays: 6 } }],
    ['its source', { source: '国务院扶贫办〔2014〕79号' }],
    ['its dates', { effectiveTo: '2020-12-31' }],
    ['its place', { region: COUNTY }],
    ['what is provisional', { provisional: true }],
  ])('stops when a loaded row was rewritten in %s', async (_, changes) => {
    write([fileRow()]);
    await load();
    write([fileRow(changes)]);
    const problem = await refused();
    expect(problem.code).toBe('policy.file-changed');
    expect(problem.info.detail).toContain('length-2014');
  });

  test.each([
    ['a value of another shape', [fileRow({ value: { lengthDays: 0 } })], 'length-2014'],
    ['a field too many', [fileRow({ note: '' })], 'rows.0.note'],
    ['an end before the start', [fileRow({ effectiveTo: '2014-01-01' })], 'length-2014'],
    ['one first day twice', [fileRow(), fileRow({ id: 'length-2' })], '同一天'],
    ['one id twice', [fileRow(), fileRow({ effectiveFrom: '2015-01-01' })], '已使用'],
    ['no row', [], 'rows'],
  ])('stops at %s', async (_, rows, detail) => {
    write(rows);
    const problem = await refused();
    expect(problem.code).toBe('policy.file-invalid');
    expect(problem.info.detail).toContain('toys.length.json');
    expect(problem.info.detail).toContain(detail);
  });

  test('stops at a parameter that no module declares, a wrong name and broken JSON', async () => {
    write([fileRow()], 'toys.unknown');
    expect((await refused()).info.detail).toContain('没有模块声明 toys.unknown');
    rmSync(join(folder, 'toys.unknown.json'));
    write([fileRow()], 'toys.other', 'toys.length');
    expect((await refused()).info.detail).toContain('文件名应为 toys.length.json');
    rmSync(join(folder, 'toys.other.json'));
    writeFileSync(join(folder, 'toys.length.json'), '{"parameter":');
    expect((await refused()).code).toBe('policy.file-invalid');
  });

  test('yields to a row that the county put in force for the same first day', async () => {
    const own = await enact(office, { effectiveFrom: '2019-01-01', value: { lengthDays: 8 } });
    write([
      fileRow(),
      fileRow({ id: 'length-county', region: COUNTY, effectiveFrom: '2019-01-01' }),
    ]);
    expect(await load()).toEqual({ added: 1, standing: 0, yielded: ['length-county'] });
    const sql = office.county.platform.db.reader();
    const date = businessDate('2019-01-01');
    const rule = await policyAsOf(sql, lengthRule, { region: COUNTY, date });
    expect(rule).toMatchObject({ rowId: own, value: { lengthDays: 8 } });
  });

  test('by two instances that start at once loads each row once', async () => {
    write([fileRow(), fileRow({ id: 'length-2020', effectiveFrom: '2020-01-01' })]);
    await Promise.all([load(), load(), load()]);
    const sql = office.county.platform.db.reader();
    expect(await sql.one('SELECT COUNT(*) AS n FROM policy_row')).toEqual({ n: 2 });
  });

  test('is for the system only', async () => {
    const input = { parameter: 'toys.length', title: '玩具', rows: [fileRow()] };
    const attempt = office.county.do(office.approver, loadFile, input);
    expect(await office.county.refusal(attempt)).toBe('platform.not-permitted');
  });
});
