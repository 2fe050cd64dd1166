import type { Socket } from 'node:net';
import type { FaultNote, Proxy } from '../../src/kata/faults.js';
import { FaultLog } from '../../src/lab/faults/log.js';
import { startProxy, type IsolatingProxy } from '../../src/lab/faults/proxy/proxy.js';
import { targetOf } from '../../src/lab/faults/proxy/target.js';
import { seededRandom } from '../../src/kata/random.js';
import { Recorder } from '../../src/history/recorder.js';
import { tcpClient, tcpServer, type TestClient, type TestServer } from './streams.js';

/** What a test has opened. */
export const toEnd: (() => unknown)[] = [];

export async function endAll(): Promise<void> {
  for (const end of toEnd.splice(0).reverse()) await end();
}

/** A proxy before a server of the test's own. */
export interface Proxied {
  readonly proxy: IsolatingProxy;
  readonly echo: TestServer;
  /** What came to the server, of all connections, in the order in which it came. */
  readonly seen: () => string;
  readonly notes: (f: string) => FaultNote[];
  readonly stop: () => Promise<void>;
}

export async function proxied(onSocket: (socket: Socket) => void): Promise<Proxied> {
  let seen = '';
  const echo = await tcpServer((socket) => {
    socket.on('data', (chunk: Buffer) => (seen += chunk.toString('latin1')));
    onSocket(socket);
  });
  const recorder = new Recorder(0);
  const proxy = await startProxy(targetOf('echo', echo.url), conditionsOf(recorder));
  const stop = async (): Promise<void> => {
    await proxy.stop();
    await echo.stop();
  };
  toEnd.push(stop);
  return {
    proxy,
    echo,
    seen: () => seen,
    notes: (f) =>
      recorder.events.flatMap((event) =>
        event.type === 'note' && event.f === f ? [event.value as FaultNote] : [],
      ),
    stop,
  };
}

export function conditionsOf(recorder: Recorder): Parameters<typeof startProxy>[1] {
  const signal = new AbortController().signal;
  return { recorder, signal, log: new FaultLog(recorder), random: seededRandom(1) };
}

export function open(proxy: Proxy): TestClient {
  const client = tcpClient(proxy.url);
  toEnd.push(() => client.socket.destroy());
  return client;
}
