/** Ratings made before there were files keep their meaning: first, computed and final grade are one. */
import { migrations } from '../../migrations';
import { Rating1767200000016 } from '../../migrations/1767200000016-rating';
import type { Tx } from '../../src/platform/db/database';
import { describeEachDatabase } from '../support/databases';

const OLDER = migrations.slice(0, migrations.indexOf(Rating1767200000016));

const id = (text: string) => text.padStart(26, '0');
const digest = (text: string) => text.padStart(64, '0');

/** Inserts one row, written as an object. */
async function add(tx: Tx, table: string, row: Record<string, string | number | null>) {
  await tx.insertMany(table, Object.keys(row), [Object.values(row)]);
}

describeEachDatabase('Ratings made before', (open) => {
  test('are told as they were, and a proposal waits for the bank as it did', async () => {
    const db = await open({ migrations: OLDER });
    await db.inTransaction(async (tx) => {
      await add(tx, 'household', {
        id: id('1'),
        code: '4503281002',
        region_code: '450328100200',
        head_member_id: id('11'),
        registered_on: '2018-03-01',
        registered_by: 'somebody',
        head_name: '韦大明',
        head_initials: 'wdm',
        status_now: 'REGISTERED_POOR',
      });
      const card = { parameter: 'credit.scorecard', region_code: '000000000000' };
      await add(tx, 'policy_line', card);
      await add(tx, 'policy_row', {
        ...card,
        id: 'scorecard-old',
        effective_from: '2014-12-01',
        source: '旧表',
        provisional: 1,
        value: '{}',
        content_digest: digest('2'),
        origin: 'file',
        state: 'in-force',
        proposed_by: 'system',
        proposed_by_name: '系统',
        proposed_at: 1,
        in_force_key: 'credit.scorecard/000000000000/2014-12-01',
      });
      const rating = {
        household_id: id('1'),
        household_code: '4503281002',
        head_name: '韦大明',
        region_code: '450328100200',
        scorecard_row_id: 'scorecard-old',
        score_hundredths: 8160,
        grade: 'B',
        grade_name: '较好',
        line_fen: 4_000_000,
        validity_months: 24,
        rated_on: '2018-03-01',
        rated_by: 'RATER',
        rated_by_name: '评级人',
      };
      await add(tx, 'rating', {
        ...rating,
        id: id('31'),
        state: 'confirmed',
        decided_by: 'BANKER',
        decided_by_name: '审批人',
        decided_on: '2018-03-01',
        valid_until: '2020-02-29',
        current_key: id('1'),
        content_digest: digest('3'),
      });
      await add(tx, 'rating', {
        ...rating,
        id: id('32'),
        state: 'proposed',
        open_key: id('1'),
        content_digest: digest('4'),
      });
    });
    db.dataSource.migrations.push(new Rating1767200000016());
    await db.migrate();

    const told = {
      case_id: null,
      bank_id: null,
      stage: 'township',
      first_grade: 'B',
      first_line_fen: 4_000_000,
      computed_grade: 'B',
      computed_line_fen: 4_000_000,
      grade: 'B',
      line_fen: 4_000_000,
      version: 1,
    };
    expect(await db.reader().rows('SELECT * FROM rating ORDER BY id')).toEqual([
      expect.objectContaining({ ...told, state: 'confirmed', valid_until: '2020-02-29' }),
      expect.objectContaining({ ...told, state: 'proposed', open_key: id('1') }),
    ]);
    await db.revertLastMigration();
    expect(await db.reader().rows('SELECT id FROM rating ORDER BY id')).toHaveLength(2);
  });
});
