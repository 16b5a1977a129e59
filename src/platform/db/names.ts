/**
 * Names in the database: snake_case columns from camelCase properties, and the names of unique keys. The
 * migrations make constraint names by the same rule (migrations/dialect.ts; a test holds the two together).
 */
import { DefaultNamingStrategy } from 'typeorm';

/** `principalFen` becomes `principal_fen`, `line2Text` becomes `line2_text`. */
export function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** MySQL's limit for every name. */
const LONGEST_NAME = 64;

/** The name of a unique key over columns of a table; a long one is cut and told apart by a checksum. */
export function uniqueName(table: string, columns: readonly string[]): string {
  const name = `uq_${table}_${columns.join('_')}`;
  if (name.length <= LONGEST_NAME) return name;
  let hash = 0x811c9dc5;
  for (const char of name) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return `${name.slice(0, LONGEST_NAME - 9)}_${hash.toString(16).padStart(8, '0')}`;
}

/** Gives TypeORM the same column names. */
export class SnakeNaming extends DefaultNamingStrategy {
  override columnName(property: string, custom: string | undefined, prefixes: string[]): string {
    return snakeCase([...prefixes, custom ?? property].join('_'));
  }

  override tableName(className: string, custom: string | undefined): string {
    return custom ?? snakeCase(className.charAt(0).toLowerCase() + className.slice(1));
  }
}
