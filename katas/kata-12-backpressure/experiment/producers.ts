import {
  outsideContract,
  type Answer,
  type ClientRequest,
  type OutgoingMessage,
  type Reading,
} from '../../../src/kata/index.js';
import type { Part, Phase, Scene } from '../contract.js';
import type { Answered, Asked, Told } from '../notes.js';

/** A job that was, and when its client was told to come back. */
export interface Refused {
  readonly id: string;
  readonly seconds: number;
  /** When it heard so, by the clock of `performance`. */
  readonly at: number;
}

/** A pulse that came back: when it was sent, and when it came, by the clock of `performance`. */
interface Beaten {
  readonly sent: number;
  readonly came: number;
}

/** Numbers what is sent in a run: each id comes once. */
export class Producers {
  #sent = 0;
  readonly #accepted = new Map<Scene, number>();
  readonly #refused = new Map<Scene, Refused>();
  readonly #ids = new Map<Scene, string[]>();
  readonly #beaten: Beaten[] = [];
  /** In the order in which they were accepted: when, by the clock of `performance`. */
  readonly #since = new Map<Scene, { readonly id: string; readonly at: number }[]>();

  /** It begins anew, with a program and a queue of its own. */
  forget(scene: Scene): void {
    this.#accepted.delete(scene);
    this.#refused.delete(scene);
    this.#ids.delete(scene);
    this.#since.delete(scene);
  }

  /** All that were sent in a scene. */
  idsOf(scene: Scene): readonly string[] {
    return this.#ids.get(scene) ?? [];
  }

  acceptedIn(scene: Scene): number {
    return this.#accepted.get(scene) ?? 0;
  }

  /** The one that was accepted last of those that were so long ago, milliseconds. */
  acceptedLongAgo(scene: Scene, ms: number): string | undefined {
    const until = performance.now() - ms;
    return this.#since.get(scene)?.findLast(({ at }) => at <= until)?.id;
  }

  /** The last one of a scene. */
  refusedIn(scene: Scene): Refused | undefined {
    return this.#refused.get(scene);
  }

  /** So many more, by the broker. */
  confirmed(scene: Scene, count: number): void {
    this.#accepted.set(scene, this.acceptedIn(scene) + count);
  }

  /** How late this machine was at worst between two moments by the clock of `performance`, milliseconds. */
  worstPulse(from: number, until: number): number {
    return this.#beaten
      .filter(({ sent, came }) => came >= from && sent <= until)
      .reduce((most, { sent, came }) => Math.max(most, came - sent), 0);
  }

  post(scene: Scene, phase?: Phase | Part): ClientRequest {
    const n = this.#next();
    const id = `${phase ?? scene}-${n}`;
    const asked: Asked = { id, scene, ...(phase && { phase }) };
    this.#keep(scene, id);
    return {
      ...{ process: n, f: 'job', asked },
      ...{ method: 'POST', path: '/jobs', body: { id } },
      read: (answer) => {
        const reading = readPosted(answer, id);
        if (reading.outcome === 'ok') this.#accept(scene, id);
        if (reading.outcome === 'fail') this.#refused.set(scene, refusedOf(id, reading.value));
        return reading;
      },
    };
  }

  message(scene: Scene, phase?: Phase | Part): OutgoingMessage {
    const id = `${phase ?? scene}-${this.#next()}`;
    return { id, body: { id, scene, ...(phase && { phase }) } satisfies Asked };
  }

  ask(scene: Scene, id: string): ClientRequest {
    return {
      ...{ process: this.#next(), f: 'ask', asked: { id, scene } satisfies Asked },
      ...{ method: 'GET', path: `/jobs/${id}` },
      read: (answer) => readTold(answer, id),
    };
  }

  /** `beat`: a pulse in the midst of jobs, on their connections. */
  pulse(scene: Scene, f: 'pulse' | 'beat' = 'pulse'): ClientRequest {
    const sent = performance.now();
    return {
      ...{ process: this.#next(), f, asked: { scene } },
      ...{ method: 'GET', path: '/health' },
      read: ({ status }) => {
        this.#beaten.push({ sent, came: performance.now() });
        return { outcome: status === 200 ? 'ok' : 'fail', value: status };
      },
    };
  }

  #accept(scene: Scene, id: string): void {
    this.confirmed(scene, 1);
    const some = this.#since.get(scene) ?? [];
    some.push({ id, at: performance.now() });
    this.#since.set(scene, some);
  }

  #keep(scene: Scene, id: string): void {
    const some = this.#ids.get(scene);
    if (some) some.push(id);
    else this.#ids.set(scene, [id]);
  }

  #next(): number {
    const n = this.#sent;
    this.#sent += 1;
    return n;
  }
}

function refusedOf(id: string, value: unknown): Refused {
  const { retryAfter = 1 } = value as Answered;
  return { id, seconds: retryAfter, at: performance.now() };
}

const expectedOfPost =
  '202 with the id, or 503 with an error and Retry-After in whole seconds, at least 1';

function readPosted(answer: Answer, id: string): Reading {
  const { status } = answer;
  if (status === 202 && fieldsOf(answer)['id'] === id)
    return { outcome: 'ok', value: { status } satisfies Answered };
  const after = answer.headers['retry-after'];
  if (status === 503 && typeof after === 'string' && /^0*[1-9]\d{0,8}$/.test(after.trim()))
    return { outcome: 'fail', value: { status, retryAfter: Number(after) } satisfies Answered };
  return outsideContract(answer, expectedOfPost);
}

const states = ['waiting', 'done', 'dropped'] as const;

function readTold(answer: Answer, id: string): Reading {
  if (answer.status === 404) return { outcome: 'fail', value: { state: undefined } satisfies Told };
  const { id: said, state } = fieldsOf(answer);
  const known = states.find((one) => one === state);
  if (answer.status === 200 && said === id && known)
    return { outcome: 'ok', value: { state: known } satisfies Told };
  return outsideContract(answer, '200 with id and state (waiting, done or dropped), or 404');
}

function fieldsOf(answer: Answer): Readonly<Record<string, unknown>> {
  const body = answer.json();
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
