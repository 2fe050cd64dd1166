import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { History } from '../../kata/history.js';
import { outsideContract, type ClientRequest } from '../../kata/client.js';
import { type LoadNote } from '../../kata/load.js';
import { countOutcomes } from '../../history/count-outcomes.js';
import { LatencyRecorder } from '../measure/latency.js';
import { seededRandom } from '../../kata/random.js';
import { Recorder } from '../../history/recorder.js';
import { countedLoad } from './counted.js';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

describe('a load that is only counted', () => {
  it('keeps nothing of what came right but the counts', async () => {
    const { note, events, latency } = await loaded((_n, response) => response.end('0'), 300);
    expect(note).toMatchObject({ sent: 300, answered: 300, unasked: 0, wanted: 300 });
    expect(note.outcomes).toEqual({ ok: 300, fail: 0, unknown: 0 });
    expect(events.map(({ f }) => f)).toEqual(['load']);
    expect(latency.summary()?.n).toBe(300);
  });

  it('takes down the first of each kind, and counts the rest', async () => {
    const { note, events } = await loaded((n, response) => {
      if (n % 3 === 0) response.writeHead(500).end('oh');
      else response.end(n % 3 === 1 ? 'odd' : '0');
    }, 90);
    const history = new History(events);
    expect(note.problems.contract).toBe(30);
    expect(note.remarks).toEqual({ odd: 30 });
    expect(history.operations()).toHaveLength(20);
    expect(note.leftOut.outcomes).toEqual({ ok: 50, fail: 0, unknown: 20 });
    expect(countOutcomes(history)).toEqual({ requests: 90, ok: 60, fail: 0, unknown: 30 });
    const first = history.operations().find(({ problem }) => problem);
    expect(first?.problem).toMatchObject({ request: 'POST /things {"n":0}', received: '500 oh' });
    expect(first?.end).toBeGreaterThanOrEqual(first?.start ?? Infinity);
  });

  it('waits for what comes after the last answer', async () => {
    const { note, events } = await loaded((_n, response, request) => {
      const { socket } = request;
      response.end('0');
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'), 20);
    }, 5);
    expect(note.unasked).toBe(5);
    expect(events.filter(({ f }) => f === 'unasked-answer')).toHaveLength(5);
  });

  it('knows how many were in flight at once', async () => {
    const waiting: ServerResponse[] = [];
    const { note } = await loaded((_n, response) => {
      waiting.push(response);
      if (waiting.length === 40) for (const one of waiting) one.end('0');
    }, 40);
    expect(note.mostInFlight).toBe(40);
  });

  it('tells several kinds of request apart, each with its own latencies', async () => {
    const slowly = (n: number, response: ServerResponse): void => {
      if (n % 2 === 0) response.end('0');
      else setTimeout(() => response.end('1'), 60);
    };
    const { note } = await loaded(slowly, 40, false, (n) => (n % 4 === 0 ? 'seldom' : 'often'));
    expect(note.kinds?.['seldom']?.outcomes).toEqual({ ok: 10, fail: 0, unknown: 0 });
    expect(note.kinds?.['often']?.latency?.n).toBe(30);
    expect(note.kinds?.['often']?.latency?.max).toBeGreaterThanOrEqual(59);
  });

  it('says nothing of kinds where there is only one', async () => {
    expect((await loaded((_n, response) => response.end('0'), 3)).note.kinds).toBeUndefined();
  });

  it('leaves a warm-up out of the latencies', async () => {
    const { note, latency } = await loaded((_n, response) => response.end('0'), 10, true);
    expect(note.warmUp).toBe(true);
    expect(latency.summary()).toBeNull();
  });
});

async function loaded(
  answer: (n: number, response: ServerResponse, request: IncomingMessage) => void,
  requests: number,
  warmUp = false,
  kindOf: (n: number) => string = () => 'thing',
): Promise<{ note: LoadNote; events: History['events']; latency: LatencyRecorder }> {
  let n = 0;
  const server = createServer((request, response) => {
    if (request.method === 'GET') response.end();
    else answer(n++, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const recorder = new Recorder(0);
  const latency = new LatencyRecorder();
  const load = {
    urls: [`http://127.0.0.1:${port}`],
    timeoutMs: 5_000,
    recorder,
    signal: new AbortController().signal,
  };
  const arrivals = { kind: 'burst', requests } as const;
  const { note } = await countedLoad(
    load,
    { arrivals, next: (_user, at) => ({ ...thing(at), f: kindOf(at) }), warmUp },
    { latency, random: seededRandom(1) },
  );
  return { note, events: recorder.events, latency };
}

function thing(n: number): ClientRequest {
  return {
    ...{ process: n, f: 'thing', asked: n, method: 'POST', path: '/things', body: { n } },
    read: (answer) => {
      if (answer.status !== 200) return outsideContract(answer, '200');
      const value = answer.text;
      return value === 'odd' ? { outcome: 'ok', value, remark: 'odd' } : { outcome: 'ok', value };
    },
  };
}
