/**
 * The builder of tables for migrations: one text for SQLite and MySQL/MariaDB.
 *
 * ```ts
 * const s = await schema(runner);
 * await s.createTable('loan', {
 *   id: id(), bank_id: id(), contract_no: text(40), principal_fen: money(), rate_ppm: ppm(),
 *   signed_on: date(), settled_on: date().null(), version: version(),
 * }, {
 *   primary: ['id'], unique: [['bank_id', 'contract_no']], index: [['settled_on']],
 *   foreign: { bank_id: 'organisation' }, check: { principal_positive: 'principal_fen > 0' },
 * });
 * ```
 *
 * Every step looks before it acts: MySQL commits each CREATE TABLE at once, so a migration that was killed in
 * the middle is run again from its beginning. Data that a migration changes must bear a repetition too.
 * Migrations import nothing from `src`: they must still mean the same when the service has moved on.
 */
import type { QueryRunner } from 'typeorm';
import type { ColumnSpec } from './columns';
import {
  appendOnlyTriggers,
  checkDefinition,
  checkName,
  columnDefinition,
  constraintName,
  type Listed,
  listQuery,
  separateCheck,
  type Target,
  tableOptions,
  voidOnlyTriggers,
} from './dialect';

export * from './columns';

/** Columns by name, in order. */
export type Columns = Record<string, ColumnSpec>;

/** Keys and conditions of a table. */
export interface TableRules {
  primary: readonly string[];
  unique?: readonly (readonly string[])[];
  index?: readonly (readonly string[])[];
  /** Column to table (its `id`) or to `table(column)`; several columns: `{ 'a, b': 'table(a, b)' }`. */
  foreign?: Record<string, string>;
  /** Name (short, unique in the table) to a condition that both databases understand. */
  check?: Record<string, string>;
}

/** The steps a migration is made of. */
export class Schema {
  constructor(
    private readonly runner: QueryRunner,
    private readonly target: Target,
  ) {}

  /** The database, for the rare step that must differ. */
  get dialect(): 'sqlite' | 'mysql' {
    return this.target.name;
  }

  /**
   * Creates a table with everything that belongs to it.
   * @throws Error when a table of that name with other columns is there.
   */
  async createTable(table: string, columns: Columns, rules: TableRules): Promise<void> {
    const there = await this.names('columns', checkName(table));
    const wanted = Object.keys(columns);
    if (there.length === 0) {
      await this.runner.query(this.createStatement(table, columns, rules));
    } else if (there.join() !== wanted.join()) {
      throw new Error(`Table ${table} exists with other columns: ${there.join(', ')}`);
    }
    // MySQL has its indexes within the statement above; SQLite knows no such form.
    for (const keys of this.target.name === 'sqlite' ? (rules.index ?? []) : []) {
      await this.addIndex(table, keys);
    }
  }

  private createStatement(table: string, columns: Columns, rules: TableRules): string {
    const parts = Object.entries(columns).map(([name, spec]) =>
      columnDefinition(table, name, spec.plan, this.target),
    );
    parts.push(`PRIMARY KEY (${rules.primary.join(', ')})`);
    for (const keys of rules.unique ?? []) {
      const name = constraintName('uq', table, keys);
      parts.push(`CONSTRAINT ${name} UNIQUE (${keys.join(', ')})`);
    }
    for (const keys of this.target.name === 'mysql' ? (rules.index ?? []) : []) {
      parts.push(`INDEX ${constraintName('ix', table, keys)} (${keys.join(', ')})`);
    }
    for (const [own, other] of Object.entries(rules.foreign ?? {})) {
      parts.push(foreignKey(table, own, other));
    }
    parts.push(...this.checks(table, columns, rules.check ?? {}));
    return `CREATE TABLE ${table} (\n  ${parts.join(',\n  ')}\n) ${tableOptions(this.target)}`;
  }

  private checks(table: string, columns: Columns, own: Record<string, string>): string[] {
    const separate = Object.entries(columns).map(([name, spec]) =>
      separateCheck(table, name, spec.plan, this.target),
    );
    const rules = Object.entries(own).map(([rule, condition]) =>
      checkDefinition(table, rule, condition),
    );
    return [...separate.filter((one) => one !== undefined), ...rules];
  }

  /** Adds a column; to a table with rows it must be nullable or have a default. */
  async addColumn(
    table: string,
    name: string,
    spec: ColumnSpec,
    check: Record<string, string> = {},
  ): Promise<void> {
    if ((await this.names('columns', table)).includes(name)) return;
    const definition = columnDefinition(table, name, spec.plan, this.target);
    const checks = this.checks(table, { [name]: spec }, check);
    // One statement on both, so that the column never stands without its conditions.
    const rest =
      this.dialect === 'sqlite'
        ? checks.map((one) => ` ${one}`)
        : checks.map((one) => `, ADD ${one}`);
    await this.runner.query(`ALTER TABLE ${table} ADD COLUMN ${definition}${rest.join('')}`);
  }

  /**
   * Drops a column that no key and no index uses. `rules` names the conditions it was added with; a rule that
   * came with the table stays in the way on SQLite.
   */
  async dropColumn(table: string, name: string, rules: readonly string[] = []): Promise<void> {
    if (!(await this.names('columns', table)).includes(name)) return;
    const own = constraintName('ck', table, [`${name}_is_`]);
    const named = rules.map((rule) => constraintName('ck', table, [rule]));
    const checks = (await this.names('checks', table)).filter(
      (check) => check.startsWith(own) || named.includes(check),
    );
    const drops = [...checks.map((check) => `DROP CONSTRAINT ${check}`), `DROP COLUMN ${name}`];
    await this.runner.query(`ALTER TABLE ${table} ${drops.join(', ')}`);
  }

  /** Adds an index over columns. */
  async addIndex(table: string, columns: readonly string[]): Promise<void> {
    const name = constraintName('ix', table, columns);
    if ((await this.names('indexes', table)).includes(name)) return;
    await this.runner.query(`CREATE INDEX ${name} ON ${table} (${columns.join(', ')})`);
  }

  /** Drops the index that `addIndex` made; before its columns go, or a part of it would stay behind. */
  dropIndex(table: string, columns: readonly string[]): Promise<void> {
    return this.dropKey(table, constraintName('ix', table, columns));
  }

  /** Adds a unique key over columns; rows that break it make it fail. */
  async addUnique(table: string, columns: readonly string[]): Promise<void> {
    const name = constraintName('uq', table, columns);
    if ((await this.names('indexes', table)).includes(name)) return;
    await this.runner.query(`CREATE UNIQUE INDEX ${name} ON ${table} (${columns.join(', ')})`);
  }

  /** Drops the unique key that `addUnique` made. */
  dropUnique(table: string, columns: readonly string[]): Promise<void> {
    return this.dropKey(table, constraintName('uq', table, columns));
  }

  private async dropKey(table: string, name: string): Promise<void> {
    if (!(await this.names('indexes', table)).includes(name)) return;
    await this.runner.query(`DROP INDEX ${name}${this.dialect === 'mysql' ? ` ON ${table}` : ''}`);
  }

  /** Lets rows be added and never changed or removed, whoever asks. */
  async appendOnly(table: string): Promise<void> {
    await this.guard(table, appendOnlyTriggers(table, this.target));
  }

  /**
   * Makes a table anew under its own name, for changes that SQLite cannot make in place (a CHECK, a key). The rows
   * wait in `<table>_old`; no other table may refer to it. `copy` selects the new rows from `{old}`, in the order
   * of the new columns. Triggers are gone afterwards: set them again.
   */
  async remakeTable(
    table: string,
    plan: { from: Columns; to: Columns; rules: TableRules; copy: string },
  ): Promise<void> {
    const old = `${table}_old`;
    const kept = (await this.names('columns', old)).length > 0;
    const there = await this.names('columns', table);
    const done = there.join() === Object.keys(plan.to).join();
    if (done && !kept) return;
    if (there.join() === Object.keys(plan.from).join()) {
      // Whatever a killed run left of the waiting rows is incomplete: the table itself still stands.
      await this.dropTable(old);
      await this.createTable(old, plan.from, { primary: plan.rules.primary });
      await this.runner.query(`INSERT INTO ${old} SELECT * FROM ${table}`);
    }
    await this.dropTable(table);
    await this.createTable(table, plan.to, plan.rules);
    const names = Object.keys(plan.to).join(', ');
    const copy = plan.copy.replace('{old}', old);
    await this.runner.query(`INSERT INTO ${table} (${names}) ${copy}`);
    await this.dropTable(old);
  }

  /**
   * Lets rows be added and be voided once: nothing is removed, and a change may touch nothing but the columns of
   * voiding, of which the first goes from NULL to a value.
   */
  async voidOnly(
    table: string,
    columns: readonly string[],
    voiding: readonly [string, ...string[]],
  ): Promise<void> {
    await this.guard(table, voidOnlyTriggers(table, columns, voiding, this.target));
  }

  private async guard(table: string, triggers: Record<string, string>): Promise<void> {
    const there = await this.names('triggers', table);
    for (const [name, sql] of Object.entries(triggers)) {
      if (!there.includes(name)) await this.runner.query(sql);
    }
  }

  /** Drops a table and all that belongs to it; only for `down` and for tables nobody uses any more. */
  async dropTable(table: string): Promise<void> {
    await this.runner.query(`DROP TABLE IF EXISTS ${checkName(table)}`);
  }

  /** Runs a statement that both databases understand and that may be repeated without harm. */
  async run(sql: string, values: (string | number | null)[] = []): Promise<void> {
    await this.runner.query(sql, values);
  }

  private async names(what: Listed, table: string): Promise<string[]> {
    const rows = await this.runner.query(listQuery(what, this.target), [table]);
    return (rows as { name: string }[]).map((row) => row.name);
  }
}

function foreignKey(table: string, own: string, other: string): string {
  const columns = own.split(',').map((name) => name.trim());
  const [, parent, keys = 'id'] = /^(\w+)(?:\(([\w, ]+)\))?$/.exec(other) ?? [];
  if (!parent) throw new Error(`${other} is neither a table nor table(column)`);
  const name = constraintName('fk', table, columns);
  return `CONSTRAINT ${name} FOREIGN KEY (${columns.join(', ')}) REFERENCES ${parent} (${keys})`;
}

/** The builder for the database a migration runs on. */
export async function schema(runner: QueryRunner): Promise<Schema> {
  if (runner.dataSource.options.type !== 'mysql') return new Schema(runner, { name: 'sqlite' });
  const rows = (await runner.query('SHOW COLLATION')) as { Collation: string }[];
  const there = new Set(rows.map((row) => row.Collation));
  // MariaDB's name, then that of MySQL 8 and TiDB, then the padding one that every server has.
  const wanted = ['utf8mb4_nopad_bin', 'utf8mb4_0900_bin', 'utf8mb4_bin'];
  const collation = wanted.find((name) => there.has(name)) as string;
  return new Schema(runner, { name: 'mysql', collation });
}
