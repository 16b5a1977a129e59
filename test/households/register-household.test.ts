/** 登记农户: who may, what is kept and how, and that a refusal leaves nothing behind. */
import { registerHousehold } from '../../src/households/register-household';
import { revealMember } from '../../src/households/reveal-member';
import type { Problem } from '../../src/platform/problems';
import type { County } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import {
  aHousehold,
  another,
  FOREIGN_VILLAGE,
  householdForm,
  idNumber,
  OTHER_VILLAGE,
  openRegister,
  refusedByDatabase,
  registrar,
  TABLES,
  TOWNSHIP,
  VILLAGE,
} from './register';

describeEachDatabase('Registering a household', (open) => {
  let county: County;
  let n: number;
  beforeAll(async () => {
    county = await openRegister(open);
  });
  beforeEach(() => {
    n = another();
  });

  const rows = <T extends object>(sql: string, params = {}) =>
    county.platform.db.reader().rows<T>(sql, params);

  const refusedFor = async (input: unknown, actor = registrar(county)): Promise<Problem> => {
    const before = await county.snapshot(...TABLES);
    let refusal: Problem | undefined;
    await county.do(actor, registerHousehold, input).catch((error: Problem) => {
      refusal = error;
    });
    expect(await county.snapshot(...TABLES)).toBe(before);
    if (!refusal) throw new Error('was not refused');
    return refusal;
  };

  test('a village worker registers a household with its members and its first status', async () => {
    const worker = registrar(county);
    const done = await county.do(worker, registerHousehold, householdForm(n));
    const { code } = householdForm(n);
    const id = done.householdId;
    expect(done).toMatchObject({ code, version: 1, notes: [] });
    expect(await rows('SELECT * FROM household WHERE id = :id', { id })).toEqual([
      {
        id,
        code,
        region_code: VILLAGE,
        head_member_id: done.memberIds[0],
        head_name: `韦大明${n}`,
        head_initials: 'wdm',
        status_now: 'REGISTERED_POOR',
        subsidy_member_id: null,
        registered_on: '2018-03-01',
        registered_by: worker.id,
        version: 1,
      },
    ]);
    const members = await rows(
      `SELECT id, name, relation, birth_date, sex, id_number_masked, phone_masked, account_masked,
              left_on
         FROM household_member WHERE household_id = :id ORDER BY relation`,
      { id },
    );
    expect(members).toEqual([
      {
        id: done.memberIds[0],
        name: `韦大明${n}`,
        relation: 'HEAD',
        birth_date: '1978-06-15',
        sex: 'male',
        id_number_masked: `450328********${idNumber(2 * n + 1).slice(-4)}`,
        phone_masked: '138****1234',
        account_masked: '****7890',
        left_on: null,
      },
      {
        id: done.memberIds[1],
        name: `廖秀英${n}`,
        relation: 'SPOUSE',
        birth_date: '1980-02-02',
        sex: 'female',
        id_number_masked: `450328********${idNumber(2 * n, '19800202').slice(-4)}`,
        phone_masked: null,
        account_masked: null,
        left_on: null,
      },
    ]);
    const statuses = await rows(
      'SELECT status, from_on, to_on, source FROM household_status WHERE household_id = :id',
      { id },
    );
    expect(statuses).toEqual([
      {
        status: 'REGISTERED_POOR',
        from_on: '2016-01-01',
        to_on: null,
        source: '桂扶发〔2016〕1号',
      },
    ]);
  });

  test('a township officer may too; no number stands in the clear, not even in the audit', async () => {
    await county.do(registrar(county, TOWNSHIP), registerHousehold, householdForm(n));
    const everything = await county.snapshot(...TABLES, 'audit_entry', 'idempotency');
    for (const secret of [idNumber(2 * n + 1), '13807731234', '6214831234567890']) {
      expect(everything).not.toContain(secret);
    }
  });

  test('the audit tells the household and its members', async () => {
    const { householdId, memberIds } = await aHousehold(county);
    const subjects = await rows<{ kind: string; id: string }>(
      `SELECT s.subject_kind AS kind, s.subject_id AS id FROM audit_subject s
         JOIN audit_entry e ON e.id = s.entry_id
        WHERE e.act = 'households.register' AND e.subject_id = :householdId ORDER BY s.subject_kind, s.subject_id`,
      { householdId },
    );
    expect(subjects).toEqual([
      { kind: 'household', id: householdId },
      ...[...memberIds].sort().map((id) => ({ kind: 'member', id })),
    ]);
  });

  test('what was put right in a number is told', async () => {
    const form = householdForm(n);
    (form.members[0] as { idNumber: string }).idNumber = ` ${idNumber(2 * n + 1)} `;
    const done = await county.do(registrar(county), registerHousehold, form);
    expect(done.notes).toEqual([{ field: 'members.0.idNumber', text: '已去掉空格或不可见字符' }]);
  });

  test('who lacks the permission is refused', async () => {
    const reader = county.actor({ permissions: ['households.read'], region: VILLAGE });
    expect((await refusedFor(householdForm(n), reader)).code).toBe('platform.not-permitted');
  });

  test.each([OTHER_VILLAGE, FOREIGN_VILLAGE])(
    'a worker of another village is refused: %s',
    async (place) => {
      expect((await refusedFor(householdForm(n), registrar(county, place))).kind).toBe('absent');
    },
  );

  test('a place that is no village is refused', async () => {
    const form = householdForm(n, { regionCode: TOWNSHIP });
    const refusal = await refusedFor(form, registrar(county, TOWNSHIP));
    expect(refusal.code).toMatch(/^identity\.region-/);
  });

  test('a number that a spreadsheet spoiled is refused with its reason', async () => {
    const form = householdForm(n);
    (form.members[1] as { idNumber: string }).idNumber = '4.50328E+17';
    const refusal = await refusedFor(form);
    expect(refusal.code).toBe('households.member-invalid');
    expect(refusal.info.fields).toEqual([
      { field: 'members.1.idNumber', reason: expect.stringContaining('科学计数法') },
    ]);
  });

  test('a status that begins tomorrow is refused', async () => {
    const status = { status: 'REGISTERED_POOR', fromOn: '2018-03-02', source: '文件' };
    const refusal = await refusedFor(householdForm(n, { status }));
    expect(refusal.code).toBe('households.status-in-future');
  });

  test('nobody is registered as removed', async () => {
    const status = { status: 'REMOVED', fromOn: '2018-03-01', source: '文件' };
    expect((await refusedFor(householdForm(n, { status }))).code).toBe('platform.invalid-input');
  });

  test('a code is used once in the whole register', async () => {
    const { code } = await aHousehold(county, n);
    const again = householdForm(another(), { code });
    expect((await refusedFor(again)).code).toBe('households.code-taken');
  });

  test('one person belongs to one household: the refusal names the other one only to whom it belongs', async () => {
    const { code } = await aHousehold(county, n);
    const members = householdForm(n).members.slice(0, 1);
    const near = await refusedFor(householdForm(another(), { members }));
    expect(near.code).toBe('households.person-elsewhere');
    expect(near.info.fields).toEqual([
      { field: 'members.0.idNumber', reason: `此人已登记在户编号 ${code}` },
    ]);
    const elsewhere = householdForm(another(), { members, regionCode: FOREIGN_VILLAGE });
    const far = await refusedFor(elsewhere, registrar(county, FOREIGN_VILLAGE));
    expect(far.info.fields?.[0]?.reason).toBe('此人已登记在辖区外的农户');
  });

  test('two officers register the same person at once: one wins, the other is told', async () => {
    const members = householdForm(n).members.slice(0, 1);
    const forms = [1, 2, 3, 4].map(() => householdForm(another(), { members }));
    const results = await Promise.allSettled(
      forms.map((form) => county.do(registrar(county), registerHousehold, form)),
    );
    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(3);
    for (const { reason } of lost) expect(reason.code).toBe('households.person-elsewhere');
    const codes = forms.map((form) => form.code);
    expect(await rows('SELECT id FROM household WHERE code IN (:codes)', { codes })).toHaveLength(
      1,
    );
  });

  test('the same request twice makes one household', async () => {
    const worker = registrar(county);
    const first = await county.do(worker, registerHousehold, householdForm(n), {
      key: 'same-key-1',
    });
    const second = await county.do(worker, registerHousehold, householdForm(n), {
      key: 'same-key-1',
    });
    expect(second).toEqual(first);
    const { code } = householdForm(n);
    expect(await rows('SELECT id FROM household WHERE code = :code', { code })).toHaveLength(1);
  });

  test('sealed values are bound to their row: one moved to another member does not open', async () => {
    const { memberIds } = await aHousehold(county);
    await county.system(async (work) => {
      const row = await work.tx.one<{ sealed: string }>(
        'SELECT id_number_sealed AS sealed FROM household_member WHERE id = :id',
        { id: memberIds[0] as string },
      );
      await work.tx.exec('UPDATE household_member SET id_number_sealed = :sealed WHERE id = :id', {
        sealed: row?.sealed as string,
        id: memberIds[1] as string,
      });
    });
    const inspector = county.actor({ permissions: ['households.reveal'] });
    const input = { memberId: memberIds[1], reason: '核对身份' };
    await expect(county.do(inspector, revealMember, input)).rejects.toThrow(/cannot be read/);
  });

  test('the database itself refuses a second current place and an unknown relation', async () => {
    const one = await aHousehold(county);
    const other = await aHousehold(county);
    const set = (id: string, assignment: string) =>
      county.system((work) =>
        work.tx.exec(`UPDATE household_member SET ${assignment} WHERE id = :id`, { id }),
      );
    const refused = (assignment: string) => refusedByDatabase(set(other.headId, assignment));
    const [taken] = await rows<{ digest: string }>(
      'SELECT id_number_index AS digest FROM household_member WHERE id = :id',
      { id: one.headId },
    );
    const index = taken?.digest ?? '';
    const same = `id_number_index = '${index}', current_index = '${index}'`;
    expect(await refused(same)).toBe('unique');
    expect(await refused("relation = 'COUSIN'")).toBe('check');
    expect(await refused('current_index = NULL')).toBe('check');
    // Once the first has left, the same person may belong elsewhere.
    await set(one.headId, "current_index = NULL, left_on = '2018-03-01'");
    await set(other.headId, same);
  });
});
