/** The columns of tables for migrations, as `createTable` takes them: `id()`, `money()`, `date().null()`. */
import type { ColumnKind, ColumnPlan } from './dialect';

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
