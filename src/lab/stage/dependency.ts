import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  Behaviour,
  Dependency,
  DependencyAnswerNote,
  DependencyCallNote,
  DependencyDoorNote,
  DependencyOptions,
  DependencyPhase,
  DependencyPhaseNote,
  DependencyWatchNote,
} from '../../kata/dependency.js';
import type { Random } from '../../kata/lab.js';
import type { Recorder } from '../../history/recorder.js';
import { LatencyRecorder } from '../measure/latency.js';
import { watchDoor } from './own-door.js';

interface Surroundings {
  readonly recorder: Recorder;
  readonly random: Random;
  readonly signal: AbortSignal;
}

interface Given {
  readonly status: number;
  readonly body?: unknown;
}

/** A shorter wait at the door is no matter, milliseconds. */
const doorMs = 5;

const contentType = { 'content-type': 'application/json' };

/** A call that has come and is not answered yet. */
interface Call {
  readonly n: number;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
  /** Of the phase in which it came. */
  readonly phase: DependencyPhase;
  /** The how-manieth call of its phase, counted from 0. */
  readonly nth: number;
  isOver: boolean;
  isInHand: boolean;
}

/** Every call, its answer and every phase are in the history. */
export async function startDependency(
  options: DependencyOptions,
  surroundings: Surroundings,
): Promise<Dependency> {
  const playing = new Playing(options, surroundings);
  const server = createServer((request, response) => playing.take(request, response));
  // It never closes an idle connection: a call that meets the closing fails for no fault of its program.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const leaveDoor = watchDoor(server, (ms) => playing.wasAtTheDoor(ms));
  let stopping: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    get calls() {
      return playing.calls;
    },
    become: (phase) => playing.become(phase),
    async follow(phases) {
      for (const phase of phases) {
        playing.become(phase);
        await sleep(phase.lastsMs, undefined, { signal: surroundings.signal });
      }
    },
    stop() {
      leaveDoor();
      return (stopping ??= playing.end().then(() => closed(server)));
    },
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

class Playing {
  calls = 0;
  readonly #options: DependencyOptions;
  readonly #surroundings: Surroundings;
  readonly #late = new LatencyRecorder();
  #phase: DependencyPhase;
  #ofPhase = 0;
  #working = 0;
  readonly #waiting: Call[] = [];
  #hasEnded = false;

  constructor(options: DependencyOptions, surroundings: Surroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#phase = options.first;
    this.#late.begin();
    this.become(options.first);
  }

  become(phase: DependencyPhase): void {
    this.#phase = phase;
    this.#ofPhase = 0;
    this.#note('dependency-phase', {
      dependency: this.#options.name,
      phase: phase.name,
    } satisfies DependencyPhaseNote);
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    // What it is sent says nothing; but unread, the connection could not be used again.
    request.resume();
    const { method = 'GET', url: path = '/' } = request;
    const phase = this.#phase;
    const call: Call = {
      n: this.calls,
      nth: this.#ofPhase,
      ...{ response, method, path, phase },
      isOver: false,
      isInHand: false,
    };
    this.calls += 1;
    this.#ofPhase += 1;
    const { name: dependency } = this.#options;
    const { n } = call;
    this.#note('dependency-call', {
      ...{ dependency, n, path },
      phase: phase.name,
    } satisfies DependencyCallNote);
    response.on('close', () => this.#settle(call, 'gone'));
    this.#begin(call);
  }

  wasAtTheDoor(lateMs: number): void {
    if (lateMs < doorMs) return;
    const { name: dependency } = this.#options;
    this.#note('dependency-door', { dependency, lateMs } satisfies DependencyDoorNote);
  }

  /** How late it was by its own fault. */
  async end(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#late.end();
    const late = this.#late.summary();
    this.#surroundings.recorder.note('dependency-watch', {
      dependency: this.#options.name,
      calls: this.calls,
      lateP99Ms: late?.p99 ?? late?.max ?? 0,
      lateMaxMs: late?.max ?? 0,
    } satisfies DependencyWatchNote);
    return Promise.resolve();
  }

  #begin(call: Call): void {
    const { atOnce, queue, refuses } = call.phase;
    if (refuses) {
      this.#settle(call, 'refused');
      call.response.destroy();
    } else if (atOnce === undefined || this.#working < atOnce) this.#work(call);
    else if (queue === undefined || this.#waiting.length < queue) this.#waiting.push(call);
    else this.#answer(call, this.#answerFor(call, true));
  }

  #work(call: Call): void {
    this.#working += 1;
    call.isInHand = true;
    const { hangs, holdsFirst } = call.phase;
    if (hangs) return;
    if (holdsFirst && call.nth === 0) {
      void holdsFirst.then(() => this.#answer(call, this.#answerFor(call, false)));
      return;
    }
    const { random } = this.#surroundings;
    const next = (): number => random.next();
    const fails = failsNow(call.phase, call.nth, next);
    const ms = latencyOf(call.phase, call.nth, next);
    if (call.phase.headFirst) {
      call.response.writeHead(this.#answerFor(call, fails).status, contentType);
      call.response.flushHeaders();
      trickle(call);
    }
    if (ms <= 0) {
      this.#answer(call, this.#answerFor(call, fails));
      return;
    }
    const due = performance.now() + ms;
    setTimeout(() => {
      if (!call.isOver) this.#late.record(Math.max(0, performance.now() - due));
      this.#answer(call, this.#answerFor(call, fails));
    }, ms);
  }

  #answerFor(call: Call, fails: boolean): Given {
    if (fails) return { status: 503, body: { error: 'unavailable' } };
    return this.#options.answer?.(call) ?? { status: 200, body: {} };
  }

  #answer(call: Call, { status, body }: Given): void {
    if (call.isOver) return;
    this.#settle(call, status, body);
    if (!call.response.headersSent) call.response.writeHead(status, contentType);
    call.response.end(body === undefined ? '' : JSON.stringify(body));
  }

  /** Once for each call; whoever waits takes its place. */
  #settle(call: Call, status: DependencyAnswerNote['status'], body?: unknown): void {
    if (call.isOver) return;
    call.isOver = true;
    this.#note('dependency-answer', {
      dependency: this.#options.name,
      n: call.n,
      status,
      ...(body !== undefined && { body }),
    } satisfies DependencyAnswerNote);
    if (!call.isInHand) {
      const at = this.#waiting.indexOf(call);
      if (at >= 0) this.#waiting.splice(at, 1);
      return;
    }
    this.#working -= 1;
    const { atOnce = Number.POSITIVE_INFINITY } = this.#phase;
    if (this.#working >= atOnce) return;
    const next = this.#waiting.shift();
    if (next) this.#work(next);
  }

  #note(f: string, value: object): void {
    if (!this.#hasEnded) this.#surroundings.recorder.note(f, value);
  }
}

/** Until it is answered, or nobody reads on. */
function trickle(call: Call): void {
  const { trickleMs } = call.phase;
  if (trickleMs === undefined) return;
  const drops = setInterval(() => {
    if (call.isOver) clearInterval(drops);
    else call.response.write(' ');
  }, trickleMs).unref();
}

function failsNow({ failing, failsEach }: Behaviour, nth: number, next: () => number): boolean {
  if (failsEach !== undefined) return (nth + 1) % failsEach === 0;
  return failing !== undefined && next() < failing;
}

/** The 99th percentile of a standard normal distribution. */
const p99Normal = 2.326;

function latencyOf({ latencyMs = 0 }: Behaviour, nth: number, next: () => number): number {
  if (typeof latencyMs === 'number') return latencyMs;
  if ('p50' in latencyMs) {
    const sigma = Math.log(latencyMs.p99 / latencyMs.p50) / p99Normal;
    return latencyMs.p50 * Math.exp(sigma * normal(next));
  }
  return latencyMs[nth % latencyMs.length] ?? 0;
}

/** Box and Muller. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
