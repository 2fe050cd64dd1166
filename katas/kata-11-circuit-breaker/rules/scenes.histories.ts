import { History, type CheckResult } from '../../../src/kata/index.js';
import { dependencyOf, type Answered, type Kind, type Scene } from '../notes.js';
import { check } from '../rules.js';
import { limits } from '../rules.histories.js';

type Events = ConstructorParameters<typeof History>[0];

export interface Call {
  readonly status: number | 'gone' | 'refused';
  readonly price?: number;
  /** From the request to the call, and from there to its answer. */
  readonly wayMs?: number;
  readonly takesMs?: number;
  readonly phase?: string;
}

export interface Said {
  readonly kind?: Kind;
  readonly id?: string;
  readonly call?: Call;
  /** What the client got, and after how long; as the call has it where it is left out. */
  readonly answer?: Answered;
  readonly tookMs?: number;
}

export const rejected: Answered = { status: 503, retryAfter: 1 };

/** One scene by hand: requests at their moments, each with what came of it. */
export class Told {
  readonly #events: { ms: number; event: object }[] = [];
  readonly #scene: Scene;
  #ops = 0;
  #calls = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
    for (let ms = 0; ms < 2_000; ms += 25) this.#operation(ms, 1, 'pulse', { scene }, 200);
  }

  phase(ms: number, phase: string, kind: Kind = 'quotes'): this {
    this.#note(ms, 'dependency-phase', { dependency: dependencyOf(this.#scene, kind), phase });
    return this;
  }

  ask(ms: number, { kind = 'quotes', call, ...said }: Said = {}): this {
    const id = said.id ?? `${this.#scene}-${this.#ops}`;
    const { wayMs = 1, takesMs = 5 } = call ?? {};
    if (call) this.call(ms + wayMs, `/${kind}/${id}`, kind, { ...call, takesMs });
    const answer = said.answer ?? (call ? answerTo(call) : rejected);
    const tookMs = said.tookMs ?? (call ? 2 * wayMs + takesMs : 1);
    this.#operation(ms, tookMs, kind, { id, scene: this.#scene }, answer);
    return this;
  }

  /** As it asks, but its client does not wait for the answer. */
  hangUp(ms: number, { call = live, tookMs = 50 }: Said = {}): this {
    const id = `${this.#scene}-${this.#ops}`;
    this.call(ms + 1, `/quotes/${id}`, 'quotes', call);
    this.#operation(ms, tookMs, 'quotes', { id, scene: this.#scene }, undefined);
    return this;
  }

  call(
    ms: number,
    path: string,
    kind: Kind,
    { status, price, takesMs = 5, phase = '' }: Call,
  ): this {
    const dependency = dependencyOf(this.#scene, kind);
    const n = this.#calls++;
    this.#note(ms, 'dependency-call', { dependency, n, path, phase });
    const body = price === undefined ? {} : { body: { price } };
    this.#note(ms + takesMs, 'dependency-answer', { dependency, n, status, ...body });
    return this;
  }

  /** The rules that broke, or that could not be told. */
  found(): { broken: string[]; undecided: string[] } {
    const { findings } = this.checked();
    const named = (wanted: boolean | null): string[] =>
      findings.filter(({ holds }) => holds === wanted).map(({ invariant }) => invariant);
    return { broken: named(false), undecided: named(null) };
  }

  checked(): CheckResult {
    const events = [...this.#events]
      .sort((a, b) => a.ms - b.ms)
      .map(({ ms, event }) => ({ case: 0, at: Math.round(ms * 1000), ...event }));
    return check(new History(events as unknown as Events), limits, 'breaker');
  }

  #operation(ms: number, tookMs: number, f: string, asked: object, answer: unknown): void {
    const op = this.#ops++;
    const isOk = answer === 200 || (answer as Answered | undefined)?.status === 200;
    const common = { op, process: op, f };
    const ended =
      answer === undefined
        ? { type: 'unknown', problem: { kind: 'timeout', detail: 'hung up', own: true } }
        : { type: isOk ? 'ok' : 'fail', value: answer };
    this.#events.push(
      { ms, event: { ...common, type: 'invoke', value: asked } },
      { ms: ms + tookMs, event: { ...common, ...ended } },
    );
  }

  #note(ms: number, f: string, value: object): void {
    this.#events.push({ ms, event: { type: 'note', f, value } });
  }
}

function answerTo({ status, price = 1 }: Call): Answered {
  if (status === 200) return { status, source: 'live', price };
  if (status === 404) return { status };
  return { status: status === 'gone' ? 504 : 502 };
}

export const live: Call = { status: 200, price: 1 };
export const failed: Call = { status: 503 };
export const timedOut: Call = { status: 'gone', takesMs: limits.timeoutMs };

export const every = (told: Told, ms: readonly number[], call: Call): Told =>
  ms.reduce<Told>((all, at) => all.ask(at, { call }), told);
export const times = (from: number, count: number, apart: number): number[] =>
  Array.from({ length: count }, (_, n) => from + n * apart);
