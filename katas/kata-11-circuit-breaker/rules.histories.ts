import { History, type CheckResult } from '../../src/kata/index.js';
import { outage, outageMs, stuckMs, type Limits } from './contract.js';
import type { Answered, Scene } from './notes.js';
import { check } from './rules.js';

/** Histories by hand: a clock, a dependency and a breaker that is as right or wrong as it is told. */
export const limits: Limits = {
  windowMs: 500,
  minCalls: 10,
  failPercent: 25,
  openMs: 500,
  probes: 2,
  closeAfter: 2,
  timeoutMs: 400,
  slowMs: 200,
  rate: 150,
};

export interface Doing {
  readonly openMs?: number;
  readonly opensAtAll?: boolean;
  readonly probes?: number;
  readonly reopens?: boolean;
  readonly timeoutMs?: number;
  readonly rejectsAfterMs?: number;
  readonly lies?: boolean;
  /** Calls that fail where half of them do; by turns where nothing is said. */
  readonly fails?: (n: number) => boolean;
  /** Milliseconds that a client's request and its answer are on the way. */
  readonly wayMs?: (n: number) => number;
}

type Events = ConstructorParameters<typeof History>[0];
interface Ended {
  readonly ms: number;
  readonly failed: boolean;
}

/** Plays the outage against such a breaker. */
export class Tale {
  readonly #events: { ms: number; event: object }[] = [];
  readonly #doing: Required<Doing>;
  #ops = 0;
  #state: 'closed' | 'open' | 'half-open' = 'closed';
  #until = 0;
  #underWay = 0;
  #good = 0;
  #window: Ended[] = [];
  #pending: { readonly ms: number; readonly act: () => void }[] = [];

  constructor(doing: Doing = {}) {
    this.#doing = {
      ...{ openMs: limits.openMs, opensAtAll: true, probes: limits.probes, reopens: true },
      ...{ timeoutMs: limits.timeoutMs, rejectsAfterMs: 1, lies: false },
      ...{ fails: (n: number) => n % 2 === 0, wayMs: () => 1 },
      ...doing,
    };
  }

  outage(): this {
    const lasts = outageMs('breaker', limits);
    let from = 0;
    const phases = outage.map((name) => {
      const phase = { name, from, until: from + lasts[name] };
      from = phase.until;
      this.#note(phase.from, 'dependency-phase', { dependency: 'outage/quotes', phase: name });
      return phase;
    });
    for (let ms = 0; ms < from; ms += 25) this.#pulse(ms);
    for (let n = 0, ms = 0; ms < from; n += 1, ms = (n * 1000) / limits.rate) {
      this.#catchUp(ms);
      const phase = phases.findLast((one) => one.from <= ms)?.name ?? 'healthy';
      this.#ask(n, ms, phase);
    }
    this.#catchUp(Number.POSITIVE_INFINITY);
    return this;
  }

  /** The lab's own dependency saw for so long nobody who came. */
  behind(fromMs: number, forMs: number): this {
    const note = { dependency: 'outage/quotes', lateMs: forMs };
    this.#note(fromMs + forMs, 'dependency-door', note);
    return this;
  }

  checked(): CheckResult {
    const events = [...this.#events]
      .sort((a, b) => a.ms - b.ms)
      .map(({ ms, event }) => ({ case: 0, at: Math.round(ms * 1000), ...event }));
    return check(new History(events as unknown as Events), limits, 'breaker');
  }

  /** In order of the clock, before anything later is asked. */
  #catchUp(ms: number): void {
    for (;;) {
      this.#pending.sort((a, b) => a.ms - b.ms);
      const [first] = this.#pending;
      if (!first || first.ms > ms) return;
      this.#pending.shift();
      first.act();
    }
  }

  #ask(n: number, ms: number, phase: (typeof outage)[number]): void {
    const { probes, timeoutMs, rejectsAfterMs, lies, fails, wayMs } = this.#doing;
    const id = `outage-${n}`;
    const op = this.#invoke(ms, id);
    if (this.#state === 'open' && ms >= this.#until) this.#become('half-open');
    if (this.#state === 'open' || (this.#state === 'half-open' && this.#underWay >= probes)) {
      this.#answer(
        ms + rejectsAfterMs,
        op,
        lies ? { status: 200, source: 'live', price: 5 } : { status: 503 },
      );
      return;
    }
    const failed = phase === 'down' || (phase === 'failing' && fails(n));
    const takes = phase === 'stuck' ? stuckMs(limits) : 5;
    const came = ms + wayMs(n);
    const call = { dependency: 'outage/quotes', n, path: `/quotes/${id}`, phase };
    this.#note(came, 'dependency-call', call);
    const status = takes > timeoutMs ? 'gone' : failed ? 503 : 200;
    const end = came + Math.min(takes, timeoutMs);
    const body = status === 200 ? { body: { price: n } } : {};
    this.#note(end, 'dependency-answer', { dependency: 'outage/quotes', n, status, ...body });
    const answer: Answered =
      status === 200
        ? { status: 200, source: 'live', price: n }
        : { status: status === 'gone' ? 504 : 502 };
    const heard = end + wayMs(n);
    this.#answer(heard, op, answer);
    this.#underWay += 1;
    const state = this.#state;
    this.#pending.push({
      ms: heard,
      act: () => this.#heard(heard, state, status !== 200 || takes >= limits.slowMs),
    });
  }

  #heard(ms: number, state: string, failed: boolean): void {
    if (state !== this.#state) return;
    this.#underWay -= 1;
    if (state === 'closed') this.#count(ms, failed);
    else if (!failed) {
      this.#good += 1;
      if (this.#good >= limits.closeAfter) this.#become('closed');
    } else if (this.#doing.reopens) this.#open(ms);
  }

  #count(ms: number, failed: boolean): void {
    this.#window = [...this.#window.filter((one) => one.ms > ms - limits.windowMs), { ms, failed }];
    const failures = this.#window.filter((one) => one.failed).length;
    const calls = this.#window.length;
    const isTooMuch = calls >= limits.minCalls && 100 * failures >= limits.failPercent * calls;
    if (isTooMuch && this.#doing.opensAtAll) this.#open(ms);
  }

  #open(ms: number): void {
    this.#until = ms + this.#doing.openMs;
    this.#become('open');
  }

  #become(state: 'closed' | 'open' | 'half-open'): void {
    this.#state = state;
    this.#window = [];
    [this.#underWay, this.#good] = [0, 0];
  }

  #pulse(ms: number): void {
    const op = this.#ops++;
    const scene: Scene = 'outage';
    this.#events.push(
      { ms, event: { type: 'invoke', op, process: op, f: 'pulse', value: { scene } } },
      { ms: ms + 1, event: { type: 'ok', op, process: op, f: 'pulse', value: 200 } },
    );
  }

  #invoke(ms: number, id: string): number {
    const op = this.#ops++;
    const value = { id, scene: 'outage' };
    this.#events.push({ ms, event: { type: 'invoke', op, process: op, f: 'quotes', value } });
    return op;
  }

  #answer(ms: number, op: number, value: Answered): void {
    const type = value.status === 200 ? 'ok' : 'fail';
    this.#events.push({ ms, event: { type, op, process: op, f: 'quotes', value } });
  }

  #note(ms: number, f: string, value: object): void {
    this.#events.push({ ms, event: { type: 'note', f, value } });
  }
}

export const broken = ({ findings }: CheckResult): string[] =>
  findings.filter(({ holds }) => holds === false).map(({ invariant }) => invariant);
