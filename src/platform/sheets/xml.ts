/**
 * Reading the XML parts of a workbook piece by piece. Names come without their prefix, because some programs write
 * `<x:row>`. Document types are refused: no honest workbook has one.
 */
import { SaxesParser } from 'saxes';
import { broken } from './archive';
import { SheetProblem } from './problems';

/** What is told while reading. Attributes keep the names of the file, prefix included. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Characters without an element: a text or attribute longer than this was made to fill the memory. */
const MAX_QUIET = 1024 * 1024;

/** Feeds a part to a listener; after each piece of it the loop of the caller runs once. */
export async function* readXml(
  part: AsyncIterable<string>,
  listener: XmlListener,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw SheetProblem.sheetBroken({ detail: '工作簿含有不允许的文档类型声明' });
  });
  let quiet = 0;
  parser.on('opentag', (tag) => {
    quiet = 0;
    listener.open(local(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    quiet = 0;
    listener.close?.(local(tag.name));
  });
  const text = listener.text?.bind(listener);
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  for await (const piece of part) {
    quiet += piece.length;
    broken(() => parser.write(piece));
    if (quiet > MAX_QUIET) throw SheetProblem.sheetBroken({ detail: '单元格的文字过长' });
    yield;
  }
  broken(() => parser.close());
  yield;
}

/** Reads a whole part. */
export async function eatXml(part: AsyncIterable<string>, listener: XmlListener): Promise<void> {
  for await (const _ of readXml(part, listener));
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
