/**
 * Finding the columns of a table by their titles. Lists come from many hands: a title line above the header,
 * a header of two merged rows, a star for what must be filled in, a unit in brackets. All that is looked
 * through; what is doubtful (two columns for one field, a missing one) is told and never decided here.
 */
import { SheetProblem } from './problems';
import { type Cell, columnName, type SheetRow } from './sheet';

/** One column that a reader knows. */
export interface ColumnSpec {
  readonly field: string;
  /** The title as the template has it. */
  readonly title: string;
  readonly synonyms?: readonly string[];
  readonly required?: boolean;
}

/** Where the columns are. */
export interface ColumnMap {
  /** Number of the header's last row; the rows after it are data. */
  readonly headerRow: number;
  /** Field to index of the cell. */
  readonly columns: ReadonlyMap<string, number>;
  /** Titles that no column of ours has, as the file writes them. */
  readonly unknown: readonly string[];
  /** Required columns that the file has not. */
  readonly missing: readonly ColumnSpec[];
}

/** In how many rows from the top the header is looked for; pass at least so many to `mapColumns`. */
export const HEADER_WITHIN = 10;

/** A title without what does not tell columns apart: width, blanks, bracketed units and notes, stars, colons. */
export function plainTitle(title: string): string {
  return title
    .normalize('NFKC')
    .replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|〔[^〔〕]*〕/g, '')
    .replace(/[\s*★※·:、,.。_/\\-]/g, '')
    .toLowerCase();
}

interface Candidate {
  headerRow: number;
  /** Titles by column; '' where there is none. */
  titles: string[];
  /** How many columns of ours it has. */
  hits: number;
}

/**
 * Finds the header among the first rows and the columns in it. The row (or pair of rows) with most of our titles
 * is the header; of equals the upper one.
 * @throws Problem platform.sheet-columns when no row has a title of ours, or one field has two columns.
 */
export function mapColumns(rows: readonly SheetRow[], specs: readonly ColumnSpec[]): ColumnMap {
  const fields = fieldsByTitle(specs);
  const header = headerOf(rows.slice(0, HEADER_WITHIN), fields);
  if (!header) {
    throw SheetProblem.sheetColumns({
      detail: `前 ${HEADER_WITHIN} 行中没有找到标题行，应有标题：${specs.map((spec) => spec.title).join('、')}`,
    });
  }
  const columns = new Map<string, number>();
  const unknown: string[] = [];
  const doubled: string[] = [];
  header.titles.forEach((title, index) => {
    if (title === '') return;
    const field = fieldOf(title, fields);
    if (field === undefined) {
      unknown.push(title);
      return;
    }
    const other = columns.get(field);
    if (other === undefined) columns.set(field, index);
    else doubled.push(`${at(header, other)}与${at(header, index)}`);
  });
  if (doubled.length > 0) {
    throw SheetProblem.sheetColumns({ detail: `下列两列含义相同：${doubled.join('；')}` });
  }
  const missing = specs.filter((spec) => spec.required && !columns.has(spec.field));
  return { headerRow: header.headerRow, columns, unknown, missing };
}

/**
 * The same, for a reader that cannot do without its required columns.
 * @throws Problem platform.sheet-columns, also naming the missing columns.
 */
export function requireColumns(rows: readonly SheetRow[], specs: readonly ColumnSpec[]): ColumnMap {
  const map = mapColumns(rows, specs);
  if (map.missing.length > 0) {
    const titles = map.missing.map((spec) => spec.title).join('、');
    throw SheetProblem.sheetColumns({ detail: `第 ${map.headerRow} 行的标题中缺少：${titles}` });
  }
  return map;
}

function at(header: Candidate, index: number): string {
  return `${columnName(index)} 列“${header.titles[index]}”`;
}

/** Field by plain title. @throws Error when two columns of ours share a title: a defect. */
function fieldsByTitle(specs: readonly ColumnSpec[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const { field, title, synonyms = [] } of specs) {
    for (const one of [title, ...synonyms]) {
      const plain = plainTitle(one);
      const other = fields.get(plain);
      if (other !== undefined && other !== field) {
        throw new Error(`The title ${one} belongs to ${other} and to ${field}`);
      }
      fields.set(plain, field);
    }
  }
  return fields;
}

/** A two-row title `group/part` is tried whole, then by its part. */
function fieldOf(title: string, fields: ReadonlyMap<string, string>): string | undefined {
  const parts = title.split('/');
  const last = parts[parts.length - 1] ?? '';
  return fields.get(plainTitle(title)) ?? fields.get(plainTitle(last));
}

function headerOf(
  rows: readonly SheetRow[],
  fields: ReadonlyMap<string, string>,
): Candidate | undefined {
  let best: Candidate | undefined;
  const consider = (headerRow: number, titles: string[]) => {
    const found = new Set(titles.map((title) => fieldOf(title, fields)).filter(Boolean));
    const hits = found.size;
    if (hits > (best?.hits ?? 0)) best = { headerRow, titles, hits };
  };
  rows.forEach((row, index) => {
    consider(row.number, row.cells.map(titleOf));
    const below = rows[index + 1];
    if (below && below.number === row.number + 1 && spansRows(row, below)) {
      consider(below.number, joined(row, below));
    }
  });
  return best;
}

function titleOf(cell: Cell | undefined): string {
  return (cell?.text ?? '').trim().replace(/\s+/g, ' ');
}

/** Whether the two rows are one header: some cell of either is merged with a neighbour. */
function spansRows(upper: SheetRow, lower: SheetRow): boolean {
  return [...upper.cells, ...lower.cells].some((cell) => cell.merged);
}

/** `group/part` where a group spans parts, the group alone where it spans both rows. */
function joined(upper: SheetRow, lower: SheetRow): string[] {
  let group = '';
  const width = Math.max(upper.cells.length, lower.cells.length);
  return Array.from({ length: width }, (_, index) => {
    const above = upper.cells[index];
    if (!above?.merged) group = titleOf(above);
    const part = titleOf(lower.cells[index]);
    if (part === '') return above?.merged ? '' : group;
    return group === '' ? part : `${group}/${part}`;
  });
}
