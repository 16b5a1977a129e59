/** Lines of before are taken over from the ratings that gave them, day for day. */
import { migrations } from '../../migrations';
import { Lines1767200000017 } from '../../migrations/1767200000017-lines';
import { lineOn } from '../../src/credit';
import { businessDate } from '../../src/platform/dates';
import type { Tx } from '../../src/platform/db/database';
import { describeEachDatabase } from '../support/databases';

const BEFORE = migrations.slice(0, migrations.indexOf(Lines1767200000017));
const HOUSEHOLD = 'H'.repeat(26);

/** Inserts one row, written as an object. */
function insert(tx: Tx, table: string, row: Record<string, string | number | null>) {
  return tx.insertMany(table, Object.keys(row), [Object.values(row)]);
}

/** A rating as it stood; what a state needs besides. */
function rating(id: string, lineFen: number, state: Record<string, string | null>) {
  return {
    ...{ id: id.repeat(26), household_id: HOUSEHOLD, household_code: 'H1', head_name: '韦大明' },
    ...{ region_code: '450328100200', scorecard_row_id: 'card', score_hundredths: 8000 },
    ...{ grade: 'B', grade_name: '较好', line_fen: lineFen, validity_months: 24 },
    ...{ rated_on: '2016-03-01', rated_by: 'RATER', rated_by_name: '乡镇干部' },
    ...{ content_digest: 'a'.repeat(64), ...state },
  };
}

const decided = (on: string, until: string) => ({
  ...{ decided_by: 'DECIDER', decided_by_name: '审批人', decided_on: on, valid_until: until },
});

async function ratingsOfBefore(tx: Tx): Promise<void> {
  await insert(tx, 'household', {
    ...{ id: HOUSEHOLD, code: 'H1', region_code: '450328100200', head_member_id: 'M'.repeat(26) },
    ...{ registered_on: '2016-01-01', registered_by: 'X' },
  });
  const card = { parameter: 'credit.scorecard', region_code: '000000000000' };
  await insert(tx, 'policy_line', card);
  await insert(tx, 'policy_row', {
    ...card,
    id: 'card',
    ...{ effective_from: '2014-12-01', source: '试', provisional: 1, value: '{}' },
    ...{ content_digest: 'a'.repeat(64), origin: 'file', state: 'in-force' },
    ...{ in_force_key: 'k', proposed_by: 'X', proposed_by_name: 'X', proposed_at: 1 },
  });
  const replaced = (on: string, until: string, by: string) => ({
    ...{ state: 'superseded', superseded_on: by, ...decided(on, until) },
  });
  await insert(tx, 'rating', rating('A', 1, replaced('2016-03-01', '2018-02-28', '2017-05-01')));
  // Two on one day: the later one holds.
  await insert(tx, 'rating', rating('B', 2, replaced('2017-05-01', '2019-04-30', '2017-05-01')));
  const current = { state: 'confirmed', current_key: HOUSEHOLD };
  await insert(
    tx,
    'rating',
    rating('C', 3, { ...current, ...decided('2017-05-01', '2019-04-30') }),
  );
  await insert(tx, 'rating', rating('D', 4, { state: 'proposed', open_key: HOUSEHOLD }));
}

describeEachDatabase('Lines of before', (open) => {
  test('hold on the days on which their ratings held; a second run adds nothing', async () => {
    const db = await open({ migrations: BEFORE });
    await db.inTransaction(ratingsOfBefore);
    db.dataSource.migrations.push(new Lines1767200000017());
    expect(await db.migrate()).toEqual(['Lines1767200000017']);
    const line = async (date: string) =>
      (await lineOn(db.reader(), HOUSEHOLD, businessDate(date)))?.lineFen ?? null;
    expect(await line('2016-02-29')).toBeNull();
    expect(await line('2016-03-01')).toBe(1);
    expect(await line('2017-04-30')).toBe(1);
    expect(await line('2017-05-01')).toBe(3);
    expect(await line('2019-04-30')).toBe(3);
    expect(await line('2019-05-01')).toBeNull();
    const periods = () =>
      db.reader().rows('SELECT seq, until_on AS untilOn FROM credit_line_period ORDER BY seq');
    const taken = [
      { seq: 1, untilOn: '2017-05-01' },
      { seq: 2, untilOn: '2017-05-01' },
      { seq: 3, untilOn: null },
    ];
    expect(await periods()).toEqual(taken);
    const runner = db.dataSource.createQueryRunner();
    await new Lines1767200000017().up(runner);
    await runner.release();
    expect(await periods()).toEqual(taken);
  });
});
