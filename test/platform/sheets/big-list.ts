/** A list of 100,000 people in 10 columns, as large as a county's register. */
import type { OutRow } from '../../../src/platform/sheets/write-sheet';
import { partsOf, zipped } from './workbooks';

/** Rows without the header. */
export const ROWS = 100_000;
const TITLES = ['户编号', '村', '姓名', '身份证号', '关系', '健康', '劳力', '电话', '额度', '备注'];
/** Its sheet for the writer. */
export const SHEET = { sheet: '名单', columns: TITLES.map((title) => ({ title })) };

/** The rows of the list. */
export function* people(): Generator<OutRow> {
  for (let n = 0; n < ROWS; n += 1) {
    const serial = String(n).padStart(6, '0');
    yield [
      `4503281000${serial}`,
      `第${n % 119}村`,
      `张${String.fromCodePoint(0x4e00 + (n % 20_000))}`,
      `450328${1940 + (n % 70)}0101${serial.slice(2)}`,
      ...['户主', '健康', '普通劳动力'],
      `1387834${serial.slice(2)}`,
      ...['50000.00', `备注${n % 1000}`],
    ];
  }
}

/** The list as Excel writes it, with a table of shared texts. */
export function asExcelWrites(): Promise<Buffer> {
  const numbers = new Map<string, number>();
  const cell = (text: string) => {
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return `<c s="1" t="s"><v>${numbers.get(text)}</v></c>`;
  };
  const rows = [TITLES, ...people()].map(
    (row) => `<row spans="1:10">${row.map((text) => cell(String(text))).join('')}</row>`,
  );
  const shared = [...numbers.keys()].map((text) => `<t>${text}</t>`);
  return zipped(partsOf({ rows: rows.join(''), shared, styles: [0, 49] }));
}
