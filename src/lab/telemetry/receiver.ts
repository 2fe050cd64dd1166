import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Collected } from './collected.js';
import type { HandOn } from './hand-on.js';
import { Bodies, packedBadly } from './bodies.js';
import { BadExport } from './otlp/bad-export.js';
import { readJson } from './otlp/json.js';
import { readProtobuf } from './otlp/protobuf.js';
import { exportResponse, rpcStatus } from './otlp/schema.js';

export interface Receiver {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Takes what programs tell by OTLP/HTTP: spans are collected; metrics and logs are answered, since
 * an exporter that is refused tries again and again. It listens on 127.0.0.1 alone.
 *
 * Statuses as the OTLP specification has them (1.9, "OTLP/HTTP Response"): 200, with `partialSuccess`
 * where some spans are none; 400 for what is no export; 413, 415, 405 and 404 as HTTP does; 503, after
 * which an SDK tries again, where too much is in hand.
 */
export async function startReceiver(collected: Collected, handOn?: HandOn): Promise<Receiver> {
  // Whoever else is on the machine could tell of anything: the address has a secret.
  const base = `/${randomBytes(16).toString('hex')}`;
  const bodies = new Bodies();
  const server = createServer(waiting, (request, response) => {
    void answer(request, { collected, base, handOn, bodies }).then(
      (given) => send(request, response, given),
      () => response.destroy(),
    );
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}${base}`, stop: () => closed(server) };
}

/** Whoever begins a request goes on with it, or is hung up on. */
const waiting = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
};

const signals: ReadonlyMap<string, 'traces' | 'metrics' | 'logs'> = new Map([
  ['/v1/traces', 'traces'],
  ['/v1/metrics', 'metrics'],
  ['/v1/logs', 'logs'],
]);

type Encoding = 'protobuf' | 'json';

interface Given {
  readonly status: number;
  readonly body: Buffer;
  readonly encoding: Encoding;
}

interface Receiving {
  readonly collected: Collected;
  /** What every path begins with. */
  readonly base: string;
  readonly handOn: HandOn | undefined;
  readonly bodies: Bodies;
}

async function answer(
  request: IncomingMessage,
  { collected, base, handOn, bodies }: Receiving,
): Promise<Given> {
  const encoding = encodingOf(request.headers['content-type']);
  const [path = ''] = (request.url ?? '').split('?');
  const signal = path.startsWith(base) ? signals.get(path.slice(base.length)) : undefined;
  const refuse = (status: number, why: string): Given => {
    collected.refuse(status);
    return { status, ...refusal(why, encoding ?? 'json') };
  };
  // What will be refused is read to its end, and not kept: whoever sends it would miss the answer.
  if (signal === undefined || request.method !== 'POST' || encoding === undefined) {
    await bodies.passOver(request);
    if (signal === undefined)
      return refuse(404, 'OTLP is taken at /v1/traces, /v1/metrics, /v1/logs');
    if (request.method !== 'POST') return refuse(405, 'an export is sent by POST');
    return refuse(415, 'an export is application/x-protobuf or application/json');
  }
  return bodies.with(request, (body, unpacked): Given => {
    if (body === undefined || typeof unpacked === 'string') return refuse(...packedBadly[unpacked]);
    handOn?.take({ signal, body, headers: headersOf(request) });
    if (signal !== 'traces') {
      collected.exports[signal] += 1;
      return { status: 200, ...success(new Map(), encoding) };
    }
    try {
      const exported = encoding === 'json' ? readJson(unpacked) : readProtobuf(unpacked);
      return { status: 200, ...success(collected.take(exported), encoding) };
    } catch (error) {
      if (error instanceof BadExport) return refuse(400, error.message);
      throw error;
    }
  });
}

/** What says how to read the body. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const { 'content-type': type = '', 'content-encoding': encoding } = headers;
  return { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) };
}

function encodingOf(contentType = ''): Encoding | undefined {
  const [media = ''] = contentType.split(';');
  const known = media.trim().toLowerCase();
  if (known === 'application/x-protobuf') return 'protobuf';
  return known === 'application/json' ? 'json' : undefined;
}

function success(rejected: ReadonlyMap<string, number>, encoding: Encoding) {
  const count = [...rejected.values()].reduce((sum, one) => sum + one, 0);
  const errorMessage = [...rejected].map(([why, times]) => `${times} ${why}`).join(', ');
  if (encoding === 'json') {
    const partial = { partialSuccess: { rejectedSpans: String(count), errorMessage } };
    return { encoding, body: Buffer.from(JSON.stringify(count > 0 ? partial : {})) };
  }
  const partial = { partialSuccess: { rejectedSpans: count, errorMessage } };
  return { encoding, body: Buffer.from(exportResponse.encode(count > 0 ? partial : {}).finish()) };
}

/** INVALID_ARGUMENT of google.rpc.Code. */
const invalidArgument = 3;

function refusal(message: string, encoding: Encoding) {
  const status = { code: invalidArgument, message };
  const body =
    encoding === 'json' ? Buffer.from(JSON.stringify(status)) : rpcStatus.encode(status).finish();
  return { encoding, body: Buffer.from(body) };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, encoding }: Given,
) {
  response.writeHead(status, {
    'content-type': encoding === 'json' ? 'application/json' : 'application/x-protobuf',
    'content-length': body.length,
    ...(status === 405 && { allow: 'POST' }),
    ...(status === 503 && { 'retry-after': '1' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
