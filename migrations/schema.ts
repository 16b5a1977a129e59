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
import {
  appendOnlyTriggers,
  type ColumnKind,
  type ColumnPlan,
  checkDefinition,
  checkName,
  columnDefinition,
  constraintName,
  type Listed,
  listQuery,
  separateCheck,
  type Target,
  tableOptions,
} from './dialect';

/** A column being described. Every method returns a new description. */
export class ColumnSpec {
  constructor(readonly plan: ColumnPlan) {}

  /** May be NULL. */
  null(): ColumnSpec {
    return new ColumnSpec({ ...this.plan, nullable: true });
  }

  /** What a row has that does not name the column: plain ASCII or a whole number. */
  default(value: string | number): ColumnSpec {
    return new ColumnSpec({ ...this.plan, default: value });
  }
}

function column(kind: ColumnKind, length = 0): ColumnSpec {
  return new ColumnSpec({ kind, length, nullable: false, default: undefined });
}

/** The id of a row, or of the row of another table: a 26-character ULID. */
export const id = (): ColumnSpec => column('id');
/** A code of at most `length` ASCII characters: region codes, kinds, states, account codes. */
export const code = (length: number): ColumnSpec => column('code', length);
/** A text of at most `length` characters. */
export const text = (length: number): ColumnSpec => column('text', length);
/** A text without a practical limit. */
export const longText = (): ColumnSpec => column('longText');
/** JSON, kept as text and checked to be JSON. */
export const json = (): ColumnSpec => column('json');
/** An amount in fen, within ±(2^53 - 1). The name ends in `_fen`. */
export const money = (): ColumnSpec => column('money');
/** A rate in parts per million. The name ends in `_ppm`. */
export const ppm = (): ColumnSpec => column('ppm');
/** A whole number within ±2,147,483,647. */
export const integer = (): ColumnSpec => column('integer');
/** Yes (1) or no (0). */
export const flag = (): ColumnSpec => column('flag');
/** A moment in epoch milliseconds. The name ends in `_at`, or is `at`. */
export const instant = (): ColumnSpec => column('instant');
/** A business date. The name ends in `_on` or `_date`, or is `day`. */
export const date = (): ColumnSpec => column('date');
/** A digest of 64 hexadecimal characters. */
export const digest = (): ColumnSpec => column('digest');
/** The version of a row, beginning at 1. */
export const version = (): ColumnSpec => column('integer').default(1);

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
  async dropIndex(table: string, columns: readonly string[]): Promise<void> {
    const name = constraintName('ix', table, columns);
    if (!(await this.names('indexes', table)).includes(name)) return;
    await this.runner.query(`DROP INDEX ${name}${this.dialect === 'mysql' ? ` ON ${table}` : ''}`);
  }

  /** Adds a unique key over columns; rows that break it make it fail. */
  async addUnique(table: string, columns: readonly string[]): Promise<void> {
    const name = constraintName('uq', table, columns);
    if ((await this.names('indexes', table)).includes(name)) return;
    await this.runner.query(`CREATE UNIQUE INDEX ${name} ON ${table} (${columns.join(', ')})`);
  }

  /** Lets rows be added and never changed or removed, whoever asks. */
  async appendOnly(table: string): Promise<void> {
    const there = await this.names('triggers', table);
    for (const [name, sql] of Object.entries(appendOnlyTriggers(table, this.target))) {
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
