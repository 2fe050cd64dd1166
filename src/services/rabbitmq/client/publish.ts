import type { ConfirmChannel, Options } from 'amqplib';
import type {
  Address,
  OutgoingMessage,
  Published,
  PublishAnswer,
  PublishCounts,
  PublishOptions,
} from '../../../kata/broker.js';
import type { Reading } from '../../../kata/client.js';
import type { OpenOperation, Recorder } from '../../../history/recorder.js';

const confirmWithinMs = 10_000;

/**
 * Publishes pipelined and waits for the confirms; every message is an operation in the history.
 * What the broker never answered is unknown, and says nothing about the program under test.
 */
export async function publishAll(
  channel: ConfirmChannel,
  to: Address,
  messages: readonly OutgoingMessage[],
  options: PublishOptions & { recorder: Recorder; signal: AbortSignal },
): Promise<PublishCounts> {
  const batch = new Batch(messages.length, options.confirm ?? true);
  const address = typeof to === 'string' ? { exchange: '', key: to } : to;
  channel.on('return', ({ properties }) => batch.returned(String(properties.messageId)));
  channel.on('close', () => batch.lost('connection', 'the connection to the broker broke'));
  const limit = options.confirmWithinMs ?? confirmWithinMs;
  const timer = setTimeout(
    () => batch.lost('timeout', `no confirm within ${limit / 1000} s`),
    limit,
  );
  const interrupted = (): void => batch.lost('connection', 'interrupted');
  options.signal.addEventListener('abort', interrupted, { once: true });
  try {
    await send(channel, address, messages, batch, options.recorder);
    await batch.done;
    return batch.counts;
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener('abort', interrupted);
  }
}

async function send(
  channel: ConfirmChannel,
  { exchange, key }: { exchange: string; key: string },
  messages: readonly OutgoingMessage[],
  batch: Batch,
  recorder: Recorder,
): Promise<void> {
  for (const [n, message] of messages.entries()) {
    const { id, body } = message;
    const asked: Published = { exchange, key, id, body };
    const one = batch.add(id, recorder.invoke({ f: 'publish', process: n, asked }));
    if (batch.isLost) {
      batch.settle(one, lost('connection', 'the connection to the broker broke'));
      continue;
    }
    if (!written(channel, exchange, key, message, (error) => batch.answered(one, error)))
      await Promise.race([new Promise((resolve) => channel.once('drain', resolve)), batch.ended]);
    if (!batch.confirms) batch.settle(one, onlySent);
  }
}

/** @returns false where the socket has enough for now, as a stream's `write` does */
function written(
  channel: ConfirmChannel,
  exchange: string,
  key: string,
  message: OutgoingMessage,
  answered: (error: Error | null) => void,
): boolean {
  try {
    const content = Buffer.from(message.rawBody ?? JSON.stringify(message.body));
    return channel.publish(exchange, key, content, propertiesOf(message), answered);
  } catch {
    // The channel closed meanwhile: its `close` tells the batch.
    return true;
  }
}

function propertiesOf(message: OutgoingMessage): Options.Publish {
  const { id, correlationId, headers, persistent, expirationMs } = message;
  return {
    messageId: id,
    contentType: 'application/json',
    mandatory: true,
    persistent: persistent ?? true,
    ...(correlationId !== undefined && { correlationId }),
    ...(headers && { headers }),
    ...(expirationMs !== undefined && { expiration: expirationMs }),
  };
}

interface Outstanding {
  readonly id: string;
  readonly operation: OpenOperation;
  settled: boolean;
}

/** What is not answered yet, and how it went with the rest. */
class Batch {
  readonly counts = { ok: 0, fail: 0, unknown: 0 };
  /** All are answered. */
  readonly done: Promise<void>;
  /** Nothing more will be: what is still to be sent is as lost as what was. */
  readonly ended: Promise<void>;
  readonly confirms: boolean;
  isLost = false;
  readonly #all: Outstanding[] = [];
  /** A return comes before the confirm of the same message. */
  readonly #returned = new Map<string, number>();
  #left: number;
  #finish = (): void => undefined;
  #end = (): void => undefined;

  constructor(size: number, confirms: boolean) {
    this.confirms = confirms;
    this.#left = size;
    this.done = new Promise((resolve) => (this.#finish = resolve));
    this.ended = new Promise((resolve) => (this.#end = resolve));
    if (size === 0) this.#finish();
  }

  add(id: string, operation: OpenOperation): Outstanding {
    const one = { id, operation, settled: false };
    this.#all.push(one);
    return one;
  }

  returned(id: string): void {
    this.#returned.set(id, (this.#returned.get(id) ?? 0) + 1);
  }

  answered(one: Outstanding, error: Error | null): void {
    if (error?.message === 'message nacked') this.settle(one, failed('nacked'));
    else if (error) this.settle(one, lost('connection', error.message));
    else this.settle(one, this.#wasReturned(one.id) ? failed('unroutable') : confirmed);
  }

  lost(kind: 'timeout' | 'connection', detail: string): void {
    this.isLost = true;
    this.#end();
    for (const one of this.#all) this.settle(one, lost(kind, detail));
  }

  settle(one: Outstanding, reading: Reading): void {
    if (one.settled) return;
    one.settled = true;
    one.operation.complete(reading);
    this.counts[reading.outcome] += 1;
    this.#left -= 1;
    if (this.#left === 0) this.#finish();
  }

  #wasReturned(id: string): boolean {
    const times = this.#returned.get(id) ?? 0;
    if (times > 0) this.#returned.set(id, times - 1);
    return times > 0;
  }
}

const confirmed: Reading = { outcome: 'ok', value: { confirmed: true } satisfies PublishAnswer };
const onlySent: Reading = { outcome: 'ok', value: { confirmed: false } satisfies PublishAnswer };

function failed(reason: 'unroutable' | 'nacked'): Reading {
  return { outcome: 'fail', value: { reason } satisfies PublishAnswer };
}

function lost(kind: 'timeout' | 'connection', detail: string): Reading {
  return { outcome: 'unknown', problem: { kind, detail, own: true } };
}
