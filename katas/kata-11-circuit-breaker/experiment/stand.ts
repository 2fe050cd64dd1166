import {
  steady,
  type Answer,
  type Dependency,
  type DependencyPhase,
  type Lab,
  type Program,
  type Reading,
  type Together,
} from '../../../src/kata/index.js';
import { endingMs, healthyMs, kinds, ratesVariable, type Kind, type Limits } from '../contract.js';
import { dependencyOf, limitsIn, type Scene } from '../notes.js';
import type { Clients } from './requests.js';

const pulseEveryMs = 25;
/** Of the other dependency: programs that compile while they run are slower at first. */
const warmUp = { atOnce: 4, each: 5 };
/** One after the other; and so often, until all of them are well. */
const settling = { requests: 5, times: 5 };
/** Once there is something known, every so manieth request asks for it. */
const againEach = 4;
/** So many, in as many milliseconds. */
const lastAsked = 10;
/** Enough for all that wait for a dependency that is stuck. */
const most = 2_000;

/** A program with its two dependencies: a scene has one of its own, so that none begins half open. */
export class Stand {
  readonly quotes: Dependency;
  readonly rates: Dependency;
  readonly #lab: Lab;
  readonly #limits: Limits;
  readonly #clients: Clients;
  readonly #scene: Scene;
  readonly #program: Program;
  #hasEnded = false;

  private constructor(
    { lab, limits, clients }: Surroundings,
    scene: Scene,
    [quotes, rates]: readonly [Dependency, Dependency],
    program: Program,
  ) {
    this.#lab = lab;
    this.#limits = limitsIn(scene, limits);
    this.#clients = clients;
    this.#scene = scene;
    this.quotes = quotes;
    this.rates = rates;
    this.#program = program;
  }

  static async open(around: Surroundings, scene: Scene, first: First): Promise<Stand> {
    const { lab, limits, clients } = around;
    clients.forget(scene);
    const dependencies = await Promise.all(
      kinds.map((kind) =>
        lab.dependency({
          name: dependencyOf(scene, kind),
          first: first[kind] ?? well,
          answer: first.answer ?? quote,
        }),
      ),
    );
    const [quotes, rates] = dependencies as [Dependency, Dependency];
    const env: Record<string, string> = { [ratesVariable]: rates.url };
    const { timeoutMs, slowMs } = limitsIn(scene, limits);
    const told = { PLAN_TIMEOUT_MS: timeoutMs, PLAN_SLOW_MS: slowMs, ...first.env };
    for (const [name, value] of Object.entries(told)) env[name] = String(value);
    const program = await lab.start({ upstream: quotes, env });
    await warmedUp(around, program);
    return new Stand(around, scene, [quotes, rates], program);
  }

  /**
   * Of a program that was slow at first, the way to the other dependency may be closed for that alone.
   * @returns whether it is open by now
   */
  async settled(): Promise<boolean> {
    for (let n = 0; n < settling.times; n += 1) {
      if (await this.#isWell()) return true;
      await pause(this.#lab, this.#limits.openMs);
    }
    return false;
  }

  async #isWell(): Promise<boolean> {
    let well = 0;
    for (let n = 0; n < settling.requests; n += 1) {
      const request = this.#clients.get('warm-up', 'rates');
      const begun = performance.now();
      const read = (answer: Answer): Reading => {
        const isQuick = performance.now() - begun < this.#limits.slowMs;
        if (answer.status === 200 && isQuick) well += 1;
        return request.read(answer);
      };
      await this.#lab.oneByOne(this.#program, [{ ...request, read }]);
    }
    return well === settling.requests;
  }

  /** At a rate, for a time. */
  async ask(rate: number, forMs: number, which: Which = {}): Promise<void> {
    const {
      kinds: some = ['quotes'],
      knownAfter = Number.POSITIVE_INFINITY,
      again,
      hangsUpAfterMs,
      begins,
      users = most,
    } = which;
    const kindOf = (n: number): Kind => some[n % some.length] ?? 'quotes';
    const next = (_user: number, n: number) => {
      if (n >= knownAfter && n % againEach === 0) return this.#clients.getKnown(this.#scene);
      const isAgain = again === true && n % againEach === againEach - 1;
      if (isAgain) return this.#clients.getAgain(this.#scene, againEach - 1);
      return this.#clients.get(this.#scene, kindOf(n));
    };
    const unmeasured = this.#scene === 'outage' ? {} : ({ unmeasured: true } as const);
    await this.#lab.open(this.#program, {
      profile: [steady(rate, forMs)],
      users,
      next,
      ...unmeasured,
      ...(hangsUpAfterMs !== undefined && { hangsUpAfterMs }),
      ...(begins && { begins: begins.ready }),
    });
  }

  /** Beside what is measured, for what was asked for at the beginning. */
  async askKnown(kind: Kind, rate: number, forMs: number): Promise<void> {
    const profile = [steady(rate, forMs)];
    const next = () => this.#clients.getKnown(this.#scene, kind);
    await this.#lab.open(this.#program, { profile, users: most, next, unmeasured: true });
  }

  /** Meanwhile, how late this machine is. */
  async pulse(forMs: number): Promise<void> {
    const profile = [steady(1000 / pulseEveryMs, forMs)];
    const next = () => this.#clients.pulse(this.#scene);
    await this.#lab.open(this.#program, { profile, users: most, next, unmeasured: true });
  }

  get rejects(): boolean {
    return this.#clients.hasRejected(this.#scene);
  }

  get fallsBack(): boolean {
    return this.#clients.fallsBack(this.#scene);
  }

  /** It is told to end while its last calls are on their way. */
  async endAmidCalls(): Promise<void> {
    this.rates.become({ name: 'ending', latencyMs: endingMs });
    const before = this.rates.calls;
    const asking = this.ask(1_000, lastAsked, { kinds: ['rates'] });
    const underWay = await this.#lab.until(
      'the last calls',
      () => this.rates.calls >= before + lastAsked,
      3 * endingMs,
    );
    // What a slow machine has not read yet, a program that ends may close unread: nobody is to blame.
    if (underWay === undefined) await asking;
    await Promise.all([asking, this.#end()]);
  }

  async #end(beside?: 'silent'): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    await this.#program.stop(beside);
  }

  /** @param beside `silent`: a connection is open then on which nothing was ever sent */
  async close(beside?: 'silent'): Promise<void> {
    await this.#end(beside);
    await Promise.all([this.quotes.stop(), this.rates.stop()]);
  }
}

export interface Surroundings {
  readonly lab: Lab;
  readonly clients: Clients;
  readonly limits: Limits;
  /** An act came to nothing: this machine has no room for several programs at once. */
  readonly isCrowded: boolean;
}

interface Which {
  /** In turn. */
  readonly kinds?: readonly Kind[];
  /** From this request on, some ask for what was asked for before. */
  readonly knownAfter?: number;
  /** Some ask for what has just been asked for. */
  readonly again?: true;
  /** Clients wait no longer. */
  readonly hangsUpAfterMs?: number;
  /** No more wait at once: further ones come when one of them is answered. */
  readonly users?: number;
  /** With what else depends on when the first of them is sent. */
  readonly begins?: Together;
}

/** How the dependencies behave as the program starts, and what it is told otherwise than others. */
export interface First {
  readonly quotes?: DependencyPhase;
  readonly rates?: DependencyPhase;
  readonly answer?: (call: Asking) => Given;
  readonly env?: Readonly<Record<string, number>>;
}

export const well: DependencyPhase = { name: 'well', latencyMs: healthyMs };
export const down: DependencyPhase = { name: 'down', latencyMs: healthyMs, failing: 1 };

interface Asking {
  readonly n: number;
  readonly path: string;
}

interface Given {
  readonly status: number;
  readonly body: unknown;
}

/** The price is another one in every call, and at every dependency: nobody can have it from elsewhere. */
export function quote({ n, path }: Asking): Given {
  const first = path.startsWith('/rates/') ? 1_000_000 : 100;
  return { status: 200, body: { id: lastOf(path), price: first + 7 * n } };
}

export const unknownHere = (): Given => ({ status: 404, body: { error: 'no such quote' } });

/** Nobody asks anything. */
export async function pause(lab: Lab, forMs: number): Promise<void> {
  const over = performance.now() + forMs;
  await lab.until('the end of a pause', () => performance.now() >= over, 2 * forMs + 1_000);
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function warmedUp({ lab, clients }: Surroundings, program: Program): Promise<void> {
  const some = () => Array.from({ length: warmUp.each }, () => clients.get('warm-up', 'rates'));
  await Promise.all(Array.from({ length: warmUp.atOnce }, () => lab.oneByOne(program, some())));
}
