/**
 * The one write pipeline. An act declares what it takes, who may do it, where its record stands and what it
 * does; the pipeline does the rest in one order for all of them:
 *
 *   permission → shape → transaction { key → locate → region and bank → duty → run → audit → answer kept } → commit
 *
 * The whole transaction is run again after a deadlock; a connection lost during commit is resolved through the
 * row of the request's key. A dry run is the same path, rolled back. Nobody else opens transactions but the
 * job runner and the platform's own housekeeping.
 */
import { appendEntry } from './audit/append';
import { type Actor, covers, type Place } from './authority';
import { canonical } from './crypto/canonical';
import type { FieldCrypto } from './crypto/field-crypto';
import type { BusinessDate } from './dates';
import type { Tx } from './db/database';
import { dropKey, type KeyRow, KeyTaken, keepAnswer, readKey, takeKey } from './idempotency';
import { isId } from './ids';
import { PlatformProblem, Problem } from './problems';
import { checkAnswer, requirePermission } from './query';
import { type Joi, parse, withoutPersonal } from './shape';
import { type OpenWork, openWork, type Platform, type Subject, type Work } from './work';

/** An act as its module declares it. `L` is what `locate` found, passed on so that nothing is loaded twice. */
export interface Act<I, L extends Place, R> {
  readonly kind: 'act';
  /** `<module>.<verb-noun>`; stable, it stands in the audit. */
  readonly name: string;
  /** What an officer calls it. */
  readonly title: string;
  readonly permission: string;
  readonly input: Joi.ObjectSchema<I>;
  readonly answer: Joi.Schema;
  /**
   * The answer holds personal data or a secret: it is stored sealed and left out of the audit. Such an act
   * cannot be tried dry, because its answer would be out while its audit entry is rolled back.
   */
  readonly privateAnswer?: boolean;
  /** Slow work that needs no transaction (a password hash), done before it opens; passed to `run`. */
  readonly prepare?: (platform: Platform, input: I, actor: Actor) => Promise<unknown>;
  /** Finds the record and where it stands; throws the module's `absent` problem when there is none. */
  readonly locate: (work: Work, input: I) => Promise<L>;
  /** Separation of duties; throws a `forbidden` problem. */
  readonly duty?: (work: Work, input: I, at: L) => Promise<void>;
  /** The steps. Returns the plain JSON answer. */
  readonly run: (work: Work, input: I, at: L, prepared: unknown) => Promise<R>;
}

// biome-ignore lint/suspicious/noExplicitAny: a table of acts holds acts of every input and answer.
export type AnyAct = Act<any, any, any>;

/** Declares an act. */
export function defineAct<I, L extends Place, R>(spec: Omit<Act<I, L, R>, 'kind'>): Act<I, L, R> {
  return { kind: 'act', ...spec };
}

/** How an act is asked for. */
export interface ActRequest {
  actor: Actor;
  input: unknown;
  requestId: string;
  /** Idempotency key, 8–100 characters; the same key and input gives the same answer, once. */
  key?: string;
  dryRun?: boolean;
  /** Nights: the business date, and a check inside the transaction that the job still holds its token. */
  today?: BusinessDate;
  guard?: (tx: Tx) => Promise<void>;
}

/** The answer, and whether it is that of an earlier, equal request. */
export interface ActOutcome<R> {
  answer: R;
  replayed: boolean;
}

/** What an open transaction leaves: the answer, and the refusal that is told after the commit, if any. */
interface Done<R> extends ActOutcome<R> {
  refusal: Problem | null;
}

/**
 * Performs an act.
 * @throws Problem of the platform or the module; nothing is changed then (unless the act refused after commit).
 */
export async function perform<I, L extends Place, R>(
  platform: Platform,
  act: Act<I, L, R>,
  request: ActRequest,
): Promise<ActOutcome<R>> {
  const found: Found = { at: null };
  try {
    requirePermission(request.actor, act.permission);
    if (request.dryRun && act.privateAnswer) {
      throw PlatformProblem.invalidInput({ detail: '此事的结果须保密，不能试办' });
    }
    const input = parse(act.input, request.input);
    const prepared = act.prepare ? await act.prepare(platform, input, request.actor) : undefined;
    const done = await inOneTransaction(platform, act, { ...request, input, prepared, found });
    if (done.refusal) throw done.refusal;
    return { answer: done.answer, replayed: done.replayed };
  } catch (error) {
    if (error instanceof Problem && refusalMatters(error) && !request.dryRun) {
      await auditRefusal(platform, act, request, error, found.at);
    }
    throw error;
  }
}

/** The place of a record that the actor does not cover; told as absent, noted in the audit. */
class NotCovered extends Problem {
  constructor() {
    const absent = PlatformProblem.absent();
    super(absent.code, absent.kind, absent.title, absent.advice);
  }
}

function refusalMatters(problem: Problem): boolean {
  return problem.kind === 'forbidden' || problem instanceof NotCovered;
}

async function inOneTransaction<I, L extends Place, R>(
  platform: Platform,
  act: Act<I, L, R>,
  request: Parsed<I>,
): Promise<Done<R>> {
  const { key, input } = request;
  const row: KeyRow | null =
    key && !request.dryRun
      ? {
          actorId: request.actor.id,
          key,
          act: act.name,
          hash: requestHash(platform.crypto, act.name, input),
        }
      : null;
  const replay = async (): Promise<Done<R> | undefined> => {
    const kept = row ? await readKey(platform, row, act.privateAnswer === true) : undefined;
    return kept && { ...(kept as { answer: R }), replayed: true, refusal: null };
  };
  try {
    return await platform.db.inTransaction(
      (tx) => runOnce(platform, act, { ...request, row }, tx),
      { rollback: request.dryRun === true, resolveUnknownCommit: replay },
    );
  } catch (error) {
    if (!(error instanceof KeyTaken)) throw error;
    const kept = await replay();
    if (kept) return kept;
    throw PlatformProblem.databaseBusy({ retryAfterSeconds: 1 });
  }
}

/** Where the record of a request stands, once it is located; a refusal after that is noted there. */
interface Found {
  at: Place | null;
}

/** A request whose input has its shape. */
type Parsed<I> = Omit<ActRequest, 'input'> & { input: I; prepared: unknown; found: Found };

type OpenRequest<I> = Parsed<I> & { row: KeyRow | null };

async function runOnce<I, L extends Place, R>(
  platform: Platform,
  act: Act<I, L, R>,
  request: OpenRequest<I>,
  tx: Tx,
): Promise<Done<R>> {
  const work = openWork(platform, tx, request.actor, request.requestId, request.today);
  if (request.guard) await request.guard(tx);
  if (request.row) await takeKey(tx, request.row, work.now);
  const at = await act.locate(work, request.input);
  request.found.at = at;
  if (!covers(request.actor, at)) throw new NotCovered();
  if (act.duty) await act.duty(work, request.input, at);
  const answer = await act.run(work, request.input, at, request.prepared);
  if (platform.checkAnswers && !work.refusal) checkAnswer(act, answer);
  await auditDeed(work, {
    act: act.name,
    title: act.title,
    place: at,
    body: {
      input: withoutPersonal(act.input, plain(request.input)),
      answer: act.privateAnswer ? null : plain(answer),
    },
  });
  if (request.row) {
    // A refusal is no answer to repeat: the same request may be tried again.
    if (work.refusal) await dropKey(tx, request.row);
    else await keepAnswer(work, request.row, answer, act.privateAnswer === true);
  }
  return { answer, replayed: false, refusal: work.refusal };
}

/** Keyed, because inputs hold ID numbers and an open digest of them could be guessed. */
function requestHash(crypto: FieldCrypto, name: string, input: unknown): string {
  return crypto.mac(`request:${canonical({ act: name, input: plain(input) })}`);
}

/** Plain JSON of a parsed input: optional fields that were not given vanish. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

/** What was done in one transaction, as the audit names it. */
export interface Deed {
  act: string;
  title: string;
  place: Place;
  /** The main subject where it is not that of the first change. */
  subject?: Subject;
  body: { input: unknown; answer: unknown };
}

/** Appends the entry of a transaction: what was recorded, and the refusal after commit, if any. */
export async function auditDeed(work: OpenWork, deed: Deed): Promise<void> {
  const { subject, ...rest } = deed;
  const recorded = work.changes.flatMap((change) => [change.subject, ...(change.related ?? [])]);
  await appendEntry(work, {
    ...rest,
    outcome: work.refusal ? 'refused' : 'done',
    problem: work.refusal?.code ?? null,
    subject: subject ?? work.changes[0]?.subject ?? null,
    related: subject ? [subject, ...recorded] : recorded,
    before: work.changes.map((change) => change.before ?? null),
    after: work.changes.map((change) => change.after ?? null),
  });
}

/**
 * Refusals that matter are kept in a short transaction of their own, since the main one was rolled back. They belong
 * to the records that the input names, so that a record's story tells who tried what; where no record was reached,
 * they stand at the actor's own place.
 */
async function auditRefusal(
  platform: Platform,
  act: AnyAct,
  request: ActRequest,
  problem: Problem,
  at: Place | null,
): Promise<void> {
  const input = safeInput(act, request.input);
  await platform.db.inTransaction(async (tx) => {
    const work = openWork(platform, tx, request.actor, request.requestId, request.today);
    await appendEntry(work, {
      act: act.name,
      title: act.title,
      outcome: 'refused',
      problem: problem.code,
      subject: null,
      related: subjectsNamed(input),
      place: at ?? { region: request.actor.region },
      before: [],
      after: [],
      body: { input, answer: null },
    });
  });
}

/** The input of a refused request may be anything: it is kept only when it has the act's shape. */
function safeInput(act: AnyAct, input: unknown): unknown {
  const { value, error } = act.input.validate(input, { convert: false });
  return error ? null : withoutPersonal(act.input, plain(value));
}

/** By our naming a field `loanId` holds the id of a record of kind `loan`, `writeOffId` that of a `write-off`. */
function subjectsNamed(input: unknown): Subject[] {
  if (input === null || typeof input !== 'object') return [];
  return Object.entries(input).flatMap(([field, value]) => {
    const name = /^([a-z]+(?:[A-Z][a-z]+)*)Id$/.exec(field)?.[1];
    const kind = name?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return kind && typeof value === 'string' && isId(value) ? [{ kind, id: value }] : [];
  });
}
