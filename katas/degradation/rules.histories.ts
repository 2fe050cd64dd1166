import { History, type Finding } from '../../src/kata/index.js';
import type { Limits, Route, Scene } from './contract.js';
import type { Part, Sort } from './notes.js';
import { check } from './rules.js';

/** Histories by hand: requests, what came of them, and what came to the services. */
export const limits: Limits = {
  workers: 8,
  workMs: 80,
  clientRate: 20,
  clientBurst: 10,
  timeoutMs: 500,
};

interface Calling {
  readonly afterMs: number;
  /** Otherwise just before its client is answered. */
  readonly endsAfterMs?: number;
  readonly deadline?: string | null;
  /** Where it came; to the route's own service. */
  readonly service?: Route;
  readonly how?: 'worked' | 'too-late' | 'cut-off';
}

export interface Doing {
  /** Milliseconds. */
  readonly at: number;
  readonly tookMs?: number;
  /** 0: the client hung up. */
  readonly status?: number;
  readonly retryAfter?: number;
  readonly route?: Route;
  readonly part?: Part;
  readonly sort?: Sort;
  readonly client?: string;
  readonly attempt?: number;
  /** What is asked for; something of its own where it is left out. */
  readonly id?: string;
  /** How the calls for it came, milliseconds after it; one at once where it was answered with 200. */
  readonly calls?: readonly Calling[];
  /** What the answer says besides what the service said. */
  readonly lie?: number;
}

type Events = ConstructorParameters<typeof History>[0];

/** One act. */
export class Tale {
  readonly #scene: Scene;
  readonly #events: { ms: number; event: object }[] = [];
  #count = 0;
  #calls = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  part(ms: number, part: Part): this {
    return this.#note(ms, 'part', { scene: this.#scene, part });
  }

  /** Beats every 25 ms, each so late. */
  pulses(untilMs: number, lateMs: (ms: number) => number = () => 1): this {
    for (let ms = 0; ms < untilMs; ms += 25) {
      const op = this.#next();
      this.#add(ms, { type: 'invoke', op, process: op, f: 'pulse', value: { scene: this.#scene } });
      this.#add(ms + lateMs(ms), { type: 'ok', op, process: op, f: 'pulse', value: 200 });
    }
    return this;
  }

  /** How late the lab's own services were in this act. */
  late(lateP99Ms: number): this {
    const watch = { pool: this.#scene, calls: this.#calls, lateP99Ms, lateMaxMs: lateP99Ms };
    return this.#note(0, 'pool-watch', watch);
  }

  ask(doing: Doing): this {
    const { at, tookMs = 90, status = 200, route = 'checkout', lie = 0, attempt = 1 } = doing;
    const { part = 'trouble', sort = 'crowd', client = 'somebody', retryAfter } = doing;
    const op = this.#next();
    const id = this.#idOf(doing, op);
    const { calls = status === 200 ? [{ afterMs: 1 }] : [] } = doing;
    const asked = { scene: this.#scene, withinMs: limits.timeoutMs, says: false, id, attempt };
    const value = { ...asked, part, sort, client };
    this.#add(at, { type: 'invoke', op, process: op, f: route, value });
    let given = 0;
    for (const call of calls)
      given = this.#call(at, tookMs, `/${route}/${id}`, { service: route, ...call });
    const answer = { status, ...(retryAfter !== undefined && { retryAfter }) };
    const of = { op, process: op, f: route };
    if (status === 200)
      this.#add(at + tookMs, { ...of, type: 'ok', value: { ...answer, value: given + lie } });
    else if (status === 0)
      this.#add(at + tookMs, {
        ...{ ...of, type: 'unknown', value: null },
        problem: { kind: 'timeout', detail: 'no answer', own: true },
      });
    else this.#add(at + tookMs, { ...of, type: 'fail', value: answer });
    return this;
  }

  /** @param doing of the n-th of so many, evenly apart */
  every(
    ms: number,
    [from, until]: readonly [number, number],
    doing: (n: number) => Partial<Doing>,
  ) {
    for (let n = 0; from + n * ms < until; n += 1) this.ask({ at: from + n * ms, ...doing(n) });
    return this;
  }

  check(strategy = 'all'): ReturnType<typeof check> {
    const events = [...this.#events]
      .sort((a, b) => a.ms - b.ms)
      .map(({ ms, event }) => ({ case: 0, at: Math.round(ms * 1000), ...event }));
    return check(new History(events as unknown as Events), limits, strategy);
  }

  finding(invariant: string, strategy = 'all'): Finding {
    const { findings } = this.check(strategy);
    const found = findings.find((one) => one.invariant === invariant);
    if (!found) throw new Error(`${invariant} is not judged of ${strategy}`);
    return found;
  }

  #call(
    at: number,
    tookMs: number,
    path: string,
    { afterMs, deadline = '400', service, how = 'worked', endsAfterMs = tookMs - 1 }: Calling,
  ): number {
    const n = this.#calls;
    this.#calls += 1;
    const of = { pool: this.#scene, n };
    const value = 100 + 7 * n;
    this.#note(at + afterMs, 'pool-call', { ...of, service, path, deadline });
    this.#note(at + afterMs, 'pool-begun', of);
    const body = { id: path, value };
    this.#note(at + Math.max(afterMs, endsAfterMs), 'pool-ended', {
      ...of,
      how,
      ...(how === 'worked' && { body }),
    });
    return value;
  }

  #note(ms: number, f: string, value: object): this {
    return this.#add(ms, { type: 'note', f, value });
  }

  #add(ms: number, event: object): this {
    this.#events.push({ ms, event });
    return this;
  }

  #idOf({ id }: Doing, op: number): string {
    return id ?? `${this.#scene}-${op}`;
  }

  #next(): number {
    this.#count += 1;
    return this.#count - 1;
  }
}
