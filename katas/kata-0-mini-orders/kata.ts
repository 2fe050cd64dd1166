import { choice, defineKata, integer, outsideContract } from '../../src/kata/index.js';
import type {
  Answer,
  ClientRequest,
  Lab,
  Program,
  Upstream,
  UpstreamCall,
} from '../../src/kata/index.js';
import { check, orderOf, type Abandoned, type Final, type Order, type Read } from './rules.js';

/** Its client gives up waiting, and asks the other replica again. */
const impatient: Order = { id: 'o-retried', item: 'teapot' };
/** Nobody ever sends it. */
const neverSent = 'o-never-sent';
const items = ['lamp', 'kettle', 'chair', 'radio', 'mug'];
const patienceMs = 10_000;

export const kata = defineKata({
  id: 'kata-0',
  item: 'm1.b1.kata-0',
  title: { en: 'Mini Orders service', es: 'Mini servicio Orders' },
  conditions: ({ orders, users, restart }) => ({
    en: `${orders} orders by ${users} users on two replicas, one retried, a restart (${restart}) in the middle`,
    es: `${orders} pedidos de ${users} usuarios en dos réplicas, uno reintentado, un reinicio (${restart}) en medio`,
  }),
  services: ['postgres'],
  languages: ['node', 'go'],
  strategies: {
    memory: { en: 'orders in a map of the process', es: 'pedidos en un mapa del proceso' },
    database: { en: 'orders in the database', es: 'pedidos en la base de datos' },
  },
  defaultStrategy: 'memory',
  options: {
    orders: integer({
      default: 60,
      min: 2,
      max: 2_000,
      help: {
        en: 'orders in all, half of them before the restart',
        es: 'pedidos en total, la mitad antes del reinicio',
      },
    }),
    users: integer({
      default: 10,
      min: 2,
      max: 1_000,
      help: { en: 'users at once', es: 'usuarios a la vez' },
    }),
    restart: choice(['stop', 'kill'], {
      default: 'stop',
      help: {
        en: 'how the replicas end in the middle: stop (SIGTERM) or kill (SIGKILL, a crash)',
        es: 'cómo terminan las réplicas en medio: stop (SIGTERM) o kill (SIGKILL, una caída)',
      },
    }),
  },
  lesson: [{ strategy: 'memory' }, { strategy: 'database' }],
  expect: (strategy) =>
    strategy === 'memory'
      ? {
          verdict: 'violated',
          by: 'readable-from-every-replica',
          with: ['survives-the-restart'],
        }
      : { verdict: 'holds' },
  columns: [
    { figure: 'rows', head: { en: 'rows', es: 'filas' } },
    { figure: 'calls', head: { en: 'calls', es: 'llamadas' } },
    { figure: 'repeatedCalls', head: { en: 'repeated calls', es: 'llamadas repetidas' } },
  ],

  async experiment(lab, { orders, users, restart }) {
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
  },

  check,

  questions: {
    problem: {
      en: 'In my own words: which order did the witness lose, who had acknowledged it, and where did it live at that moment? What exactly is the state of this service?',
      es: 'Con mis palabras: ¿qué pedido perdió el testigo, quién lo había confirmado y dónde vivía en ese momento? ¿Cuál es exactamente el estado de este servicio?',
    },
    tradeOffs: {
      en: 'The side effects of one POST /orders: which rows and which calls? Which of them happened twice for the retried order, which only once, and why? Where is the order of the two dangerous?',
      es: 'Los efectos secundarios de un POST /orders: ¿qué filas y qué llamadas? ¿Cuáles ocurrieron dos veces con el pedido reintentado, cuáles solo una, y por qué? ¿Dónde es peligroso el orden entre ambos?',
    },
    realWorld: {
      en: 'Which services that I know are stateless, and where does their state live instead? What would break tomorrow with a second replica or a restart (sessions, caches, uploads, timers)?',
      es: '¿Qué servicios que conozco son stateless, y dónde vive entonces su estado? ¿Qué se rompería mañana con una segunda réplica o un reinicio (sesiones, cachés, ficheros subidos, temporizadores)?',
    },
  },
});

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
