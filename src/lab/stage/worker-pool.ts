import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from '../../kata/lab.js';
import type {
  PoolBegunNote,
  PoolCallNote,
  PoolEndedNote,
  PoolHangNote,
  PoolWatchNote,
  WorkerPool,
  WorkerPoolOptions,
} from '../../kata/worker-pool.js';
import type { Recorder } from '../../history/recorder.js';
import { LatencyRecorder } from '../measure/latency.js';

interface Surroundings {
  readonly recorder: Recorder;
  readonly random: Random;
}

/** Every call, when a worker began with it and what became of it are in the history. */
export async function startWorkerPool(
  options: WorkerPoolOptions,
  surroundings: Surroundings,
): Promise<WorkerPool & { readonly url: string }> {
  const working = new Working(options, surroundings);
  const servers = new Map<string, Server>();
  try {
    for (const service of options.services)
      servers.set(service, await served((...of) => working.take(service, ...of)));
  } catch (error) {
    await Promise.all([...servers.values()].map(closed));
    throw error;
  }
  const urlOf = (service: string): string => {
    const server = servers.get(service);
    if (!server) throw new Error(`the pool ${options.name} has no service ${service}`);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const urls = new Map(options.services.map((service) => [service, urlOf(service)]));
  let stopping: Promise<unknown> | undefined;
  return {
    url: urls.get(options.services[0] ?? '') ?? '',
    get calls() {
      return working.calls;
    },
    hasTaken: (path) => working.hasTaken(path),
    urlOf: (service) => urls.get(service) ?? urlOf(service),
    hang: (service) => working.hang(service),
    heal: (service) => working.heal(service),
    async stop() {
      stopping ??= Promise.all([...servers.values()].map(closed)).finally(() => working.end());
      await stopping;
    },
  };
}

async function served(
  take: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(take);
  // It never closes an idle connection: a call that meets the closing fails for no fault of its program.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve);
  });
  return server;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

interface Call {
  readonly n: number;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly response: ServerResponse;
  /** `performance.now()`; Infinity where the call does not say how long it may take. */
  readonly until: number;
  isOver: boolean;
}

class Working {
  calls = 0;
  readonly #options: WorkerPoolOptions;
  readonly #surroundings: Surroundings;
  readonly #late = new LatencyRecorder();
  readonly #waiting: Call[] = [];
  readonly #paths = new Set<string>();
  readonly #hanging = new Map<string, Set<Call>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #busy = 0;
  #hasEnded = false;

  constructor(options: WorkerPoolOptions, surroundings: Surroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#late.begin();
  }

  hasTaken(path: string): boolean {
    return this.#paths.has(path);
  }

  take(service: string, request: IncomingMessage, response: ServerResponse): void {
    // What it is sent says nothing; but unread, the connection could not be used again.
    request.resume();
    const { method = 'GET', url: path = '/', headers } = request;
    const { deadline: name, keeps = [], name: pool } = this.#options;
    const n = this.calls;
    this.calls += 1;
    this.#paths.add(path);
    const deadline = textOf(headers[name]);
    const kept = keeps.flatMap((one) => {
      const value = textOf(headers[one]);
      return value === null ? [] : [[one, value] as const];
    });
    this.#note('pool-call', {
      ...{ pool, service, n, path, deadline },
      ...(kept.length > 0 && { headers: Object.fromEntries(kept) }),
    } satisfies PoolCallNote);
    const until = performance.now() + leftOf(deadline);
    this.#waiting.push({ n, service, method, path, response, until, isOver: false });
    this.#goOn();
  }

  hang(service: string): void {
    this.#hanging.set(service, this.#hanging.get(service) ?? new Set());
    const { name: pool } = this.#options;
    this.#note('pool-hangs', { pool, service } satisfies PoolHangNote);
  }

  heal(service: string): void {
    const { name: pool } = this.#options;
    this.#note('pool-heals', { pool, service } satisfies PoolHangNote);
    const stuck = this.#hanging.get(service) ?? new Set();
    this.#hanging.delete(service);
    for (const call of stuck) this.#end(call, 'cut-off');
  }

  /** How late it was by its own fault. */
  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#late.end();
    const late = this.#late.summary();
    this.#note('pool-watch', {
      pool: this.#options.name,
      calls: this.calls,
      lateP99Ms: late?.p99 ?? late?.max ?? 0,
      lateMaxMs: late?.max ?? 0,
    } satisfies PoolWatchNote);
    this.#hasEnded = true;
  }

  #goOn(): void {
    const { workers, leastLeftMs } = this.#options;
    while (this.#busy < workers) {
      const call = this.#waiting.shift();
      if (!call) return;
      if (call.until - performance.now() < leastLeftMs) this.#answer(call, 'too-late');
      else this.#work(call);
    }
  }

  #work(call: Call): void {
    this.#busy += 1;
    const { name: pool, workMs } = this.#options;
    this.#note('pool-begun', { pool, n: call.n } satisfies PoolBegunNote);
    const stuck = this.#hanging.get(call.service);
    if (stuck) {
      stuck.add(call);
      if (call.until !== Number.POSITIVE_INFINITY)
        this.#after(call.until - performance.now(), () => {
          stuck.delete(call);
          this.#end(call, 'cut-off');
        });
      return;
    }
    const ms = workMs * (0.8 + 0.4 * this.#surroundings.random.next());
    const due = performance.now() + ms;
    this.#after(ms, () => {
      this.#late.record(Math.max(0, performance.now() - due));
      this.#end(call, 'worked');
    });
  }

  /** Once for each call that a worker has begun. */
  #end(call: Call, how: PoolEndedNote['how']): void {
    if (call.isOver) return;
    this.#answer(call, how);
    this.#busy -= 1;
    this.#goOn();
  }

  #answer(call: Call, how: PoolEndedNote['how']): void {
    call.isOver = true;
    const { response, n, service, method, path } = call;
    const { name: pool, answer } = this.#options;
    const isGood = how === 'worked';
    const body = isGood ? answer({ n, service, method, path }) : { error: 'out of time' };
    const isGone = response.destroyed || response.socket?.destroyed === true;
    this.#note('pool-ended', {
      ...{ pool, n, how },
      ...(isGood && { body }),
      ...(isGone && { gone: true as const }),
    } satisfies PoolEndedNote);
    if (isGone) return;
    response.writeHead(isGood ? 200 : 504, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#hasEnded) act();
    }, ms);
    this.#timers.add(timer);
  }

  #note(f: string, value: object): void {
    if (!this.#hasEnded) this.#surroundings.recorder.note(f, value);
  }
}

/** Of a header that came twice, all of it. */
function textOf(value: string | readonly string[] | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.join(', ');
}

/** What is no number of milliseconds says nothing. */
function leftOf(deadline: string | null): number {
  return deadline !== null && /^\d{1,9}$/.test(deadline.trim())
    ? Number(deadline)
    : Number.POSITIVE_INFINITY;
}
