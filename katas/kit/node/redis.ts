import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type RedisClientType } from 'redis';
import { log } from './log.js';
import { read, type Pending, type StreamMessage, type Streams } from './redis-message.js';

export type { StreamMessage };

/** The consumer group of every stream; it is there before any program starts. */
const group = 'workers';
/** The broker may restart: the first attempts come fast, and none comes later than this. */
const firstPauseMs = 50;
const longestPauseMs = 1_000;
/** A message that failed is not offered again at once: whatever failed needs a moment, too. */
const requeuePauseMs = 100;
/** The contract gives five seconds from SIGTERM to the end. */
const finishWithinMs = 3_000;
/** How long a read waits for a message; a worker that stops waits for the last read to end. */
const blockMs = 250;
/** Who holds a message says so this often before the others may take it for dead. */
const signsOfLife = 4;
/** And looks as often for what the dead hold. */
const looks = 4;

export type Redis = RedisClientType;

/**
 * What becomes of a message: done; offered again, at once; or moved to another stream (or to the
 * end of its own), with these headers besides its own. Moving and acknowledging are one step, and
 * only one of several workers that hold the same message moves it.
 */
export type Verdict =
  | 'ack'
  | 'requeue'
  | { readonly moveTo: string; readonly headers?: Readonly<Record<string, string>> };

/**
 * Throwing means `requeue`, after a pause. The client is there for other commands. The signal comes
 * when the worker is to end and this message still is not done: what throws then stays pending.
 */
export type Handle = (
  message: StreamMessage,
  client: Redis,
  hurry: AbortSignal,
) => Promise<Verdict>;

export interface Consumption {
  readonly url: string;
  /** The stream. */
  readonly queue: string;
  /** How many messages are worked on at once. */
  readonly prefetch: number;
  readonly handle: Handle;
  /**
   * A message that somebody holds and shows no sign of life for so long is taken over: its worker
   * is dead. Milliseconds, default 3 000.
   */
  readonly claimIdleMs?: number;
}

export interface Worker {
  /** False while Redis is away: nothing comes in then. */
  isConsuming(): boolean;
  /** Takes no more messages, finishes and settles those that it has, closes. */
  stop(): Promise<void>;
}

/** Consumes, and goes on after a broken connection. Resolves once it consumes. */
export async function startWorker(consumption: Consumption): Promise<Worker> {
  const client = await connectPatiently(consumption.url);
  // A read that waits would make every other command on its connection wait.
  const reader = await connectPatiently(consumption.url);
  const worker = new StreamWorker(consumption, client, reader);
  await worker.untilReady();
  const consuming = worker.consume();
  return {
    isConsuming: () => worker.isConsuming,
    async stop() {
      const hurrying = worker.stop();
      await consuming;
      await worker.finished();
      clearTimeout(hurrying);
      for (const each of [client, reader]) each.destroy();
    },
  };
}

/**
 * Tries until the broker is there, and again whenever the connection breaks. A command in between
 * is refused at once.
 */
export async function connectPatiently(url: string): Promise<Redis> {
  const pause = (attempts: number): number =>
    Math.min(firstPauseMs * 2 ** Math.min(attempts, 10), longestPauseMs);
  const client: Redis = createClient({
    url,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: pause },
  });
  client.on('error', (error: Error) => log('the connection to Redis:', error.message));
  await client.connect();
  return client;
}

class StreamWorker {
  stopping = false;
  readonly #hurry = new AbortController();
  readonly #consumption: Consumption;
  readonly #client: Redis;
  readonly #reader: Redis;
  /** Nobody else's, so that what a dead one held is told from what this one has in hand. */
  readonly #name = `${process.pid}-${randomBytes(4).toString('hex')}`;
  /** By entry. */
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #claimIdleMs: number;
  /** When to look next at what is pending; milliseconds as of `performance.now`. */
  #nextLook = 0;
  /** Of the last read: with all hands full there is none, but a connection. */
  #isRead = true;

  constructor(consumption: Consumption, client: Redis, reader: Redis) {
    this.#consumption = consumption;
    this.#client = client;
    this.#reader = reader;
    this.#claimIdleMs = consumption.claimIdleMs ?? 3_000;
  }

  stop(): NodeJS.Timeout {
    this.stopping = true;
    return setTimeout(() => this.#hurry.abort(), finishWithinMs);
  }

  async untilReady(): Promise<void> {
    await this.#patiently(() => this.#client.xPending(this.#consumption.queue, group));
  }

  /** Until it is to stop. */
  async consume(): Promise<void> {
    const signs = setInterval(() => void this.#showLife(), this.#claimIdleMs / signsOfLife);
    while (!this.stopping) {
      try {
        if (this.#free > 0 && performance.now() >= this.#nextLook) await this.#takePending();
        if (this.#free > 0) await this.#takeNew();
        else await Promise.race(this.#underWay.values());
        this.#isRead = true;
      } catch (error) {
        this.#isRead = false;
        log('consuming does not work:', error instanceof Error ? error.message : error);
        // What was handed out in an answer that never came is pending, and this worker's.
        this.#nextLook = 0;
        await sleep(firstPauseMs);
      }
    }
    void this.finished().then(() => clearInterval(signs));
  }

  get isConsuming(): boolean {
    return this.#isRead && this.#client.isReady && this.#reader.isReady;
  }

  /** Everything under way is settled. */
  async finished(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  get #free(): number {
    return this.#consumption.prefetch - this.#underWay.size;
  }

  /** What nobody has been given yet. */
  async #takeNew(): Promise<void> {
    const { queue } = this.#consumption;
    const from = [{ key: queue, id: '>' }];
    const options = { COUNT: this.#free, BLOCK: blockMs };
    const streams = await this.#reader.xReadGroup(group, this.#name, from, options);
    for (const { messages } of (streams as Streams) ?? [])
      for (const { id, message } of messages) this.#begin(read(id, message, 1));
  }

  /**
   * What was handed out and is in nobody's hands: to this worker, in an answer that was lost, or to
   * one that is dead. XAUTOCLAIM would do, but does not say how often a message was handed out.
   */
  async #takePending(): Promise<void> {
    const { queue } = this.#consumption;
    const [own, others] = await Promise.all([
      this.#client.xPendingRange(queue, group, '-', '+', 100, { consumer: this.#name }),
      this.#client.xPendingRange(queue, group, '-', '+', 100, { IDLE: this.#claimIdleMs }),
    ]);
    const lost = own.filter(({ id }) => !this.#underWay.has(id));
    await this.#claim(lost, 0);
    const dead = others.filter(({ consumer }) => consumer !== this.#name);
    await this.#claim(dead, this.#claimIdleMs);
    this.#nextLook = performance.now() + this.#claimIdleMs / looks;
  }

  /** Of two workers that claim the same at once, the second finds that it is not idle any more. */
  async #claim(pending: readonly Pending[], idleMs: number): Promise<void> {
    const some = pending.slice(0, this.#free);
    if (some.length === 0) return;
    const ids = some.map(({ id }) => id);
    const claimed = await this.#client.xClaim(
      this.#consumption.queue,
      ...([group, this.#name, idleMs, ids] as const),
    );
    for (const one of claimed) {
      const before = some.find(({ id }) => id === one?.id)?.deliveriesCounter ?? 0;
      if (one) this.#begin(read(one.id, one.message, before + 1));
    }
  }

  #begin(message: StreamMessage): void {
    const { entry } = message;
    if (this.#underWay.has(entry)) return;
    this.#underWay.set(
      entry,
      this.#process(message).finally(() => this.#underWay.delete(entry)),
    );
  }

  async #process(message: StreamMessage): Promise<void> {
    let { deliveries } = message;
    for (;;) {
      const verdict = await this.#handled({ ...message, deliveries });
      if (verdict !== 'requeue') return this.#settle(message, verdict);
      // It stays pending, for the others.
      if (this.stopping) return;
      const again = await this.#patiently(() =>
        this.#client.xClaim(this.#consumption.queue, group, this.#name, 0, message.entry),
      );
      if (!again?.[0]) return;
      deliveries += 1;
    }
  }

  async #handled(message: StreamMessage): Promise<Verdict> {
    try {
      return await this.#consumption.handle(message, this.#client, this.#hurry.signal);
    } catch (error) {
      log('message', message.id, 'failed and is offered again:', error);
      await sleep(requeuePauseMs);
      return 'requeue';
    }
  }

  /** May be done twice: the second time there is nothing left to acknowledge. */
  async #settle(message: StreamMessage, verdict: Exclude<Verdict, 'requeue'>): Promise<void> {
    const { queue } = this.#consumption;
    const move = verdict === 'ack' ? undefined : verdict;
    const fields = { ...message.headers, ...move?.headers, id: message.id, body: message.body };
    await this.#patiently(() =>
      this.#client.eval(settlement, {
        keys: move ? [queue, move.moveTo] : [queue],
        arguments: [group, message.entry, ...(move ? Object.entries(fields).flat() : [])],
      }),
    );
  }

  /** Until it works; a worker that is to stop does not wait for a broker that is down. */
  async #patiently<T>(work: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        log('Redis does not do it:', error instanceof Error ? error.message : error);
        if (this.stopping) return undefined;
        await sleep(firstPauseMs);
      }
    }
  }

  /** Claims what it has in hand once more, which does not count as handing it out. */
  async #showLife(): Promise<void> {
    const ids = [...this.#underWay.keys()];
    if (ids.length === 0 || !this.#client.isReady) return;
    await this.#client
      .xClaimJustId(this.#consumption.queue, group, this.#name, 0, ids)
      .catch(() => undefined);
  }
}

/** Only who takes it from the pending ones moves it, so that it is moved once. */
const settlement = `
local taken = redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
if taken == 1 then
  redis.call('XDEL', KEYS[1], ARGV[2])
  if KEYS[2] then redis.call('XADD', KEYS[2], '*', unpack(ARGV, 3)) end
end
return taken
`;
