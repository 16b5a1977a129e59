/** The register deepened under rows that were there: each household's periods begin with its first status. */
import { migrations } from '../../migrations';
import { Register1767200000015 } from '../../migrations/1767200000015-register';
import { describeEachDatabase } from '../support/databases';

const OLDER = migrations.slice(0, migrations.indexOf(Register1767200000015));

const id = (text: string) => text.padStart(26, '0');
const digest = (text: string) => text.padStart(64, '0');

describeEachDatabase('Households registered before', (open) => {
  test('get place, head, joining days, initials and what lists copy', async () => {
    const db = await open({ migrations: OLDER });
    await db.inTransaction(async (tx) => {
      await tx.insertMany(
        'household',
        [
          'id',
          'code',
          'region_code',
          'head_member_id',
          'registered_on',
          'registered_by',
          'version',
        ],
        [[id('1'), '4503281002', '450328100200', id('11'), '2018-03-01', 'somebody', 3]],
      );
      const member = (no: string, name: string, relation: string, born: string) => [
        ...[id(no), id('1'), name, relation, 'sealed', digest(no), digest(no), 'masked', born],
        'male',
      ];
      await tx.insertMany(
        'household_member',
        [
          ...['id', 'household_id', 'name', 'relation', 'id_number_sealed', 'id_number_index'],
          ...['current_index', 'id_number_masked', 'birth_date', 'sex'],
        ],
        [member('11', '单大明', 'HEAD', '1978-06-15'), member('12', '单小明', 'SON', '2017-05-05')],
      );
      await tx.insertMany(
        'household_status',
        [
          ...['id', 'household_id', 'status', 'from_on', 'to_on', 'open_key', 'source'],
          ...['recorded_by', 'recorded_at'],
        ],
        [
          [
            ...[id('21'), id('1'), 'REGISTERED_POOR', '2016-01-01', '2017-12-31', null],
            'x',
            'y',
            7,
          ],
          [...[id('22'), id('1'), 'OUT_OF_POVERTY', '2018-01-01', null, id('1')], 'x', 'y', 9],
        ],
      );
    });
    db.dataSource.migrations.push(new Register1767200000015());
    await db.migrate();
    const rows = (sql: string) => db.reader().rows(sql);
    const place = { household_id: id('1'), from_on: '2016-01-01', to_on: null, open_key: id('1') };
    expect(
      await rows('SELECT household_id, from_on, to_on, open_key FROM household_place'),
    ).toEqual([place]);
    expect(
      await rows('SELECT household_id, from_on, to_on, open_key, member_id FROM household_head'),
    ).toEqual([{ ...place, member_id: id('11') }]);
    expect(
      await rows('SELECT head_name, head_initials, status_now, version FROM household'),
    ).toEqual([
      { head_name: '单大明', head_initials: 'sdm', status_now: 'OUT_OF_POVERTY', version: 3 },
    ]);
    expect(
      await rows('SELECT joined_on, initials, left_reason FROM household_member ORDER BY id'),
    ).toEqual([
      { joined_on: '2016-01-01', initials: 'sdm', left_reason: null },
      { joined_on: '2017-05-05', initials: 'sxm', left_reason: null },
    ]);
  });
});
