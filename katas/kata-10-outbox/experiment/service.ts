import type { Freeze, Lab, Observer, Program, Proxy } from '../../../src/kata/index.js';
import { tellsOf, type Order } from '../contract.js';
import type { Late } from '../notes.js';
import { nonsense, placing } from './requests.js';

/** The queue of the lab's own consumer. */
export const observed = 'plan.observed';

const answerWithinMs = 10_000;
/** What an event may take once everything is up again; the brief says it too. */
export const eventWithinMs = 5_000;
/** Nobody comes to a point within this: it is not there in this program. */
export const pointWithinMs = 10_000;
/** Who answers too early comes by the point all the same, a moment later. */
const afterAnswerMs = 500;
/** How long the slowest relay gets to bring what it still has, one event after the other. */
const bringWithinMs = 60_000;

/** One process of the service, and what stands between it and the others. */
export interface Part {
  readonly process: 'api' | 'relay';
  readonly broker: Proxy;
  readonly database: Proxy;
  program: Program;
}

/** The program as it runs in production: one that takes orders, two relays, each restartable. */
export class Service {
  readonly lab: Lab;
  readonly parts: readonly Part[];
  readonly #observers: Observer[];
  readonly #taken = new Set<string>();
  #named = 0;
  #clients = 0;
  #slowestMs = 0;

  private constructor(lab: Lab, observer: Observer, parts: readonly Part[]) {
    this.lab = lab;
    this.#observers = [observer];
    this.parts = parts;
  }

  static async start(lab: Lab, observer: Observer): Promise<Service> {
    const parts = await Promise.all(
      (['api', 'relay', 'relay'] as const).map(async (process) => {
        const [broker, database] = [await lab.proxy('broker'), await lab.proxy('database')];
        const program = await startPart(lab, { process, broker, database });
        return { process, broker, database, program };
      }),
    );
    return new Service(lab, observer, parts);
  }

  get api(): Part {
    return this.parts[0] as Part;
  }

  /** The longest that {@link seen} has waited for events that came. */
  get slowestMs(): number {
    return this.#slowestMs;
  }

  /** An order, of a customer of its own where nobody else is named; names are any text. */
  order(name: string, customer?: string): Order {
    this.#named += 1;
    const n = this.#named;
    return { id: `o-${name}-${n}`, customer: customer ?? `Señor Žák ${name}-${n}`, amount: 10 + n };
  }

  /** Each customer places its next order once the last is answered; measured. */
  async load(orders: number, users: number): Promise<void> {
    await this.lab.closed(this.api.program, {
      users,
      requests: orders,
      answerWithinMs,
      next: (user, n) =>
        this.#placing(user, { id: `o-${n + 1}`, customer: `c-${user + 1}`, amount: 10 + (n % 90) }),
    });
  }

  /** One after the other, as one client. */
  async placeAll(orders: readonly Order[]): Promise<void> {
    this.#clients += 1;
    const requests = orders.map((order) => this.#placing(1_000 + this.#clients, order));
    await this.lab.oneByOne(this.api.program, requests, { answerWithinMs });
  }

  async place(order: Order): Promise<void> {
    await this.placeAll([order]);
  }

  /** Each as a client of its own. */
  async placeAtOnce(orders: readonly Order[]): Promise<void> {
    await Promise.all(orders.map((order) => this.place(order)));
  }

  /** Asks for what the contract refuses. */
  async askForNonsense(): Promise<void> {
    await this.lab.oneByOne(this.api.program, nonsense, { answerWithinMs });
  }

  /** Whether it was acknowledged. */
  isTaken({ id }: Order): boolean {
    return this.#taken.has(id);
  }

  /** Whether it is, a moment after whoever answered early would have said so. */
  async takenSoon(order: Order): Promise<boolean> {
    const isTaken = (): boolean => this.isTaken(order);
    return (await this.lab.until(`an answer to ${order.id}`, isTaken, afterAnswerMs)) ?? false;
  }

  async isCommitted({ id }: Order): Promise<boolean> {
    const found = await this.lab.database.query('SELECT id FROM orders WHERE id = $1', [id]);
    return found.length > 0;
  }

  /** What another consumer of the lab's has seen counts as well. */
  watch(observer: Observer): void {
    this.#observers.push(observer);
  }

  /** Waits until an event of each has come. @returns whether they all have */
  async seen(orders: readonly Order[], limitMs: number): Promise<boolean> {
    const began = performance.now();
    const come = (): boolean => this.missing(orders).length === 0;
    const all = (await this.lab.until('the events of what is committed', come, limitMs)) ?? false;
    if (all) this.#slowestMs = Math.max(this.#slowestMs, performance.now() - began);
    return all;
  }

  /**
   * Waits for the event of one with everything up and nothing else waiting: twice as long as it may
   * take. One that was acknowledged and did not come is noted.
   * @returns whether it came
   */
  async comesInTime(order: Order): Promise<boolean> {
    const came = await this.seen([order], 2 * eventWithinMs);
    if (!came && this.isTaken(order)) this.lab.note('late', { order: order.id } satisfies Late);
    return came;
  }

  /** Waits for all of them, until nothing more has come for so long: what an event may take. */
  async bring(orders: readonly Order[], quietMs = eventWithinMs): Promise<void> {
    let { length: missing } = this.missing(orders);
    let since = performance.now();
    const nothingMore = (): boolean => {
      const { length: left } = this.missing(orders);
      if (left < missing) since = performance.now();
      missing = left;
      return left === 0 || performance.now() - since > quietMs;
    };
    await this.lab.until('nothing more comes', nothingMore, bringWithinMs);
  }

  /** Waits until the request stands at the point, or is answered without having come by it. */
  async standsAt(point: Freeze, request: Promise<void>, limitMs = pointWithinMs): Promise<boolean> {
    const isReached = async (withinMs: number): Promise<boolean> =>
      (await point.reached(1, withinMs)) !== undefined;
    const answered = request.then(() => isReached(afterAnswerMs));
    return Promise.race([isReached(limitMs), answered]);
  }

  async restart(parts: readonly Part[]): Promise<void> {
    await Promise.all(
      parts.map(async (part) => {
        part.program = await startPart(this.lab, part);
      }),
    );
  }

  async committed(): Promise<readonly Order[]> {
    return this.lab.database.query<Order>('SELECT id, customer, amount FROM orders ORDER BY id');
  }

  /** Whether anything was ever written to the outbox: of rows that are gone, the sequence knows. */
  async usesOutbox(): Promise<boolean> {
    const [answer] = await this.lab.database.query<{ used: boolean }>(
      'SELECT is_called OR EXISTS (SELECT FROM outbox) AS used FROM outbox_position_seq',
    );
    return answer?.used ?? false;
  }

  async stop(): Promise<void> {
    await Promise.all(this.parts.map(({ program }) => program.stop()));
  }

  #placing(process: number, order: Order) {
    return placing(process, order, () => this.#taken.add(order.id));
  }

  /** Those whose event has not come yet. */
  missing(orders: readonly Order[]): readonly Order[] {
    const come = new Set(
      this.#observers.flatMap(({ messages }) => messages.map(({ body }) => tellsOf(body).order)),
    );
    return orders.filter(({ id }) => !come.has(id));
  }
}

function startPart(lab: Lab, part: Omit<Part, 'program'>): Promise<Program> {
  const { process, broker, database } = part;
  // PLAN_ROLE is what it was called before; programs that were written then go on working.
  return lab.start({ broker, database, env: { PLAN_PROCESS: process, PLAN_ROLE: process } });
}
