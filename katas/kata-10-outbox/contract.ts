import type { Acts } from '../../src/kata/index.js';

export const exchange = 'orders';

export const routingKey = 'order.placed';

export interface Order {
  readonly id: string;
  /** The aggregate: its events keep their order. */
  readonly customer: string;
  readonly amount: number;
}

/** Each of them can be broken wherever orders are placed. */
const anywhere = [
  'no-lost-event',
  'no-phantom-event',
  'event-as-ordered',
  'sent-as-agreed',
  'duplicates-are-recognisable',
  'order-kept',
  'event-in-time',
  'acknowledged-is-committed',
  'refused-is-not-committed',
];

export const acts: Acts = {
  load: {
    title: {
      en: 'customers place orders, each its next once the last is answered',
      es: 'clientes que hacen pedidos, cada uno el siguiente cuando se respondió el último',
    },
    breaks: anywhere,
    covers: [],
  },
  'asked-again': {
    title: {
      en: 'what is no order, and an order that comes again',
      es: 'lo que no es un pedido, y un pedido que llega otra vez',
    },
    breaks: anywhere,
    covers: [],
  },
  'late-commit': {
    title: {
      en: 'one takes its place in the outbox first and commits last',
      es: 'uno toma su sitio en el outbox el primero y hace commit el último',
    },
    breaks: anywhere,
    covers: ['one-committed-late'],
  },
  publish: {
    title: {
      en: 'whoever publishes is killed, with its event on the way to the broker',
      es: 'quien publica muere, con su evento de camino al broker',
    },
    breaks: anywhere,
    covers: ['crashed-before-publishing'],
  },
  insert: {
    title: {
      en: 'the api is killed as it writes the order',
      es: 'la api muere al escribir el pedido',
    },
    breaks: anywhere,
    covers: ['crashed-at-the-order'],
  },
  outbox: {
    title: {
      en: 'the api is killed as it writes the outbox',
      es: 'la api muere al escribir el outbox',
    },
    breaks: anywhere,
    covers: ['crashed-at-the-outbox'],
  },
  commit: {
    title: {
      en: 'the database takes its time over a COMMIT, and the api is killed meanwhile',
      es: 'la base de datos se demora en un COMMIT, y mientras tanto muere la api',
    },
    breaks: anywhere,
    covers: ['crashed-at-the-commit'],
  },
  'session-lost': {
    title: {
      en: 'the database loses sessions at COMMIT: before it, and before its answer',
      es: 'la base de datos pierde sesiones en el COMMIT: antes de él, y antes de su respuesta',
    },
    breaks: [...anywhere, 'asked-again-is-taken'],
    covers: ['lost-before-the-commit', 'lost-after-the-commit'],
  },
  refused: {
    title: {
      en: 'the broker refuses an event, and takes it the next time',
      es: 'el broker rechaza un evento, y lo acepta la vez siguiente',
    },
    breaks: anywhere,
    covers: ['broker-refused'],
  },
  'api-cut-off': {
    title: {
      en: 'the api alone loses the broker for a moment',
      es: 'solo la api pierde el broker por un momento',
    },
    breaks: anywhere,
    covers: [],
  },
  'never-taken': {
    title: {
      en: 'the broker always refuses one event (only with --poison one)',
      es: 'el broker rechaza siempre un evento (solo con --poison one)',
    },
    breaks: [...anywhere, 'others-go-on'],
    covers: [],
  },
  outage: {
    title: {
      en: 'the broker is down, and orders pile up',
      es: 'el broker no está, y los pedidos se acumulan',
    },
    breaks: anywhere,
    covers: ['broker-was-down'],
  },
  published: {
    title: {
      en: 'everything is killed between an event and its confirm',
      es: 'todo muere entre un evento y su confirm',
    },
    breaks: anywhere,
    covers: ['crashed-after-publishing'],
  },
};

/** What the body of an event says; undefined where it says it otherwise than the contract. */
export interface Told {
  readonly order: string | undefined;
  readonly customer: string | undefined;
  readonly amount: number | undefined;
}

/** The order that the body of an event tells of. */
export function tellsOf(body: unknown): Told {
  const { id, customer, amount } = (body ?? {}) as Record<string, unknown>;
  return {
    order: typeof id === 'string' ? id : undefined,
    customer: typeof customer === 'string' ? customer : undefined,
    amount: typeof amount === 'number' ? amount : undefined,
  };
}
