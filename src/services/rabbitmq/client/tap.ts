import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, Tap } from '../../../kata/broker-tap.js';
import type { Recorder } from '../../../history/recorder.js';
import { reset } from '../../../base/reset.js';
import { cancelFrame, FrameReader, type OnEvent } from './amqp-frames.js';
import { TappedChannel } from './tapped-channel.js';
import { TapRecord, type TapCounters } from './tap-record.js';

export interface RunningTap extends Tap {
  /** Goes up with everything that passes. */
  readonly moves: number;
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1, passes every byte on as it is, and takes down what it says. @param brokerUrl or what is before it */
export async function startTap(
  number: number,
  brokerUrl: string,
  recorder: Recorder,
  counters: TapCounters,
): Promise<RunningTap> {
  const record = new TapRecord(recorder, counters);
  const open = new Set<TappedConnection>();
  let connections = 0;
  const server = createServer({ noDelay: true }, (program) => {
    const connection = new TappedConnection(program, toBroker(brokerUrl), {
      tap: number,
      connection: connections,
      record,
    });
    connections += 1;
    open.add(connection);
    connection.onEnd(() => open.delete(connection));
  });
  const { port } = await listening(server);
  return {
    url: replaced(brokerUrl, port),
    get connections() {
      return open.size;
    },
    consumers: (queue) =>
      [...open].flatMap((one) => one.consumed).filter((name) => name === queue).length,
    get unacked() {
      return [...open].flatMap((one) => one.unacked);
    },
    get moves() {
      return record.moves;
    },
    deliveries: record.deliveries,
    settled: record.settlements,
    cut(how) {
      recorder.note('fault', { kind: 'cut', target: 'broker', detail: { how, tap: number } });
      for (const one of [...open]) one.cut(how);
    },
    async cancelConsumers(queue) {
      const counts = await Promise.all([...open].map((one) => one.cancelConsumers(queue)));
      const consumers = counts.reduce((sum, count) => sum + count, 0);
      const detail = { queue, consumers, tap: number };
      recorder.note('fault', { kind: 'consumers-cancelled', target: 'broker', detail });
      return consumers;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const one of [...open]) one.cut('fin');
      }),
  };
}

function listening(server: Server): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => resolve(server.address() as AddressInfo));
  });
}

function replaced(brokerUrl: string, port: number): string {
  const url = new URL(brokerUrl);
  url.protocol = 'amqp:';
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
}

function toBroker(brokerUrl: string): Socket {
  const { protocol, hostname, port } = new URL(brokerUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'amqps:') return connect({ host, port: Number(port || 5672), noDelay: true });
  const socket = connectTls({ host, port: Number(port || 5671), servername: host });
  return socket.setNoDelay(true);
}

/** So soon a broker that nothing keeps busy has heard. */
const heardWithinMs = 100;

/** A frame of our own, between two others. */
type Say = (frame: Buffer) => void;

interface Whose {
  readonly tap: number;
  readonly connection: number;
  readonly record: TapRecord;
}

class TappedConnection {
  readonly #sockets: readonly [Socket, Socket];
  readonly #channels = new Map<number, TappedChannel>();
  readonly #whose: Whose;
  readonly #says: { readonly toBroker: Say; readonly toProgram: Say };
  #ended = false;
  #onEnd = (): void => undefined;

  constructor(program: Socket, broker: Socket, whose: Whose) {
    this.#whose = whose;
    this.#sockets = [program, broker];
    const toBroker = this.#pass(program, broker, (n, event) => {
      const channel = this.#channel(n);
      channel.fromProgram(event);
      if (event.name === 'channel-close-ok') this.#channels.delete(n);
    });
    const toProgram = this.#pass(broker, program, (n, event) => {
      const channel = this.#channel(n);
      channel.fromBroker(event);
      if (event.name === 'channel-close-ok') this.#channels.delete(n);
    });
    this.#says = { toBroker, toProgram };
  }

  get consumed(): readonly string[] {
    return [...this.#channels.values()].flatMap((one) => one.consumed);
  }

  get unacked(): readonly Delivery[] {
    return [...this.#channels.values()].flatMap((one) => one.unacked);
  }

  onEnd(listener: () => void): void {
    this.#onEnd = listener;
  }

  cut(how: 'fin' | 'rst'): void {
    for (const socket of this.#sockets)
      if (how === 'rst') reset(socket);
      else socket.destroy();
    this.#end();
  }

  /** The broker first: a program does not expect what comes to a consumer that is no more. */
  async cancelConsumers(queue: string): Promise<number> {
    const cancelled = [...this.#channels].flatMap(([n, channel]) =>
      channel.consumersOf(queue).map((consumer) => ({ n, channel, consumer })),
    );
    for (const { n, consumer } of cancelled) this.#says.toBroker(cancelFrame(n, consumer));
    await sleep(heardWithinMs);
    for (const { n, channel, consumer } of cancelled) {
      channel.fromProgram({ name: 'cancel', consumer });
      this.#says.toProgram(cancelFrame(n, consumer));
    }
    return cancelled.length;
  }

  #channel(n: number): TappedChannel {
    const { tap, connection, record } = this.#whose;
    const channel =
      this.#channels.get(n) ?? new TappedChannel({ tap, connection, channel: n }, record);
    this.#channels.set(n, channel);
    return channel;
  }

  #pass(from: Socket, to: Socket, onEvent: OnEvent): Say {
    const reader = new FrameReader(onEvent);
    const ours: Buffer[] = [];
    let readable = true;
    const sayOurs = (): void => {
      if (readable && reader.isBetween && !to.destroyed)
        for (const frame of ours.splice(0)) to.write(frame);
    };
    from.on('data', (chunk) => {
      if (readable && !this.#ended) readable = read(reader, chunk);
      if (!to.write(chunk)) from.pause();
      sayOurs();
    });
    to.on('drain', () => from.resume());
    from.on('end', () => to.end());
    from.on('error', () => undefined);
    from.on('close', () => {
      to.destroy();
      this.#end();
    });
    return (frame) => {
      ours.push(frame);
      sayOurs();
    };
  }

  /** What comes later belongs to a connection that is no more. */
  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { tap, connection, record } = this.#whose;
    record.disconnected({ tap, connection, unacked: this.unacked.map(({ id }) => id) });
    this.#channels.clear();
    this.#onEnd();
  }
}

/** Bytes that are no AMQP pass, too; the broker will say what it thinks of them. */
function read(reader: FrameReader, chunk: Buffer): boolean {
  try {
    reader.push(chunk);
    return true;
  } catch {
    return false;
  }
}
