/**
 * What an entry is: at least two lines that add up to nothing, a key of its business event, a business date, and
 * a digest over all of it. The rules here are pure; the table keeps them.
 */
import { check } from '../platform/check';
import type { Instant } from '../platform/clock';
import { canonical } from '../platform/crypto/canonical';
import { sm3Hex } from '../platform/crypto/digest';
import { type BusinessDate, isBusinessDate } from '../platform/dates';
import { addFen, type Fen, fen } from '../platform/money';
import type { Subject } from '../platform/work';
import { accountOf } from './chart';

/** One line to be posted. */
export interface LineDraft {
  account: string;
  /** What the account is kept by (loan id, quarter code); left out where the account has none. */
  sub?: string;
  /** Debit positive, credit negative, never zero. */
  amountFen: Fen;
}

/** Lines that come in pairs: an amount of each sub on one account, and its contra on another, which is kept by nothing. */
export interface LinePairs {
  account: string;
  contra: string;
  amounts: readonly { sub: string; amountFen: Fen }[];
}

/** An entry to be posted. */
export interface EntryDraft {
  /** Unique key of the business event, ASCII, e.g. `loans.disburse/<loan id>`. */
  key: string;
  /** From `bankBook`, `countyBook` or `fundBook`. */
  book: string;
  /** Business date. */
  on: BusinessDate;
  /** What happened, `<module>.<event>`. */
  event: string;
  /** A sentence for whoever reads the book; no personal data. */
  memo: string;
  subject: Subject;
  /** 12-digit code of the place where the subject stands. */
  region: string;
  lines: readonly LineDraft[];
  /** Lines before those, where thousands of subjects have the same two. */
  pairs?: LinePairs;
  /** Key of the earlier entry that this one corrects; an entry is corrected once. */
  corrects?: string;
  /**
   * Key of an earlier entry that stands for many subjects at once, of which this one corrects the part of its own
   * subject; each subject's part is corrected once.
   */
  correctsPart?: string;
}

/** A line in its place. */
export interface NumberedLine {
  lineNo: number;
  account: string;
  sub: string;
  amountFen: Fen;
}

/** Everything that the digest covers. Property names are part of it. */
export interface EntryContent {
  id: string;
  entryKey: string;
  book: string;
  onDate: BusinessDate;
  event: string;
  memo: string;
  subjectKind: string;
  subjectId: string;
  regionCode: string;
  orgId: string | null;
  correctsEntryId: string | null;
  correctsPartOfId: string | null;
  postedAt: Instant;
  actorId: string;
}

const ASCII = /^[\x21-\x7e]+$/;

function checkCode(text: string, longest: number, what: string): void {
  check(ASCII.test(text) && text.length <= longest, `${what} is 1 to ${longest} ASCII characters.`);
}

/**
 * Numbers the lines from 1 and holds the laws of an entry.
 * @throws CheckFailed naming the law: fewer than two lines, a zero, a sum that is not zero, an account or sub
 * that does not belong into the book.
 */
export function numberedLines(draft: EntryDraft): NumberedLine[] {
  checkCode(draft.key, 160, 'The key of an entry');
  checkCode(draft.event, 80, 'The event of an entry');
  checkCode(draft.subject.kind, 40, 'The kind of a subject');
  checkCode(draft.subject.id, 80, 'The id of a subject');
  check(/^\d{12}$/.test(draft.region), 'An entry stands in a region of 12 digits.');
  check(isBusinessDate(draft.on), 'An entry has a business date.');
  check(draft.memo.length >= 1 && draft.memo.length <= 200, 'A memo has 1 to 200 characters.');
  const inPairs = 2 * (draft.pairs?.amounts.length ?? 0);
  check(inPairs + draft.lines.length >= 2, `Entry ${draft.key} has fewer than two lines.`);
  const lines = draft.pairs ? numberedPairs(draft, draft.pairs) : [];
  for (const line of draft.lines) lines.push(numbered(draft, line, lines.length + 1));
  let sum: Fen = fen(0);
  for (const { amountFen } of lines) sum = addFen(sum, amountFen);
  check(sum === 0, `The lines of entry ${draft.key} add up to ${sum} fen, not to zero.`);
  return lines;
}

function numberedPairs(draft: EntryDraft, { account, contra, amounts }: LinePairs): NumberedLine[] {
  const lines: NumberedLine[] = [];
  const where = `Entry ${draft.key}`;
  const one = accountOf(account, draft.book).code;
  check(accountOf(account, draft.book).sub !== 'none', `${where}: ${account} is kept by nothing.`);
  const other = accountOf(contra, draft.book).code;
  check(accountOf(contra, draft.book).sub === 'none', `${where}: ${contra} needs a sub.`);
  for (const { sub, amountFen } of amounts) {
    check(ASCII.test(sub) && sub.length <= 40, 'The sub of a line is 1 to 40 ASCII characters.');
    check(fen(amountFen) !== 0, 'No line of an entry is zero.');
    const lineNo = lines.length + 1;
    lines.push({ lineNo, account: one, sub, amountFen });
    lines.push({ lineNo: lineNo + 1, account: other, sub: '', amountFen: fen(-amountFen) });
  }
  return lines;
}

function numbered(draft: EntryDraft, line: LineDraft, lineNo: number): NumberedLine {
  const account = accountOf(line.account, draft.book);
  const sub = line.sub ?? '';
  const where = `Line ${lineNo} of entry ${draft.key}`;
  check(fen(line.amountFen) !== 0, `${where} is zero.`);
  check(account.sub !== 'none' || sub === '', `${where}: ${account.code} is kept by nothing.`);
  check(account.sub === 'none' || ASCII.test(sub), `${where} needs its ${account.sub}.`);
  check(sub.length <= 40, `${where}: the sub is longer than 40 characters.`);
  return { lineNo, account: account.code, sub, amountFen: line.amountFen };
}

/** SM3 over an entry and its lines in canonical form; whoever changes a byte of them changes it. */
export function entryDigest(entry: EntryContent, lines: readonly NumberedLine[]): string {
  const { id, entryKey, book, onDate, event, memo, subjectKind, subjectId } = entry;
  const { regionCode, orgId, correctsEntryId, correctsPartOfId, postedAt, actorId } = entry;
  const content = {
    ...{ id, entryKey, book, onDate, event, memo, subjectKind, subjectId },
    ...{ regionCode, orgId, correctsEntryId, postedAt, actorId },
    // Entries made before parts could be corrected have their digest without it.
    ...(correctsPartOfId === null ? {} : { correctsPartOfId }),
    lines: [],
  };
  // The lines are put in as text: they are thousands, and JSON of texts and whole numbers is canonical already.
  const told = lines.map(({ lineNo, account, sub, amountFen }) =>
    JSON.stringify([lineNo, account, sub, amountFen]),
  );
  return sm3Hex(canonical(content).replace('"lines":[]', () => `"lines":[${told.join(',')}]`));
}

/** Lines by the entry they belong to, in the order in which they came. */
export function byEntry<T extends { entryId: string }>(lines: readonly T[]): Map<string, T[]> {
  const entries = new Map<string, T[]>();
  for (const line of lines) {
    const own = entries.get(line.entryId);
    if (own) own.push(line);
    else entries.set(line.entryId, [line]);
  }
  return entries;
}
