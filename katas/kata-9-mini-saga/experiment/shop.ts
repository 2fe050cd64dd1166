import type {
  ClientRequest,
  Lab,
  Observer,
  Program,
  Proxy,
  Received,
} from '../../../src/kata/index.js';
import { bindingsOf, commands, events, roles, type Order, type RoleName } from '../contract.js';
import type { Expects, Looked, Overdue, Seeded } from '../notes.js';
import { placing, reading } from './requests.js';
import { isAtRest, readRows } from './rows.js';

const observed = 'plan.observed';
const answerWithinMs = 10_000;
/** Beyond the deadline: how long an act waits for the ends of its orders. */
const patienceMs = 3_000;
/** What is in the queues at the end. */
const heardWithinMs = 3_000;
/** However slowly it goes on. */
const longestMs = 60_000;

/** One service, with what stands between it and its broker and its callers. */
export interface Part {
  readonly role: RoleName;
  readonly broker: Proxy;
  program: Program;
}

export interface Wanted {
  readonly ends: Expects['ends'];
  readonly of?: Expects['of'];
  /** Left out: nothing disturbs it. */
  readonly disturbed?: true;
  /** Shared with others; one of its own where it is left out. */
  readonly sku?: string;
  readonly customer?: string;
}

/** The three services as they run, and what the lab knows of their orders. */
export class Shop {
  readonly lab: Lab;
  readonly deadlineMs: number;
  readonly observer: Observer;
  readonly parts: Readonly<Record<RoleName, Part>>;
  readonly #seeded = { money: 0, stock: new Map<string, number>() };
  readonly #placed: Order[] = [];
  /** Answered 202. */
  readonly #taken = new Set<string>();
  /** What the act `twice` has handed on, and when it came for the last time. */
  cameTwice: { readonly heard: readonly Received[]; readonly at: number } = { heard: [], at: 0 };
  /** Between two looks of the last wait. */
  #worstMs = 0;
  #isOrderDown = false;
  #orderUpFrom = 0;
  #named = 0;
  #clients = 1_000;

  private constructor(lab: Lab, deadlineMs: number, observer: Observer, parts: readonly Part[]) {
    this.lab = lab;
    this.deadlineMs = deadlineMs;
    this.observer = observer;
    this.parts = Object.fromEntries(parts.map((part) => [part.role, part])) as Shop['parts'];
  }

  static async open(lab: Lab, deadlineMs: number): Promise<Shop> {
    const observer = await layOutQueues(lab);
    const parts = await Promise.all(
      roles.map(async (role) => {
        const broker = await lab.role(role).proxy('broker');
        return { role, broker, program: await lab.start(role, { broker }) };
      }),
    );
    return new Shop(lab, deadlineMs, observer, parts);
  }

  /** False where the style has nobody undo anything: then nobody is waited for there. */
  get undoes(): boolean {
    return this.lab.strategy !== 'no-compensation';
  }

  get placed(): readonly Order[] {
    return this.#placed;
  }

  get seeded(): Seeded {
    return { money: this.#seeded.money, stock: Object.fromEntries(this.#seeded.stock) };
  }

  /** An order that can end so: with money and stock for it, or without. */
  async order(name: string, { ends, of, disturbed, sku, customer }: Wanted): Promise<Order> {
    this.#named += 1;
    const n = this.#named;
    const order: Order = {
      id: `o-${name}-${n}`,
      customer: customer ?? `c-${name}-${n}`,
      sku: sku ?? `s-${name}-${n}`,
      quantity: 1 + (n % 3),
      amount: 10 + (n % 90),
    };
    if (!customer) await this.fund(order.customer, ends === 'declined' ? order.amount - 1 : 500);
    if (!sku) await this.stock(order.sku, ends === 'out-of-stock' ? order.quantity - 1 : 50);
    const undisturbed = !disturbed;
    this.lab.note('expects', {
      ...{ order: order.id, ends, undisturbed, ...(of && { of }) },
    } satisfies Expects);
    return order;
  }

  async fund(customer: string, balance: number): Promise<void> {
    const { database } = this.lab.role('payment');
    await database.query('INSERT INTO accounts (customer, balance) VALUES ($1, $2)', [
      customer,
      balance,
    ]);
    this.#seeded.money += balance;
  }

  async stock(sku: string, available: number): Promise<void> {
    const { database } = this.lab.role('inventory');
    await database.query('INSERT INTO stock (sku, available) VALUES ($1, $2)', [sku, available]);
    this.#seeded.stock.set(sku, available);
  }

  /** The n-th of a measured load. */
  placingOf(user: number, order: Order): ClientRequest {
    this.#placed.push(order);
    return placing(user, order);
  }

  /** Each as a client of its own; settles once they are answered. */
  async place(...orders: readonly Order[]): Promise<void> {
    await Promise.all(
      orders.map((order) => {
        if (!this.#placed.includes(order)) this.#placed.push(order);
        return this.ask(this.#noting(placing(this.#client(), order), order));
      }),
    );
  }

  /** Only those of which nobody was told 202: asked again, a lost order would be there after all. */
  async placeUnlessTaken(...orders: readonly Order[]): Promise<void> {
    await this.place(...orders.filter(({ id }) => !this.#taken.has(id)));
  }

  #noting(request: ClientRequest, { id }: Order): ClientRequest {
    return {
      ...request,
      read: (answer) => {
        const reading = request.read(answer);
        if (reading.outcome === 'ok') this.#taken.add(id);
        return reading;
      },
    };
  }

  async read(orders: readonly Order[]): Promise<void> {
    // One that begins again gives orders up before the lab has heard where it is now.
    await this.lab.until('order is there', () => !this.#isOrderDown, longestMs);
    const client = this.#client();
    await this.ask(...orders.map(({ id }) => reading(client, id)));
  }

  async ask(...requests: readonly ClientRequest[]): Promise<void> {
    await this.lab.oneByOne(this.parts.order.program, requests, { answerWithinMs });
  }

  /** Waits until each of them is confirmed or rejected, and reads it; only while order is there counts. */
  async ended(orders: readonly Order[], limitMs = this.deadlineMs + patienceMs): Promise<boolean> {
    const ids = orders.map(({ id }) => id);
    const began = performance.now();
    const { database } = this.lab.role('order');
    let [lookedAt, worstMs] = [performance.now(), 0];
    const haveEnded = async (): Promise<'ended' | 'in vain' | false> => {
      worstMs = Math.max(worstMs, performance.now() - lookedAt);
      lookedAt = performance.now();
      const [count] = await database.query<{ n: number }>(
        `SELECT count(*)::integer AS n FROM orders WHERE id = ANY($1) AND status <> 'PENDING'`,
        [ids],
      );
      if (count?.n === ids.length) return 'ended';
      return this.#upSince(began) > limitMs && 'in vain';
    };
    const what = 'these orders have ended';
    const isOver = (await this.lab.until(what, haveEnded, limitMs + longestMs)) === 'ended';
    this.#worstMs = Math.round(worstMs);
    this.lab.note('looked', { orders: ids, worstMs: this.#worstMs } satisfies Looked);
    if (isOver) await this.read(orders);
    return isOver;
  }

  /** The same of orders that nobody goes on with: they are to be given up. */
  async givenUp(orders: readonly Order[]): Promise<boolean> {
    const began = performance.now();
    const isGivenUp = await this.ended(orders);
    const waitedMs = Math.round(this.#upSince(began));
    for (const { id: order } of orders)
      this.lab.note('overdue', {
        ...{ order, isGivenUp, waitedMs, worstMs: this.#worstMs },
      } satisfies Overdue);
    return isGivenUp;
  }

  /** So long the order service has been there since, without a break; milliseconds. */
  #upSince(began: number): number {
    return this.#isOrderDown ? 0 : performance.now() - Math.max(began, this.#orderUpFrom);
  }

  /** Waits for all there is to do, until nothing has moved for so long. */
  async rest(quietMs: number): Promise<void> {
    const seen = { state: '', since: performance.now() };
    const isOver = async (): Promise<boolean> => {
      const rows = await readRows(this.lab);
      if (isAtRest(rows)) return true;
      const counts = Object.values(rows).map((one) => (Array.isArray(one) ? one.length : 0));
      const pending = rows.orders.filter(({ status }) => status === 'PENDING').length;
      const state = [...counts, pending, this.observer.messages.length].join(' ');
      if (state !== seen.state) Object.assign(seen, { state, since: performance.now() });
      return performance.now() - seen.since > quietMs;
    };
    await this.lab.until('nothing is left to do', isOver, longestMs);
    await this.lab.until(
      'nobody has anything left to hear',
      () => this.#haveHeard(),
      heardWithinMs,
    );
    await this.quiet();
  }

  async #haveHeard(): Promise<boolean> {
    const depths = await Promise.all(roles.map((role) => this.lab.broker.depth(role)));
    return depths.every(({ ready }) => ready === 0);
  }

  /** Waits until so long has passed. */
  async since(what: string, began: number, ms: number): Promise<void> {
    await this.lab.until(what, () => performance.now() - began >= ms, ms + longestMs);
  }

  /** Waits until no message has come for a moment. */
  async quiet(forMs = 150): Promise<void> {
    let [count, since] = [-1, performance.now()];
    const isQuiet = (): boolean => {
      const { length } = this.observer.messages;
      if (length !== count) [count, since] = [length, performance.now()];
      return performance.now() - since > forMs;
    };
    await this.lab.until('no message has come for a moment', isQuiet, longestMs);
  }

  /** `kill -9` of these, then what the caller does meanwhile, then the same again. */
  async crash(names: readonly RoleName[], meanwhile: () => unknown): Promise<void> {
    await this.#replaced(names, async () => {
      await Promise.all(names.map((name) => this.parts[name].program.kill()));
      await meanwhile();
      for (const name of names) this.parts[name].broker.heal();
    });
  }

  /** SIGTERM to all three, what the caller does while they end and once they have, then the same again. */
  async end(meanwhile: () => Promise<void>, then: () => Promise<void>): Promise<void> {
    await this.#replaced(roles, async () => {
      const stopping = roles.map((name) => this.parts[name].program.stop());
      await Promise.all([...stopping, meanwhile()]);
      await then();
    });
  }

  async #replaced(names: readonly RoleName[], end: () => Promise<void>): Promise<void> {
    const isOrderGone = names.includes('order');
    if (isOrderGone) this.#isOrderDown = true;
    await end();
    await Promise.all(
      names.map(async (name) => {
        const part = this.parts[name];
        part.program = await this.lab.start(name, { broker: part.broker });
      }),
    );
    if (isOrderGone) [this.#isOrderDown, this.#orderUpFrom] = [false, performance.now()];
  }

  /** What is still in a queue then, nobody has settled. */
  async stop(): Promise<void> {
    await Promise.all(Object.values(this.parts).map(({ program }) => program.stop()));
    for (const role of roles) await this.lab.broker.drain(role);
    await this.observer.stop();
  }

  #client(): number {
    this.#clients += 1;
    return this.#clients;
  }
}

/** Every role's queue, with what its style has it hear; and one of the lab's that hears everything. */
async function layOutQueues({ broker, strategy }: Lab): Promise<Observer> {
  await broker.declareExchange(events, 'topic');
  await broker.declareExchange(commands, 'topic');
  await Promise.all([...roles, observed].map((queue) => broker.declareQueue(queue)));
  await Promise.all(
    bindingsOf(strategy).map(({ queue, exchange, key }) => broker.bindQueue(queue, exchange, key)),
  );
  await broker.bindQueue(observed, events, '#');
  await broker.bindQueue(observed, commands, '#');
  return broker.observe(observed);
}
