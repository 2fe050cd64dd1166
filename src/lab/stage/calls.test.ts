import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { choosePort } from '../../base/port.js';
import { Recorder } from '../../history/recorder.js';
import { History } from '../../kata/history.js';
import type { CallEndedNote, CallNote } from '../../kata/sequence/index.js';
import { CallRelay } from './calls.js';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

/** A service that says what it was asked, or as the test wants it. */
async function service(
  answer = (request: IncomingMessage): Promise<unknown> => Promise.resolve(request.url),
): Promise<string> {
  const server = createServer((request, response) => {
    void answer(request).then((body) =>
      response.writeHead(201, { 'x-of': 'service' }).end(JSON.stringify(body)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function relayTo(url: string | undefined) {
  const recorder = new Recorder(0);
  const way = { from: 'order', to: 'payment', port: await choosePort('program') };
  let calls = 0;
  const relay = new CallRelay(way, recorder, () => calls++);
  ends.push(() => relay.close());
  if (url !== undefined) await relay.listen(url);
  const notes = <T>(f: string): T[] =>
    new History(recorder.events).notes<T>(f).map(({ value }) => value);
  return { relay, url: `http://127.0.0.1:${way.port}`, notes };
}

const post = (url: string, signal?: AbortSignal): Promise<Response> =>
  fetch(`${url}/payments?of=1`, {
    ...{ method: 'POST', body: '{"order":"o-1"}', signal: signal ?? null },
    headers: { 'content-type': 'application/json' },
  });

const codeOf = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error as { cause?: { code?: string } }).cause?.code,
  );

describe('a relay between two roles', () => {
  it('hands a call and its answer on as they came, and takes both down', async () => {
    const { url, notes } = await relayTo(await service());
    const answer = await post(url);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-of')).toBe('service');
    expect(await answer.json()).toBe('/payments?of=1');
    expect(notes<CallNote>('call')).toEqual([
      {
        ...{ n: 0, from: 'order', to: 'payment', method: 'POST', path: '/payments?of=1' },
        body: { order: 'o-1' },
      },
    ]);
    expect(notes<CallEndedNote>('call-ended')).toEqual([
      { n: 0, status: 201, body: '/payments?of=1' },
    ]);
  });

  it('refuses where there is nobody to hand it on to, and is there again with him', async () => {
    const to = await service();
    const { relay, url } = await relayTo(undefined);
    expect(await codeOf(post(url))).toBe('ECONNREFUSED');
    await relay.listen(to);
    expect((await post(url)).status).toBe(201);
    await relay.close();
    expect(await codeOf(post(url))).not.toBe('answered');
    await relay.listen(to);
    expect((await post(url)).status).toBe(201);
  });

  it('breaks the call of somebody whose answer never comes', async () => {
    const { url, notes } = await relayTo('http://127.0.0.1:1');
    expect(await codeOf(post(url))).not.toBe('answered');
    expect(notes<CallEndedNote>('call-ended')).toEqual([{ n: 0, problem: 'ECONNREFUSED' }]);
  });

  it('answers nobody while it is cut, and then goes on', async () => {
    let entered = (): void => undefined;
    const isEntered = new Promise<void>((resolve) => (entered = resolve));
    let calls = 0;
    const to = await service(() => {
      entered();
      calls += 1;
      return calls === 1 ? new Promise(() => undefined) : Promise.resolve('ok');
    });
    const { relay, url } = await relayTo(to);
    const underWay = codeOf(post(url));
    await isEntered;
    relay.cut();
    expect(await underWay).not.toBe('answered');
    const impatient = AbortSignal.timeout(100);
    expect(await codeOf(post(url, impatient))).not.toBe('answered');
    expect(calls).toBe(1);
    relay.heal();
    expect((await post(url)).status).toBe(201);
  });
});
