/** 确认导入: what was confirmed is done, once, by the acts' own functions; what changed meanwhile is left alone. */
import { changeTraits } from '../../src/households/change-traits';
import { confirmImport } from '../../src/households/confirm-import';
import { correctMember } from '../../src/households/correct-member';
import { listImportRemarks, listImportResults } from '../../src/households/imports.queries';
import { startImport } from '../../src/households/start-import';
import { readFileParts } from '../../src/platform/files/file.store';
import { readSheet } from '../../src/platform/sheets/read-sheet';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  checked,
  confirmed,
  imported,
  importer,
  REGISTER_TABLES,
  type Row,
  rowsOf,
  runTasks,
  upload,
  workbook,
} from './lists';
import { idNumber, openRegister, TOWNSHIP, VILLAGE } from './register';

interface Member {
  id: string;
  householdId: string;
  version: number;
}

describeEachDatabase('Importing a list', (open) => {
  let county: County;
  beforeAll(async () => {
    county = await openRegister(open);
  });

  const rowsIn = <T extends object>(sql: string, params = {}) =>
    county.platform.db.reader().rows<T>(sql, params);

  const headOf = async (rows: Row[]): Promise<Member> => {
    const [found] = await rowsIn<Member>(
      `SELECT m.id AS id, h.id AS householdId, h.version AS version
         FROM household h JOIN household_member m ON m.id = h.head_member_id WHERE h.code = :code`,
      { code: rows[0]?.code as string },
    );
    return found as Member;
  };

  const remarksOf = async (importId: string) => {
    const page = await county.ask(importer(county), listImportRemarks, { importId, size: 200 });
    return page.items.map(({ row, kind, reason }) => [row, kind, reason]);
  };

  test('enters households with their members, status, place, head and traits', async () => {
    const actor = importer(county);
    const rows = rowsOf(1);
    const done = await imported(county, actor, rows);
    expect(done).toMatchObject({ state: 'APPLIED', appliedCounts: { households: { NEW: 1 } } });
    const { code } = rows[0] as { code: string };
    const [household] = await rowsIn('SELECT * FROM household WHERE code = :code', { code });
    expect(household).toMatchObject({
      region_code: VILLAGE,
      head_name: '覃大明1',
      status_now: 'REGISTERED_POOR',
      registered_by: actor.id,
    });
    const members = await rowsIn(
      `SELECT m.name AS name, m.relation AS relation, m.phone_masked AS phone, t.health AS health,
              t.labour AS labour, t.source AS source
         FROM household h JOIN household_member m ON m.household_id = h.id
         LEFT JOIN member_traits t ON t.member_id = m.id
        WHERE h.code = :code ORDER BY m.id`,
      { code },
    );
    const source = '桂扶发〔2018〕3号';
    expect(members).toEqual([
      {
        name: '覃大明1',
        relation: 'HEAD',
        phone: '138****0000',
        health: 'HEALTHY',
        labour: 'ORDINARY',
        source,
      },
      {
        name: '蒙秀英1',
        relation: 'SPOUSE',
        phone: null,
        health: 'DISABLED',
        labour: null,
        source,
      },
    ]);
    const [status] = await rowsIn(
      `SELECT s.status AS status, s.from_on AS fromOn FROM household_status s
         JOIN household h ON h.id = s.household_id WHERE h.code = :code`,
      { code },
    );
    expect(status).toEqual({ status: 'REGISTERED_POOR', fromOn: '2015-12-31' });
  });

  test('each step names its households in the audit, each household has a bulk edit', async () => {
    const rows = rowsOf(2);
    const actor = importer(county);
    await imported(county, actor, rows);
    const { householdId } = await headOf(rows);
    const entries = await rowsIn(
      `SELECT e.act AS act, e.actor_id AS actor FROM audit_entry e
         JOIN audit_subject s ON s.entry_id = e.id WHERE s.subject_id = :householdId`,
      { householdId },
    );
    expect(entries).toEqual([{ act: 'households.import', actor: actor.id }]);
    const edits = await rowsIn<{ act: string; task: string | null }>(
      'SELECT act, task_id AS task FROM household_edit WHERE household_id = :householdId',
      { householdId },
    );
    expect(edits).toEqual([{ act: 'households.import', task: expect.any(String) }]);
  });

  test('a list that begins with = stays text', async () => {
    const rows = rowsOf(3, { headName: '' });
    (rows[0] as Row).name = "=cmd|'/c calc'!A1";
    await imported(county, importer(county), rows);
    const names = await rowsIn('SELECT name FROM household_member WHERE id = :id', {
      id: (await headOf(rows)).id,
    });
    expect(names).toEqual([{ name: "=cmd|'/c calc'!A1" }]);
  });

  test('the second upload is told, and changes nothing even when it is insisted on', async () => {
    const actor = importer(county);
    const rows = [...rowsOf(4), ...rowsOf(5)];
    const first = await imported(county, actor, rows);
    const before = await county.snapshot(...REGISTER_TABLES);
    const fileId = await upload(county, actor, workbook(rows));
    const form = { fileId, source: '桂扶发〔2018〕3号' };
    const told = county.do(actor, startImport, form);
    await expect(told).rejects.toMatchObject({
      code: 'households.list-already-imported',
      info: { extra: { importId: first.id } },
    });
    const again = await imported(county, actor, rows, { again: true });
    expect(again.appliedCounts).toMatchObject({
      households: { NEW: 0, CHANGED: 0, UNCHANGED: 2, REJECTED: 0 },
      persons: { UNCHANGED: 4 },
      faults: 0,
    });
    expect(await county.snapshot(...REGISTER_TABLES)).toBe(before);
  });

  test('what differs is changed, and only that: status, name, phone, traits, a new member', async () => {
    const actor = importer(county);
    const rows = rowsOf(6);
    await imported(county, actor, rows);
    const before = await headOf(rows);
    county.clock.set('2018-04-02');
    const news: Row[] = rowsOf(6, { kind: '脱贫户', kindFrom: '2018-03-20' });
    Object.assign(news[0] as Row, { phone: '13900001111', labour: '技能劳动力' });
    news.push({
      ...(news[1] as Row),
      name: '覃小妹6',
      relation: '之女',
      idNumber: idNumber(6, '20180105'),
      health: '',
    });
    const seen = await checked(county, actor, news);
    const { items } = await county.ask(actor, listImportResults, { importId: seen.id });
    expect(items).toMatchObject([
      { outcome: 'CHANGED', changes: ['members', 'status', 'phone', 'labour'] },
    ]);
    await confirmed(county, actor, seen);
    const after = await headOf(rows);
    expect(after.version).toBe(before.version + 1);
    const periods = await rowsIn(
      `SELECT status, from_on AS fromOn, to_on AS toOn FROM household_status
        WHERE household_id = :householdId ORDER BY from_on`,
      { householdId: before.householdId },
    );
    expect(periods).toEqual([
      { status: 'REGISTERED_POOR', fromOn: '2015-12-31', toOn: '2018-03-19' },
      { status: 'OUT_OF_POVERTY', fromOn: '2018-03-20', toOn: null },
    ]);
    const members = await rowsIn(
      `SELECT m.name AS name, m.phone_masked AS phone, m.joined_on AS joinedOn, t.labour AS labour
         FROM household_member m
         LEFT JOIN member_traits t ON t.member_id = m.id AND t.to_on IS NULL
        WHERE m.household_id = :householdId ORDER BY m.joined_on, m.id`,
      { householdId: before.householdId },
    );
    expect(members).toEqual([
      { name: '覃大明6', phone: '139****1111', joinedOn: '2015-12-31', labour: 'SKILLED' },
      { name: '蒙秀英6', phone: null, joinedOn: '2015-12-31', labour: null },
      { name: '覃小妹6', phone: null, joinedOn: '2018-04-02', labour: null },
    ]);
  });

  test('another head: all relations are told anew; a member who is not listed keeps it out', async () => {
    const actor = importer(county);
    const rows = rowsOf(7);
    await imported(county, actor, rows);
    county.clock.set('2018-04-03');
    const turned = rowsOf(7, { headName: '蒙秀英7' });
    Object.assign(turned[0] as Row, { relation: '配偶' });
    Object.assign(turned[1] as Row, { relation: '户主' });
    const alone = await checked(county, actor, turned.slice(1));
    expect(alone.counts?.households.REJECTED).toBe(1);
    await imported(county, actor, turned);
    const [household] = await rowsIn(
      'SELECT head_name AS headName FROM household WHERE code = :code',
      { code: rows[0]?.code },
    );
    expect(household).toEqual({ headName: '蒙秀英7' });
    const relations = await rowsIn(
      'SELECT relation FROM household_member WHERE household_id = :id ORDER BY id',
      { id: (await headOf(rows)).householdId },
    );
    expect(relations).toEqual([{ relation: 'SPOUSE' }, { relation: 'HEAD' }]);
  });

  test('who is missing from the list stays, and blank cells wipe nothing out', async () => {
    const actor = importer(county);
    const rows = rowsOf(8);
    await imported(county, actor, rows);
    const before = await county.snapshot(...REGISTER_TABLES);
    const thin = { ...(rows[0] as Row), phone: '', health: '', labour: '', kindFrom: '' };
    const done = await imported(county, actor, [thin]);
    expect(done.appliedCounts?.households.UNCHANGED).toBe(1);
    expect(await remarksOf(done.id)).toEqual([
      [2, 'TOLD', expect.stringContaining('登记册中的成员 蒙*** 不在本表中')],
    ]);
    expect(await county.snapshot(...REGISTER_TABLES)).toBe(before);
  });

  test('a household that an officer edits between the check and its turn is left alone and told', async () => {
    const actor = importer(county);
    const [edited, same] = [rowsOf(9), rowsOf(10)];
    await imported(county, actor, [...edited, ...same]);
    county.clock.set('2018-04-04');
    const news = [...rowsOf(9), ...rowsOf(10)].map((row) => ({ ...row, health: '长期慢性病' }));
    const seen = await checked(county, actor, news);
    expect(seen.counts?.households.CHANGED).toBe(2);
    const { id: memberId, householdId, version } = await headOf(edited);
    const officer = county.actor({ permissions: ['households.edit'], region: TOWNSHIP });
    await county.do(officer, changeTraits, {
      householdId,
      version,
      memberId,
      source: '入户核实',
      fromOn: '2018-04-02',
      health: 'SERIOUS_ILLNESS',
    });
    const done = await confirmed(county, actor, seen);
    expect(done.appliedCounts?.households).toMatchObject({ CHANGED: 1, REJECTED: 1 });
    expect(await remarksOf(done.id)).toContainEqual([
      2,
      'FAULT',
      expect.stringContaining('核对以后登记册有改动'),
    ]);
    const [health] = await rowsIn(
      'SELECT health FROM member_traits WHERE member_id = :memberId AND to_on IS NULL',
      { memberId },
    );
    expect(health).toEqual({ health: 'SERIOUS_ILLNESS' });
  });

  test('an edit of what the list would overwrite is not overwritten', async () => {
    const actor = importer(county);
    const rows = rowsOf(11);
    await imported(county, actor, rows);
    const news = rowsOf(11);
    Object.assign(news[0] as Row, { phone: '13900002222' });
    const seen = await checked(county, actor, news);
    const { id: memberId, householdId, version } = await headOf(rows);
    const officer = county.actor({ permissions: ['households.edit'], region: TOWNSHIP });
    await county.do(officer, correctMember, {
      householdId,
      version,
      memberId,
      source: '本人来电',
      phone: '13700003333',
    });
    const done = await confirmed(county, actor, seen);
    expect(done.appliedCounts?.households.REJECTED).toBe(1);
    const [member] = await rowsIn(
      'SELECT phone_masked AS phone FROM household_member WHERE id = :memberId',
      { memberId },
    );
    expect(member).toEqual({ phone: '137****3333' });
  });

  test('only what was seen is confirmed, by whoever may, and once', async () => {
    const actor = importer(county);
    const seen = await checked(county, actor, rowsOf(12));
    const form = { importId: seen.id, version: seen.version, countsDigest: seen.countsDigest };
    const refused = (who: typeof actor, input: object) =>
      county.refusal(county.do(who, confirmImport, input));
    const other = { ...form, countsDigest: '0'.repeat(64) };
    expect(await refused(actor, other)).toBe('households.import-counts-differ');
    expect(await refused(actor, { ...form, version: 1 })).toBe('platform.stale');
    const elsewhere = importer(county, '450226000000');
    expect(await refused(elsewhere, form)).toBe('platform.absent');
    await county.do(actor, confirmImport, form);
    expect(await refused(actor, form)).toBe('households.import-not-checked');
    await runTasks(county);
  });

  test('when it is over its rows are gone and what came of them stays', async () => {
    const done = await imported(county, importer(county), rowsOf(13));
    const left = await rowsIn('SELECT row_no FROM household_import_row WHERE import_id = :id', {
      id: done.id,
    });
    expect(left).toEqual([]);
    const { items } = await county.ask(importer(county), listImportResults, { importId: done.id });
    expect(items).toMatchObject([{ outcome: 'NEW', appliedOutcome: 'NEW', rows: 2 }]);
  });

  test('the sheet of errors tells row, column, masked value, reason and remedy', async () => {
    const rows = [...rowsOf(14), ...rowsOf(15)];
    const spoiled = `${idNumber(30, '19770303').slice(0, 17)}Y`;
    Object.assign(rows[3] as Row, { idNumber: spoiled });
    const seen = await checked(county, importer(county), rows);
    const cells: string[][] = [];
    const content = readFileParts(county.platform, seen.errorFileId as string);
    for await (const row of readSheet(content, { name: '', maxRows: 10 })) {
      cells.push(row.cells.map((cell) => cell.text));
    }
    expect(cells).toEqual([
      ['行号', '列', '值（已遮盖）', '性质', '原因', '处理办法'],
      ['4', '整行', '', '不予导入', '同户第 5 行有误，整户未导入', '改正该行后重新上传。'],
      ['5', '证件号码', '450*************0Y', '不予导入', expect.any(String), expect.any(String)],
    ]);
    expect(JSON.stringify(cells)).not.toContain(spoiled.slice(6, 14));
  });
});
