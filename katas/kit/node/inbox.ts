import type { ConsumeMessage } from 'amqplib';
import type pg from 'pg';
import { startWorker, type Verdict, type Worker } from './amqp.js';
import { log } from './log.js';
import { inTransaction, type Transaction } from './postgres.js';

/** What a message of one name does, in the transaction that also remembers the message. */
export type Reaction<Body> = (tx: Transaction, body: Body) => Promise<void>;
/** By routing key. A message of any other name is none of this service's business. */
export type Reactions<Body> = Readonly<Record<string, Reaction<Body>>>;

export interface Inbox<Body> {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly queue: string;
  readonly reactions: Reactions<Body>;
  /** Fields that it does not know it leaves alone. @throws where the body is no such message */
  readonly read: (body: unknown) => Body;
  /** Messages with the same key wait for each other. */
  readonly keyOf: (body: Body) => string;
  /** After a commit: there may be something to publish. */
  readonly onCommitted: () => void;
  /** Around each attempt at a message that can be read: for ids, metrics, traces. */
  readonly around?: AroundMessage<Body>;
}

/** What throws has failed, and its message comes again. */
export type AroundMessage<Body> = (
  message: { readonly name: string; readonly headers: Headers; readonly body: Body },
  attempt: () => Promise<void>,
) => Promise<void>;
type Headers = Readonly<Record<string, unknown>>;

/** Consumes a queue; each message has its effect once, however often it comes. */
export function openInbox<Body>(inbox: Inbox<Body>): Promise<Worker> {
  const { url, queue } = inbox;
  return startWorker({ url, queue, prefetch: 20, handle: (message) => handle(inbox, message) });
}

async function handle<Body>(inbox: Inbox<Body>, message: ConsumeMessage): Promise<Verdict> {
  const name = message.fields.routingKey;
  const react = Object.hasOwn(inbox.reactions, name) ? inbox.reactions[name] : undefined;
  if (!react) return 'ack';
  const id: unknown = message.properties.messageId;
  const body = typeof id === 'string' && id !== '' ? readable(inbox, message) : undefined;
  // It will be no more readable the next time; and all that have no id would be taken for one another.
  if (!body) return 'discard';
  const attempt = (): Promise<void> =>
    inTransaction(inbox.pool, 'READ COMMITTED', async (tx) => {
      await lockKey(tx, inbox.keyOf(body));
      if (await isNew(tx, String(id))) await react(tx, body);
    });
  const headers = (message.properties.headers ?? {}) as Headers;
  await (inbox.around?.({ name, headers, body }, attempt) ?? attempt());
  inbox.onCommitted();
  return 'ack';
}

function readable<Body>({ read }: Inbox<Body>, { content, properties }: ConsumeMessage) {
  try {
    return read(JSON.parse(content.toString()));
  } catch (error) {
    // What is wrong with it, and not where that was seen: to map stack traces back takes its time.
    log('message', properties.messageId, 'is given up:', String(error));
    return undefined;
  }
}

/** Until the transaction ends: two messages about one order must not pass each other half way. */
export async function lockKey(tx: Transaction, key: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
}

async function isNew(tx: Transaction, messageId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'INSERT INTO inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING',
    [messageId],
  );
  return rowCount === 1;
}
