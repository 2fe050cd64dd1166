import { History, type CheckResult } from '../../src/kata/index.js';
import {
  calmMs,
  capacity,
  crowd,
  limitsIn,
  overloadMs,
  overloadRate,
  phases,
  type Part,
  quietMs,
  quietRate,
  type Limits,
  type Phase,
  type Scene,
} from './contract.js';
import type { Answered, Asked, PhaseNote, Told } from './notes.js';
import { check } from './rules.js';

/** Histories by hand: a clock, a dependency and a queue that is as right or wrong as it is told. */
export const limits: Limits = {
  way: 'http',
  limit: 20,
  workers: 8,
  serviceMs: 100,
  waitMs: 500,
  overload: 4,
};

export interface Doing {
  readonly strategy?: 'reject' | 'drop-oldest' | 'unbounded';
  /** Jobs that it lets wait. */
  readonly limit?: number;
  readonly workers?: number;
  readonly lastFirst?: boolean;
  /** Of the oldest, where the queue is full. */
  readonly dropsAtOnce?: number;
  readonly rejectsAfterMs?: number;
  readonly retryAfter?: number;
  /** Takes as many as there are workers, and the next when all of them are done. */
  readonly batches?: boolean;
  /** Once it was full it refuses until no more than so many wait. */
  readonly lowWater?: number;
  /** Between a job that is done and the next one that a worker takes. */
  readonly restsMs?: number;
  /** Of the jobs, counted from 0. */
  readonly loses?: (n: number) => boolean;
  readonly callsTwice?: (n: number) => boolean;
  readonly doesWhatItRefused?: boolean;
  readonly says?: (state: Told['state']) => Told['state'];
  /** Milliseconds that a request, an answer or a call is on its way. */
  readonly wayMs?: (n: number) => number;
  /** Milliseconds that each way takes longer then, that of a pulse as well: this machine's doing. */
  readonly busyMs?: (at: number) => number;
  /** A pulse that is due then never comes. */
  readonly isSilent?: (ms: number) => boolean;
}

type Events = ConstructorParameters<typeof History>[0];

/** Plays the overload, or what else, against such a queue. */
export class Tale {
  readonly #events: { ms: number; n: number; event: object }[] = [];
  readonly #doing: Required<Doing>;
  readonly #pending: { readonly ms: number; readonly act: () => void }[] = [];
  readonly #waiting: number[] = [];
  readonly #states = new Map<number, Told['state']>();
  readonly #scene: Scene;
  readonly #own: Limits;
  #wasFull = false;
  #now = 0;
  #counted = 0;
  #ops = 0;
  #jobs = 0;
  #calls = 0;
  #inHand = 0;

  constructor(doing: Doing = {}, scene: Scene = 'overload') {
    this.#scene = scene;
    this.#own = limitsIn(scene, limits);
    const { limit, workers } = this.#own;
    this.#doing = {
      ...{ strategy: 'reject', limit, workers, lastFirst: false, batches: false },
      ...{ lowWater: Infinity, dropsAtOnce: 1 },
      ...{ rejectsAfterMs: 0, retryAfter: 1, restsMs: 0, loses: () => false },
      ...{ callsTwice: () => false, doesWhatItRefused: false, says: (state) => state },
      wayMs: () => 1,
      busyMs: () => 0,
      isSilent: () => false,
      ...doing,
    };
  }

  overload(): this {
    const rates = {
      before: quietRate(limits),
      overload: overloadRate(limits),
      after: quietRate(limits),
    };
    const lasts = { before: quietMs, overload: overloadMs(limits), after: quietMs };
    let from = 0;
    for (const phase of phases) {
      const [begun, over] = [from, from + lasts[phase]];
      this.#at(begun, () => this.#note('phase', { phase } satisfies PhaseNote));
      for (let ms = begun, n = 0; ms < over; n += 1, ms = begun + (n * 1000) / rates[phase])
        this.#at(ms, () => this.#send(phase));
      if (phase === 'overload')
        this.#at(over, () => this.#note('phase', { phase: 'over' } satisfies PhaseNote));
      from = phase === 'overload' ? over + calmMs(limits) : over;
    }
    for (let ms = 0; ms < from; ms += 25) this.#at(ms, () => this.#beat(ms));
    // Whatever is left of a queue without a limit is done by then.
    const end = from + (4_000 * overloadMs(limits)) / capacity(limits) + 10_000;
    this.#at(end, () => this.#askForAll());
    this.#run();
    return this;
  }

  /** One beside another, three times as many as may be held, and one when four of them are done. */
  places(): this {
    const { serviceMs } = this.#own;
    const crowdAt = 2 * serviceMs;
    const lastAt = crowdAt + 2 * serviceMs + 260;
    this.#at(0, () => this.#send('pair'));
    this.#at(20, () => this.#send('pair'));
    this.#at(150, () => this.#askForAll());
    this.#at(crowdAt, () => {
      for (let n = 0; n < this.#own.workers; n += 1) this.#send('hand');
    });
    this.#at(crowdAt + 20, () => {
      for (let n = 0; n < crowd; n += 1) this.#send('crowd');
    });
    this.#at(lastAt, () => this.#send('late'));
    for (let ms = 0; ms < lastAt; ms += 25) this.#at(ms, () => this.#beat(ms));
    this.#at(lastAt + 20 * serviceMs, () => this.#askForAll());
    this.#run();
    return this;
  }

  /** As many at once as may wait; where the oldest is dropped, one more than there are places, then. */
  room(): this {
    const { limit, serviceMs, workers } = this.#own;
    this.#at(0, () => {
      for (let n = 0; n < limit; n += 1) this.#send();
    });
    if (this.#doing.strategy === 'drop-oldest')
      this.#at(20, () => {
        for (let n = 0; n <= workers; n += 1) this.#send('crowd');
      });
    for (let ms = 0; ms < limit * serviceMs; ms += 25) this.#at(ms, () => this.#beat(ms));
    this.#at(2 * limit * serviceMs, () => this.#askForAll());
    this.#run();
    return this;
  }

  checked(): CheckResult {
    const events = [...this.#events]
      .sort((a, b) => a.ms - b.ms || a.n - b.n)
      .map(({ ms, event }) => ({ case: 0, at: Math.round(ms * 1000), ...event }));
    return check(new History(events as unknown as Events), limits, this.#doing.strategy);
  }

  #run(): void {
    for (;;) {
      const first = this.#pending.pop();
      if (!first) return;
      this.#now = first.ms;
      first.act();
    }
  }

  #at(ms: number, act: () => void): void {
    // The next one is the last: of two at one moment, the one that was there first.
    let place = this.#pending.length;
    while (place > 0 && (this.#pending[place - 1]?.ms ?? Infinity) <= ms) place -= 1;
    this.#pending.splice(place, 0, { ms, act });
  }

  #later(ms: number, act: () => void): void {
    this.#at(this.#now + ms, act);
  }

  #send(phase?: Phase | Part): void {
    const n = this.#jobs++;
    const asked: Asked = { id: `j-${n}`, scene: this.#scene, ...(phase && { phase }) };
    const op = this.#invoke('job', asked);
    const answer = (value: Answered, afterMs = 0): void =>
      this.#later(afterMs + this.#way(), () =>
        this.#end(op, 'job', value.status === 202 ? 'ok' : 'fail', value),
      );
    this.#later(this.#way(), () => this.#came(n, answer));
  }

  #came(n: number, answer: (value: Answered, afterMs?: number) => void): void {
    const { strategy, dropsAtOnce, rejectsAfterMs, retryAfter, loses, doesWhatItRefused } =
      this.#doing;
    const isFull = this.#isFull();
    if (isFull && strategy === 'reject') {
      answer({ status: 503, retryAfter }, rejectsAfterMs);
      if (doesWhatItRefused) this.#call(n, () => undefined);
      return;
    }
    if (isFull && strategy === 'drop-oldest') {
      for (const oldest of this.#waiting.splice(0, dropsAtOnce))
        this.#states.set(oldest, 'dropped');
    }
    this.#states.set(n, 'waiting');
    if (!loses(n)) this.#waiting.push(n);
    answer({ status: 202 });
    this.#handOut();
  }

  #isFull(): boolean {
    const { limit, lowWater } = this.#doing;
    const waiting = this.#waiting.length;
    this.#wasFull = waiting >= limit || (this.#wasFull && waiting > lowWater);
    return this.#wasFull;
  }

  #handOut(): void {
    const { workers, lastFirst, batches, callsTwice, restsMs } = this.#doing;
    if (batches && this.#inHand > 0) return;
    while (this.#inHand < workers) {
      const n = lastFirst ? this.#waiting.pop() : this.#waiting.shift();
      if (n === undefined) return;
      this.#inHand += 1;
      const done = (): void => {
        this.#states.set(n, 'done');
        this.#later(restsMs, () => {
          this.#inHand -= 1;
          this.#handOut();
        });
      };
      this.#call(n, callsTwice(n) ? () => this.#call(n, done) : done);
    }
  }

  #call(job: number, heard: () => void): void {
    const n = this.#calls++;
    const dependency = this.#scene;
    this.#later(this.#way(), () => {
      this.#note('dependency-call', { dependency, n, path: `/work/j-${job}`, phase: 'well' });
      this.#later(this.#own.serviceMs, () => {
        this.#note('dependency-answer', { dependency, n, status: 200 });
        this.#later(this.#way(), heard);
      });
    });
  }

  #askForAll(): void {
    for (let n = 0; n < this.#jobs; n += 1) {
      const state = this.#doing.says(this.#states.get(n));
      const op = this.#invoke('ask', { id: `j-${n}`, scene: this.#scene } satisfies Asked);
      this.#end(op, 'ask', state ? 'ok' : 'fail', { state } satisfies Told);
    }
  }

  #beat(ms: number): void {
    const { busyMs, isSilent } = this.#doing;
    if (isSilent(ms)) return;
    const there = ms + busyMs(ms);
    const back = there + 1 + busyMs(there);
    for (const f of ['pulse', 'beat']) {
      const op = this.#invoke(f, { scene: this.#scene });
      this.#at(back, () => this.#end(op, f, 'ok', 200));
    }
  }

  #way(): number {
    return this.#doing.wayMs(this.#counted) + this.#doing.busyMs(this.#now);
  }

  #invoke(f: string, value: object): number {
    const op = this.#ops++;
    this.#event({ type: 'invoke', op, process: op, f, value });
    return op;
  }

  #end(op: number, f: string, type: 'ok' | 'fail', value: unknown): void {
    this.#event({ type, op, process: op, f, value });
  }

  #note(f: string, value: object): void {
    this.#event({ type: 'note', f, value });
  }

  #event(event: object): void {
    this.#events.push({ ms: this.#now, n: this.#counted++, event });
  }
}

export const broken = ({ findings }: CheckResult): string[] =>
  findings.filter(({ holds }) => holds === false).map(({ invariant }) => invariant);
