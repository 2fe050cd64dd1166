import { afterEach, describe, expect, it } from 'vitest';
import { History, mostUnderWay } from '../../kata/history.js';
import { outsideContract, type ClientRequest } from '../../kata/client.js';
import { checkProgram } from '../judge/program.js';
import { LatencyRecorder } from '../measure/latency.js';
import { Recorder } from '../../history/recorder.js';
import { burst, closedLoop, oneByOne, type LoadConditions } from './burst.js';
import { okAnswer, startScripted, type ScriptedServer } from './scripted-server.js';

let server: ScriptedServer;
let recorder: Recorder;
afterEach(() => server.stop());

async function conditions(script: Parameters<typeof startScripted>[0]): Promise<LoadConditions> {
  server = await startScripted((socket, heard) => {
    if (heard.text.startsWith('GET /health')) socket.write(okAnswer);
    else script(socket, heard);
  });
  recorder = new Recorder(0);
  return { urls: [server.url], timeoutMs: 200, recorder, signal: new AbortController().signal };
}

function purchase(n: number): ClientRequest {
  return {
    process: n,
    f: 'purchase',
    asked: { n },
    method: 'POST',
    path: '/purchases',
    body: { n },
    headers: { 'idempotency-key': `key-${n}` },
    read: (answer) =>
      answer.status === 201
        ? { outcome: 'ok', value: [answer.json(), answer.headers['x-twice']] }
        : outsideContract(answer, '201'),
  };
}

const purchases = (count: number): ClientRequest[] =>
  Array.from({ length: count }, (_, n) => purchase(n));

const created = (body: string): string =>
  `HTTP/1.1 201 Created\r\nX-Twice: a\r\nx-twice: b\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe('burst', () => {
  it('writes every operation into the history, all under way at once', async () => {
    const waiting: (() => void)[] = [];
    const load = await conditions((socket, { text }) => {
      waiting.push(() => socket.write(created(text.split('\r\n\r\n')[1] ?? '')));
      if (waiting.length === 20) waiting.forEach((answer) => answer());
    });
    const latency = new LatencyRecorder();
    await burst(load, purchases(20), latency);
    const operations = new History(recorder.events).operations('purchase');
    expect(mostUnderWay(operations)).toBe(20);
    expect(
      operations.map(({ outcome, process, answer }) => ({ outcome, process, answer })),
    ).toEqual(
      purchases(20).map(({ process }) => ({
        outcome: 'ok',
        process,
        answer: [{ n: process }, ['a', 'b']],
      })),
    );
    expect(latency.summary()).toMatchObject({ n: 20 });
    expect(server.heard[1]?.text).toMatch(
      /^POST \/purchases HTTP\/1.1\r\nhost: 127.0.0.1:\d+\r\ncontent-type: application\/json\r\nidempotency-key: key-\d+\r\ncontent-length: \d+\r\n\r\n\{/,
    );
  });

  it('knows an answer outside the contract from none, and from a broken one', async () => {
    const load = await conditions((socket, { text }) => {
      const asked = text.split('\r\n\r\n')[1];
      if (asked === '{"n":0}') socket.write('HTTP/1.1 418 Tea\r\ncontent-length: 3\r\n\r\nmug');
      else if (asked === '{"n":1}') socket.destroy();
      else if (asked === '{"n":2}') socket.write('HTTP/1.1 2\n');
    });
    const latency = new LatencyRecorder();
    await burst(load, purchases(4), latency);
    const problems = new History(recorder.events)
      .operations('purchase')
      .map(({ outcome, problem }) => [outcome, problem?.kind, problem?.request, problem?.received]);
    expect(problems).toEqual([
      ['unknown', 'contract', 'POST /purchases {"n":0}', '418 mug'],
      ['unknown', 'connection', undefined, undefined],
      [
        ...['unknown', 'contract', 'POST /purchases {"n":2}'],
        'status-line: line does not end in CR LF in "HTTP/1.1 2\\n"',
      ],
      ['unknown', 'timeout', undefined, undefined],
    ]);
    expect(latency.summary()?.n).toBe(1);
  });

  it('does not keep a body without end, and says that it was too large', async () => {
    const load = await conditions((socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 201 Created\r\n\r\n');
      for (let written = 0; written < 2_000_000; written += 65_536)
        socket.write('x'.repeat(65_536));
    });
    await burst({ ...load, timeoutMs: 10_000 }, purchases(2), new LatencyRecorder());
    const [one] = new History(recorder.events).operations('purchase');
    expect(one?.problem).toEqual({
      ...{ kind: 'contract', expected: 'HTTP/1.1', request: 'POST /purchases {"n":0}' },
      detail: 'body-too-large: more than 1048576 bytes',
    });
    // What the verdict tells: see judge/program.ts.
    expect(JSON.stringify(checkProgram(new History(recorder.events)))).toContain('body-too-large');
  });

  it('notes an answer that nobody asked for', async () => {
    const load = await conditions((socket) => socket.write(created('{}') + okAnswer));
    await burst(load, purchases(1), new LatencyRecorder());
    expect(new History(recorder.events).notes('unasked-answer')).toMatchObject([
      { value: { process: 0, request: 'POST /purchases {"n":0}', received: okAnswer } },
    ]);
  });
});

describe('closed loop', () => {
  it('asks for each request once, by a user that is free', async () => {
    const load = await conditions((socket) => socket.write(created('{}')));
    const next = (user: number, n: number): ClientRequest => ({ ...purchase(n), process: user });
    const result = await closedLoop(load, { users: 3, requests: 30, next }, new LatencyRecorder());
    const operations = new History(recorder.events).operations('purchase');
    expect(operations.map(({ asked }) => (asked as { n: number }).n)).toEqual(
      Array.from({ length: 30 }, (_, n) => n),
    );
    expect(mostUnderWay(operations)).toBeLessThanOrEqual(3);
    expect(result.measured).toMatchObject({ sent: 30, answered: 30 });
  });

  it('ends once a request hangs, instead of waiting for one after the other', async () => {
    const load = await conditions(() => undefined);
    const next = (user: number, n: number): ClientRequest => ({ ...purchase(n), process: user });
    const result = await closedLoop(load, { users: 3, requests: 30, next }, new LatencyRecorder());
    expect(result.measured).toMatchObject({ sent: 3, answered: 0, problems: { timeout: 3 } });
    const operations = new History(recorder.events).operations('purchase');
    expect(operations.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown']);
  });
});

describe('one by one', () => {
  it('sends the next when the last is answered', async () => {
    const load = await conditions((socket) => socket.write(created('{}')));
    await oneByOne(load, purchases(10));
    const operations = new History(recorder.events).operations('purchase');
    expect(operations.map(({ outcome, process }) => [outcome, process])).toEqual(
      Array.from({ length: 10 }, (_, n) => ['ok', n]),
    );
    expect(mostUnderWay(operations)).toBe(1);
  });
});

it('blames nobody for a request to a program that the experiment had killed', async () => {
  const load = await conditions(() => undefined);
  await server.stop();
  const asked: string[] = [];
  const isGone = (host: string): boolean => asked.push(host) > 0;
  await oneByOne({ ...load, isGone }, purchases(1));
  expect(asked).toEqual([new URL(server.url).host]);
  const history = new History(recorder.events);
  expect(history.operations('purchase')).toMatchObject([
    { outcome: 'unknown', problem: { kind: 'connection', own: true } },
  ]);
  expect(checkProgram(history).filter(({ holds }) => holds !== true)).toEqual([]);
});
