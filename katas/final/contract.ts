import type { Acts, CallContract, Messages, SequenceSpec, Text } from '../../src/kata/index.js';

export const roles = ['orders', 'payments', 'inventory', 'shipping'] as const;
export type RoleName = (typeof roles)[number];

export const events = 'events';
export const commands = 'commands';

/** In lower case. */
export const keyHeader = 'x-api-key';
export const idempotencyHeader = 'idempotency-key';
export const requestIdHeader = 'x-request-id';
/** The attribute of the server's and the consumers' spans that says whose they are. */
export const orderAttribute = 'order.id';

export const httpSeconds = 'http_server_request_duration_seconds';
export const processed = 'messages_processed_total';

/** Why an order is rejected. */
export const reasons = ['declined', 'out-of-stock', 'not-deliverable', 'deadline'] as const;
export type Reason = (typeof reasons)[number];

/** What happened, and whose fact it is. */
export const facts = {
  OrderCreated: 'orders',
  OrderConfirmed: 'orders',
  OrderRejected: 'orders',
  PaymentAuthorized: 'payments',
  PaymentDeclined: 'payments',
  PaymentRefunded: 'payments',
  StockReserved: 'inventory',
  StockRejected: 'inventory',
  StockReleased: 'inventory',
  ParcelBooked: 'shipping',
  ParcelRefused: 'shipping',
  ParcelCancelled: 'shipping',
} as const satisfies Readonly<Record<string, RoleName>>;
export type Fact = keyof typeof facts;

export const isFact = (name: string): name is Fact => Object.hasOwn(facts, name);

/** What a role is to do, and who does it; in the order in which an order asks for them. */
export const duties = {
  AuthorizePayment: 'payments',
  ReserveStock: 'inventory',
  BookParcel: 'shipping',
  CancelParcel: 'shipping',
  ReleaseStock: 'inventory',
  RefundPayment: 'payments',
} as const satisfies Readonly<Record<string, RoleName>>;

export interface Binding {
  readonly queue: RoleName;
  readonly exchange: string;
  readonly key: string;
}

/** Each role has one queue, of its own name: orders hears the others' facts, they its commands. */
export const bindings: readonly Binding[] = [
  ...Object.entries(facts).flatMap(([key, of]) =>
    of === 'orders' ? [] : [{ queue: 'orders', exchange: events, key } as const],
  ),
  ...Object.entries(duties).map(([key, queue]) => ({ queue, exchange: commands, key })),
];

const takersOf = (name: string): readonly RoleName[] =>
  bindings.flatMap(({ key, queue }) => (key === name ? [queue] : []));

/** What an order was about, over all four services. */
export const sequence: SequenceSpec = {
  subject: { en: 'order', es: 'pedido' },
  fields: ['order', 'id'],
  effects: {
    orders: { orders: { subject: 'id', shows: ['status', 'reason'] } },
    payments: {
      payments: { subject: 'order_id', shows: ['status'] },
      refunds: { subject: 'order_id' },
    },
    inventory: {
      reservations: { subject: 'order_id', shows: ['status'] },
      releases: { subject: 'order_id' },
    },
    shipping: {
      parcels: { subject: 'order_id', shows: ['status'] },
      cancellations: { subject: 'order_id' },
    },
  },
  ends: ['orders CONFIRMED', ...reasons.map((reason) => `orders REJECTED ${reason}`)],
  parties(name) {
    if (isFact(name)) return { from: facts[name], to: takersOf(name) };
    return Object.hasOwn(duties, name) ? { from: 'orders', to: takersOf(name) } : undefined;
  },
};

/** What a client asks for, and what every message tells. */
export interface Order {
  readonly customer: string;
  readonly sku: string;
  readonly quantity: number;
  readonly amount: number;
  readonly address: string;
}

const told: CallContract['body'] = {
  ...{ order: 'text', customer: 'text', sku: 'text' },
  ...{ quantity: 'integer', amount: 'integer', address: 'text' },
};

const bodyOf = (name: string): CallContract['body'] => {
  if (name === 'OrderRejected') return { ...told, reason: reasons };
  return name === 'ParcelBooked' ? { ...told, tracking: 'text' } : told;
};

/** What every service may rely upon. */
export const messages: Messages = {
  ...Object.fromEntries(
    Object.entries(facts).map(([name, from]) => [
      name,
      { kind: 'event', from, to: takersOf(name), exchange: events, body: bodyOf(name) },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(duties).map(([name, to]) => [
      name,
      { kind: 'command', from: 'orders', to: [to], exchange: commands, body: told },
    ]),
  ),
};

/** Beyond the deadline, once everything is healed. */
export const endsWithinMs = 5_000;

const act = (title: Text, breaks: readonly string[], covers: readonly string[] = []) => ({
  ...{ title, breaks, covers },
});

/** What any order may break, in whichever act. */
const anywhere = [
  ...['taken-is-kept', 'effects-as-ordered', 'books-are-even', 'every-order-ends'],
  ...['state-change-has-its-event', 'event-has-its-state-change', 'told-as-ordered'],
  ...['correlates-with-its-order', 'duplicates-are-recognisable', 'confirmed-has-all-three'],
  ...['rejected-keeps-nothing', 'rejected-has-a-cause', 'final-state-stays', 'effect-once'],
  ...['one-order-a-key', 'same-answer', 'asks-with-a-key', 'refused-is-not-stored'],
  'no-client-is-refused-below-it',
];
const served = [...anywhere, 'served-is-confirmed'];
/** Of what is undone, too: who gives it up or undoes it does so in its context. */
const traced = ['one-graph-an-order', 'request-id-everywhere'];
const undoing = [...served, ...traced];
const observed = [...traced, 'the-clients-context-goes-on', 'logs-are-json', 'metrics-tell'];

export const acts: Acts = {
  calm: act(
    { en: 'a calm day', es: 'un día tranquilo' },
    [...served, ...observed, 'refuses-rightly'],
    ['orders-overlapped'],
  ),
  declined: act({ en: 'a customer who cannot pay', es: 'un cliente que no puede pagar' }, undoing, [
    'was-declined',
  ]),
  'out-of-stock': act(
    { en: 'paid, and out of stock', es: 'pagado, y sin existencias' },
    [...undoing, 'compensates-backwards'],
    ['was-out-of-stock'],
  ),
  'not-deliverable': act(
    { en: 'reserved, and the carrier refuses', es: 'reservado, y el transportista se niega' },
    [...undoing, 'compensates-backwards'],
    ['was-not-deliverable'],
  ),
  repeated: act(
    { en: 'orders that are asked for again', es: 'pedidos que se repiten' },
    [...served, 'retry-is-answered', 'refuses-rightly', 'knows-its-clients'],
    ['asked-again'],
  ),
  twice: act({ en: 'every message comes twice', es: 'cada mensaje llega dos veces' }, served, [
    'messages-came-twice',
  ]),
  overtaken: act(
    {
      en: 'the compensation comes before its step',
      es: 'la compensación llega antes que su paso',
    },
    [...anywhere, 'stays-undone'],
    ['were-overtaken'],
  ),
  provider: act(
    {
      en: 'the provider fails, is down, is slow; the carrier is down',
      es: 'el proveedor falla, cae, tarda; el transportista cae',
    },
    [...undoing, 'spares-what-is-down', 'asks-again', 'given-up-in-time', 'logs-are-json'],
    ['was-down', 'was-given-up'],
  ),
  flood: act(
    { en: 'one client floods', es: 'un cliente inunda' },
    [...served, 'clients-keep-their-limit', 'retry-after-is-true', 'others-are-served'],
    ['was-flooded'],
  ),
  crashes: act(
    {
      en: 'each service dies at its worst moments',
      es: 'cada servicio muere en sus peores momentos',
    },
    [...anywhere, 'retry-is-answered'],
    ['crashed-at-each-point'],
  ),
  restarts: act(
    {
      en: 'the broker and the databases are gone for a while',
      es: 'el broker y las bases de datos no están un rato',
    },
    [...served, 'metrics-tell'],
    ['servers-were-away', 'came-again'],
  ),
  overload: act({ en: 'five times the load', es: 'cinco veces la carga' }, served, [
    'was-overloaded',
  ]),
  sigterm: act(
    { en: 'SIGTERM while orders come', es: 'SIGTERM mientras llegan pedidos' },
    [...anywhere, 'nothing-is-lost-at-shutdown'],
    ['were-told-to-end'],
  ),
  rolling: act(
    {
      en: 'each service is replaced by a next version beside it',
      es: 'cada servicio se sustituye por una versión siguiente a su lado',
    },
    served,
    ['were-replaced'],
  ),
  later: act(
    {
      en: 'messages and requests of long ago come once more',
      es: 'mensajes y peticiones de hace rato vuelven a llegar',
    },
    served,
    ['messages-came-later'],
  ),
};

/** What the happy path is worth seeing in: it is good on a calm day, and nowhere else. */
export function actsOfLesson(strategy: string): readonly string[] | undefined {
  return strategy === 'happy-path' ? ['calm', 'out-of-stock', 'repeated', 'flood'] : undefined;
}
