/** The ways in which a sample list is spoiled on purpose: those that real lists are spoiled in. */
import { type ListField, titleOf } from '../households';

/** A row of a list by field; blank where nothing is known. */
export type SampleRow = Partial<Record<ListField, string>>;

/** A fault that was put in: in which member of the household, in which column, and words of the reason. */
export interface SampleFault {
  /** Place of the row within its household, from 0. */
  member: number;
  /** Title of the column to which the reason belongs. */
  column: string;
  /** What was done, in Chinese; it is not the reason that the import gives. */
  what: string;
}

interface Spoiling {
  field: ListField;
  what: string;
  /** Changes the row of the member; the other rows are there for faults that need two. */
  spoil: (row: SampleRow, rows: SampleRow[]) => void;
}

const change = (field: ListField, what: string, to: (value: string) => string): Spoiling => ({
  field,
  what,
  spoil: (row) => {
    row[field] = to(row[field] ?? '');
  },
});

const SPOILINGS: readonly Spoiling[] = [
  change('idNumber', '号码被表格写成科学计数法', (text) => `${text[0]}.${text.slice(1, 6)}E+17`),
  change('idNumber', '15 位旧号码', (text) => text.slice(0, 6) + text.slice(8, 17)),
  change('idNumber', '末位录错', (text) => text.slice(0, 17) + (text.endsWith('1') ? '2' : '1')),
  change('relation', '不认识的关系', () => '某某'),
  change('village', '没有的村', () => '不存村'),
  change('birthDate', '出生日期与号码不符', () => '1901-01-01'),
  change('kindFrom', '识别时间缺日', () => '2016.3'),
  change('phone', '电话位数不足', () => '138077'),
  change('sex', '性别与号码不符', (text) => (text === '男' ? '女' : '男')),
  change('name', '姓名为空', () => ''),
];

/** Every so many households one is spoiled. */
const EVERY = 7;

/** Spoils the household with this number (from 0) when its turn has come; tells how, or null. */
export function spoil(rows: SampleRow[], n: number): SampleFault | null {
  if (n % EVERY !== EVERY - 1) return null;
  const spoiling = SPOILINGS[Math.floor(n / EVERY) % SPOILINGS.length] as Spoiling;
  const member = rows.length - 1;
  spoiling.spoil(rows[member] as SampleRow, rows);
  return { member, column: titleOf(spoiling.field), what: spoiling.what };
}
