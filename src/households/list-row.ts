/**
 * Reading one row of a person list: one person, with the facts of the household repeated. Pure: everything wrong
 * with the row comes back at once, each fault with its column, the value masked, the reason and the remedy.
 *
 * Laws: nothing is guessed; a blank cell says nothing (it never wipes out what the register knows); a person is
 * judged by the same rules as at registration (`readMember`).
 */
import type { BusinessDate } from '../platform/dates';
import type { FieldProblem } from '../platform/problems';
import type { SheetRow } from '../platform/sheets/sheet';
import { type HouseholdKind, LISTED_KINDS } from './household-kind';
import {
  type CellFault,
  type CellText,
  codeOf,
  dateOf,
  maskedValue,
  nameOf,
  typedOf,
  wordsOf,
} from './list-cell';
import { type ListField, titleOf } from './list-columns';
import { type ListTraits, readTraitWords } from './list-traits';
import { KIND_WORDS, plainWord, RELATION_WORDS, saysNotMonitored, sexOf } from './list-words';
import { type MemberForm, type ReadMember, type ReadNote, readMember } from './member';
import { HOUSEHOLD_CODE } from './register-household';
import type { PlaceWords, VillageNames } from './village-names';

/** One thing wrong in a row, as the list of errors shows it. */
export interface RowFault extends CellFault {
  /** Title of the column; '' for the row as a whole. */
  column: string;
  /** The value, masked. */
  value: string;
}

/** What a row says of its household. */
export interface ListHousehold {
  code: string;
  /** The village, 12 digits. */
  regionCode: string;
  headName: string | null;
  kind: HouseholdKind | null;
  kindFrom: BusinessDate | null;
  source: string | null;
}

/** A row that was read. It holds personal data in the clear. */
export interface ListRow {
  household: ListHousehold;
  person: ReadMember;
  traits: ListTraits;
}

/** What became of a row. `code` and `idNumber` are there where they could be read, also of a faulty row. */
export interface RowReading {
  row: ListRow | null;
  code: string | null;
  idNumber: string | null;
  faults: RowFault[];
  /** What was put right, told. */
  notes: { column: string; text: string }[];
}

/** What reading needs to know. */
export interface ListContext {
  columns: ReadonlyMap<string, number>;
  villages: VillageNames;
  today: BusinessDate;
}

/** Reads a row of the list. */
export function readListRow(sheetRow: SheetRow, context: ListContext): RowReading {
  return new RowReader(sheetRow, context).read();
}

class RowReader {
  private readonly faults: RowFault[] = [];
  private readonly notes: RowReading['notes'] = [];

  constructor(
    private readonly sheetRow: SheetRow,
    private readonly context: ListContext,
  ) {}

  read(): RowReading {
    const code = this.householdCode();
    const regionCode = this.village();
    const person = this.person();
    const traits = readTraitWords((field) => this.words(field), this.fault.bind(this));
    const household = {
      headName: this.text('headName', nameOf) || null,
      ...this.status(),
      source: this.limited('source', 200),
    };
    const whole = this.faults.length === 0 && code !== null && regionCode !== null && person;
    return {
      row: whole ? { household: { code, regionCode, ...household }, person, traits } : null,
      code,
      idNumber: person?.idNumber ?? null,
      faults: this.faults,
      notes: this.notes,
    };
  }

  private cell(field: ListField) {
    const index = this.context.columns.get(field);
    return index === undefined ? undefined : this.sheetRow.cells[index];
  }

  private fault(field: ListField, reason: string, remedy: string): void {
    const value = maskedValue(field, this.cell(field));
    this.faults.push({ column: titleOf(field), value, reason, remedy });
  }

  /** A text of a column; '' where it is blank or faulty (which is then told). */
  private text(field: ListField, read: (cell: ReturnType<RowReader['cell']>) => CellText): string {
    const found = read(this.cell(field));
    if (!found.ok) {
      this.fault(field, found.reason, found.remedy);
      return '';
    }
    for (const text of found.notes) this.notes.push({ column: titleOf(field), text });
    return found.text;
  }

  private words(field: ListField): string {
    return this.text(field, wordsOf);
  }

  /** A required text; null where it is missing, which is told unless the cell is already faulty. */
  private required(field: ListField, read: typeof nameOf): string | null {
    const before = this.faults.length;
    const text = this.text(field, read);
    if (text !== '') return text;
    if (this.faults.length === before) this.fault(field, '为空', `请填写${titleOf(field)}。`);
    return null;
  }

  private limited(field: ListField, max: number): string | null {
    const text = this.words(field);
    if ([...text].length > max) {
      this.fault(field, `超过 ${max} 个字`, '请缩短后再上传。');
      return null;
    }
    return text || null;
  }

  private householdCode(): string | null {
    const code = this.required('code', codeOf);
    if (code === null || HOUSEHOLD_CODE.test(code)) return code;
    this.fault(
      'code',
      '不是户编号：应为 4 至 32 位数字、大写字母或连字符',
      '请按全国名单填写户编号。',
    );
    return null;
  }

  private village(): string | null {
    const before = this.faults.length;
    const words: PlaceWords = {
      county: this.words('county'),
      township: this.words('township'),
      village: this.words('village'),
      villageCode: this.text('villageCode', codeOf),
    };
    if (this.faults.length > before) return null;
    const found = this.context.villages.find(words);
    if (found.ok) return found.code;
    this.fault(found.field, found.reason, found.remedy);
    return null;
  }

  private person(): ReadMember | null {
    const name = this.required('name', nameOf);
    if (name !== null && name.length > 60)
      this.fault('name', '超过 60 个字', '请填写身份证上的姓名。');
    const idNumber = this.idNumber();
    const relation = this.relation();
    const form: MemberForm = {
      name: name ?? '',
      relation: relation ?? 'OTHER',
      idNumber: idNumber ?? '',
      ...this.optionalForm(),
    };
    if (idNumber === null) return null;
    const faults: FieldProblem[] = [];
    const notes: ReadNote[] = [];
    const person = readMember(form, this.context.today, '', faults, notes);
    for (const { field, reason } of faults) this.fault(listField(field), reason, CHECK_ORIGINAL);
    for (const { field, text } of notes)
      this.notes.push({ column: titleOf(listField(field)), text });
    if (person) this.checkBirthMonth(person.birthDate);
    return name === null || relation === null ? null : person;
  }

  /** The number as typed, so that its own reader says what is wrong; null when the cell says nothing usable. */
  private idNumber(): string | null {
    const cell = this.cell('idNumber');
    const asNumber = cell?.kind === 'number' && /^\d{16,}$/.test(cell.text);
    return this.required('idNumber', asNumber ? codeOf : typedOf);
  }

  private relation(): ReadMember['relation'] | null {
    const word = this.required('relation', wordsOf);
    if (word === null) return null;
    const relation = RELATION_WORDS.get(plainWord(word));
    if (!relation) {
      this.fault(
        'relation',
        '不认识的关系',
        '请用国标 GB/T 4761 的称谓：户主、配偶、之子、之女、之儿媳、之女婿、之孙子、之父、之母、其他等。',
      );
    }
    return relation ?? null;
  }

  private optionalForm(): Pick<MemberForm, 'sex' | 'birthDate' | 'phone' | 'account'> {
    const form: Pick<MemberForm, 'sex' | 'birthDate' | 'phone' | 'account'> = {};
    const sexWord = this.words('sex');
    const sex = sexWord === '' ? null : sexOf(sexWord);
    if (sex) form.sex = sex;
    else if (sexWord !== '') this.fault('sex', '不认识的性别', '请填“男”或“女”。');
    const birth = dateOf(this.cell('birthDate'));
    if (!birth.ok) this.fault('birthDate', birth.reason, birth.remedy);
    else if (birth.date) form.birthDate = birth.date;
    const phone = this.text('phone', codeOf);
    if (phone !== '') form.phone = phone;
    const account = this.text('account', codeOf);
    if (account !== '') form.account = account;
    return form;
  }

  /** 出生年月 has no day: it is compared with the month of the identity number. */
  private checkBirthMonth(birthDate: BusinessDate): void {
    const birth = dateOf(this.cell('birthDate'));
    if (birth.ok && birth.month && !birthDate.startsWith(birth.month)) {
      this.fault('birthDate', '与身份号码中的出生年月不一致', CHECK_ORIGINAL);
    }
  }

  /** The status of the household: the kind of monitoring, where there is one, says more than 户类型. */
  private status(): Pick<ListHousehold, 'kind' | 'kindFrom'> {
    const monitored = this.words('monitored');
    const field = saysNotMonitored(monitored) ? 'kind' : 'monitored';
    const word = field === 'monitored' ? monitored : this.words('kind');
    const kind = word === '' ? null : (KIND_WORDS.get(plainWord(word)) ?? null);
    if (word !== '' && kind === null) {
      this.fault(field, '不认识的户类型', `请填：${KNOWN_KINDS}。`);
    }
    const from = dateOf(this.cell('kindFrom'));
    if (!from.ok) this.fault('kindFrom', from.reason, from.remedy);
    else if (from.month)
      this.fault('kindFrom', '只有年月，缺日', '请按认定文件补全日期，如 2018-03-01。');
    else if (from.date && from.date > this.context.today) {
      this.fault('kindFrom', '晚于今天', '请按认定文件改正；尚未生效的认定请在生效后导入。');
    }
    return { kind, kindFrom: (from.ok && from.date) || null };
  }
}

const CHECK_ORIGINAL = '请逐位对照证件原件改正后再上传。';

const KNOWN_KINDS =
  '建档立卡贫困户、脱贫户、脱贫不稳定户、边缘易致贫户、突发严重困难户、帮扶对象户';

/** The column of a field that `readMember` names, such as `.idNumber`. */
const listField = (field: string): ListField => field.replace(/^.*\./, '') as ListField;

/** Whether a status puts a household on the list; leaving it is done household by household. */
export function belongsOnList(kind: HouseholdKind): boolean {
  return (LISTED_KINDS as readonly HouseholdKind[]).includes(kind);
}
