import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Collected } from './collected.js';
import { exportResponse } from './otlp/schema.js';
import { wholeExport } from './otlp/whole-export.js';
import { startReceiver, type Receiver } from './receiver.js';

let folder: string;
let collected: Collected;
let receiver: Receiver;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plan-telemetry-'));
  collected = new Collected(path.join(folder, 'spans.jsonl'));
  receiver = await startReceiver(collected);
});

afterEach(async () => {
  await receiver.stop();
  await collected.end();
  await rm(folder, { recursive: true });
});

const inJson = { 'content-type': 'application/json' };
const whole = JSON.stringify(wholeExport);

function send(body: string | Buffer, headers: Record<string, string>, to = '/v1/traces') {
  const given = typeof body === 'string' ? body : new Uint8Array(body);
  return fetch(`${receiver.url}${to}`, { method: 'POST', headers, body: given });
}

describe('a receiver', () => {
  it('keeps the spans that it was told of, on disk too', async () => {
    const answer = await send(whole, inJson);
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    expect(collected.spans.map(({ name }) => name)).toEqual(['POST /orders']);
    await collected.end();
    const lines = (await readFile(path.join(folder, 'spans.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(collected.spans);
  });

  it('unpacks what is packed', async () => {
    const answer = await send(gzipSync(whole), { ...inJson, 'content-encoding': 'gzip' });
    expect(answer.status).toBe(200);
    expect(collected.spans).toHaveLength(1);
  });

  it('answers protobuf in protobuf', async () => {
    const answer = await send(Buffer.alloc(0), { 'content-type': 'application/x-protobuf' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-protobuf');
    expect((await answer.arrayBuffer()).byteLength).toBe(0);
  });

  it('says how many of the spans are none', async () => {
    const bad = {
      resourceSpans: [
        ...wholeExport.resourceSpans,
        { scopeSpans: [{ spans: [{ traceId: 'no', spanId: 'none' }] }] },
      ],
    };
    expect(await (await send(JSON.stringify(bad), inJson)).json()).toEqual({
      partialSuccess: { rejectedSpans: '1', errorMessage: '1 bad-trace-id' },
    });
    expect(collected.note()).toEqual({
      spans: 1,
      exports: { traces: 1, metrics: 0, logs: 0 },
      rejected: { 'bad-trace-id': 1 },
      refused: {},
    });
    expect(exportResponse.fields).toHaveProperty('partialSuccess');
  });

  it('takes metrics and logs, and keeps nothing of them', async () => {
    for (const to of ['/v1/metrics', '/v1/logs'])
      expect((await send('{}', inJson, to)).status).toBe(200);
    expect(collected.note()).toMatchObject({ spans: 0, exports: { metrics: 1, logs: 1 } });
  });

  it.each([
    [400, '{"resourceSpans":1}', inJson, '/v1/traces'],
    [400, 'no gzip', { ...inJson, 'content-encoding': 'gzip' }, '/v1/traces'],
    [404, '{}', inJson, '/v1/profiles'],
    [415, '{}', { 'content-type': 'text/plain' }, '/v1/traces'],
    [415, '{}', { ...inJson, 'content-encoding': 'br' }, '/v1/traces'],
  ] as const)('refuses with %d: %s', async (status, body, headers, to) => {
    const answer = await send(body, headers, to);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code: 3 });
    expect(collected.note().refused).toEqual({ [status]: 1 });
  });

  it('neither unpacks without end nor reads without end', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1_048_576));
    const unpacked = await send(bomb, { ...inJson, 'content-encoding': 'gzip' });
    expect(unpacked.status).toBe(413);
    expect((await send(Buffer.alloc(9 * 1_048_576), inJson)).status).toBe(413);
  });

  it('has so much in hand, and no more', async () => {
    const { port, pathname } = new URL(receiver.url);
    const half = 4 * 1_048_576;
    // They say that twice as much comes, and it never does.
    const slow = Array.from({ length: 17 }, () => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `POST ${pathname}/v1/traces HTTP/1.1\r\nhost: lab\r\ncontent-type: application/json\r\ncontent-length: ${2 * half}\r\n\r\n`,
      );
      socket.write(Buffer.alloc(half, ' '));
      return socket;
    });
    await vi.waitFor(
      async () => {
        const answer = await send(whole, inJson);
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      },
      { timeout: 15_000 },
    );
    for (const socket of slow) socket.destroy();
    await vi.waitFor(async () => expect((await send(whole, inJson)).status).toBe(200), {
      timeout: 15_000,
    });
  }, 40_000);

  it('unpacks few at once', async () => {
    const bomb = gzipSync(Buffer.alloc(33 * 1_048_576));
    const headers = { ...inJson, 'content-encoding': 'gzip' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(bomb, headers)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 413));
    expect((await send(whole, inJson)).status).toBe(200);
  });

  it('knows nobody who does not know its address', async () => {
    const { origin } = new URL(receiver.url);
    const answer = await fetch(`${origin}/v1/traces`, {
      method: 'POST',
      headers: inJson,
      body: whole,
    });
    expect(answer.status).toBe(404);
    expect(collected.spans).toEqual([]);
  });
});
