/**
 * An honest shop in parts: each twin takes what it needs and gets one thing wrong. It shares nothing
 * with katas/kit, so that a fault there is not in the twins too.
 */
import http from 'node:http';

const { PORT, UPSTREAM_URL, RATES_URL } = process.env;
const number = (name) => Number(process.env[`PLAN_${name}`]);

export const limits = {
  windowMs: number('WINDOW_MS'),
  minCalls: number('MIN_CALLS'),
  failPercent: number('FAIL_PERCENT'),
  openMs: number('OPEN_MS'),
  probes: number('PROBES'),
  closeAfter: number('CLOSE_AFTER'),
  timeoutMs: number('TIMEOUT_MS'),
  slowMs: number('SLOW_MS'),
};

const agent = new http.Agent({ keepAlive: true });

/**
 * @param {(status: number) => void} [headCame]
 * @param {AbortSignal} [signal]
 * @returns {Promise<{status: number, price?: number}>} status 504 where it took too long
 */
export const call = (url, headCame, signal) =>
  new Promise((resolve) => {
    const request = http.get(url, { agent, signal }, (response) => {
      headCame?.(response.statusCode);
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (text += part));
      response.on('end', () => {
        clearTimeout(timer);
        const { statusCode: status } = response;
        resolve(status === 200 ? { status, price: JSON.parse(text).price } : { status });
      });
      response.on('error', () => undefined);
    });
    const timer = setTimeout(() => {
      resolve({ status: 504 });
      request.destroy();
    }, limits.timeoutMs);
    request.on('error', () => {
      clearTimeout(timer);
      resolve({ status: 502 });
    });
  });

export const isServerError = (status) => status >= 500;

/** The parts of a breaker that twins get wrong, each by itself. */
export class Breaker {
  state = 'closed';
  era = 0;
  calls = [];
  openUntil = 0;
  underWay = 0;
  good = 0;

  openFor = () => limits.openMs;
  mayProbe = () => this.underWay < limits.probes;
  isLate = (era) => era !== this.era;
  failsIn = (calls) => calls.filter(({ failed }) => failed).length;
  isEnough = (calls) => calls.length >= limits.minCalls;
  isTooMuch = (share) => share >= limits.failPercent;
  closesAfter = () => limits.closeAfter;
  isFailure = ({ status }, tookMs) => isServerError(status) || tookMs >= limits.slowMs;
  givesBack = () => true;

  admit() {
    const now = performance.now();
    if (this.state === 'open' && now >= this.openUntil) this.become('half-open');
    if (this.state === 'open' || (this.state === 'half-open' && !this.mayProbe())) return undefined;
    this.underWay += 1;
    return this.era;
  }

  ended(era, answer, tookMs) {
    const failed = this.isFailure(answer, tookMs);
    if (this.isLate(era, failed)) return;
    if (this.givesBack(answer)) this.underWay -= 1;
    else return;
    if (this.state === 'closed') this.count(failed);
    else if (failed) this.probeFailed();
    else if (++this.good >= this.closesAfter()) this.become('closed');
  }

  probeFailed() {
    this.open();
  }

  count(failed) {
    const now = performance.now();
    this.calls.push({ at: now, failed });
    this.calls = this.calls.filter(({ at }) => at > now - limits.windowMs);
    const share = (100 * this.failsIn(this.calls)) / this.calls.length;
    if (this.isEnough(this.calls) && this.isTooMuch(share)) this.open();
  }

  open() {
    this.openUntil = performance.now() + this.openFor();
    this.become('open');
  }

  become(state) {
    this.state = state;
    this.era += 1;
    this.calls = [];
    this.underWay = 0;
    this.good = 0;
  }
}

export const rejection = {
  status: 503,
  headers: { 'retry-after': '1' },
  body: { error: 'left alone for a while' },
};

export const replyTo = (id, { status, price }) =>
  status === 200
    ? { status, body: { id, price, source: 'live' } }
    : { status: status === 404 || status === 504 ? status : 502, body: { error: 'no quote' } };

/** @param {(breaker: Breaker) => void} spoil */
export function guard(
  spoil = () => undefined,
  { breaker = new Breaker(), rejects, calls = call } = {},
) {
  spoil(breaker);
  return async (id, url) => {
    const era = breaker.admit();
    if (era === undefined) return rejects ? rejects(id) : rejection;
    const begun = performance.now();
    const answer = await calls(url);
    breaker.ended(era, answer, performance.now() - begun);
    return replyTo(id, answer);
  };
}

/** @param {(id: string, url: string) => Promise<any>} quotes @param {typeof quotes} rates */
export function serve(quotes, rates, { waitsForSilent = false } = {}) {
  const routes = { quotes: [quotes, UPSTREAM_URL], rates: [rates, RATES_URL] };
  // On which nothing was sent as yet: Node takes these for busy, and waits for them as it ends.
  const fresh = new Set();
  const server = http.createServer(async (request, response) => {
    fresh.delete(request.socket);
    if (request.url === '/health') return send(response, { status: 200, body: {} });
    const [, kind, id] = request.url.split('/');
    if (!routes[kind] || !id) return send(response, { status: 404, body: { error: 'no route' } });
    const [ask, upstream] = routes[kind];
    send(response, await ask(id, `${upstream}/${kind}/${id}`, response));
  });
  server.on('connection', (socket) => {
    fresh.add(socket);
    socket.once('close', () => fresh.delete(socket));
  });
  server.listen({ port: Number(PORT), host: '127.0.0.1', backlog: 4096 });
  process.on('SIGTERM', () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    if (!waitsForSilent) for (const socket of fresh) socket.destroy();
  });
}

function send(response, { status, headers = {}, body }) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** Both routes alike, each with a breaker of its own. */
export const serveBoth = (spoil, rest = {}) => serve(guard(spoil, rest), guard(spoil, rest));
