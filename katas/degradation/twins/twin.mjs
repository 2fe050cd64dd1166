import { createServer } from 'node:http';

/**
 * A right gateway, of which a twin changes one thing. It shares no code with the references.
 * @param change what is done otherwise
 */
export function gateway(change = {}) {
  const number = (name) => Number(process.env[name]);
  const limits = {
    workers: number('PLAN_WORKERS'),
    rate: number('PLAN_CLIENT_RATE'),
    burst: number('PLAN_CLIENT_BURST'),
    timeoutMs: number('PLAN_TIMEOUT_MS'),
  };
  const urls = {
    checkout: process.env.CHECKOUT_URL,
    recommendations: process.env.RECOMMENDATIONS_URL,
  };
  const known = new Set(process.env.API_KEYS.split(','));
  const underWay = { checkout: 0, recommendations: 0 };
  const way = { ...right(limits), ...(typeof change === 'function' ? change(limits) : change) };
  const mayPass = way.limiter();

  async function handle(route, id, headers, response) {
    if (!way.knows(known, headers['x-api-key'])) return [401, { error: 'no such key' }];
    const waitMs = mayPass(way.clientOf(headers, route), performance.now());
    if (waitMs > 0) return [429, { error: 'too many of yours' }, way.retryAfter(waitMs)];
    const givenMs = Number(headers['x-timeout-ms'] ?? limits.timeoutMs);
    const until = performance.now() + givenMs;
    if (!(await way.place(route, underWay, until)))
      return [503, { error: 'too much to do' }, way.retryAfterRefusal()];
    underWay[route] += 1;
    let outcome = await way.call(() => call(route, id, until, givenMs), `${route}/${id}`);
    if (!way.keepsPlace(outcome, response)) underWay[route] -= 1;
    if (outcome === 'late') return [504, { error: 'out of time' }];
    if (outcome === 'failed') return [502, { error: 'failed' }];
    return [200, { id, value: way.valueOf(outcome) }];
  }

  async function call(route, id, until, givenMs) {
    const left = Math.floor(until - performance.now());
    if (way.checksTime && left <= 0) return 'late';
    const handed = way.handedOn(left, givenMs, until);
    const headers = handed === undefined ? {} : { 'x-timeout-ms': String(handed) };
    const signal = way.hangsUp ? AbortSignal.timeout(Math.max(1, left)) : undefined;
    try {
      const response = await fetch(`${urls[way.serviceOf(route)]}/${route}/${id}`, {
        headers,
        signal: way.signalOf(signal),
      });
      const body = await response.json();
      if (response.status === 504) return 'late';
      return response.status === 200 ? body.value : 'failed';
    } catch {
      return signal?.aborted ? 'late' : 'failed';
    }
  }

  const server = createServer((request, response) => {
    const [, route, id] = request.url.split('/');
    const told =
      route === 'health'
        ? Promise.resolve([200, {}])
        : handle(route, id, request.headers, response);
    told.then(([status, body, seconds]) => {
      const headers = { 'content-type': 'application/json' };
      if (seconds !== undefined) headers['retry-after'] = String(seconds);
      response.writeHead(status, headers);
      response.end(JSON.stringify(body));
    });
  });
  server.listen({ port: number('PORT'), host: '127.0.0.1', backlog: 4096 });
  process.once('SIGTERM', async () => {
    await new Promise((resolve) => setTimeout(resolve, way.lingersMs));
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), 2_000).unref();
  });
}

function right({ workers, rate, burst }) {
  return {
    lingersMs: 0,
    knows: (known, key) => known.has(key),
    clientOf: (headers) => headers['x-api-key'],
    /** The virtual scheduling of ATM's leaky bucket: when the next one is expected. */
    limiter() {
      const expected = new Map();
      return (client, now) => {
        const at = Math.max(expected.get(client) ?? 0, now);
        const early = at - now - ((burst - 1) * 1000) / rate;
        if (early > 0) return early;
        expected.set(client, at + 1000 / rate);
        return 0;
      };
    },
    retryAfter: (waitMs) => Math.max(1, Math.ceil(waitMs / 1000)),
    retryAfterRefusal: () => 1 + Math.round(Math.random()),
    place(route, { checkout, recommendations }) {
      if (route === 'checkout') return checkout < 2 * workers;
      return recommendations < workers / 2 && checkout + recommendations < workers - 1;
    },
    call: (make) => make(),
    serviceOf: (route) => route,
    checksTime: true,
    handedOn: (left) => left,
    hangsUp: true,
    signalOf: (signal) => signal,
    keepsPlace: () => false,
    valueOf: (value) => value,
  };
}
