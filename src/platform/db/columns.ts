/**
 * Column helpers for table maps. They fix, in one place, how each kind of value of the trade is stored and
 * read back: fen and ppm as whole numbers, business dates as YYYY-MM-DD, instants as epoch milliseconds,
 * flags as 0/1, JSON as text. Tables are made by migrations, never from these maps.
 */
import { Column, type ColumnOptions, type ValueTransformer } from 'typeorm';
import { exactInteger } from './dialect';

/** Options of every column. `key` marks a part of the primary key. */
export interface ColumnShape {
  nullable?: boolean;
  key?: boolean;
  /** Column name, where it is not the property in snake_case. */
  name?: string;
}

const wholeNumber: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : exactInteger(value, '')),
  from: (value: unknown) =>
    value === null || value === undefined ? null : exactInteger(value, 'of an entity'),
};

const flag: ValueTransformer = {
  to: (value: unknown) => (typeof value === 'boolean' ? Number(value) : value),
  from: (value: unknown) => (value === null || value === undefined ? null : Number(value) === 1),
};

const json: ValueTransformer = {
  to: (value: unknown) =>
    value === null || value === undefined ? value : (JSON.stringify(value) ?? null),
  from: (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : (value ?? null)),
};

function column(options: ColumnOptions, shape: ColumnShape): PropertyDecorator {
  const { nullable = false, key = false, name } = shape;
  return Column({ ...options, nullable, primary: key, ...(name === undefined ? {} : { name }) });
}

/** The primary key `id`, a 26-character ULID made by `work.newId()`. */
export function IdColumn(): PropertyDecorator {
  return column({ type: 'varchar', length: 26 }, { key: true });
}

/** A text that is a part of a natural primary key. */
export function KeyColumn(length: number): PropertyDecorator {
  return column({ type: 'varchar', length }, { key: true });
}

/** A text of at most `length` characters; codes, ids of other rows and state names too. */
export function TextColumn(length: number, shape: ColumnShape = {}): PropertyDecorator {
  return column({ type: 'varchar', length }, shape);
}

/** A text without a practical limit. */
export function LongTextColumn(shape: ColumnShape = {}): PropertyDecorator {
  return column({ type: 'text' }, shape);
}

/** An amount in fen (`Fen`). The property ends in `Fen`. */
export function MoneyColumn(shape: ColumnShape = {}): PropertyDecorator {
  return column({ type: 'bigint', transformer: wholeNumber }, shape);
}

/** A rate in parts per million (`Ppm`). */
export function PpmColumn(shape: ColumnShape = {}): PropertyDecorator {
  return column({ type: 'int', transformer: wholeNumber }, shape);
}

/** A whole number within ±2,147,483,647: days, counts, numbers in an order. */
export function IntColumn(shape: ColumnShape = {}): PropertyDecorator {
  return column({ type: 'int', transformer: wholeNumber }, shape);
}

/** Yes or no, stored as 1 or 0. */
export function BoolColumn(shape: ColumnShape = {}): PropertyDecorator {
  return column({ type: 'int', transformer: flag }, shape);
}

/** A moment (`Instant`), epoch milliseconds. */
export function InstantColumn(shape: ColumnShape = {}): PropertyDecorator {
  return column({ type: 'bigint', transformer: wholeNumber }, shape);
}

/** A business date (`BusinessDate`), YYYY-MM-DD. */
export function DateColumn(shape: ColumnShape = {}): PropertyDecorator {
  return column({ type: 'varchar', length: 10 }, shape);
}

/** A value stored as JSON text. The property carries its type. */
export function JsonColumn<_T = unknown>(shape: ColumnShape = {}): PropertyDecorator {
  return column({ type: 'text', transformer: json }, shape);
}

/** A digest, 64 hexadecimal characters. */
export function DigestColumn(shape: ColumnShape = {}): PropertyDecorator {
  return column({ type: 'varchar', length: 64 }, shape);
}

/** The version of a row, starting at 1, raised by `updateVersioned` and `touch` only. */
export function VersionColumn(): PropertyDecorator {
  return column({ type: 'int', transformer: wholeNumber }, {});
}
