import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis, disconnect, type RedisConnection } from '../connection.js';

/** A server that starts again is waited for so long. */
const patienceMs = 20_000;
const pauseMs = 50;

/**
 * The lab's own connection to the Redis of a case. One that broke is opened again by whoever asks
 * next, so that an experiment may stop and start the server between two calls.
 */
export class RedisLink {
  readonly #url: string;
  readonly #signal: AbortSignal;
  #connection: Promise<RedisConnection> | undefined;
  #closed = false;

  constructor(url: string, signal: AbortSignal) {
    this.#url = url;
    this.#signal = signal;
  }

  /** @throws the driver's error, after a while · the signal's reason */
  async open(): Promise<RedisConnection> {
    this.#connection ??= this.#connect();
    const connection = await this.#connection;
    if (await answers(connection)) return connection;
    disconnect(connection);
    this.#connection = this.#connect();
    return this.#connection;
  }

  /** Only reads and what may be done twice: where the connection breaks, it is done once more. */
  async again<T>(work: (connection: RedisConnection) => Promise<T>): Promise<T> {
    const connection = await this.open();
    try {
      return await work(connection);
    } catch (error) {
      if (connection.isReady) throw error;
      return work(await this.open());
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const connection = await this.#connection?.catch(() => undefined);
    if (connection !== undefined) disconnect(connection);
  }

  async #connect(): Promise<RedisConnection> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      this.#signal.throwIfAborted();
      if (this.#closed) throw new Error('the connection to Redis is closed');
      try {
        const connection = await connectRedis(this.#url);
        if (await answers(connection)) return connection;
        disconnect(connection);
      } catch (error) {
        if (performance.now() > deadline) {
          this.#connection = undefined;
          throw error;
        }
      }
      await sleep(pauseMs);
    }
  }
}

/** Not so while the server still reads its data, or where the connection broke unnoticed. */
async function answers(connection: RedisConnection): Promise<boolean> {
  try {
    await connection.ping();
    return true;
  } catch {
    return false;
  }
}
