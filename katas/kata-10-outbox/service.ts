import { outsideContract } from '../../src/kata/index.js';
import type { ClientRequest, Freeze, Lab, Observer, Program, Proxy } from '../../src/kata/index.js';
import { tellsOf, type Order } from './story.js';

const answerWithinMs = 10_000;
/** Nobody comes to a point within this: it is not there in this program. */
const pointWithinMs = 10_000;
const afterAnswerMs = 500;

/** How the broker is down; `unreachable`: every connection breaks, and a new one gets no answer. */
export type Outage = 'unreachable' | 'stopped' | 'killed';

/** One process of the service, and the proxy between it and the broker. */
interface Part {
  readonly role: 'api' | 'relay';
  readonly broker: Proxy;
  program: Program;
}

/** The program as it runs in production: one that takes orders, two relays, each restartable. */
export class Service {
  readonly #lab: Lab;
  readonly #observer: Observer;
  readonly #parts: readonly Part[];
  #named = 0;

  private constructor(lab: Lab, observer: Observer, parts: readonly Part[]) {
    this.#lab = lab;
    this.#observer = observer;
    this.#parts = parts;
  }

  static async start(lab: Lab, observer: Observer): Promise<Service> {
    const parts = await Promise.all(
      (['api', 'relay', 'relay'] as const).map(async (role) => {
        const broker = await lab.proxy('broker');
        return { role, broker, program: await startPart(lab, role, broker) };
      }),
    );
    return new Service(lab, observer, parts);
  }

  /** An order of a customer of its own. */
  order(name: string): Order {
    this.#named += 1;
    const n = this.#named;
    return { id: `o-${name}-${n}`, customer: `c-${name}-${n}`, amount: 10 + n };
  }

  /** Each customer places its next order once the last is answered. */
  async load(orders: number, users: number): Promise<void> {
    await this.#lab.closed(this.#api.program, {
      users,
      requests: orders,
      answerWithinMs,
      next: (user, n) =>
        placing(user, { id: `o-${n + 1}`, customer: `c-${user + 1}`, amount: 10 + (n % 90) }),
    });
  }

  async place(order: Order): Promise<void> {
    await this.placeAll([order]);
  }

  async placeAll(orders: readonly Order[]): Promise<void> {
    const requests = orders.map((order) => placing(0, order));
    await this.#lab.oneByOne(this.#api.program, requests, { answerWithinMs });
  }

  /** Waits until an event of each has come. @returns whether they all have */
  async seen(orders: readonly Order[], limitMs: number): Promise<boolean> {
    const come = (): boolean => {
      const ids = new Set(this.#observer.messages.map(({ body }) => tellsOf(body).order));
      return orders.every(({ id }) => ids.has(id));
    };
    return (await this.#lab.until('the events of what is committed', come, limitMs)) ?? false;
  }

  /** Waits until the request stands at the point, or is answered without having come by it. */
  async standsAt(point: Freeze, request: Promise<void>): Promise<boolean> {
    const isReached = async (limitMs: number): Promise<boolean> =>
      (await point.reached(1, limitMs)) !== undefined;
    // Who answers too early comes by it all the same, a moment later.
    const answered = request.then(() => isReached(afterAnswerMs));
    return Promise.race([isReached(pointWithinMs), answered]);
  }

  /** `kill -9` of the api at the point. @returns whether it was there */
  async crashAt(point: Freeze, order: Order): Promise<boolean> {
    const pending = this.place(order);
    const isThere = await this.standsAt(point, pending);
    if (isThere) {
      await this.#api.program.kill();
      await point.abandon();
      await this.#restart([this.#api]);
    } else await point.release();
    await pending;
    return isThere;
  }

  /**
   * `kill -9` of whoever is about to publish the event of the first order: its bytes are on the way
   * and never reach the broker. Before, the next order of the customer gets time to overtake it.
   * @returns whether somebody was about to
   */
  async crashAtPublish(first: Order, next: Order, overtakeWithinMs: number): Promise<boolean> {
    const holds = this.#parts.map((part) => ({
      part,
      hold: part.broker.hold('to-server', { pattern: first.id, first: 1 }),
    }));
    const pending = this.place(first);
    const caught = await this.#lab.until(
      'somebody publishes the event',
      () => holds.find(({ hold }) => hold.held > 0),
      pointWithinMs,
    );
    // Only one of them is to be held: whoever comes next publishes.
    for (const one of holds) if (one !== caught) one.hold.release();
    if (!caught) {
      await pending;
      return false;
    }
    // An api that is held while it publishes answers nobody: then there is no next order either.
    if (caught.part.role === 'relay') {
      await pending;
      await this.place(next);
      await this.seen([next], overtakeWithinMs);
    }
    await caught.part.program.kill();
    caught.hold.cut('rst');
    await pending;
    await this.#restart([caught.part]);
    return true;
  }

  /** `kill -9` of all once the event is with the broker, whose confirm reaches nobody. */
  async crashAfterPublish(order: Order, meanwhile: Order): Promise<boolean> {
    const holds = this.#parts.map(({ broker }) => broker.hold('to-client'));
    const pending = this.place(order);
    const isPublished = await this.seen([order], pointWithinMs);
    await Promise.all(this.#parts.map(({ program }) => program.kill()));
    for (const hold of holds) hold.cut('rst');
    await pending;
    for (const { broker } of this.#parts) broker.heal();
    // An order comes while no relay runs: whoever starts next has to find it.
    await this.#restart([this.#api]);
    await this.place(meanwhile);
    await this.#restart(this.#parts.filter((part) => part !== this.#api));
    return isPublished;
  }

  /**
   * Orders come while the broker is down. One comes before, whose event shows that whoever publishes
   * was connected again. @returns whether it was
   */
  async duringOutage(how: Outage, before: Order, orders: readonly Order[]): Promise<boolean> {
    await this.place(before);
    const wasUp = await this.seen([before], pointWithinMs);
    await this.#breakDown(how);
    await this.placeAll(orders);
    if (how === 'unreachable') for (const { broker } of this.#parts) broker.heal();
    else await this.#lab.broker.start();
    return wasUp;
  }

  /** Waits for what is still to come. */
  async settle(limitMs: number): Promise<void> {
    await this.seen(await this.committed(), limitMs);
  }

  async committed(): Promise<readonly Order[]> {
    return this.#lab.database.query<Order>('SELECT id, customer, amount FROM orders ORDER BY id');
  }

  async stop(): Promise<void> {
    await Promise.all(this.#parts.map(({ program }) => program.stop()));
  }

  async #breakDown(how: Outage): Promise<void> {
    if (how === 'killed') await this.#lab.broker.kill();
    else if (how === 'stopped') await this.#lab.broker.stop();
    else
      for (const { broker } of this.#parts) {
        broker.blackHole();
        broker.cut('rst');
      }
  }

  get #api(): Part {
    return this.#parts[0] as Part;
  }

  async #restart(parts: readonly Part[]): Promise<void> {
    await Promise.all(
      parts.map(async (part) => {
        part.program = await startPart(this.#lab, part.role, part.broker);
      }),
    );
  }
}

function startPart(lab: Lab, role: Part['role'], broker: Proxy): Promise<Program> {
  return lab.start({ broker, env: { PLAN_ROLE: role } });
}

/** `POST /orders`: 201, or 503 where nothing was taken. */
function placing(process: number, order: Order): ClientRequest {
  return {
    process,
    f: 'place',
    asked: order,
    method: 'POST',
    path: '/orders',
    body: order,
    read(answer) {
      const { status } = answer;
      const { id } = (answer.json() ?? {}) as { id?: unknown };
      if (status === 201 && id === order.id) return { outcome: 'ok', value: { status } };
      if (status === 503) return { outcome: 'fail', value: { reason: 'unavailable' } };
      return outsideContract(answer, `201 {"id": "${order.id}"} or 503`);
    },
  };
}
