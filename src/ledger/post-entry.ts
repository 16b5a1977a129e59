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
import { accountOf, bankOf, shardOf } from './chart';
import {
  type EntryContent,
  type EntryDraft,
  entryDigest,
  type NumberedLine,
  numberedLines,
} from './entry';
import type { LedgerEntry } from './entry.entity';
import { type BalanceChange, LedgerStore } from './ledger.store';
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
  const corrected = await correctedId(store, draft);
  if (standing) return repeated(standing, draft, lines, corrected);
  if (corrected && (await store.correctionOf(corrected))) {
    throw P.alreadyReversed({ detail: `原分录 ${draft.corrects}` });
  }
  const now = { id: work.newId(), postedAt: work.now, actorId: work.actor.id };
  const entry = contentOf(draft, corrected, now);
  await store.add({ ...entry, contentDigest: entryDigest(entry, lines) }, lines);
  await store.change(changesOf(draft, lines));
  return { entryId: entry.id, fresh: true };
}

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

async function correctedId(store: LedgerStore, draft: EntryDraft): Promise<string | null> {
  if (draft.corrects === undefined) return null;
  const original = await store.byKey(draft.corrects);
  check(original, `There is no entry ${draft.corrects} to correct.`);
  check(original.book === draft.book, 'A correction stands in the book of what it corrects.');
  return original.id;
}

function contentOf(
  draft: EntryDraft,
  corrected: string | null,
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
    correctsEntryId: corrected,
  };
}

/** A repeat is told by the digest that the standing entry would have with the new content. */
function repeated(
  standing: LedgerEntry,
  draft: EntryDraft,
  lines: readonly NumberedLine[],
  corrected: string | null,
): Posted {
  const digest = entryDigest(contentOf(draft, corrected, standing), lines);
  check(digest === standing.contentDigest, `Key ${draft.key} stands for another entry already.`);
  return { entryId: standing.id, fresh: false };
}

/** The changes of balances, one for each account and sub that an entry moves. */
function changesOf(draft: EntryDraft, lines: readonly NumberedLine[]): BalanceChange[] {
  const sums = new Map<string, BalanceChange>();
  for (const { account, sub, amountFen } of lines) {
    const name = `${account} ${sub}`;
    const before: Fen = sums.get(name)?.amountFen ?? fen(0);
    const shard = shardOf(accountOf(account, draft.book), draft.key);
    sums.set(name, { book: draft.book, account, sub, shard, amountFen: addFen(before, amountFen) });
  }
  return [...sums.values()];
}
