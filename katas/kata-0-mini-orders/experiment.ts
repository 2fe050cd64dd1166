import {
  outsideContract,
  type Answer,
  type ClientRequest,
  type Lab,
  type Program,
  type Upstream,
  type UpstreamCall,
} from '../../src/kata/index.js';
import { orderOf, type Abandoned, type Final, type Order, type Read } from './notes.js';

/** Its client gives up waiting, and asks the other replica again. */
const impatient: Order = { id: 'o-retried', item: 'teapot' };
/** Nobody ever sends it. */
const neverSent = 'o-never-sent';
const items = ['lamp', 'kettle', 'chair', 'radio', 'mug'];
const patienceMs = 10_000;

interface Options {
  readonly orders: number;
  readonly users: number;
  readonly restart: 'stop' | 'kill';
}

export async function experiment(lab: Lab, { orders, users, restart }: Options): Promise<void> {
  const held = new Held(impatient.id);
  const upstream = await lab.upstream((call) => held.answer(call));
  const sent = Array.from({ length: orders }, (_, n) => ({
    id: `o-${n + 1}`,
    item: items[n % items.length] ?? '',
  }));
  const before = sent.slice(0, Math.ceil(orders / 2));

  const first = await twoReplicas(lab, upstream);
  await placeAll(lab, first, before, users);
  await giveUpOn(lab, first[0], held);
  await lab.oneByOne(first[1], [placing(0, impatient, 'B')]);
  await readAll(lab, first, [...before, impatient]);

  await Promise.all(first.map((replica) => replica[restart]()));
  lab.note('restart', { restart });

  const second = await twoReplicas(lab, upstream);
  await placeAll(lab, second, sent.slice(before.length), users);
  await readAll(lab, second, [...sent, impatient]);
  await Promise.all(second.map((replica) => replica.stop()));

  lab.note('final', {
    rows: await lab.database.query<Order>('SELECT id, item FROM orders ORDER BY id'),
  } satisfies Final);
}

type Replicas = readonly [Program, Program];

async function twoReplicas(lab: Lab, upstream: Upstream): Promise<Replicas> {
  return Promise.all([lab.start({ upstream }), lab.start({ upstream })]);
}

/** Users are shared out to the replicas in turn, so that a user's number tells the replica. */
async function placeAll(
  lab: Lab,
  replicas: Replicas,
  orders: readonly Order[],
  users: number,
): Promise<void> {
  await lab.closed(replicas, {
    users,
    requests: orders.length,
    next: (user, n) => placing(user, orders[n] as Order, user % 2 === 0 ? 'A' : 'B'),
  });
}

/** Every order, and one that nobody sent, from each replica. */
async function readAll(lab: Lab, replicas: Replicas, orders: readonly Order[]): Promise<void> {
  const ids = [...orders.map(({ id }) => id), neverSent];
  for (const [n, replica] of (['A', 'B'] as const).entries())
    await lab.oneByOne(
      replicas[n] as Program,
      ids.map((id) => reading({ id, replica })),
    );
}

/**
 * A client that goes away while its order is under way: no clock decides, but the call upstream,
 * which is answered only once the client is gone. A note rather than an operation, because here
 * the answer that does not come is no fault of the program's.
 */
async function giveUpOn(lab: Lab, program: Program, held: Held): Promise<void> {
  let outcome: Abandoned['outcome'];
  let status: number | null = null;
  try {
    const answer = await fetch(`${program.url}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(impatient),
      signal: AbortSignal.any([held.called, lab.signal, AbortSignal.timeout(patienceMs)]),
    });
    await answer.text();
    status = answer.status;
    outcome = 'answered';
  } catch {
    outcome = held.called.aborted ? 'gave-up' : 'no-answer';
  } finally {
    held.clientIsGone();
  }
  lab.signal.throwIfAborted();
  lab.note('abandoned', { order: impatient, replica: 'A', outcome, status } satisfies Abandoned);
}

/** The service behind: confirms at once, but for the first call about one order. */
class Held {
  readonly #id: string;
  readonly #call = new AbortController();
  readonly #gone: Promise<void>;
  clientIsGone = (): void => undefined;

  constructor(id: string) {
    this.#id = id;
    this.#gone = new Promise((resolve) => (this.clientIsGone = resolve));
  }

  /** Aborted once the call about the order has come. */
  get called(): AbortSignal {
    return this.#call.signal;
  }

  async answer(call: UpstreamCall): Promise<{ status: number; body: unknown }> {
    if (orderOf(call) === this.#id) {
      this.#call.abort();
      await this.#gone;
    }
    return { status: 200, body: { confirmed: true } };
  }
}

/** `POST /orders`: 201 with the order. */
function placing(process: number, order: Order, replica: Read['replica']): ClientRequest {
  return {
    process,
    f: 'place',
    asked: { ...order, replica },
    method: 'POST',
    path: '/orders',
    body: order,
    read: (answer) =>
      answer.status === 201 && orderIn(answer)?.id === order.id
        ? { outcome: 'ok', value: orderIn(answer) }
        : outsideContract(answer, `201 ${JSON.stringify(order)}`),
  };
}

/** `GET /orders/{id}`: 200 with the order, or 404. */
function reading(asked: Read): ClientRequest {
  return {
    process: 0,
    f: 'read',
    asked,
    method: 'GET',
    path: `/orders/${asked.id}`,
    read(answer) {
      const order = orderIn(answer);
      if (answer.status === 200 && order) return { outcome: 'ok', value: order };
      if (answer.status === 404) return { outcome: 'fail', value: { reason: 'not-found' } };
      return outsideContract(answer, `200 {"id": "${asked.id}", "item": "…"} or 404`);
    },
  };
}

function orderIn(answer: Answer): Order | undefined {
  const { id, item } = (answer.json() ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && typeof item === 'string' ? { id, item } : undefined;
}
