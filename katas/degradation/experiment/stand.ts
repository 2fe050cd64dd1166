import {
  type Again,
  type ClientRequest,
  type Lab,
  type Profile,
  type Program,
  type Reading,
  steady,
  Together,
  type WorkerPool,
} from '../../../src/kata/index.js';
import {
  deadlineHeader,
  keysVariable,
  lasts,
  leastLeftMs,
  routes,
  urlVariable,
  type Limits,
  type Route,
  type Scene,
} from '../contract.js';
import { poolOf, type Part, type PartNote } from '../notes.js';
import type { Asking, Clients } from './clients.js';

const pulseEveryMs = 25;
/** Of each route: programs that compile while they run are slower at first. */
const warmUp = 3;
/** At once, as fast as a rush comes. */
export const rush = 2_000;
/** Enough for all that wait. */
const users = 3_000;

/** So long the last calls may take to come to the pool. */
const comeWithinMs = 1_000;

export interface Surroundings {
  readonly lab: Lab;
  readonly limits: Limits;
  readonly clients: Clients;
}

/** What is asked, how often, and what its clients do. */
export interface Load {
  readonly route: Route;
  readonly profile: Profile;
  readonly asking?: (n: number) => Partial<Asking>;
  readonly hangsUpAfterMs: number;
  /** Beside what is measured: nobody of them is ever served. */
  readonly unmeasured?: true;
  readonly again?: (request: ClientRequest, reading: Reading) => Again | undefined;
}

/** Who asks last, and for what. */
interface Last extends Pick<Load, 'route' | 'hangsUpAfterMs'> {
  readonly clients: readonly string[];
}

/** A gateway with the two services behind it: every act has one of its own. */
export class Stand {
  readonly pool: WorkerPool;
  readonly #around: Surroundings;
  readonly #scene: Scene;
  readonly #program: Program;
  #begun = performance.now();
  #hasEnded = false;
  /** Undefined where the clock says which it is. */
  #part: Part | undefined;

  private constructor(around: Surroundings, scene: Scene, pool: WorkerPool, program: Program) {
    this.#around = around;
    this.#scene = scene;
    this.pool = pool;
    this.#program = program;
  }

  static async open(around: Surroundings, scene: Scene): Promise<Stand> {
    const { lab, limits, clients } = around;
    const pool = await lab.workerPool({
      name: poolOf(scene),
      services: routes,
      workers: limits.workers,
      workMs: limits.workMs,
      deadline: deadlineHeader,
      leastLeftMs: leastLeftMs(limits),
      // Another value in every call: nobody can have it from elsewhere.
      answer: ({ n, path }) => ({ id: path.slice(path.lastIndexOf('/') + 1), value: 100 + 7 * n }),
    });
    const urls = routes.map((route) => [urlVariable[route], pool.urlOf(route)] as const);
    const env = { ...Object.fromEntries(urls), [keysVariable]: clients.known };
    const program = await lab.start({ env });
    const first = { scene: 'warm-up', part: 'quiet' } as const;
    // No more at once than there are workers: nobody waits, and nobody is turned away.
    const atOnce = Math.max(1, Math.floor(limits.workers / routes.length));
    const warmUps = Array.from({ length: atOnce }, () =>
      routes.map((route) =>
        Array.from({ length: Math.ceil(warmUp / atOnce) }, () => clients.ask(route, first)),
      ),
    );
    await Promise.all(warmUps.flat().map((requests) => lab.oneByOne(program, requests)));
    return new Stand(around, scene, pool, program);
  }

  /** All of it at once, and the pulse beside it; the act's clock begins with the first request. */
  async play(
    forMs: number,
    loads: readonly Load[],
    happens: () => Promise<unknown>,
  ): Promise<void> {
    const together = new Together(loads.length + 1);
    const happening = together.begun.then(() => {
      this.#begun = performance.now();
      this.note('quiet');
      return happens();
    });
    const asked = loads.map((load) => this.#ask(load, together));
    await Promise.all([...asked, this.#pulse(forMs, together), happening]);
  }

  /** From here on, whatever the clock says. */
  become(part: Part): void {
    this.#part = part;
    this.note(part);
  }

  note(part: Part): void {
    this.#around.lab.note('part', { scene: this.#scene, part } satisfies PartNote);
  }

  /** Waits for a moment of the act, milliseconds since it began. */
  async until(ms: number): Promise<void> {
    const isTime = (): boolean => performance.now() - this.#begun >= ms;
    await this.#around.lab.until(`${ms} ms of the act`, isTime, 2 * ms + 10_000);
  }

  async #ask(load: Load, { ready: begins }: Together): Promise<void> {
    const { lab, clients } = this.#around;
    const { route, profile, asking, hangsUpAfterMs, unmeasured, again } = load;
    await lab.open(this.#program, {
      ...{ profile, users, begins, hangsUpAfterMs },
      ...{ ...(again && { again }), ...(unmeasured && { unmeasured }) },
      next: (_user, n) =>
        clients.ask(route, { scene: this.#scene, part: this.#partNow(), ...asking?.(n) }),
    });
  }

  /** Meanwhile, how late this machine and the gateway are. */
  async #pulse(forMs: number, { ready: begins }: Together): Promise<void> {
    const { lab, clients } = this.#around;
    const profile = [steady(1000 / pulseEveryMs, forMs)];
    const next = () => clients.pulse(this.#scene);
    await lab.open(this.#program, { profile, users, next, begins, unmeasured: true });
  }

  /** Of what is sent late, the part may be later. */
  #partNow(): Part {
    if (this.#part !== undefined) return this.#part;
    const { quiet, trouble } = lasts[this.#scene];
    const ms = performance.now() - this.#begun;
    if (ms < quiet) return 'quiet';
    return ms < quiet + trouble ? 'trouble' : 'after';
  }

  /** Some more at one moment; once their calls are under way it is told to end. */
  async endAmidCalls({ clients: some, ...load }: Last): Promise<void> {
    const { lab } = this.#around;
    const ids = some.map((_, n) => `${this.#scene}-last-${n}`);
    this.become('after');
    const asked = this.#ask(
      {
        ...{ ...load, profile: [steady(rush, (1000 * some.length) / rush)] },
        asking: (n) => ({ sort: 'polite', client: some[n] ?? '', id: ids[n] ?? '' }),
      },
      new Together(1),
    );
    // By their paths: of those before, some may come to the pool as late as these.
    const haveCome = (): boolean => ids.every((id) => this.pool.hasTaken(`/${load.route}/${id}`));
    const underWay = await lab.until('the last calls', haveCome, comeWithinMs);
    // What a slow machine has not read yet, a gateway that ends may close unread: nobody is to blame.
    if (underWay === undefined) await asked;
    await Promise.all([asked, this.#end()]);
  }

  async #end(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    await this.#program.stop('silent');
  }

  /** The services first: a gateway that bounds no wait could not end before their queue is empty. */
  async close(): Promise<void> {
    await this.pool.stop();
    await this.#end();
  }
}
