/** Merged ranges of a sheet. They stand behind the rows in the file, so they are looked for before the rows are read. */
import { SheetProblem } from './problems';

/** More than a header and some titles have; a table whose data rows are merged is refused. */
const MAX_MERGES = 20_000;

interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

const MERGE =
  /<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"/g;
/** Longer than one such element. */
const OVERLAP = 300;

/** Index of the column that letters name: A → 0. */
export function columnIndex(letters: string): number {
  let index = 0;
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/** Which cells are covered, asked row by row from the top. */
export class Merges {
  private next = 0;
  private open: Range[] = [];

  private constructor(private readonly ranges: readonly Range[]) {}

  /** Finds the ranges in the text of a sheet. @throws Problem platform.sheet-too-many-merges */
  static async of(part: AsyncIterable<string>): Promise<Merges> {
    const ranges: Range[] = [];
    let kept = '';
    for await (const piece of part) {
      const text = kept + piece;
      let done = 0;
      for (const match of text.matchAll(MERGE)) {
        const [whole, left = '', top = '', right = '', bottom = ''] = match;
        ranges.push({
          top: Number(top),
          bottom: Number(bottom),
          left: columnIndex(left),
          right: columnIndex(right),
        });
        done = match.index + whole.length;
        if (ranges.length > MAX_MERGES) throw SheetProblem.sheetTooManyMerges();
      }
      kept = text.slice(Math.max(done, text.length - OVERLAP));
    }
    return new Merges(ranges.sort((a, b) => a.top - b.top));
  }

  /** Indexes of the covered cells of a row, below `width`; rows must be asked in ascending order. */
  coveredIn(row: number, width: number): number[] {
    while ((this.ranges[this.next]?.top ?? Number.POSITIVE_INFINITY) <= row) {
      this.open.push(this.ranges[this.next] as Range);
      this.next += 1;
    }
    if (this.open.length === 0) return [];
    this.open = this.open.filter((range) => range.bottom >= row);
    return this.open.flatMap(({ top, left, right }) => {
      const first = top === row ? left + 1 : left;
      const count = Math.max(0, Math.min(right, width - 1) - first + 1);
      return Array.from({ length: count }, (_, offset) => first + offset);
    });
  }
}
