import type { ClientRequest, Lab } from '../../../src/kata/index.js';
import {
  capacity,
  deadlineHeader,
  keyHeader,
  times,
  type Limits,
  type Route,
  type Scene,
} from '../contract.js';
import type { Answered, Asked, Part, Sort } from '../notes.js';
import { readAnswer } from './answers.js';

/** Of its rate, so much at most does a client of the crowd ask for. */
const modest = 0.6;
const named = ['polite-1', 'polite-2', 'polite-3', 'polite-4', 'flooding', 'bursting', 'patient'];

/** Clients with their keys: a run has keys of its own, which nobody can know beforehand. */
export class Clients {
  readonly #limits: Limits;
  readonly #keys = new Map<string, string>();
  readonly #crowd: readonly string[];
  #asked = 0;

  constructor(random: Lab['random'], limits: Limits) {
    this.#limits = limits;
    const key = (name: string): string => `${name}-${random.integer(0, 2 ** 31).toString(36)}`;
    for (const name of named) this.#keys.set(name, key(name));
    const many = Math.ceil((times * capacity(limits)) / (modest * limits.clientRate));
    this.#crowd = Array.from({ length: many }, (_, n) => key(`c${n}`));
  }

  /** As the program is given them. */
  get known(): string {
    return [...this.#keys.values(), ...this.#crowd].join(',');
  }

  keyOf(name: string): string {
    const key = this.#keys.get(name);
    if (key === undefined) throw new Error(`no client is called ${name}`);
    return key;
  }

  /**
   * The n-th key that is on no list: none, one that nobody has, some that look like one, and what every
   * object has where keys are kept as its fields.
   */
  stranger(n: number): string {
    const known = this.keyOf('polite-1');
    const alike = [known.slice(0, -1), `${known}0`, known.toUpperCase()];
    const some = ['', `nobody-${n}`, ...alike, 'constructor', '__proto__', 'toString'];
    return some[n % some.length] ?? '';
  }

  /** The n-th of many, in turn. */
  ofCrowd(n: number): string {
    return this.#crowd[n % this.#crowd.length] ?? '';
  }

  /** Each id is asked for once unless it is given, so that every call has its request. */
  ask(
    route: Route,
    { scene, part, sort = 'crowd', id, client, withinMs, spoofs }: Asking,
  ): ClientRequest {
    const n = this.#asked;
    const { timeoutMs } = this.#limits;
    const asked: Asked = {
      ...{ id: id ?? `${scene}-${route.slice(0, 1)}${n}`, scene, part, sort },
      client: client ?? this.ofCrowd(n),
      withinMs: withinMs ?? timeoutMs,
      says: withinMs !== undefined,
      attempt: 1,
    };
    return this.#request(route, asked, spoofs === true ? spoofed(n) : {});
  }

  /** The same again, by the same client. */
  again({ f, asked }: ClientRequest): ClientRequest {
    const before = asked as Asked;
    const attempt = before.attempt + 1;
    const id = `${before.id.replace(/\.\d+$/, '')}.${attempt}`;
    return this.#request(f as Route, { ...before, id, attempt }, {});
  }

  /**
   * On a connection of its own: one that is new waits in the same queue as those of new clients, of
   * which a busy server may take in one at a time.
   */
  pulse(scene: Scene): ClientRequest {
    return {
      process: this.#next(),
      f: 'pulse',
      asked: { scene },
      method: 'GET',
      path: '/health',
      headers: { connection: 'close' },
      read: ({ status }) => ({ outcome: status === 200 ? 'ok' : 'fail', value: status }),
    };
  }

  #request(route: Route, asked: Asked, further: Readonly<Record<string, string>>): ClientRequest {
    const { id, client, withinMs, says, sort } = asked;
    return {
      process: this.#next(),
      f: route,
      asked,
      method: 'GET',
      path: `/${route}/${id}`,
      headers: {
        ...(client === '' ? {} : { [keyHeader]: client }),
        ...(says ? { [deadlineHeader]: String(withinMs) } : {}),
        ...further,
      },
      read: (answer) => readAnswer(answer, id, sort === 'stranger'),
    };
  }

  #next(): number {
    this.#asked += 1;
    return this.#asked - 1;
  }
}

export interface Asking {
  readonly scene: Scene | 'warm-up';
  readonly part: Part;
  readonly sort?: Sort;
  /** What is asked for; something of its own where it is left out. */
  readonly id?: string;
  /** Its key; the next of the crowd where it is left out. */
  readonly client?: string;
  /** How long it waits and says so; the usual time, unsaid, where it is left out. */
  readonly withinMs?: number;
  /** Says in further headers that it is somebody else. */
  readonly spoofs?: true;
}

/** Anybody can write these. */
const spoofed = (n: number): Readonly<Record<string, string>> => ({
  'x-forwarded-for': `10.0.${n % 200}.${n % 250}`,
  'x-client-id': `client-${n}`,
});

export const isGoodAnswer = (value: unknown): boolean =>
  (value as Answered | undefined)?.status === 200;
