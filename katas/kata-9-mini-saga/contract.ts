import type {
  Acts,
  CallContract,
  Calls,
  Messages,
  SequenceSpec,
  Text,
} from '../../src/kata/index.js';

export const roles = ['order', 'payment', 'inventory'] as const;
export type RoleName = (typeof roles)[number];

export const styles = ['sync-chain', 'no-compensation', 'choreography', 'orchestration'] as const;
export type Style = (typeof styles)[number];

export const events = 'events';
export const commands = 'commands';

/** Why an order is rejected. */
const reasons = ['declined', 'out-of-stock', 'deadline'] as const;

/** What happened, and whose fact it is. */
export const facts = {
  OrderCreated: 'order',
  PaymentAuthorized: 'payment',
  PaymentDeclined: 'payment',
  PaymentRefunded: 'payment',
  StockReserved: 'inventory',
  StockRejected: 'inventory',
  StockReleased: 'inventory',
  OrderConfirmed: 'order',
  OrderRejected: 'order',
} as const satisfies Readonly<Record<string, RoleName>>;
export type Fact = keyof typeof facts;

export const isFact = (name: string): name is Fact => Object.hasOwn(facts, name);

/** What a role is to do, and who does it. */
export const duties = {
  AuthorizePayment: 'payment',
  RefundPayment: 'payment',
  ReserveStock: 'inventory',
  ReleaseStock: 'inventory',
} as const satisfies Readonly<Record<string, RoleName>>;

/** Which messages come to a role's queue, by style; each role has one queue, of its own name. */
const heard: Readonly<Record<Style, Readonly<Record<RoleName, readonly string[]>>>> = {
  'sync-chain': { order: [], payment: [], inventory: [] },
  'no-compensation': {
    order: ['PaymentDeclined', 'StockReserved', 'StockRejected'],
    payment: ['OrderCreated'],
    inventory: ['PaymentAuthorized'],
  },
  choreography: {
    order: ['PaymentDeclined', 'StockReserved', 'StockRejected', 'PaymentRefunded'],
    payment: ['OrderCreated', 'StockRejected', 'OrderRejected'],
    inventory: ['PaymentAuthorized', 'OrderRejected'],
  },
  orchestration: {
    order: [
      ...['PaymentAuthorized', 'PaymentDeclined', 'PaymentRefunded'],
      ...['StockReserved', 'StockRejected', 'StockReleased'],
    ],
    payment: ['AuthorizePayment', 'RefundPayment'],
    inventory: ['ReserveStock', 'ReleaseStock'],
  },
};

/** Of a style that the kata does not know: whoever hears of it in any. */
function takersOf(name: string, strategy: string): readonly RoleName[] {
  return roles.filter((role) =>
    bindingsOf(strategy).some(({ queue, key }) => queue === role && key === name),
  );
}

/** What an order was about, over all three services. */
export const sequence: SequenceSpec = {
  subject: { en: 'order', es: 'pedido' },
  fields: ['order', 'id'],
  effects: {
    order: { orders: { subject: 'id', shows: ['status', 'reason'] } },
    payment: {
      payments: { subject: 'order_id', shows: ['status'] },
      refunds: { subject: 'order_id' },
    },
    inventory: {
      reservations: { subject: 'order_id', shows: ['status'] },
      releases: { subject: 'order_id' },
    },
  },
  ends: ['orders CONFIRMED', ...reasons.map((reason) => `orders REJECTED ${reason}`)],
  parties(name, strategy) {
    if (isFact(name)) return { from: facts[name], to: takersOf(name, strategy) };
    return Object.hasOwn(duties, name)
      ? { from: 'order', to: takersOf(name, strategy) }
      : undefined;
  },
};

export interface Binding {
  readonly queue: RoleName;
  readonly exchange: string;
  readonly key: string;
}

/** Of a style that the kata does not know: all that any style needs. */
export function bindingsOf(strategy: string): readonly Binding[] {
  const known = isStyle(strategy) ? [heard[strategy]] : Object.values(heard);
  return roles.flatMap((queue) => {
    const keys = new Set(known.flatMap((one) => one[queue]));
    return [...keys].map((key) => ({ queue, exchange: exchangeOf(key), key }));
  });
}

export const isStyle = (name: string): name is Style =>
  (styles as readonly string[]).includes(name);

const exchangeOf = (key: string): string => (isFact(key) ? events : commands);

/** What a client asks for, and what every message tells. */
export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly sku: string;
  readonly quantity: number;
  readonly amount: number;
}

const told: CallContract['body'] = {
  ...{ order: 'text', customer: 'text', sku: 'text' },
  ...{ quantity: 'integer', amount: 'integer' },
};

/** How `sync-chain` calls the others. */
export const calls: Calls = {
  'POST /payments': { to: 'payment', body: told, answers: { 201: {}, 409: {} } },
  'POST /refunds': { to: 'payment', body: told, answers: { 200: {} } },
  'POST /reservations': { to: 'inventory', body: told, answers: { 201: {}, 409: {} } },
  'POST /releases': { to: 'inventory', body: told, answers: { 200: {} } },
};

/** What every service may rely upon, in every style. */
export const messages: Messages = {
  ...Object.fromEntries(
    Object.entries(facts).map(([name, from]) => {
      const body = name === 'OrderRejected' ? { ...told, reason: reasons } : told;
      const to = takersOf(name, '');
      return [name, { kind: 'event', from, to, exchange: events, body }];
    }),
  ),
  ...Object.fromEntries(
    Object.entries(duties).map(([name, to]) => {
      const of = { kind: 'command', from: 'order', exchange: commands } as const;
      return [name, { ...of, to: [to], body: told }];
    }),
  ),
};

/** What the body of a message says; undefined where it says it otherwise than the contract. */
export interface Told {
  readonly order: string | undefined;
  readonly customer: string | undefined;
  readonly sku: string | undefined;
  readonly quantity: number | undefined;
  readonly amount: number | undefined;
}

export function tellsOf(body: unknown): Told {
  const { order, customer, sku, quantity, amount } = (body ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  return {
    ...{ order: text(order), customer: text(customer), sku: text(sku) },
    ...{ quantity: number(quantity), amount: number(amount) },
  };
}

/** Beyond the deadline, once everything is healed. */
export const endsWithinMs = 5_000;

const effects = [
  ...['every-order-ends', 'rejected-keeps-nothing', 'confirmed-has-both', 'effect-once'],
  ...['effects-as-ordered', 'money-conserved', 'stock-conserved', 'rejected-has-a-cause'],
  ...['state-change-has-its-event', 'event-has-its-state-change', 'final-state-stays'],
  ...[
    'correlates-with-its-order',
    'told-as-ordered',
    'duplicates-are-recognisable',
    'taken-is-kept',
  ],
];
const givenUp = [...effects, 'given-up-in-time'];
const served = [...effects, 'served-is-confirmed'];

const act = (title: Text, breaks: readonly string[], covers: readonly string[] = []) => ({
  ...{ title, breaks, covers },
});

export const acts: Acts = {
  enough: act({ en: 'there is enough of all', es: 'hay de todo' }, served, ['orders-overlapped']),
  declined: act({ en: 'a customer who cannot pay', es: 'un cliente que no puede pagar' }, effects, [
    'was-declined',
  ]),
  'out-of-stock': act({ en: 'paid, and out of stock', es: 'pagado, y sin existencias' }, effects, [
    'was-out-of-stock',
  ]),
  twice: act({ en: 'every message comes twice', es: 'cada mensaje llega dos veces' }, served, [
    'messages-came-twice',
  ]),
  newer: act(
    { en: 'messages of a newer version', es: 'mensajes de una versión más nueva' },
    served,
    ['newer-messages-came'],
  ),
  unreadable: act(
    { en: 'an unreadable message among good ones', es: 'un mensaje ilegible entre los buenos' },
    [...served, 'unreadable-is-rejected'],
  ),
  'last-unit': act(
    { en: 'two orders for the last unit', es: 'dos pedidos para la última unidad' },
    [...served],
  ),
  crashes: act(
    { en: 'each service dies at its points', es: 'cada servicio muere en sus puntos' },
    effects,
    ['crashed-at-each-point'],
  ),
  sigterm: act(
    {
      en: 'each service is told to end with work in hand',
      es: 'a cada servicio se le dice que termine con trabajo entre manos',
    },
    [...effects, 'stops-in-order'],
    ['told-to-end-with-work-in-hand'],
  ),
  'stubborn-refund': act(
    { en: 'a compensation fails three times', es: 'una compensación falla tres veces' },
    effects,
    ['refund-failed-three-times'],
  ),
  late: act({ en: 'a success after the deadline', es: 'un éxito tras el plazo' }, givenUp, [
    'success-came-late',
  ]),
  'cut-off': act(
    {
      en: 'payment is cut off beyond the deadline, and order is away',
      es: 'payment queda aislado más allá del plazo, y order no está',
    },
    givenUp,
    ['payment-was-cut-off', 'order-was-cut-off'],
  ),
  overtaken: act(
    { en: 'a compensation overtakes its step', es: 'una compensación adelanta a su paso' },
    givenUp,
    [
      ...['compensation-came-first', 'killed-as-it-gave-up', 'undone-beside-others'],
      ...['undone-as-it-was-paid', 'asked-before-it-was-written'],
    ],
  ),
  'broker-gone': act(
    { en: 'the broker is gone for a while', es: 'el broker no está un rato' },
    givenUp,
    ['broker-was-gone'],
  ),
};

/** What each is worth seeing in: who forgets where it is, who undoes nothing, and the two that do not. */
export function actsOfLesson(strategy: string): readonly string[] | undefined {
  if (strategy === 'sync-chain') return ['enough', 'declined', 'out-of-stock', 'crashes'];
  if (strategy === 'no-compensation') return ['enough', 'declined', 'out-of-stock'];
  return undefined;
}
