/**
 * The audit entry of an act, written in the act's own transaction: if it cannot be written, the act does not
 * happen. It holds no head of a chain (that would make every write of the county queue on one row and abort on
 * Galera); the sealer binds the entries together a few seconds later.
 */
import { type Place } from '../authority';
import { canonical } from '../crypto/canonical';
import { sm3Hex } from '../crypto/digest';
import { type Subject, type Work } from '../work';

/** What one act left, before it becomes an entry. `before` and `after` go in as digests. */
export interface EntryDraft {
  act: string;
  title: string;
  outcome: 'done' | 'refused';
  problem: string | null;
  subject: Subject | null;
  related: readonly Subject[];
  place: Place;
  before: readonly unknown[];
  after: readonly unknown[];
  body: { input: unknown; answer: unknown };
}

/** An entry as it stands in the table, without the two seals over it. Column names as in the database. */
export interface EntryContent {
  id: string;
  at: number;
  actor_id: string;
  actor_name: string;
  act: string;
  title: string;
  outcome: string;
  problem: string | null;
  subject_kind: string | null;
  subject_id: string | null;
  region_code: string | null;
  org_id: string | null;
  request_id: string;
  before_digest: string | null;
  after_digest: string | null;
  body: string;
}

/** The columns that the leaf covers, all of them, in the order of the table. */
export const CONTENT_COLUMNS = [
  'id',
  'at',
  'actor_id',
  'actor_name',
  'act',
  'title',
  'outcome',
  'problem',
  'subject_kind',
  'subject_id',
  'region_code',
  'org_id',
  'request_id',
  'before_digest',
  'after_digest',
  'body',
] as const;

/** The SM3 digest over the whole entry in canonical form. */
export function leafOf(entry: EntryContent): string {
  const content = Object.fromEntries(CONTENT_COLUMNS.map((column) => [column, entry[column]]));
  return sm3Hex(canonical(content));
}

const digestOf = (values: readonly unknown[]): string | null =>
  values.every((value) => value === null || value === undefined)
    ? null
    : sm3Hex(canonical(JSON.parse(JSON.stringify(values))));

/** Appends the entry, the subjects it touched, and its place in the sealer's queue. */
export async function appendEntry(work: Work, draft: EntryDraft): Promise<void> {
  const entry: EntryContent = {
    id: work.newId(),
    at: work.now,
    actor_id: work.actor.id,
    actor_name: work.actor.name,
    act: draft.act,
    title: draft.title,
    outcome: draft.outcome,
    problem: draft.problem,
    subject_kind: draft.subject?.kind ?? null,
    subject_id: draft.subject?.id ?? null,
    region_code: draft.place.region,
    org_id: draft.place.org ?? null,
    request_id: work.requestId,
    before_digest: digestOf(draft.before),
    after_digest: digestOf(draft.after),
    body: canonical(draft.body),
  };
  const leaf = leafOf(entry);
  const columns = [...CONTENT_COLUMNS, 'leaf', 'mac'];
  await work.tx.exec(
    `INSERT INTO audit_entry (${columns.join(', ')}) VALUES (${columns.map((c) => `:${c}`).join(', ')})`,
    { ...entry, leaf, mac: work.crypto.mac(leaf) },
  );
  const subjects = distinct(draft.related).map(({ kind, id }) => [entry.id, kind, id]);
  if (subjects.length > 0) {
    const names = ['entry_id', 'subject_kind', 'subject_id'];
    await work.tx.insertMany('audit_subject', names, subjects);
  }
  await work.tx.exec('INSERT INTO audit_queue (entry_id) VALUES (:entry)', { entry: entry.id });
}

function distinct(subjects: readonly Subject[]): Subject[] {
  return [
    ...new Map(subjects.map((subject) => [`${subject.kind}/${subject.id}`, subject])).values(),
  ];
}
