/** Confirming a rule: another person, the very content that was read, and never two rules on one day. */

import { businessDate } from '../../src/platform/dates';
import { isCheckViolation, isUniqueViolation } from '../../src/platform/db/database';
import { Problem } from '../../src/platform/problems';
import { Joi } from '../../src/platform/shape';
import { defineParameter, type ProposedRow, policyAsOf } from '../../src/policy';
import { confirmChange } from '../../src/policy/confirm-change';
import { proposeChange } from '../../src/policy/propose-change';
import { PLACES } from '../support/county';
import { describeEachDatabase } from '../support/databases';
import { COUNTY, enact, lengthRule, type Office, openOffice, proposal, TABLES } from './office';

/** A rule that its module lets come into force only after a trial of exactly this content. */
const tried = new Set<string>();
const seen: ProposedRow<{ lengthDays: number }>[] = [];
defineParameter<{ lengthDays: number }>({
  key: 'toys.tried',
  title: '试过的玩具',
  schema: Joi.object({ lengthDays: Joi.number().integer().required() }),
  beforeConfirm: async (_work, row) => {
    seen.push(row);
    if (tried.has(row.contentDigest)) return;
    throw new Problem('toys.not-tried', 'refused', '尚未试过', '请先试用。');
  },
});

describeEachDatabase('confirming a rule', (open) => {
  let office: Office;
  let year = 2018;
  beforeAll(async () => {
    office = await openOffice(open, 10);
  });

  /** A proposal that starts after all others. */
  const propose = (changes: object = {}, actor = office.drafter) => {
    year += 1;
    const input = proposal({ effectiveFrom: `${year}-01-01`, ...changes });
    return office.county.do(actor, proposeChange, input);
  };
  const refused = async (input: object, actor = office.approver) => {
    const before = await office.county.snapshot(...TABLES);
    const code = await office.county.refusal(office.county.do(actor, confirmChange, input));
    expect(await office.county.snapshot(...TABLES)).toBe(before);
    return code;
  };
  const bound = ({ rowId, contentDigest }: { rowId: string; contentDigest: string }) => ({
    rowId,
    contentDigest,
  });

  test('puts it in force from its first day, and says who did what', async () => {
    const made = await propose({ value: { lengthDays: 9 } });
    const done = await office.county.do(office.approver, confirmChange, bound(made));
    expect(done).toEqual({ rowId: made.rowId, state: 'in-force', effectiveFrom: `${year}-01-01` });
    const sql = office.county.platform.db.reader();
    const date = businessDate(`${year}-01-01`);
    const rule = await policyAsOf(sql, lengthRule, { region: COUNTY, date });
    expect(rule).toMatchObject({ rowId: made.rowId, value: { lengthDays: 9 } });
    const row = await sql.one('SELECT * FROM policy_row WHERE id = :rowId', { rowId: made.rowId });
    expect(row).toMatchObject({
      proposed_by: office.drafter.id,
      confirmed_by: office.approver.id,
      confirmed_by_name: '审批人',
      version: 2,
    });
  });

  test('is refused to the person who proposed it, and the refusal is kept', async () => {
    const made = await propose({}, office.approver);
    expect(await refused(bound(made))).toBe('policy.same-person');
    const kept = await office.county.platform.db
      .reader()
      .one(`SELECT outcome FROM audit_entry WHERE problem = 'policy.same-person'`);
    expect(kept).toEqual({ outcome: 'refused' });
  });

  test('is refused when the content is not the one that was read', async () => {
    const made = await propose();
    const stale = { ...bound(made), contentDigest: 'a'.repeat(64) };
    expect(await refused(stale)).toBe('policy.content-changed');
    await office.county.system((work) =>
      work.tx.exec('UPDATE policy_row SET source = :source WHERE id = :rowId', {
        source: '另一份文件〔2018〕2号',
        rowId: made.rowId,
      }),
    );
    expect(await refused(bound(made))).toBe('policy.content-changed');
  });

  test('is refused a second time, without the permission, and from another county', async () => {
    const made = await propose();
    expect(await refused(bound(made), office.drafter)).toBe('platform.not-permitted');
    const stranger = office.county.actor({
      permissions: ['policy.confirm'],
      region: PLACES.otherCounty,
    });
    expect(await refused(bound(made), stranger)).toBe('platform.absent');
    expect(await refused({ ...bound(made), rowId: '01J00000000000000000000000' })).toBe(
      'policy.row-absent',
    );
    await office.county.do(office.approver, confirmChange, bound(made));
    expect(await refused(bound(made))).toBe('policy.not-proposed');
  });

  test('waits for what the module of the rule wants done first', async () => {
    tried.clear();
    const made = await propose({ parameter: 'toys.tried', value: { lengthDays: 7 } });
    expect(await refused(bound(made))).toBe('toys.not-tried');
    expect(seen.at(-1)).toEqual({
      ...{ id: made.rowId, contentDigest: made.contentDigest, value: { lengthDays: 7 } },
      ...{ region: COUNTY, effectiveFrom: `${year}-01-01`, effectiveTo: null },
    });
    tried.add(made.contentDigest);
    const done = await office.county.do(office.approver, confirmChange, bound(made));
    expect(done.state).toBe('in-force');
  });

  test('asks the module only after person and content were found right', async () => {
    const made = await propose({ parameter: 'toys.tried', value: { lengthDays: 8 } });
    const asked = seen.length;
    expect(await refused({ ...bound(made), contentDigest: 'a'.repeat(64) })).toBe(
      'policy.content-changed',
    );
    const drafter = { ...office.drafter, permissions: office.approver.permissions };
    expect(await refused(bound(made), drafter)).toBe('policy.same-person');
    expect(seen).toHaveLength(asked);
  });

  test('is refused when another row came into force on its days meanwhile', async () => {
    const first = await propose();
    const second = await propose({ effectiveFrom: `${year}-06-01` });
    await office.county.do(office.approver, confirmChange, bound(second));
    expect(await refused(bound(first))).toBe('policy.dates-overlap');
  });

  test('of two rows that lie over one another, at once, puts one in force', async () => {
    const made = [
      await propose({
        region: '450328100000',
        effectiveFrom: '2020-01-01',
        effectiveTo: '2020-12-31',
      }),
      await propose({
        region: '450328100000',
        effectiveFrom: '2019-06-01',
        effectiveTo: '2020-03-31',
      }),
      await propose({ region: '450328100000', effectiveFrom: '2020-01-01', effectiveTo: null }),
    ];
    // Either order is lawful for some of them, so what counts is that the rest was refused for the dates.
    const outcomes = await Promise.allSettled(
      made.map((one) => office.county.do(office.approver, confirmChange, bound(one))),
    );
    const reasons = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.code] : [],
    );
    expect(reasons.length).toBeGreaterThanOrEqual(1);
    expect(new Set(reasons)).toEqual(new Set(['policy.dates-overlap']));
    const rows = await office.county.platform.db.reader().rows<{ effective_from: string }>(
      `SELECT effective_from FROM policy_row
        WHERE region_code = '450328100000' AND state = 'in-force' ORDER BY effective_from`,
    );
    expect(rows.map((row) => row.effective_from)).not.toEqual(['2020-01-01', '2020-01-01']);
  });

  test('by one person is refused by the database itself, as are two rows for one first day', async () => {
    const rowId = await enact(office, { effectiveFrom: `${year + 1}-01-01` });
    year += 1;
    const failure = (sql: string) =>
      office.county
        .system((work) => work.tx.exec(sql, { rowId }))
        .then(
          () => null,
          (error: unknown) => error,
        );
    const sets = [
      'confirmed_by = proposed_by',
      'confirmed_by = NULL',
      'in_force_key = NULL',
      "state = 'proposed'",
      "state = 'else'",
      "effective_to = '2001-01-01'",
    ];
    for (const set of sets) {
      const error = await failure(`UPDATE policy_row SET ${set} WHERE id = :rowId`);
      expect([set, isCheckViolation(error)]).toEqual([set, true]);
    }
    const copy = await failure(
      `UPDATE policy_row SET in_force_key = (SELECT k FROM (SELECT MIN(in_force_key) AS k FROM policy_row) x)
        WHERE id = :rowId`,
    );
    expect(isUniqueViolation(copy, 'policy_row')).toBe(true);
  });
});
