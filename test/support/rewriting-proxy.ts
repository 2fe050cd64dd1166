import { once } from 'node:events';
import net from 'node:net';

export interface RewritingProxy {
  /** The server's, seen through the proxy. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A PostgreSQL server that understands some statements in its own way: what clients send in simple
 * queries is rewritten on its way. `cut` breaks the connection instead.
 */
export async function rewritingProxy(
  url: string,
  rewrite: (sql: string) => string,
): Promise<RewritingProxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    upstream.pipe(client);
    const messages = new Messages();
    client.on('data', (bytes: Buffer) => {
      for (const message of messages.take(bytes)) {
        const sent = rewritten(message, rewrite);
        if (sent) upstream.write(sent);
        else client.destroy();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = new URL(url);
  own.hostname = '127.0.0.1';
  own.port = String((server.address() as net.AddressInfo).port);
  return {
    url: own.href,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Messages of a client as they become whole; the first has no type. */
class Messages {
  #rest = Buffer.alloc(0);
  #typed = false;

  take(bytes: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const whole: Buffer[] = [];
    for (;;) {
      const head = this.#typed ? 1 : 0;
      if (this.#rest.length < head + 4) return whole;
      const length = head + this.#rest.readInt32BE(head);
      if (this.#rest.length < length) return whole;
      whole.push(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
      this.#typed = true;
    }
  }
}

function rewritten(message: Buffer, rewrite: (sql: string) => string): Buffer | undefined {
  if (message[0] !== 'Q'.charCodeAt(0)) return message;
  const sql = rewrite(message.subarray(5, -1).toString('utf8'));
  if (sql === 'cut') return undefined;
  const text = Buffer.from(`${sql}\0`);
  const head = Buffer.alloc(5);
  head.write('Q');
  head.writeInt32BE(4 + text.length, 1);
  return Buffer.concat([head, text]);
}
