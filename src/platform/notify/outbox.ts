/**
 * The outbox: no message is sent from inside a transaction. The act or step leaves a row, keyed by what it is
 * about, so that a repeated night cannot remind twice; a worker delivers it later.
 */
import type { Sql } from '../db/database';
import type { Work } from '../work';

/** A message to leave. `naturalKey` names the occasion, e.g. `reminder/T-30/<loan>/2021-06-20/LOCAL`. */
export interface Message {
  naturalKey: string;
  kind: string;
  channel: string;
  recipient: { kind: string; id: string };
  region: string;
  title: string;
  body: string;
}

/** A message as it waits or has gone. */
export interface OutboxRow {
  id: string;
  kind: string;
  channel: string;
  recipient_kind: string;
  recipient_id: string;
  region_code: string;
  title: string;
  body: string;
  state: 'queued' | 'sent' | 'failed';
  attempts: number;
  created_at: number;
  sent_at: number | null;
}

/** Leaves a message, once for its occasion: a second one with the same natural key changes nothing. */
export async function queueMessage(work: Work, message: Message): Promise<void> {
  const columns = ['id', 'natural_key', 'kind', 'channel', 'recipient_kind', 'recipient_id'];
  const rest = ['region_code', 'title', 'body', 'state', 'attempts', 'created_at'];
  const statement = work.tx.dialect.insertOrKeep('outbox', [...columns, ...rest], ['natural_key']);
  await work.tx.exec(statement, {
    id: work.newId(),
    natural_key: message.naturalKey,
    kind: message.kind,
    channel: message.channel,
    recipient_kind: message.recipient.kind,
    recipient_id: message.recipient.id,
    region_code: message.region,
    title: message.title,
    body: message.body,
    state: 'queued',
    attempts: 0,
    created_at: work.now,
  });
}

/** The oldest waiting messages, at most `limit`. */
export function queuedMessages(sql: Sql, limit: number): Promise<OutboxRow[]> {
  return sql.rows<OutboxRow>(
    `SELECT id, kind, channel, recipient_kind, recipient_id, region_code, title, body, state, attempts,
            created_at, sent_at
       FROM outbox WHERE state = 'queued' ORDER BY created_at, id LIMIT ${limit}`,
  );
}
