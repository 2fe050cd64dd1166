import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Recorder } from '../../history/recorder.js';
import { History } from '../../kata/history.js';
import type { ClientRequest } from '../../kata/client.js';
import { steady } from '../../kata/profile.js';
import { seededRandom } from '../../kata/random.js';
import { LatencyRecorder } from '../measure/latency.js';
import { openLoop } from './burst.js';
import { Retries } from './retries.js';
import { okAnswer, startScripted, type ScriptedServer } from './scripted-server.js';

interface Asked {
  readonly n: number;
  readonly attempt: number;
}

function request(n: number, attempt = 1): ClientRequest {
  return {
    process: n,
    f: 'ask',
    asked: { n, attempt } satisfies Asked,
    method: 'GET',
    path: `/${n}?attempt=${attempt}`,
    read: ({ status }) => ({ outcome: status === 200 ? 'ok' : 'fail', value: status }),
  };
}

describe('further tries', () => {
  it('come in the order in which they are due', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (dues) => {
        const retries = new Retries();
        dues.forEach((due, n) => retries.add(due, request(n)));
        const taken = dues.map(() => {
          const due = retries.take();
          expect(dues[retries.sent()?.process ?? -1]).toBe(due);
          return due;
        });
        expect(taken).toEqual([...dues].sort((a, b) => a - b));
        expect(retries.nextDue).toBe(Number.POSITIVE_INFINITY);
        expect(retries.sent()).toBeUndefined();
      }),
    );
  });
});

describe('an open load of clients that try again', () => {
  let server: ScriptedServer;
  afterEach(() => server.stop());

  async function play(
    script: Parameters<typeof startScripted>[0],
    habits: Pick<Parameters<typeof openLoop>[1], 'hangsUpAfterMs'>,
  ) {
    server = await startScripted((socket, heard) => {
      if (heard.text.startsWith('GET /health')) socket.write(okAnswer);
      else script(socket, heard);
    });
    const recorder = new Recorder(0);
    const signal = new AbortController().signal;
    const result = await openLoop(
      { urls: [server.url], timeoutMs: 5_000, recorder, signal },
      {
        ...{ profile: [steady(40, 1_500)], users: 100, ...habits },
        next: (_user, n) => request(n),
        again({ asked }, { outcome }) {
          const { n, attempt } = asked as Asked;
          return outcome === 'ok' || attempt === 3
            ? undefined
            : { afterMs: 5, request: request(n, attempt + 1) };
        },
      },
      { latency: new LatencyRecorder(), random: seededRandom(1) },
    );
    return { result, recorder, operations: new History(recorder.events).operations<Asked>('ask') };
  }

  it('asks again on top of the profile, until it goes well', async () => {
    const { operations } = await play((socket, { text }) => {
      const unwell = 'HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n';
      socket.write(text.includes('attempt=1') ? unwell : okAnswer);
    }, {});
    const of = (attempt: number) => operations.filter(({ asked }) => asked.attempt === attempt);
    // The profile is kept, and further tries have no number of it.
    expect(of(1).map(({ asked }) => asked.n)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    expect(of(1).every(({ outcome }) => outcome === 'fail')).toBe(true);
    // The last may come after the profile's end.
    expect(of(2).length).toBeGreaterThan(0);
    expect(of(2).every(({ outcome }) => outcome === 'ok')).toBe(true);
    expect(of(3)).toEqual([]);
  });

  it('hangs up as it meant to, which is nothing against the program', async () => {
    const { operations, recorder, result } = await play(() => undefined, { hangsUpAfterMs: 60 });
    expect(operations.length).toBeGreaterThan(60);
    expect(operations.every(({ problem }) => problem?.own === true)).toBe(true);
    expect(operations.some(({ asked }) => asked.attempt === 3)).toBe(true);
    expect(recorder.timeouts).toBe(0);
    expect(result.measured.problems.timeout).toBe(operations.length);
  });

  it('fails where its first request cannot be sent, and waits for nothing', async () => {
    server = await startScripted((socket) => socket.write(okAnswer));
    const signal = new AbortController().signal;
    const load = openLoop(
      { urls: [server.url], timeoutMs: 5_000, recorder: new Recorder(0), signal },
      {
        ...{ profile: [steady(10, 60_000)], users: 1 },
        next: (_user, n) => ({ ...request(n), headers: { host: 'elsewhere' } }),
      },
      { latency: new LatencyRecorder(), random: seededRandom(1) },
    );
    await expect(load).rejects.toThrow('not a header that can be sent: host');
  });
});
