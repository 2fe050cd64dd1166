import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Bytes of an export as it comes and unpacked; of all that are in hand; and how many are unpacked at once. */
export const most = {
  sent: 8 * 1_048_576,
  unpacked: 32 * 1_048_576,
  inHand: 64 * 1_048_576,
  atOnce: 2,
};

/** Why a body can't be read. */
export type Unreadable = 'length' | 'busy' | 'encoding' | 'size' | 'broken';

export const packedBadly: Readonly<Record<Unreadable, readonly [status: number, why: string]>> = {
  length: [413, `an export has at most ${most.sent} bytes`],
  busy: [503, 'too many exports are in hand'],
  encoding: [415, 'an export is packed by gzip or not at all'],
  size: [413, `an export has at most ${most.unpacked} bytes, unpacked`],
  broken: [400, 'the body is no gzip'],
};

const unzip = promisify(gunzip);

/** Bodies of requests. However many come, and whatever is packed in them, memory is bounded. */
export class Bodies {
  #inHand = 0;
  #unpacking = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param use is given the body as it came and as it is unpacked, or why it can't be read */
  async with<T>(
    request: IncomingMessage,
    use: (...read: [body: Buffer, unpacked: Buffer] | [body: undefined, why: Unreadable]) => T,
  ): Promise<T> {
    const held = { bytes: 0 };
    try {
      const body = await this.#bodyOf(request, held);
      if (typeof body === 'string') return use(undefined, body);
      const encoding = request.headers['content-encoding'] ?? '';
      if (encoding === '' || encoding === 'identity') return use(body, body);
      if (encoding !== 'gzip') return use(undefined, 'encoding');
      return await this.#inTurn(async () => {
        const unpacked = await unpack(body);
        return typeof unpacked === 'string' ? use(undefined, unpacked) : use(body, unpacked);
      });
    } finally {
      this.#inHand -= held.bytes;
    }
  }

  /** Reads to its end what nobody keeps. */
  async passOver(request: IncomingMessage): Promise<void> {
    request.resume();
    await once(request, 'end');
  }

  /** Read to its end also where it can't be kept. */
  async #bodyOf(request: IncomingMessage, held: { bytes: number }): Promise<Buffer | Unreadable> {
    const parts: Buffer[] = [];
    let why: Unreadable | undefined;
    for await (const part of request as AsyncIterable<Buffer>) {
      if (why !== undefined) continue;
      held.bytes += part.length;
      this.#inHand += part.length;
      if (held.bytes > most.sent) why = 'length';
      else if (this.#inHand > most.inHand) why = 'busy';
      else parts.push(part);
      if (why !== undefined) {
        parts.length = 0;
        this.#inHand -= held.bytes;
        held.bytes = 0;
      }
    }
    return why ?? Buffer.concat(parts);
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#unpacking >= most.atOnce)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#unpacking += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place.
      const next = this.#waiting.shift();
      if (next === undefined) this.#unpacking -= 1;
      else next();
    }
  }
}

async function unpack(body: Buffer): Promise<Buffer | Unreadable> {
  try {
    return await unzip(body, { maxOutputLength: most.unpacked });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'size' : 'broken';
  }
}
