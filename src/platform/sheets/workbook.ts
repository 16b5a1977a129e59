/** The parts of a workbook around its sheet: which sheet is read, which formats show dates, the shared texts. */
import { type Archive, broken } from './archive';
import { isBuiltInDate, isDateFormat } from './number-format';
import { SheetProblem } from './problems';
import { eatXml } from './xml';

/** Parts that are small in every honest workbook. */
const SMALL_PART = 8 * 1024 * 1024;
/** Shared texts are held in memory while the rows are read: 100,000 rows have some 20 MB of them. */
const MAX_SHARED = 96 * 1024 * 1024;

/** What is needed to read the sheet. */
export interface Workbook {
  /** Name of the part that holds the sheet. */
  readonly part: string;
  readonly sheet: string;
  readonly others: readonly string[];
  /** Days are counted from 1904 (old programs for the Mac). */
  readonly from1904: boolean;
  /** Whether cells of this style show a date. */
  readonly showsDate: (style: number) => boolean;
  /** The shared text of this number, undefined when there is none. */
  readonly shared: (index: number) => string | undefined;
}

interface Relation {
  type: string;
  target: string;
}

/** Reads the parts. The first visible sheet is the one; Excel's chart sheets are none. */
export async function openWorkbook(archive: Archive): Promise<Workbook> {
  const root = [...(await relations(archive, '')).values()];
  const main = root.find((one) => one.type.endsWith('/officeDocument'))?.target;
  if (!main || !archive.has(main)) {
    throw SheetProblem.sheetNotTable({ detail: '压缩包内没有工作簿' });
  }
  const related = await relations(archive, main);
  const { sheets, from1904 } = await sheetsOf(archive, main);
  const visible = sheets.filter(
    (one) => one.visible && related.get(one.relation)?.type.endsWith('/worksheet'),
  );
  const [first, ...others] = visible;
  const part = first && related.get(first.relation)?.target;
  if (!part) throw SheetProblem.sheetEmpty({ detail: '工作簿中没有可见的工作表' });
  const partOf = (kind: string) =>
    [...related.values()].find((one) => one.type.endsWith(`/${kind}`))?.target;
  return {
    part,
    sheet: first.name,
    others: others.map((one) => one.name),
    from1904,
    showsDate: await dateStyles(archive, partOf('styles')),
    shared: await sharedTexts(archive, partOf('sharedStrings')),
  };
}

/** The relations of a part (of the whole archive for ''), by id, with their targets as names of parts. */
async function relations(archive: Archive, part: string): Promise<Map<string, Relation>> {
  const slash = part.lastIndexOf('/') + 1;
  const folder = part.slice(0, slash);
  const name = `${folder}_rels/${part.slice(slash)}.rels`;
  const found = new Map<string, Relation>();
  if (!archive.has(name)) return found;
  await eatXml(archive.text(name, SMALL_PART), {
    open: (element, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (element !== 'Relationship' || TargetMode === 'External') return;
      found.set(Id, { type: Type, target: resolve(folder, Target) });
    },
  });
  return found;
}

/** `../a/b` seen from a folder; a target that begins with `/` stands in the root. */
function resolve(folder: string, target: string): string {
  const path = target.startsWith('/') ? target.slice(1) : folder + target;
  const parts: string[] = [];
  for (const one of path.split('/')) {
    if (one === '..') parts.pop();
    else if (one !== '.' && one !== '') parts.push(one);
  }
  return parts.join('/');
}

interface NamedSheet {
  name: string;
  relation: string;
  visible: boolean;
}

async function sheetsOf(
  archive: Archive,
  main: string,
): Promise<{ sheets: NamedSheet[]; from1904: boolean }> {
  const sheets: NamedSheet[] = [];
  let from1904 = false;
  await eatXml(archive.text(main, SMALL_PART), {
    open: (element, attributes) => {
      if (element === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (element !== 'sheet') return;
      const relation = Object.keys(attributes).find((name) => name.endsWith(':id')) ?? '';
      sheets.push({
        name: attributes.name ?? '',
        relation: attributes[relation] ?? '',
        visible: (attributes.state ?? 'visible') === 'visible',
      });
    },
  });
  return { sheets, from1904 };
}

async function dateStyles(
  archive: Archive,
  part: string | undefined,
): Promise<(style: number) => boolean> {
  const own = new Map<string, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  if (part && archive.has(part)) {
    await eatXml(archive.text(part, SMALL_PART), {
      open: (element, { numFmtId = '0', formatCode = '' }) => {
        if (element === 'numFmt') own.set(numFmtId, isDateFormat(formatCode));
        if (element === 'cellXfs') inCells = true;
        if (element === 'xf' && inCells) {
          styles.push(own.get(numFmtId) ?? isBuiltInDate(Number(numFmtId)));
        }
      },
      close: (element) => {
        if (element === 'cellXfs') inCells = false;
      },
    });
  }
  return (style) => styles[style] ?? false;
}

/** Shared texts as bytes outside the heap: as strings they would take three times the memory. */
async function sharedTexts(
  archive: Archive,
  part: string | undefined,
): Promise<(index: number) => string | undefined> {
  const texts = new TextTable();
  if (part && archive.has(part)) {
    const collector = new TextCollector();
    await eatXml(archive.text(part, MAX_SHARED), {
      open: (element) => {
        if (element === 'si') collector.begin();
        collector.open(element);
      },
      text: (text) => collector.text(text),
      close: (element) => {
        collector.close(element);
        if (element === 'si') broken(() => texts.add(collector.value));
      },
    });
  }
  return (index) => texts.get(index);
}

/** Puts together the text of a plain or rich string: its `t` elements, but not those of a phonetic guide. */
export class TextCollector {
  value = '';
  private inText = false;
  private inPhonetic = false;

  begin(): void {
    this.value = '';
  }

  open(element: string): void {
    if (element === 'rPh') this.inPhonetic = true;
    if (element === 't') this.inText = !this.inPhonetic;
  }

  text(text: string): void {
    if (this.inText) this.value += text;
  }

  close(element: string): void {
    if (element === 'rPh') this.inPhonetic = false;
    if (element === 't') this.inText = false;
  }
}

/** Texts by number in one growing buffer. */
class TextTable {
  private bytes = Buffer.alloc(64 * 1024);
  private ends: number[] = [];
  private used = 0;

  add(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.used + size > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(this.bytes.length * 2, this.used + size));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    this.used += this.bytes.write(text, this.used);
    this.ends.push(this.used);
  }

  get(index: number): string | undefined {
    const end = this.ends[index];
    if (end === undefined) return undefined;
    return this.bytes.toString('utf8', index === 0 ? 0 : this.ends[index - 1], end);
  }
}
