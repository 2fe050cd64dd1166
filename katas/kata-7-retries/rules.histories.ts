import { History, type BrokerKind, type CheckResult, type Received } from '../../src/kata/index.js';
import { exponentialMs, isJittered, outageMs, pulseEveryMs } from './contract.js';
import type { EndNote } from './notes.js';
import { check } from './rules.js';

/** Histories by hand, for the tests of the checker. */
export const limits = { baseMs: 80, capMs: 1_000, attempts: 6 };

type Events = ConstructorParameters<typeof History>[0];

/** What a worker does with a message; the defaults are right. */
export interface Doing {
  /** Milliseconds after the failure until the next attempt arrives. */
  readonly wait?: (failed: number, failedAtMs: number) => number;
  readonly attempts?: number;
  readonly giveUp?: (attempts: number) => readonly Partial<Received>[];
  /** Attempts after the success. */
  readonly again?: number;
  readonly left?: boolean;
}

/** Histories by hand, with times: each message is played by itself, then all are put in order. */
export class Tale {
  readonly #events: { ms: number; event: object }[] = [];
  readonly #failed: Partial<Received>[] = [];
  readonly #left: { id: string }[] = [];
  #ops = 0;
  readonly #outageFrom: number;
  why: EndNote['why'] = 'over';

  constructor(outageFrom = 300) {
    this.#outageFrom = outageFrom;
    this.#note(0, 'pulse-begins', {});
    this.#note(outageFrom, 'outage', { forMs: outageMs(limits) });
  }

  message(
    id: string,
    startMs: number,
    fails: (attempt: number, ms: number) => boolean,
    doing: Doing,
  ): this {
    this.publish(id, startMs);
    const { wait = (n: number) => exponentialMs(n, limits), attempts = limits.attempts } = doing;
    let ms = startMs + 3;
    let attempt = 1;
    for (; attempt <= attempts; attempt += 1) {
      const status = fails(attempt, ms) ? 503 : 201;
      this.charge(id, ms, attempt, status);
      if (status === 201) break;
      ms += wait(attempt, ms);
    }
    if (attempt > attempts)
      this.#failed.push(
        ...(doing.giveUp?.(attempts) ?? [{ headers: { 'x-attempts': attempts } }]).map((one) => ({
          id,
          headers: {},
          ...one,
        })),
      );
    for (let n = 1; n <= (doing.again ?? 0); n += 1) this.charge(id, ms + 50 * n, attempt + n, 201);
    if (doing.left) this.#left.push({ id });
    return this;
  }

  publish(id: string, ms: number, confirmed = true): this {
    const base = { op: (this.#ops += 1), process: 0, f: 'publish' };
    const value = { exchange: '', key: 'work', id, body: { id } };
    this.#events.push({ ms, event: { ...base, type: 'invoke', value } });
    if (confirmed)
      this.#events.push({ ms: ms + 1, event: { ...base, type: 'ok', value: { confirmed: true } } });
    return this;
  }

  charge(id: string, ms: number, attempt: number, status: number): this {
    return this.#note(ms, 'charge', { id, attempt, status });
  }

  note(ms: number, f: string, value: object): this {
    return this.#note(ms, f, value);
  }

  outageFails = (_: number, ms: number): boolean => ms < this.#outageFrom + outageMs(limits);

  judge(strategy: string, broker?: BrokerKind): CheckResult {
    const sorted = [...this.#events].sort((a, b) => a.ms - b.ms);
    const endMs = (sorted.at(-1)?.ms ?? 0) + (this.why === 'over' ? 1 : 5_000);
    const end = [
      { ms: endMs, event: { type: 'note', f: 'end', value: { why: this.why } } },
      {
        ms: endMs,
        event: { type: 'note', f: 'drained', value: { queue: 'work', messages: this.#left } },
      },
      {
        ms: endMs,
        event: {
          type: 'note',
          f: 'drained',
          value: { queue: 'work.failed', messages: this.#failed },
        },
      },
    ];
    const events = [...sorted, ...end].map(
      ({ ms, event }) => ({ case: 0, at: Math.round(ms * 1000), ...event }) as Events[number],
    );
    return check(new History(events), { ...limits, ...(broker && { broker }) }, strategy);
  }

  #note(ms: number, f: string, value: object): this {
    this.#events.push({ ms, event: { type: 'note', f, value } });
    return this;
  }
}

export type Waiting = (failed: number, message: number) => number;

/** Full jitter, by chance that repeats itself: the same draw for the same message and attempt. */
export const drawn: Waiting = (failed, message) =>
  exponentialMs(failed, limits) * chance(message * 16 + failed);

/** Evenly in [0, 1), with no pattern in it (splitmix32). */
export function chance(n: number): number {
  let bits = Math.imul(n + 1, 0x9e3779b9);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}

const waiting: Record<string, Waiting> = {
  immediate: () => 2,
  fixed: () => limits.baseMs + 4,
  exponential: (failed) => exponentialMs(failed, limits) + 6,
  'exponential-full-jitter': drawn,
};

/** By then all that comes before the pause is over. */
const lastMs = 8_000;

interface World {
  readonly strategy?: string;
  readonly wait?: Waiting;
  /** By when the attempt failed, whoever's it was. */
  readonly waitAt?: (failed: number, failedAtMs: number) => number;
  readonly doing?: Doing;
  /** So many come; the later ones never do. */
  readonly pulses?: number;
  readonly pulseLateMs?: (dueMs: number) => number;
  readonly freshWait?: (failed: number) => number;
  readonly goodAtMs?: number;
}

/** All that an experiment does, and a worker that is right unless it is told otherwise. */
export function worldOf(world: World = {}): Tale {
  const { strategy = 'exponential', doing = {}, goodAtMs = 5 } = world;
  const wait = world.wait ?? waiting[strategy] ?? drawn;
  const tale = new Tale();
  let n = 0;
  const some = (
    group: string,
    count: number,
    startMs: number,
    fails: (attempt: number, ms: number) => boolean,
    other: Doing = {},
    first = 1,
  ): void => {
    for (let at = first; at < first + count; at += 1) {
      const message = (n += 1);
      const ownWait: Doing['wait'] = world.waitAt ?? ((failed) => wait(failed, message));
      const own: Doing = { wait: ownWait, ...doing, ...other };
      tale.message(`${group}-${at}`, startMs + at / 10, fails, own);
    }
  };
  some('hopeless', 16, 0, () => true);
  some('good', 20, goodAtMs, () => false);
  some('outage', 40, 297, tale.outageFails);
  some('random', 12, 100, (attempt) => attempt <= 2);
  const { freshWait } = world;
  // Over some seconds, and drawn as evenly as can be, in an order of no pattern.
  if (isJittered(strategy))
    for (let at = 1; at <= 150; at += 1) some('doomed', 1, 400 + 10 * at, () => true, {}, at);
  some('fresh', 32, 1_250, (attempt) => attempt === 1, freshWait && { wait: freshWait });
  tale.note(lastMs + 2_000, 'wave', { idleMs: 2_000 });
  some('wave', 120, lastMs + 2_000, (attempt) => attempt <= 2);
  for (let pulse = 0; pulse < (world.pulses ?? 60); pulse += 1) {
    const due = pulse * pulseEveryMs;
    tale.message(`pulse-${pulse}`, due + (world.pulseLateMs?.(due) ?? 2), () => false, {});
  }
  return tale;
}
