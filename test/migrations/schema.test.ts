/** The builder of tables: names, additions to a table with rows, and repetition without harm. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { constraintName } from '../../migrations/dialect';
import {
  type Columns,
  code,
  date,
  id,
  integer,
  json,
  money,
  type Schema,
  schema,
  text,
  version,
} from '../../migrations/schema';
import { isCheckViolation, isUniqueViolation } from '../../src/platform/db/database';
import { uniqueName } from '../../src/platform/db/names';
import { columnsOf, describeEachDatabase } from '../support/databases';

/** A migration made of steps, each of which must bear being run twice. */
function migration(time: number, steps: (s: Schema) => Promise<void>, down = steps) {
  return class implements MigrationInterface {
    readonly name = `Step${time}`;
    async up(runner: QueryRunner): Promise<void> {
      const s = await schema(runner);
      await steps(s);
      await steps(s);
    }
    async down(runner: QueryRunner): Promise<void> {
      const s = await schema(runner);
      await down(s);
      await down(s);
    }
  };
}

const loan: Columns = {
  id: id(),
  contract_no: text(40),
  principal_fen: money(),
  version: version(),
};

const createLoan = migration(1700000000001, (s) =>
  s.createTable('loan', loan, { primary: ['id'], unique: [['contract_no']] }),
);

const growLoan = migration(
  1700000000002,
  async (s) => {
    await s.addColumn('loan', 'state', code(12).default('draft'), {
      state_known: "state IN ('draft', 'paid')",
    });
    await s.addColumn('loan', 'settled_on', date().null());
    await s.addColumn('loan', 'extra', json().null());
    await s.addColumn('loan', 'seats', integer().default(0), { seats_few: 'seats <= 3' });
    await s.addIndex('loan', ['settled_on', 'state']);
    await s.addUnique('loan', ['state', 'seats', 'contract_no']);
    await s.run("UPDATE loan SET seats = 2 WHERE contract_no = '2018-001'");
  },
  async (s) => {
    await s.dropColumn('loan', 'extra');
    await s.dropColumn('loan', 'settled_on_unknown');
  },
);

const INSERT = 'INSERT INTO loan (id, contract_no, principal_fen) VALUES (:id, :no, 100)';

describeEachDatabase('The builder of tables', (open, kind) => {
  test('adds columns, keys and conditions to a table with rows, twice without harm', async () => {
    const db = await open({ migrations: [createLoan] });
    await db.inTransaction((tx) => tx.exec(INSERT, { id: 'a', no: '2018-001' }));
    const grown = db.dataSource.migrations;
    grown.push(new growLoan());
    expect(await db.pendingMigrations()).toEqual(['Step1700000000002']);
    expect(await db.migrate()).toEqual(['Step1700000000002']);
    expect(await db.reader().rows('SELECT * FROM loan')).toEqual([
      {
        id: 'a',
        contract_no: '2018-001',
        principal_fen: 100,
        version: 1,
        state: 'draft',
        settled_on: null,
        extra: null,
        seats: 2,
      },
    ]);
    const change = (sql: string) =>
      db.inTransaction((tx) => tx.exec(`UPDATE loan SET ${sql}`)).catch((error: unknown) => error);
    for (const bad of ["state = 'lost'", "settled_on = '2018-02-30'", "extra = '{'", 'seats = 4']) {
      expect(isCheckViolation(await change(bad))).toBe(true);
    }
    expect(await change("settled_on = '2018-02-28', extra = '{}', seats = 3")).toBe(1);
    expect(await db.revertLastMigration()).toBe('Step1700000000002');
    expect((await columnsOf(db)).loan).not.toContain('extra');
  });

  test('names unique keys as the service expects them', async () => {
    const long = ['a_rather_long_column_name', 'another_long_column_name', 'third'];
    expect(constraintName('uq', 'loan', ['contract_no'])).toBe('uq_loan_contract_no');
    expect(uniqueName('loan', long)).toBe(constraintName('uq', 'loan', long));
    expect(uniqueName('loan', long)).toHaveLength(64);
    expect(uniqueName('loan', long)).not.toBe(uniqueName('loan', [...long, 'x']));
    const migrations = [
      migration(1700000000003, (s) =>
        s.createTable(
          'pledge',
          { id: id(), ...Object.fromEntries(long.map((name) => [name, integer()])) },
          { primary: ['id'], unique: [long] },
        ),
      ),
    ];
    const db = await open({ migrations });
    const insert = (key: string) =>
      db.inTransaction((tx) =>
        tx.exec(`INSERT INTO pledge (id, ${long.join(', ')}) VALUES (:key, 1, 2, 3)`, { key }),
      );
    await insert('a');
    const error = await insert('b').catch((problem: unknown) => problem);
    expect(isUniqueViolation(error, uniqueName('pledge', long))).toBe(true);
  });

  test('refuses names that one of the databases would not take', async () => {
    const refused = async (columns: Columns, table = 'odd') => {
      const create = migration(1700000000004, (s) =>
        s.createTable(table, columns, { primary: ['id'] }),
      );
      return open({ migrations: [create] }).catch((error: Error) => error.message);
    };
    expect(await refused({ id: id(), key: text(1) })).toMatch('reserved');
    expect(await refused({ id: id(), rank: integer() })).toMatch('reserved');
    expect(await refused({ id: id(), Name: text(1) })).toMatch('no name');
    expect(await refused({ id: id() }, 'order')).toMatch('reserved');
    expect(await refused({ id: id(), note: text(9).default("it's") })).toMatch('plain ASCII');
  });

  test('refuses a table of the same name with other columns', async () => {
    const other = migration(1700000000005, (s) =>
      s.createTable('loan', { id: id() }, { primary: ['id'] }),
    );
    const attempt = open({ migrations: [createLoan, other] });
    await expect(attempt).rejects.toThrow('exists with other columns');
  });

  test('when a migration leaves rows without a parent, then it is refused', async () => {
    const orphan = class implements MigrationInterface {
      readonly name = 'Step1700000000006';
      async up(runner: QueryRunner): Promise<void> {
        const s = await schema(runner);
        await s.createTable('parent', { id: id() }, { primary: ['id'] });
        await s.createTable(
          'child',
          { id: id(), parent_id: id() },
          { primary: ['id'], foreign: { parent_id: 'parent' } },
        );
        await s.run('INSERT INTO child (id, parent_id) VALUES (?, ?)', ['a', 'nobody']);
      }
      async down(): Promise<void> {
        throw new Error('There is nothing to go back to');
      }
    };
    await expect(open({ migrations: [orphan] })).rejects.toThrow(
      kind === 'sqlite' ? 'without a parent' : 'foreign key',
    );
  });
});
