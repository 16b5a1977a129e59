/**
 * Delivery: hands waiting messages to the outside, at least once each. The row is marked after the sending, so a
 * crash in between sends again under the same id, which the receiver can recognise.
 */
import { holdLease } from '../jobs/lease';
import type { Platform } from '../work';
import { type OutboxRow, queuedMessages } from './outbox';

/** The border to the outside: an SMS gateway, or the local outbox that village workers read and print. */
export interface Messenger {
  /** Sends one message; throws when it could not. */
  send(message: OutboxRow): Promise<void>;
}

/**
 * The local outbox: the row itself is what the officer reads, prints and hands over, so there is nothing more to
 * send. It is the default until a county connects its SMS gateway.
 */
export const localMessenger: Messenger = { send: async () => undefined };

const BATCH = 100;
const LEASE_MS = 60_000;
/** After this many tries a message is left as failed for a person to look at. */
const MAX_ATTEMPTS = 5;

/** Delivers what waits, one instance at a time. Returns how many were sent. */
export async function deliverWaiting(
  platform: Platform,
  messenger: Messenger,
  holder: string,
): Promise<number> {
  const { db, clock } = platform;
  const token = await db.inTransaction((tx) =>
    holdLease(tx, 'notify.deliver', holder, clock.now(), LEASE_MS),
  );
  if (token === null) return 0;
  let sent = 0;
  for (const message of await queuedMessages(db.reader(), BATCH)) {
    const error = await trySending(messenger, message);
    const failed = error !== null && message.attempts + 1 >= MAX_ATTEMPTS;
    const state = error === null ? 'sent' : failed ? 'failed' : 'queued';
    await db.inTransaction((tx) =>
      tx.exec(
        `UPDATE outbox SET state = :state, attempts = attempts + 1, sent_at = :sentAt, last_error = :error
          WHERE id = :id AND state = 'queued'`,
        { id: message.id, state, error, sentAt: error === null ? clock.now() : null },
      ),
    );
    if (error === null) sent += 1;
  }
  return sent;
}

async function trySending(messenger: Messenger, message: OutboxRow): Promise<string | null> {
  try {
    await messenger.send(message);
    return null;
  } catch (error) {
    return (error instanceof Error ? error.message : 'unknown').slice(0, 200);
  }
}
