/**
 * How tables are written for SQLite and for MySQL/MariaDB. TypeORM's own table builder drops CHECK
 * constraints on MySQL without a word, so the DDL is written here, in full, for both.
 *
 * Laws:
 * - A row that breaks a rule is refused by the database itself, and by both: SQLite tables are STRICT and
 *   check lengths, ranges and dates; MySQL has types for that.
 * - Texts compare by code point without padding, as SQLite's BINARY does. Codes, ids and digests are ASCII by
 *   a CHECK, not by MySQL's character set `ascii`: comparing such a column with Chinese text is an error there
 *   ("illegal mix of collations"), where SQLite simply finds nothing.
 * - Everything of a table stands in ONE statement, which MySQL does wholly or not at all.
 */

/** The nature of a column. */
export type ColumnKind =
  | 'id'
  | 'code'
  | 'text'
  | 'longText'
  | 'json'
  | 'money'
  | 'ppm'
  | 'integer'
  | 'flag'
  | 'instant'
  | 'date'
  | 'digest';

/** A column as its builder describes it. `length` in characters, for texts and codes. */
export interface ColumnPlan {
  kind: ColumnKind;
  length: number;
  nullable: boolean;
  default: string | number | undefined;
}

/** The database a migration runs on, and the collation of its texts on MySQL. */
export type Target = { name: 'sqlite' } | { name: 'mysql'; collation: string };

const MOST_FEN = Number.MAX_SAFE_INTEGER;
/** The last moment JavaScript can express, in epoch milliseconds. */
const LAST_INSTANT = 8_640_000_000_000_000;
const MOST_INT = 2_147_483_647;
const ID_LENGTH = 26;
const DIGEST_LENGTH = 64;
const LONGEST_NAME = 64;

/** Words that one of the databases reserves; a column of that name would need quotes in every statement. */
const RESERVED = new Set(
  (
    'abort accessible add all alter analyze and any as asc before between both by call cascade case change ' +
    'check collate column commit condition constraint continue convert create cross cube cume_dist ' +
    'current_date current_time current_user cursor database databases declare default delete dense_rank desc ' +
    'describe deterministic distinct div drop dual each else elseif empty end escape except exists exit explain ' +
    'false fetch first_value float for force foreign from fulltext function generated glob grant group grouping ' +
    'groups having if ignore in index infile inner inout insert int intersect interval into is isnull iterate ' +
    'join json_table key keys kill lag last_value lateral lead leading leave left like limit linear lines load ' +
    'lock long loop match mod natural not notnull nth_value ntile null numeric of offset on optimize option or ' +
    'order out outer outfile over partition percent_rank plan pragma precision primary procedure purge query ' +
    'raise range rank read reads recursive references regexp reindex release rename repeat replace require ' +
    'resignal restrict return returning revoke right rlike rollback row row_number rows savepoint schema select ' +
    'sensitive separator set show signal sql ssl starting stored system table temp then to trailing transaction ' +
    'trigger true undo union unique unlock unsigned update usage use using values vacuum values varying view ' +
    'virtual when where while window with without write xor zerofill'
  ).split(' '),
);

/** Refuses a name that one of the databases would not take unquoted. @throws Error */
export function checkName(name: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name) || name.length > LONGEST_NAME) {
    throw new Error(`${name} is no name: small letters, digits and _, ${LONGEST_NAME} at most`);
  }
  if (RESERVED.has(name)) throw new Error(`${name} is a reserved word`);
  return name;
}

/** A constraint's or index's name from its table and columns; a long one is cut and told apart by a checksum. */
export function constraintName(prefix: string, table: string, parts: readonly string[]): string {
  const name = `${prefix}_${table}_${parts.join('_')}`;
  if (name.length <= LONGEST_NAME) return name;
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return `${name.slice(0, LONGEST_NAME - 9)}_${hash.toString(16).padStart(8, '0')}`;
}

function literal(value: string | number): string {
  if (typeof value === 'number') return String(value);
  if (!/^[\x20-\x7e]*$/.test(value) || /['\\]/.test(value)) {
    throw new Error(`The default ${value} must be plain ASCII without quotes`);
  }
  return `'${value}'`;
}

function mysqlType(plan: ColumnPlan, target: Extract<Target, { name: 'mysql' }>): string {
  const collated = `CHARACTER SET utf8mb4 COLLATE ${target.collation}`;
  const types: Record<ColumnKind, string> = {
    id: `VARCHAR(${ID_LENGTH}) ${collated}`,
    code: `VARCHAR(${plan.length}) ${collated}`,
    digest: `VARCHAR(${DIGEST_LENGTH}) ${collated}`,
    text: `VARCHAR(${plan.length}) ${collated}`,
    longText: `LONGTEXT ${collated}`,
    json: `LONGTEXT ${collated}`,
    money: 'BIGINT',
    instant: 'BIGINT',
    ppm: 'INT',
    integer: 'INT',
    flag: 'TINYINT',
    date: 'DATE',
  };
  return types[plan.kind];
}

const NUMBERS = new Set<ColumnKind>(['money', 'instant', 'ppm', 'integer', 'flag']);

/**
 * `name TYPE NOT NULL DEFAULT …`. On SQLite the column's own condition stands within, so that the column can
 * be dropped again; MariaDB cannot name a condition there, see `separateCheck`.
 */
export function columnDefinition(
  table: string,
  name: string,
  plan: ColumnPlan,
  target: Target,
): string {
  const sqliteType = NUMBERS.has(plan.kind) ? 'INTEGER' : 'TEXT';
  const type = target.name === 'sqlite' ? sqliteType : mysqlType(plan, target);
  const parts = [checkName(name), type, plan.nullable ? 'NULL' : 'NOT NULL'];
  if (plan.default !== undefined) parts.push(`DEFAULT ${literal(plan.default)}`);
  const condition = columnCheck(name, plan, target);
  if (target.name === 'sqlite' && condition) {
    parts.push(checkDefinition(table, columnCheckName(name, plan), condition));
  }
  return parts.join(' ');
}

/** `CONSTRAINT ck_loan_rule CHECK (…)`. */
export function checkDefinition(table: string, rule: string, condition: string): string {
  return `CONSTRAINT ${constraintName('ck', table, [rule])} CHECK (${condition})`;
}

function columnCheckName(name: string, plan: ColumnPlan): string {
  return `${name}_is_${plan.kind.toLowerCase()}`;
}

/** The column's own condition where it does not stand within the column's definition. */
export function separateCheck(
  table: string,
  name: string,
  plan: ColumnPlan,
  target: Target,
): string | undefined {
  const condition = target.name === 'mysql' ? columnCheck(name, plan, target) : undefined;
  return condition && checkDefinition(table, columnCheckName(name, plan), condition);
}

/** The condition every value of a column must meet; NULL is judged by NOT NULL alone. */
function columnCheck(name: string, plan: ColumnPlan, target: Target): string | undefined {
  const { kind, length } = plan;
  const sqlite = target.name === 'sqlite';
  // MySQL counts bytes by LENGTH and characters by CHAR_LENGTH: both are equal in ASCII.
  const ascii = sqlite ? `${name} NOT GLOB '*[^ -~]*'` : `LENGTH(${name}) = CHAR_LENGTH(${name})`;
  // A number out of range, a text too long and a day that does not exist are refused by MySQL's types.
  const within = (most: number) => (sqlite ? `LENGTH(${name}) <= ${most}` : undefined);
  const integer = sqlite ? `${name} BETWEEN -${MOST_INT} AND ${MOST_INT}` : undefined;
  const day = `${name} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND date(${name}) IS ${name}`;
  const conditions: Record<ColumnKind, (string | undefined)[]> = {
    id: [within(ID_LENGTH), ascii],
    code: [within(length), ascii],
    digest: [`LENGTH(${name}) = ${DIGEST_LENGTH}`, ascii],
    text: [within(length)],
    longText: [],
    json: [`JSON_VALID(${name})`],
    money: [`${name} BETWEEN -${MOST_FEN} AND ${MOST_FEN}`],
    instant: [`${name} BETWEEN 0 AND ${LAST_INSTANT}`],
    ppm: [integer],
    integer: [integer],
    flag: [`${name} IN (0, 1)`],
    date: [sqlite ? day : undefined],
  };
  const own = conditions[kind].filter((condition) => condition !== undefined);
  return own.length === 0 ? undefined : own.join(' AND ');
}

/** What follows the closing bracket of CREATE TABLE. */
export function tableOptions(target: Target): string {
  if (target.name === 'sqlite') return 'STRICT';
  return `ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${target.collation}`;
}

/** The triggers that refuse to change or remove a row, by name. */
export function appendOnlyTriggers(table: string, target: Target): Record<string, string> {
  return Object.fromEntries(
    ['update', 'delete'].map((act) => {
      const name = constraintName('no', table, [act]);
      const refusal = refusing(`append-only: ${table}`, target);
      return [name, `CREATE TRIGGER ${name} BEFORE ${act.toUpperCase()} ON ${table} ${refusal}`];
    }),
  );
}

/** The triggers that refuse to remove a row, and every change but the voiding of one that stands, by name. */
export function voidOnlyTriggers(
  table: string,
  columns: readonly string[],
  voiding: readonly [string, ...string[]],
  target: Target,
): Record<string, string> {
  // The null-safe comparison of each database.
  const same = (name: string) =>
    target.name === 'sqlite' ? `NEW.${name} IS OLD.${name}` : `NEW.${name} <=> OLD.${name}`;
  const kept = columns.filter((name) => !voiding.includes(name)).map(same);
  const allowed = [`OLD.${voiding[0]} IS NULL`, `NEW.${voiding[0]} IS NOT NULL`, ...kept];
  const condition = `NOT (${allowed.join(' AND ')})`;
  const name = constraintName('no', table, ['change']);
  const removal = constraintName('no', table, ['delete']);
  const message = `append-only: ${table}`;
  return {
    [name]: `CREATE TRIGGER ${name} BEFORE UPDATE ON ${table} ${refusing(message, target, condition)}`,
    [removal]: `CREATE TRIGGER ${removal} BEFORE DELETE ON ${table} ${refusing(message, target)}`,
  };
}

/** The body of a trigger that refuses, always or under a condition. */
function refusing(message: string, target: Target, when?: string): string {
  if (target.name === 'sqlite') {
    const condition = when === undefined ? '' : `WHEN ${when} `;
    return `${condition}BEGIN SELECT RAISE(ABORT, '${message}'); END`;
  }
  const signal = `SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${message}'`;
  return when === undefined
    ? `FOR EACH ROW ${signal}`
    : `FOR EACH ROW BEGIN IF ${when} THEN ${signal}; END IF; END`;
}

/** What a table has by name. */
export type Listed = 'columns' | 'indexes' | 'triggers' | 'checks';

/** Asks the database for the names of one kind that a table has. The one parameter is the table's name. */
export function listQuery(what: Listed, target: Target): string {
  if (target.name === 'sqlite') {
    if (what === 'columns') return 'SELECT name FROM pragma_table_info(?) ORDER BY cid';
    // Conditions stand inside the text of the table and are dropped with their column.
    const type = { indexes: 'index', triggers: 'trigger', checks: 'none' }[what];
    return `SELECT name FROM sqlite_schema WHERE type = '${type}' AND tbl_name = ?`;
  }
  const source = {
    columns: ['COLUMN_NAME', 'COLUMNS', 'TABLE_SCHEMA', 'TABLE_NAME', 'ORDER BY ORDINAL_POSITION'],
    indexes: ['INDEX_NAME', 'STATISTICS', 'TABLE_SCHEMA', 'TABLE_NAME', ''],
    triggers: ['TRIGGER_NAME', 'TRIGGERS', 'TRIGGER_SCHEMA', 'EVENT_OBJECT_TABLE', ''],
    checks: [
      'CONSTRAINT_NAME',
      'TABLE_CONSTRAINTS',
      'TABLE_SCHEMA',
      'TABLE_NAME',
      "AND CONSTRAINT_TYPE = 'CHECK'",
    ],
  }[what];
  const [name, view, schema, table, order] = source;
  return (
    `SELECT ${name} AS name FROM information_schema.${view} ` +
    `WHERE ${schema} = DATABASE() AND ${table} = ? ${order}`
  );
}
