import { createServer, Socket, type AddressInfo, type NetConnectOpts } from 'node:net';
import { reset } from '../../../base/reset.js';
import type { WireEvent } from '../../../kata/statements.js';
import { TappedSession, type Numbers, type SessionConditions } from './session.js';

export interface SqlTap {
  /** The server's URL, with the tap in its place. */
  readonly url: string;
  /** By the server's process, what each session asks at this moment. */
  readonly sessions: () => readonly OpenSession[];
  stop(): Promise<void>;
}

export interface OpenSession {
  readonly session: number;
  readonly pid: number | undefined;
  /** When the statement under way was sent, if there is one. */
  readonly underWaySince: number | undefined;
}

export interface TapTarget {
  readonly address: NetConnectOpts;
  /** The URL to hand on, once the tap listens on a port of 127.0.0.1. */
  readonly urlAt: (port: number) => string;
}

interface TapConditions extends Pick<SessionConditions, 'role'> {
  /** Microseconds since the case began. */
  readonly now: () => number;
  /** Of all taps of a case. */
  readonly numbers: Numbers;
  readonly tell: (event: WireEvent) => void;
}

/** Listens on 127.0.0.1, passes every byte on as it is, and tells what it says. */
export async function startSqlTap(target: TapTarget, conditions: TapConditions): Promise<SqlTap> {
  const open = new Set<Connection>();
  const onCancel = (pid: number): void => {
    const { now, tell } = conditions;
    for (const { session } of open)
      if (session.pid === pid)
        tell({ kind: 'session', session: session.number, what: 'cancelled', at: now() });
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (program) => {
    const { numbers } = conditions;
    const session = new TappedSession({ ...conditions, onCancel, session: numbers.sessions++ });
    const ends = { program, address: target.address };
    const connection = new Connection(ends, session, conditions.now, () => open.delete(connection));
    open.add(connection);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve);
  });
  // Out of files: those who knock see it, and the experiment goes on.
  server.on('error', () => undefined);
  return {
    url: target.urlAt((server.address() as AddressInfo).port),
    sessions: () =>
      [...open].map(({ session }) => ({
        session: session.number,
        pid: session.pid,
        underWaySince: session.underWaySince,
      })),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const one of [...open]) one.destroy();
      }),
  };
}

/** A socket to either end; what comes in at one goes out at the other. */
class Connection {
  readonly session: TappedSession;
  readonly #sockets: readonly [Socket, Socket];
  readonly #now: () => number;
  readonly #onGone: () => void;
  #closed = 0;

  constructor(
    { program, address }: { readonly program: Socket; readonly address: NetConnectOpts },
    session: TappedSession,
    now: () => number,
    onGone: () => void,
  ) {
    const server = new Socket({ allowHalfOpen: true }).setNoDelay(true);
    this.session = session;
    this.#now = now;
    this.#sockets = [program, server];
    this.#onGone = onGone;
    this.#pass(program, server, 'program');
    this.#pass(server, program, 'server');
    server.connect(address);
  }

  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #pass(from: Socket, to: Socket, side: 'program' | 'server'): void {
    from.on('data', (chunk: Buffer) => {
      const at = this.#now();
      // First on their way, then read: the other end works meanwhile.
      if (to.writable && !to.write(chunk)) from.pause();
      this.session.push(side, chunk, at);
    });
    to.on('drain', () => from.resume());
    from.on('end', () => to.end());
    from.on('error', () => reset(to));
    from.on('close', () => {
      this.#closed += 1;
      // What is still to be written to the other end goes there first.
      if (!to.writableEnded) to.end();
      to.resume();
      if (this.#closed < 2) return;
      this.session.end(this.#now());
      this.#onGone();
    });
  }
}
