/**
 * An honest bounded queue over HTTP in parts: each twin takes what it needs and gets one thing wrong. It
 * shares nothing with katas/kit, so that a fault there is not in the twins too.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const env = process.env;
export const limit = Number(env.PLAN_LIMIT);
export const workers = Number(env.PLAN_WORKERS);
export const serviceMs = Number(env.PLAN_SERVICE_MS);
export const waitMs = Number(env.PLAN_WAIT_MS);
export { sleep };

/** Done is what the service behind has answered. */
export async function call(id) {
  const response = await fetch(`${env.UPSTREAM_URL}/work/${id}`, { method: 'POST' });
  await response.text();
}

export class Queue {
  waiting = [];
  inHand = 0;
  states = new Map();
  /** Called whenever a worker has taken a job. */
  onTaken = () => undefined;
  /** Called when nothing is left. */
  onEmpty = () => undefined;

  constructor({ limit: most = limit, workers: hands = workers, next, work = call } = {}) {
    this.limit = most;
    this.workers = hands;
    this.next = next ?? ((waiting) => waiting.shift());
    this.work = work;
  }

  get isFull() {
    return this.waiting.length >= this.limit;
  }

  add(id) {
    this.states.set(id, 'waiting');
    this.waiting.push(id);
    this.handOut();
  }

  dropOldest() {
    this.states.set(this.waiting.shift(), 'dropped');
  }

  handOut() {
    while (this.inHand < this.workers && this.waiting.length > 0) {
      const id = this.next(this.waiting);
      this.inHand += 1;
      void this.do(id);
      this.onTaken();
    }
    if (this.inHand === 0) this.onEmpty();
  }

  async do(id) {
    await this.work(id);
    this.states.set(id, 'done');
    this.inHand -= 1;
    this.handOut();
  }

  async empty() {
    if (this.inHand + this.waiting.length > 0)
      await new Promise((resolve) => (this.onEmpty = resolve));
  }
}

export const accepted = (id) => ({ status: 202, body: { id } });

/** Until all that is accepted is done. */
export const secondsOf = ({ waiting, inHand }) =>
  Math.max(1, Math.ceil(((waiting.length + inHand) * serviceMs) / workers / 1000));

export const refused = (queue, seconds = secondsOf(queue)) => ({
  status: 503,
  body: { error: 'full' },
  headers: { 'retry-after': String(seconds) },
});

/** Right: refuses at once. */
export function reject(queue, id) {
  if (queue.isFull) return refused(queue);
  queue.add(id);
  return accepted(id);
}

/** Right: drops what has waited longest. */
export function dropOldest(queue, id) {
  if (queue.isFull) queue.dropOldest();
  queue.add(id);
  return accepted(id);
}

/** Right, for twins that are wrong elsewhere. */
export function stateOf(queue, id) {
  const state = queue.states.get(id);
  return state ? { status: 200, body: { id, state } } : { status: 404, body: { error: 'unknown' } };
}

/** Serves until SIGTERM, then answers what is under way and does what is accepted. */
export function run(
  post,
  { queue = new Queue(), get = stateOf, finish = () => queue.empty() } = {},
) {
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const { method, url } = request;
    const reply =
      method === 'POST' && url === '/jobs'
        ? await post(queue, JSON.parse(text).id)
        : url.startsWith('/jobs/')
          ? await get(queue, url.slice('/jobs/'.length))
          : { status: 200, body: {} };
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify(reply.body));
  });
  server.listen({ port: Number(env.PORT), host: '127.0.0.1', backlog: 4096 });
  process.once('SIGTERM', async () => {
    server.close();
    server.closeIdleConnections();
    await finish(server);
    process.exit(0);
  });
}
