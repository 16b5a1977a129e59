/**
 * The port through which notices learn who signed a subject: who submitted the application and who reviewed it, who
 * proposed the subsidy list. Their modules stand above notices, so `src/app.ts` plugs the answers in, by the kind of
 * subject. Nobody deals with an objection against what they signed themselves.
 */
import type { Sql } from '../platform/db/database';
import type { Subject } from '../platform/work';

/** Ids of the users who entered, reviewed or approved the subject of this id. */
export type SignersOf = (sql: Sql, subjectId: string) => Promise<readonly string[]>;

const plugged = new Map<string, SignersOf>();

/** Plugs the signers of one kind of subject in; the last caller holds. */
export function useSigners(subjectKind: string, signersOf: SignersOf): void {
  plugged.set(subjectKind, signersOf);
}

/** Who signed a subject; nobody where no module told of its kind. */
export async function signersOf(sql: Sql, { kind, id }: Subject): Promise<readonly string[]> {
  return (await plugged.get(kind)?.(sql, id)) ?? [];
}
