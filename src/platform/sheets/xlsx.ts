/** The rows of an XLSX workbook, read once from top to bottom, with every value as the file stores it. */
import type { SpooledFile } from '../files/spool';
import { openArchive } from './archive';
import { columnIndex, Merges } from './merges';
import { dayOfSerial } from './number-format';
import { SheetProblem } from './problems';
import { BLANK, type Cell, columnName, type SheetAbout, type SheetRow } from './sheet';
import { openWorkbook, TextCollector, type Workbook } from './workbook';
import { readXml, type XmlListener } from './xml';

/** Rows that the programs know. */
const LAST_ROW = 1_048_576;

/** The rows of the first visible sheet. */
export async function* readXlsx(
  file: SpooledFile,
  limits: { maxColumns: number; maxBytes: number },
  opened: (about: SheetAbout) => void,
): AsyncGenerator<SheetRow> {
  const archive = await openArchive(file);
  try {
    const workbook = await openWorkbook(archive);
    const { part, sheet, others } = workbook;
    const merges = await Merges.of(archive.text(part, limits.maxBytes));
    opened({ format: 'xlsx', sheet, others, encoding: null });
    const rows = new RowListener(workbook, merges, limits.maxColumns);
    for await (const _ of readXml(archive.text(part, limits.maxBytes), rows)) {
      yield* rows.take();
    }
  } finally {
    archive.close();
  }
}

/** Hears the elements of a sheet and puts rows together. */
class RowListener implements XmlListener {
  private ready: SheetRow[] = [];
  private number = 0;
  private cells: Cell[] = [];
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private inValue = false;
  private hasFormula = false;
  private readonly inline = new TextCollector();

  constructor(
    private readonly workbook: Workbook,
    private readonly merges: Merges,
    private readonly maxColumns: number,
  ) {}

  /** The rows that are whole by now. */
  take(): SheetRow[] {
    const rows = this.ready;
    this.ready = [];
    return rows;
  }

  open(element: string, attributes: Readonly<Record<string, string>>): void {
    if (element === 'c') this.beginCell(attributes);
    else if (element === 'v') this.inValue = true;
    else if (element === 'row') this.beginRow(attributes.r);
    else if (element === 'f') this.hasFormula = true;
    else this.inline.open(element);
  }

  text(text: string): void {
    if (this.inValue) this.value += text;
    else this.inline.text(text);
  }

  close(element: string): void {
    if (element === 'c') this.endCell();
    else if (element === 'v') this.inValue = false;
    else if (element === 'row') this.endRow();
    else this.inline.close(element);
  }

  private beginRow(number: string | undefined): void {
    const next = number === undefined ? this.number + 1 : Number(number);
    if (!Number.isInteger(next) || next <= this.number || next > LAST_ROW) {
      throw SheetProblem.sheetBroken({ detail: `第 ${this.number} 行之后的行号有误` });
    }
    this.number = next;
    this.cells = [];
    this.column = -1;
  }

  private beginCell({ r, t = 'n', s = '0' }: Readonly<Record<string, string>>): void {
    const letters = r === undefined ? undefined : /^[A-Z]{1,3}(?=\d)/.exec(r)?.[0];
    const column = letters === undefined ? this.column + 1 : columnIndex(letters);
    if (column <= this.column) {
      throw SheetProblem.sheetBroken({ detail: `第 ${this.number} 行的单元格次序有误` });
    }
    if (column >= this.maxColumns) {
      throw SheetProblem.sheetTooWide({
        detail: `第 ${this.number} 行有 ${columnName(column)} 列，最多 ${this.maxColumns} 列`,
      });
    }
    this.column = column;
    this.type = t;
    this.style = Number(s);
    this.value = '';
    this.hasFormula = false;
    this.inline.begin();
  }

  private endCell(): void {
    const cell = this.cell();
    if (cell.kind === 'blank') return;
    while (this.cells.length < this.column) this.cells.push(BLANK);
    this.cells.push(cell);
  }

  private cell(): Cell {
    if (this.hasFormula) return { text: this.plainValue(), kind: 'formula' };
    const text = this.plainValue();
    if (text === '') return BLANK;
    switch (this.type) {
      case 'b':
        return { text, kind: 'boolean' };
      case 'e':
        return { text, kind: 'error' };
      case 'd':
        return { text: text.replace('T', ' ').replace(' 00:00:00', ''), kind: 'date' };
      case 'n':
        return this.numberOrDate(text);
      default:
        return { text, kind: 'text' };
    }
  }

  private numberOrDate(text: string): Cell {
    const day = this.workbook.showsDate(this.style)
      ? dayOfSerial(text, this.workbook.from1904)
      : null;
    return day === null ? { text, kind: 'number' } : { text: day, kind: 'date' };
  }

  /** The stored value as text, whatever its type. */
  private plainValue(): string {
    if (this.type === 's') {
      const text = this.workbook.shared(Number(this.value));
      if (text === undefined) throw SheetProblem.sheetBroken({ detail: '共享文字缺失' });
      return unescaped(text);
    }
    if (this.type === 'inlineStr') return unescaped(this.inline.value);
    if (this.type === 'b') return this.value.trim() === '1' ? 'TRUE' : 'FALSE';
    return this.type === 'str' ? unescaped(this.value) : this.value.trim();
  }

  private endRow(): void {
    for (const column of this.merges.coveredIn(this.number, this.maxColumns)) {
      while (this.cells.length <= column) this.cells.push(BLANK);
      const { text, kind } = this.cells[column] as Cell;
      this.cells[column] = { text, kind, merged: true };
    }
    if (this.cells.some((cell) => cell.kind !== 'blank')) {
      this.ready.push({ number: this.number, cells: this.cells });
    }
  }
}

/** Characters that XML cannot hold are written `_x000D_` in a workbook. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
