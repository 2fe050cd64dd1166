import {
  outsideContract,
  type Answer,
  type ClientRequest,
  type Reading,
} from '../../../src/kata/index.js';
import { layered, type Answered, type Asked, type Kind, type Scene } from '../notes.js';

/** So many ids of the outage's beginning are asked for again, in turn: each long after the last time. */
const known = 60;

/** So many of a scene's ids are remembered. */
const latest = 10;

/** Numbers the requests of a run. */
export class Clients {
  #asked = 0;
  readonly #again: Record<Kind, number> = { quotes: 0, rates: 0 };
  readonly #latest: Map<Scene, string[]> = new Map();
  readonly #known: string[] = [];
  readonly #rejected = new Set<Scene>();
  readonly #fellBack = new Set<Scene>();

  get(scene: Scene, kind: Kind = 'quotes'): ClientRequest {
    const n = this.#next();
    const id = `${scene}-${n}`;
    this.#latest.set(scene, [...(this.#latest.get(scene) ?? []).slice(1 - latest), id]);
    if (scene === 'outage' && this.#known.length < known) this.#known.push(id);
    return this.#getting(n, scene, kind, id);
  }

  /** Of a quote that was asked for at the beginning. */
  getKnown(scene: Scene, kind: Kind = 'quotes'): ClientRequest {
    const id = this.#known[this.#again[kind] % this.#known.length];
    if (id === undefined) return this.get(scene, kind);
    this.#again[kind] += 1;
    return this.#getting(this.#next(), scene, kind, id);
  }

  /** Of the quote that was asked for so many requests ago, a moment ago. */
  getAgain(scene: Scene, ago: number): ClientRequest {
    const id = this.#latest.get(scene)?.at(-ago);
    if (id === undefined) return this.get(scene);
    return this.#getting(this.#next(), scene, 'quotes', id);
  }

  /** Of the first of two programs: whatever comes of it is right. */
  throughLayers(): ClientRequest {
    const n = this.#next();
    return {
      process: n,
      f: layered,
      asked: { id: `${layered}-${n}` },
      method: 'GET',
      path: `/quotes/${layered}-${n}`,
      read: ({ status }) => ({ outcome: status === 200 ? 'ok' : 'fail', value: { status } }),
    };
  }

  /** It begins anew: of what it was before there is nothing to ask for. */
  forget(scene: Scene): void {
    this.#latest.delete(scene);
    this.#rejected.delete(scene);
    this.#fellBack.delete(scene);
    if (scene === 'outage') this.#known.length = 0;
  }

  /** Somebody was told that no call was made. */
  hasRejected(scene: Scene): boolean {
    return this.#rejected.has(scene);
  }

  /** Nobody can tell from the answer whether a call was made. */
  fallsBack(scene: Scene): boolean {
    return this.#fellBack.has(scene);
  }

  #next(): number {
    const n = this.#asked;
    this.#asked += 1;
    return n;
  }

  #getting(n: number, scene: Scene, kind: Kind, id: string): ClientRequest {
    return {
      process: n,
      f: kind,
      asked: { id, scene } satisfies Asked,
      method: 'GET',
      path: `/${kind}/${id}`,
      read: (answer) => {
        const reading = read(answer, id);
        const said = reading.outcome === 'unknown' ? undefined : (reading.value as Answered);
        if (said?.status === 503) this.#rejected.add(scene);
        if (said?.source === 'fallback') this.#fellBack.add(scene);
        return reading;
      },
    };
  }

  /**
   * On a connection of its own, as those of new clients are, who wait to be let in: a busy server may take
   * one in at a time.
   */
  pulse(scene: Scene): ClientRequest {
    const n = this.#next();
    return {
      process: n,
      f: 'pulse',
      asked: { scene },
      method: 'GET',
      path: '/health',
      headers: { connection: 'close' },
      read: ({ status }) => ({ outcome: status === 200 ? 'ok' : 'fail', value: status }),
    };
  }
}

const expected =
  '200 with id, price and source, 404, 502 or 504 with an error, or 503 with Retry-After';

function read(answer: Answer, id: string): Reading {
  const { status } = answer;
  const value: Answered = { status };
  if (status === 200) return readQuote(answer, id);
  if (status === 404 || status === 502 || status === 504) return { outcome: 'fail', value };
  const after = answer.headers['retry-after'];
  if (status === 503 && typeof after === 'string' && /^\d+$/.test(after.trim()))
    return { outcome: 'fail', value: { ...value, retryAfter: Number(after) } };
  return outsideContract(answer, expected);
}

function readQuote(answer: Answer, id: string): Reading {
  const body = answer.json();
  if (typeof body !== 'object' || body === null) return outsideContract(answer, expected);
  const { id: said, price, source } = body as Record<string, unknown>;
  const isPrice = Number.isSafeInteger(price) || (source === 'fallback' && price === null);
  if (said !== id || !isPrice || (source !== 'live' && source !== 'fallback'))
    return outsideContract(answer, expected);
  const value: Answered = { status: 200, source, price: price as number | null };
  return { outcome: 'ok', value };
}
