import {
  steady,
  type ClientRequest,
  type Dependency,
  type Lab,
  type OutgoingMessage,
  type Program,
  type Tap,
} from '../../../src/kata/index.js';
import {
  dropped,
  jobs,
  limitsIn,
  policyOf,
  type Limits,
  type Part,
  type Phase,
  type Scene,
  pulseEveryMs,
} from '../contract.js';
import { dependencyOf } from '../notes.js';
import type { Producers } from './producers.js';

export interface Surroundings {
  readonly lab: Lab;
  readonly limits: Limits;
  readonly producers: Producers;
}

/** In the overload, one request in so many asks for the health. */
const beatEach = 9;
/** Enough for all that wait for a place. */
const users = 2_000;
/** Nothing has come to the dependency for so long: nothing more comes. */
const quietForMs = 4_000;
const longestMs = 60_000;

/** A program with its dependency: a scene has one of its own, so that none begins with a queue. */
export class Stand {
  readonly dependency: Dependency;
  readonly #around: Surroundings;
  readonly #scene: Scene;
  readonly #tap: Tap | undefined;
  #program: Program;
  #isStopped = false;

  private constructor(
    around: Surroundings,
    scene: Scene,
    {
      dependency,
      tap,
      program,
    }: { dependency: Dependency; tap: Tap | undefined; program: Program },
  ) {
    this.#around = around;
    this.#scene = scene;
    this.dependency = dependency;
    this.#tap = tap;
    this.#program = program;
  }

  static async open(around: Surroundings, scene: Scene): Promise<Stand> {
    const { lab, limits, producers } = around;
    producers.forget(scene);
    const { serviceMs } = limitsIn(scene, limits);
    const dependency = await lab.dependency({
      name: dependencyOf(scene),
      first: { name: 'well', latencyMs: serviceMs },
    });
    const isAtBroker = limits.way === 'rabbitmq';
    if (isAtBroker) {
      await lab.broker.declareQueue(dropped);
      // The one of the scene before may have another limit, and an argument cannot be changed.
      await lab.broker.deleteQueue(jobs);
    }
    const tap = isAtBroker ? await lab.broker.tap() : undefined;
    const program = await start(around, scene, dependency, tap);
    return new Stand(around, scene, { dependency, tap, program });
  }

  /** Jobs at a rate, for a time. */
  async send(rate: number, forMs: number, phase?: Phase): Promise<void> {
    if (this.#tap) return this.#publishFor(rate, forMs, phase);
    const { producers, lab } = this.#around;
    if (phase !== 'overload')
      return lab.open(this.#program, {
        ...{ profile: [steady(rate, forMs)], users, unmeasured: true },
        next: () => producers.post(this.#scene, phase),
      });
    // How late an answer is by this machine's doing, a neighbour of the same stream tells best.
    const isBeat = (n: number): boolean => n % beatEach === beatEach - 1;
    return lab.open(this.#program, {
      ...{ profile: [steady((rate * beatEach) / (beatEach - 1), forMs)], users },
      next: (_user, n) =>
        isBeat(n) ? producers.pulse(this.#scene, 'beat') : producers.post(this.#scene, phase),
    });
  }

  /** So many at the same moment. */
  async burst(count: number, part?: Part): Promise<void> {
    const { producers, lab } = this.#around;
    const some = Array.from({ length: count });
    if (this.#tap) {
      await this.#publish(some.map(() => producers.message(this.#scene, part)));
    } else
      await lab.burst(
        this.#program,
        some.map(() => producers.post(this.#scene, part)),
      );
  }

  oneByOne(requests: readonly ClientRequest[]): Promise<void> {
    return this.#around.lab.oneByOne(this.#program, requests);
  }

  /** Meanwhile, how late this machine is. */
  async pulse(forMs: number): Promise<void> {
    const { producers, lab } = this.#around;
    await lab.open(this.#program, {
      ...{ profile: [steady(1000 / pulseEveryMs, forMs)], users, unmeasured: true },
      next: () => producers.pulse(this.#scene),
    });
  }

  /** So many a second are asked for that were accepted so long ago; a pulse as long as there is none. */
  async lookAfter(rate: number, forMs: number, acceptedMs: number): Promise<void> {
    const { producers, lab } = this.#around;
    await lab.open(this.#program, {
      ...{ profile: [steady(rate, forMs)], users, unmeasured: true },
      next: () => {
        const id = producers.acceptedLongAgo(this.#scene, acceptedMs);
        return id === undefined ? producers.pulse(this.#scene) : producers.ask(this.#scene, id);
      },
    });
  }

  /** Until what was accepted is done, as far as can be seen, or nothing more comes. */
  async settled(): Promise<void> {
    const { lab, limits, producers } = this.#around;
    const drops = policyOf(lab.strategy, limits) === 'drop-oldest';
    // How many are dropped nobody knows from here; what is left is done before the program ends.
    const quietMs = drops ? 500 + 2 * limits.serviceMs : quietForMs;
    let [seen, since] = [-1, performance.now()];
    await lab.until(
      'what was accepted is done',
      () => {
        const now = performance.now();
        if (this.dependency.calls !== seen) [seen, since] = [this.dependency.calls, now];
        const isDone = !drops && seen >= producers.acceptedIn(this.#scene);
        return isDone || now - since > quietMs;
      },
      longestMs,
    );
    if (this.#tap) await lab.broker.settled([jobs], quietForMs);
  }

  /** Until so many calls came, or none for as long as two jobs take. */
  async called(count: number): Promise<void> {
    const { lab, limits } = this.#around;
    const quietMs = 2 * limitsIn(this.#scene, limits).serviceMs;
    let [seen, since] = [-1, performance.now()];
    await lab.until('the jobs are called for', () => {
      const now = performance.now();
      if (this.dependency.calls !== seen) [seen, since] = [this.dependency.calls, now];
      return seen >= count || now - since > quietMs;
    });
  }

  async replaced(): Promise<void> {
    await this.stopProgram();
    this.#isStopped = false;
    this.#program = await start(this.#around, this.#scene, this.dependency, this.#tap);
  }

  async stopProgram(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    await this.#program.stop('silent');
  }

  async close(): Promise<void> {
    await this.stopProgram();
    await this.dependency.stop();
  }

  async #publishFor(rate: number, forMs: number, phase: Phase | undefined): Promise<void> {
    const { producers, lab } = this.#around;
    const begun = performance.now();
    const under: Promise<unknown>[] = [];
    let sent = 0;
    await lab.until(
      'the jobs of this time are published',
      () => {
        const ms = Math.min(forMs, performance.now() - begun);
        const due = Math.floor((ms * rate) / 1000);
        const messages = Array.from({ length: due - sent }, () =>
          producers.message(this.#scene, phase),
        );
        sent = due;
        if (messages.length > 0) under.push(this.#publish(messages));
        return ms >= forMs;
      },
      forMs + longestMs,
    );
    await Promise.all(under);
  }

  async #publish(messages: readonly OutgoingMessage[]): Promise<void> {
    const { lab, producers } = this.#around;
    const { ok } = await lab.broker.publish(jobs, messages);
    producers.confirmed(this.#scene, ok);
  }
}

function start(
  { lab, limits }: Surroundings,
  scene: Scene,
  upstream: Dependency,
  tap: Tap | undefined,
): Promise<Program> {
  const { limit, workers, serviceMs } = limitsIn(scene, limits);
  const env = {
    PLAN_LIMIT: String(limit),
    PLAN_WORKERS: String(workers),
    PLAN_SERVICE_MS: String(serviceMs),
  };
  return lab.start({ upstream, env, ...(tap && { broker: tap }) });
}
