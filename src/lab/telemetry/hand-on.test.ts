import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Collected } from './collected.js';
import { HandOn } from './hand-on.js';
import { wholeExport } from './otlp/whole-export.js';
import { startReceiver } from './receiver.js';

interface Came {
  readonly url: string | undefined;
  readonly encoding: string | undefined;
  readonly body: Buffer;
}

let collector: Server;
let to: string;
let came: Came[];
/** How the collector answers. */
let status: number;
let folder: string;

beforeEach(async () => {
  [came, status] = [[], 200];
  collector = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      came.push({ url: request.url, encoding: request.headers['content-encoding'], body });
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  to = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  folder = await mkdtemp(path.join(tmpdir(), 'plan-hand-on-'));
});

afterEach(async () => {
  collector.close();
  collector.closeAllConnections();
  await rm(folder, { recursive: true });
});

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const headers = { 'content-type': 'application/json' };

describe('what programs tell', () => {
  it('goes on as it came, packed too, and is kept none the less', async () => {
    const handOn = await HandOn.to(`${to}/`);
    const collected = new Collected(path.join(folder, 'spans.jsonl'));
    const receiver = await startReceiver(collected, handOn);
    const packed = gzipSync(JSON.stringify(wholeExport));
    const asPacked = { ...headers, 'content-encoding': 'gzip' };
    const send = (signal: string, body: string | Buffer, given: Record<string, string>) =>
      fetch(`${receiver.url}/v1/${signal}`, {
        ...{ method: 'POST', headers: given },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      });
    expect((await send('traces', packed, asPacked)).status).toBe(200);
    expect((await send('logs', '{}', headers)).status).toBe(200);
    await receiver.stop();
    expect(await handOn.end()).toEqual({ taken: 2, lost: 0 });
    await collected.end();
    expect(collected.spans).toHaveLength(1);
    const [asked, ...rest] = came;
    expect(asked?.url).toBe('/v1/traces');
    const byUrl = rest.sort((a, b) => (a.url ?? '').localeCompare(b.url ?? ''));
    expect(byUrl).toEqual([
      { url: '/v1/logs', encoding: undefined, body: Buffer.from('{}') },
      { url: '/v1/traces', encoding: 'gzip', body: packed },
    ]);
  });

  it('is not handed on where nobody takes it, and that is said before anything runs', async () => {
    status = 404;
    await expect(HandOn.to(to)).rejects.toMatchObject({ code: 'otlp-not-taken', exit: 4 });
    await expect(HandOn.to('http://127.0.0.1:1')).rejects.toThrow(/127\.0\.0\.1:1/);
  });

  it('is counted as lost where the collector refuses it later, and nobody waits', async () => {
    const handOn = await HandOn.to(to);
    status = 503;
    for (let n = 0; n < 10; n += 1)
      handOn.take({ signal: 'traces', body: Buffer.from('{}'), headers });
    expect(await handOn.end()).toEqual({ taken: 0, lost: 10, why: 'HTTP 503' });
  });

  it('is bounded in memory', async () => {
    const handOn = await HandOn.to(to);
    const body = Buffer.alloc(20 * 1_048_576);
    for (let n = 0; n < 3; n += 1) handOn.take({ signal: 'traces', body, headers });
    const { taken, lost, why } = await handOn.end();
    expect(taken + lost).toBe(3);
    expect(lost).toBeGreaterThanOrEqual(2);
    expect(why).toMatch(/less than the programs tell/);
  });
});
