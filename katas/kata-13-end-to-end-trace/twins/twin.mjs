/**
 * Honest services in parts: each twin takes one and gets one thing wrong. They share nothing with the
 * references: no SDK, no kit. Spans are sent as OTLP's JSON, metrics and logs are written by hand.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import amqp from 'amqplib';
import pg from 'pg';

const { PORT, DATABASE_URL, AMQP_URL, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME } =
  process.env;

// Spans

const kinds = { server: 2, client: 3, producer: 4, consumer: 5 };
const finished = [];
let exportEveryMs = 200;

export function exportOnlyAtTheEnd() {
  exportEveryMs = 2 ** 30;
}

let sending = Promise.resolve();
const nanos = (at = performance.now()) =>
  String(BigInt(Math.round((performance.timeOrigin + at) * 1e6)));

export function begin(name, kind, parent, attributes = {}) {
  return {
    ...{ name, kind, attributes, start: nanos(), parentId: parent?.spanId, links: [] },
    traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    sampled: parent?.sampled ?? true,
  };
}

let stretched = 1;

export function stretchSpans(times) {
  stretched = times;
}

export function end(span, error) {
  const took = BigInt(nanos()) - BigInt(span.start);
  span.end = String(BigInt(span.start) + took * BigInt(stretched));
  if (error) span.error = error.message;
  if (span.sampled) finished.push(span);
}

export function flush() {
  const spans = finished.splice(0);
  if (spans.length === 0) return sending;
  const body = JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: attributesOf({ 'service.name': OTEL_SERVICE_NAME }) },
        scopeSpans: [{ spans: spans.map(wireSpan) }],
      },
    ],
  });
  const headers = { 'content-type': 'application/json' };
  const to = `${OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`;
  sending = Promise.all([sending, fetch(to, { method: 'POST', headers, body })]);
  return sending;
}

const wireSpan = (span) => ({
  ...{ traceId: span.traceId, spanId: span.spanId, parentSpanId: span.parentId ?? '' },
  ...{ name: span.name, kind: kinds[span.kind], links: span.links },
  ...{ startTimeUnixNano: span.start, endTimeUnixNano: span.end },
  attributes: attributesOf(span.attributes),
  status: span.error ? { code: 2, message: span.error } : {},
});

const attributesOf = (values) =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));

/** @returns undefined where it is none, as the specification of W3C says */
export function contextOf(traceparent) {
  const [, version, traceId, spanId, flags] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/.exec(traceparent ?? '') ??
    [];
  if (!version || version === 'ff' || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export const traceparentOf = ({ traceId, spanId, sampled }) =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

// Lines and metrics

export const say = (level, message, more) =>
  process.stdout.write(`${JSON.stringify({ level, message, ...more })}\n`);

const borders = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export class Histogram {
  series = new Map();

  constructor(name) {
    this.name = name;
  }

  observe(labels, seconds) {
    const key = Object.entries(labels)
      .map(([name, value]) => `${name}="${value}"`)
      .join(',');
    const one = this.series.get(key) ?? { counts: borders.map(() => 0), sum: 0, count: 0 };
    this.series.set(key, one);
    borders.forEach((border, n) => (one.counts[n] += this.isIn(seconds, n, border) ? 1 : 0));
    one.sum += seconds;
    one.count += 1;
  }

  isIn(seconds, n, border) {
    return seconds <= border;
  }

  text() {
    const lines = [`# TYPE ${this.name} histogram`];
    for (const [key, { counts, sum, count }] of this.series) {
      borders.forEach((border, n) =>
        lines.push(`${this.name}_bucket{${key},le="${border}"} ${counts[n]}`),
      );
      lines.push(`${this.name}_bucket{${key},le="+Inf"} ${count}`);
      lines.push(`${this.name}_sum{${key}} ${sum}`, `${this.name}_count{${key}} ${count}`);
    }
    return lines.join('\n');
  }
}

const opened = new WeakMap();

/** When the connection of a request brought its first. */
export function openedAt({ socket }) {
  if (!opened.has(socket)) opened.set(socket, performance.now());
  return opened.get(socket);
}

// The edge

const current = new AsyncLocalStorage();

const honestApi = {
  context: contextOf,
  requestId: (given) => (/^[A-Za-z0-9._-]{1,64}$/.test(given ?? '') ? given : randomUUID()),
  /** What is known of the request that is being answered. */
  remember: (request, work) => current.run(request, work),
  recall: () => current.getStore(),
  headers: (span, { requestId }) => ({
    traceparent: traceparentOf(span),
    'x-request-id': requestId,
  }),
  route: (path) => (path.split('?')[0] === '/orders' ? '/orders' : 'none'),
  seconds: (ms) => ms / 1000,
  counts: () => true,
  /** Since when a request is under way, for its span and for the histogram. */
  spanFrom: () => performance.now(),
  countsFrom: () => performance.now(),
  waits: true,
  /** Whether an answer has the id. */
  names: () => true,
  ends: flush,
  line: (request, order) => say('info', 'placed', { request_id: request.requestId, order }),
};

export async function api(wrong = {}) {
  const does = { ...honestApi, ...wrong };
  const histogram = new Histogram('http_server_request_duration_seconds');
  const connection = await amqp.connect(AMQP_URL);
  const channel = await connection.createConfirmChannel();
  async function place({ id, sku, quantity }, span) {
    span.attributes['order.id'] = id;
    // Somebody else's turn comes here.
    await sleep(1);
    const request = does.recall();
    const producer = begin('send shop', 'producer', request.span);
    const headers = does.headers(producer, request);
    const body = Buffer.from(JSON.stringify({ order: id, sku, quantity }));
    const options = { messageId: randomUUID(), persistent: true, headers };
    const confirmed = new Promise((resolve, reject) =>
      channel.publish('shop', 'OrderPlaced', body, options, (error) =>
        error ? reject(error) : resolve(),
      ),
    );
    if (does.waits) await confirmed;
    end(producer);
    does.line(does.recall(), id);
    return { status: 202, body: JSON.stringify({ id }) };
  }
  serve(
    async (request, text) => {
      if (request.url === '/health') return { status: 200, body: '{}' };
      if (request.url === '/metrics') return { status: 200, body: `${histogram.text()}\n` };
      const from = does.countsFrom(request);
      const span = begin(
        `${request.method} ${does.route(request.url)}`,
        'server',
        does.context(request.headers.traceparent),
      );
      span.start = nanos(does.spanFrom(request));
      const requestId = does.requestId(request.headers['x-request-id']);
      return does.remember({ requestId, span }, async () => {
        const isOrder = request.method === 'POST' && request.url.split('?')[0] === '/orders';
        const order = isOrder ? orderIn(text) : undefined;
        const reply = order
          ? await place(order, span)
          : { status: isOrder ? 400 : 404, body: '{}' };
        end(span);
        const labels = {
          http_request_method: request.method,
          http_route: does.route(request.url),
          http_response_status_code: reply.status,
        };
        if (does.counts(reply)) histogram.observe(labels, does.seconds(performance.now() - from));
        return does.names(reply) ? { ...reply, headers: { 'x-request-id': requestId } } : reply;
      });
    },
    async () => {
      await channel.close();
      await connection.close();
      await does.ends();
    },
  );
}

function orderIn(text) {
  try {
    const order = JSON.parse(text);
    return Number.isInteger(order.quantity) && order.quantity > 0 ? order : undefined;
  } catch {
    return undefined;
  }
}

// The worker

const honestWorker = {
  /** Of the consumer's span. */
  parent: (headers) => contextOf(headers.traceparent),
  started: () => undefined,
  spans: () => true,
  marks: true,
  awaits: true,
  counted: 1,
  ends: flush,
  histogram: Histogram,
  line: (level, message, { order, requestId }) =>
    say(level, message, { order, request_id: requestId }),
};

export async function worker(wrong = {}) {
  const does = { ...honestWorker, ...wrong };
  const histogram = new does.histogram('message_processing_duration_seconds');
  const counts = { ok: 0, error: 0 };
  const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
  const connection = await amqp.connect(AMQP_URL);
  const channel = await connection.createChannel();
  const underWay = new Set();
  async function take(message) {
    const from = performance.now();
    const headers = message.properties.headers ?? {};
    const { order, sku, quantity } = JSON.parse(message.content.toString());
    const about = { order, requestId: headers['x-request-id'] };
    if (does.knowsCopies) {
      const { rowCount } = await pool.query('SELECT FROM orders WHERE id = $1', [order]);
      if (rowCount > 0) return channel.ack(message);
    }
    const span = begin('process orders', 'consumer', does.parent(headers), { 'order.id': order });
    does.started(span, headers);
    span.sampled &&= does.spans(message);
    const database = begin('INSERT orders', 'client', span, { 'db.system.name': 'postgresql' });
    let failure;
    try {
      const insert = pool.query(
        'INSERT INTO orders (id, sku, quantity, request_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [order, sku, quantity, about.requestId],
      );
      if (!does.awaits) end(database);
      await insert;
      if (does.awaits) end(database);
      does.line('info', 'stored', about);
    } catch (error) {
      failure = error;
      end(database, does.marks ? error : undefined);
      does.line(does.marks ? 'error' : 'info', `failed: ${error.message}`, about);
    }
    end(span, does.marks ? failure : undefined);
    const outcome = failure ? 'error' : 'ok';
    histogram.observe({ outcome }, (performance.now() - from) / 1000);
    counts[outcome] += failure ? 1 : does.counted;
    if (failure) channel.reject(message, true);
    else channel.ack(message);
  }
  await channel.prefetch(10);
  const { consumerTag } = await channel.consume('orders', (message) => {
    const one = take(message).finally(() => underWay.delete(one));
    underWay.add(one);
  });
  serve(
    ({ url }) => {
      if (url !== '/metrics') return { status: url === '/health' ? 200 : 404, body: '{}' };
      const total = Object.entries(counts).map(
        ([outcome, count]) => `messages_processed_total{outcome="${outcome}"} ${count}`,
      );
      return { status: 200, body: [histogram.text(), ...total, ''].join('\n') };
    },
    async () => {
      await channel.cancel(consumerTag);
      await Promise.all(underWay);
      await channel.close();
      await connection.close();
      await pool.end();
      await does.ends();
    },
  );
}

function serve(answer, close) {
  const exporting = setInterval(() => void flush().catch(() => undefined), exportEveryMs);
  let underWay = 0;
  const server = createServer(async (request, response) => {
    underWay += 1;
    response.once('close', () => (underWay -= 1));
    let text = '';
    for await (const part of request) text += part;
    const reply = await answer(request, text);
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(reply.body);
  });
  server.listen(Number(PORT), '127.0.0.1');
  process.once('SIGTERM', async () => {
    server.close();
    server.closeIdleConnections();
    clearInterval(exporting);
    while (underWay > 0) await sleep(5);
    await close();
    process.exit(0);
  });
}
