/**
 * Posting: the one way into the books. An entry is written with its lines and its balances in the caller's
 * transaction. A repeat with the same key and content does nothing, so a caller may always post again; the same
 * key with other content is a mistake of the program. Money is never edited: what was wrong is reversed by a
 * mirror entry that points at it, and posted anew.
 */
import { check } from '../platform/check';
import type { BusinessDate } from '../platform/dates';
import { addFen, type Fen, fen } from '../platform/money';
import type { Work } from '../platform/work';
import { type Account, accountOf, bankOf, shardOf } from './chart';
import {
  type EntryContent,
  type EntryDraft,
  entryDigest,
  type NumberedLine,
  numberedLines,
} from './entry';
import type { LedgerEntry } from './entry.entity';
import { type BalanceChange, isFree, LedgerStore } from './ledger.store';
import { P } from './problems';

/** What posting did. `fresh` is false when the same entry stood there already. */
export interface Posted {
  entryId: string;
  fresh: boolean;
}

/**
 * Posts an entry.
 * @throws CheckFailed when a law of an entry is broken or the key is taken by other content;
 * Problem ledger.wrong-side when a guarded balance would cross zero; ledger.already-reversed.
 */
export async function postEntry(work: Work, draft: EntryDraft): Promise<Posted> {
  const store = new LedgerStore(work);
  const lines = numberedLines(draft);
  const standing = await store.byKey(draft.key);
  const corrected = await correctedBy(store, draft);
  if (standing) return repeated(standing, draft, lines, corrected);
  const { whole } = corrected;
  if (whole && (await store.correctionOf(whole))) throw alreadyReversed(draft);
  const entry = await add(work, store, [{ draft, lines, corrected }]);
  return { entryId: entry[0]!.id, fresh: true };
}

/**
 * Posts many entries at once, for corrections that replace a long history and for settlements of many loans. None
 * may stand already, and balances are judged when all of them are in.
 * @throws as `postEntry`; CheckFailed also when a key is taken.
 */
export async function postEntries(work: Work, drafts: readonly EntryDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  const store = new LedgerStore(work);
  const keys = drafts.flatMap(({ corrects, correctsPart }) => corrects ?? correctsPart ?? []);
  const originals = await store.byKeys(keys);
  const corrections = await store.correctionsOf([...originals.values()].map(({ id }) => id));
  const made = drafts.map((draft) => {
    const corrected = correctedOf(draft, originals);
    if (corrected.whole && corrections.has(corrected.whole)) throw alreadyReversed(draft);
    return { draft, lines: numberedLines(draft), corrected };
  });
  await add(work, store, made);
}

interface Made {
  draft: EntryDraft;
  lines: NumberedLine[];
  corrected: Corrected;
}

/** Writes entries with their lines, and their balances in one go. */
async function add(work: Work, store: LedgerStore, made: readonly Made[]) {
  const entries = made.map(({ draft, lines, corrected }) => {
    const now = { id: work.newId(), postedAt: work.now, actorId: work.actor.id };
    const entry = contentOf(draft, corrected, now);
    return { ...entry, contentDigest: entryDigest(entry, lines), lines, pairs: draft.pairs };
  });
  await store.add(entries);
  if (isLongAndFree(made)) {
    await store.addSums(entries.map(({ id }) => id));
    await store.change(sumOfChanges(made, (account) => account.hot));
  } else {
    await store.change(sumOfChanges(made));
  }
  return entries;
}

const alreadyReversed = ({ corrects }: EntryDraft) =>
  P.alreadyReversed({ detail: `原分录 ${corrects}` });

/** What `reverseEntry` is asked for. */
export interface Reversal {
  /** Unique key of the reversal. */
  key: string;
  /** Key of the entry to be reversed. */
  correctsKey: string;
  /** Business date, not before that of the entry. */
  on: BusinessDate;
  memo: string;
}

/**
 * Posts the mirror of an entry: same book, subject and lines with the signs turned.
 * @throws CheckFailed when there is no such entry; Problem ledger.already-reversed, ledger.wrong-side.
 */
export async function reverseEntry(work: Work, reversal: Reversal): Promise<Posted> {
  const store = new LedgerStore(work);
  const original = await store.byKey(reversal.correctsKey);
  check(original, `There is no entry ${reversal.correctsKey} to reverse.`);
  check(reversal.on >= original.onDate, 'A reversal is not dated before the entry it reverses.');
  const lines = await store.linesOf(original.id);
  return postEntry(work, {
    key: reversal.key,
    book: original.book,
    on: reversal.on,
    event: 'ledger.reversal',
    memo: reversal.memo,
    subject: { kind: original.subjectKind, id: original.subjectId },
    region: original.regionCode,
    lines: lines.map(({ account, sub, amountFen }) => ({
      account,
      sub,
      amountFen: fen(-amountFen),
    })),
    corrects: original.entryKey,
  });
}

/** The entry that a draft corrects, as a whole or its part of one subject. */
interface Corrected {
  whole: string | null;
  part: string | null;
}

async function correctedBy(store: LedgerStore, draft: EntryDraft): Promise<Corrected> {
  const key = draft.corrects ?? draft.correctsPart;
  return correctedOf(draft, key === undefined ? new Map() : await store.byKeys([key]));
}

function correctedOf(draft: EntryDraft, originals: ReadonlyMap<string, LedgerEntry>): Corrected {
  const { corrects, correctsPart } = draft;
  const idOf = (key: string | undefined): string | null => {
    if (key === undefined) return null;
    const original = originals.get(key);
    check(original, `There is no entry ${key} to correct.`);
    check(original.book === draft.book, 'A correction stands in the book of what it corrects.');
    return original.id;
  };
  return { whole: idOf(corrects), part: idOf(correctsPart) };
}

function contentOf(
  draft: EntryDraft,
  corrected: Corrected,
  made: Pick<EntryContent, 'id' | 'postedAt' | 'actorId'>,
): EntryContent {
  return {
    id: made.id,
    postedAt: made.postedAt,
    actorId: made.actorId,
    entryKey: draft.key,
    book: draft.book,
    onDate: draft.on,
    event: draft.event,
    memo: draft.memo,
    subjectKind: draft.subject.kind,
    subjectId: draft.subject.id,
    regionCode: draft.region,
    orgId: bankOf(draft.book),
    correctsEntryId: corrected.whole,
    correctsPartOfId: corrected.part,
  };
}

/** A repeat is told by the digest that the standing entry would have with the new content. */
function repeated(
  standing: LedgerEntry,
  draft: EntryDraft,
  lines: readonly NumberedLine[],
  corrected: Corrected,
): Posted {
  const digest = entryDigest(contentOf(draft, corrected, standing), lines);
  check(digest === standing.contentDigest, `Key ${draft.key} stands for another entry already.`);
  return { entryId: standing.id, fresh: false };
}

/** Lines from which on their balances are changed by one statement, where none of them can be refused. */
const LONG = 200;

function isLongAndFree(made: readonly Made[]): boolean {
  let count = 0;
  for (const { lines } of made) count += lines.length;
  return count >= LONG && made.every(({ draft, lines }) => lines.every(freely(draft.book)));
}

/** Whether a line of this book moves its balance to where it may always go. */
function freely(book: string): (line: NumberedLine) => boolean {
  const known = new Map<string, Account>();
  return ({ account: code, amountFen }) => {
    const account = known.get(code) ?? accountOf(code, book);
    known.set(code, account);
    return isFree(account, amountFen);
  };
}

/** The changes of balances, one for each row that the entries move on these accounts. */
function sumOfChanges(
  made: readonly Made[],
  asked: (account: Account) => boolean = () => true,
): BalanceChange[] {
  const sums = new Map<string, BalanceChange>();
  for (const { draft, lines } of made) {
    for (const [code, subs] of sumsOf(lines)) {
      const account = accountOf(code, draft.book);
      if (!asked(account)) continue;
      const shard = shardOf(account, draft.key);
      for (const [sub, amountFen] of subs) {
        const name = `${draft.book} ${code} ${sub} ${shard}`;
        const before: Fen = sums.get(name)?.amountFen ?? fen(0);
        const change = { book: draft.book, account: code, sub, shard };
        sums.set(name, { ...change, amountFen: addFen(before, amountFen) });
      }
    }
  }
  // A row that is moved there and back need not be written.
  return [...sums.values()].filter(({ amountFen }) => amountFen !== 0);
}

/** What lines move, by account and sub. */
function sumsOf(lines: readonly NumberedLine[]): Map<string, Map<string, Fen>> {
  const accounts = new Map<string, Map<string, Fen>>();
  for (const { account, sub, amountFen } of lines) {
    const subs = accounts.get(account) ?? new Map<string, Fen>();
    accounts.set(account, subs);
    subs.set(sub, addFen(subs.get(sub) ?? fen(0), amountFen));
  }
  return accounts;
}
