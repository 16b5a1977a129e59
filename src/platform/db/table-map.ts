/**
 * The map of one entity class: its table, its columns in order, and how each value goes in and out. Read
 * from TypeORM's decorators alone, so that stores need no data source and pay none of its query building.
 */
import { getMetadataArgsStorage, type ValueTransformer } from 'typeorm';
import { snakeCase } from './names';
import type { Param } from './sql';

/** A class whose instances are rows. */
export type EntityClass<T extends object> = new () => T;

/** One column: its property, its name in SQL and whether it belongs to the primary key. */
export interface ColumnMap {
  property: string;
  name: string;
  key: boolean;
  transformer: ValueTransformer | undefined;
}

/** One table. */
export interface TableMap {
  table: string;
  columns: readonly ColumnMap[];
  keys: readonly ColumnMap[];
  byProperty: ReadonlyMap<string, ColumnMap>;
  /** `a, b, c` for SELECT and INSERT. */
  columnList: string;
}

// biome-ignore lint/complexity/noBannedTypes: TypeORM keeps its targets under this type.
const maps = new WeakMap<Function, TableMap>();

/** The map of an entity. @throws Error when the class is no entity or has no primary key. */
// biome-ignore lint/complexity/noBannedTypes: any entity class will do here.
export function tableMap(entity: Function): TableMap {
  let map = maps.get(entity);
  if (!map) {
    map = readMap(entity);
    maps.set(entity, map);
  }
  return map;
}

// biome-ignore lint/complexity/noBannedTypes: any entity class will do here.
function readMap(entity: Function): TableMap {
  const storage = getMetadataArgsStorage();
  const table = storage.tables.find((args) => args.target === entity)?.name;
  if (!table) throw new Error(`${entity.name} must carry @Entity('table_name')`);
  const lineage = ancestors(entity);
  const columns = storage.columns
    .filter((args) => lineage.includes(args.target))
    .map((args) => ({
      property: args.propertyName,
      name: args.options.name ?? snakeCase(args.propertyName),
      key: args.options.primary === true,
      transformer: args.options.transformer as ValueTransformer | undefined,
    }));
  const keys = columns.filter((column) => column.key);
  if (keys.length === 0) throw new Error(`${entity.name} has no primary key`);
  const byProperty = new Map(columns.map((column) => [column.property, column]));
  const columnList = columns.map((column) => column.name).join(', ');
  return { table, columns, keys, byProperty, columnList };
}

// biome-ignore lint/complexity/noBannedTypes: prototypes are walked, whatever the class.
function ancestors(entity: Function): unknown[] {
  const line: unknown[] = [];
  for (let at: unknown = entity; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    line.push(at);
  }
  return line;
}

/** The column of a property. @throws Error when the entity has none. */
export function columnOf(map: TableMap, property: string): ColumnMap {
  const column = map.byProperty.get(property);
  if (!column) throw new Error(`${map.table} has no property ${property}`);
  return column;
}

/** A property's value as it is bound; an absent one becomes NULL. */
export function toColumn(column: ColumnMap, value: unknown): Param {
  const present = value === undefined ? null : value;
  return (column.transformer ? column.transformer.to(present) : present) as Param;
}

/** A row of the table as an instance of its class. */
export function toEntity<T extends object>(entity: EntityClass<T>, map: TableMap, row: object): T {
  const values = row as Record<string, unknown>;
  const instance = new entity() as Record<string, unknown>;
  for (const { property, name, transformer } of map.columns) {
    const value = values[name];
    instance[property] = transformer ? transformer.from(value) : value;
  }
  return instance as T;
}
