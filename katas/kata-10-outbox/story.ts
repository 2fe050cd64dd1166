import type { History, ObservedNote, Operation } from '../../src/kata/index.js';

export const exchange = 'orders';
export const routingKey = 'order.placed';

export interface Order {
  readonly id: string;
  /** The aggregate: its events keep their order. */
  readonly customer: string;
  readonly amount: number;
}

/** One delivery that the lab's own consumer saw. */
export interface Seen {
  /** The message id; empty where it has none. */
  readonly messageId: string;
  /** What the body says; undefined where it says it otherwise than the contract. */
  readonly order: string | undefined;
  readonly customer: string | undefined;
  readonly amount: number | undefined;
  /** How it was published. */
  readonly sent: Pick<ObservedNote['message'], 'exchange' | 'key' | 'persistent'>;
  readonly line: number;
  /** Microseconds since the case began. */
  readonly at: number;
}

/** Note `final`: the orders that are committed, once every program has ended. */
export interface Final {
  readonly orders: readonly Order[];
  /** Whether anything was ever written to the outbox. */
  readonly outboxUsed: boolean;
}

/** Note `moment`: whether the experiment met the point that it was after. */
export interface Moment {
  readonly at: 'publish' | 'insert' | 'outbox' | 'mark' | 'late-commit' | 'outage';
  readonly met: boolean;
  /** The order that the point is about; empty where it is about no single one. */
  readonly order: string;
}

export type Placed = Operation<Order, { status: number }>;

/** What the rules look at, drawn once from the history. */
export interface Story {
  readonly placed: readonly Placed[];
  readonly events: readonly Seen[];
  /** Deliveries of an order's events, in the order in which they came. */
  readonly byOrder: ReadonlyMap<string, readonly Seen[]>;
  readonly committed: ReadonlyMap<string, Order>;
  readonly moments: readonly (Moment & { readonly line: number })[];
  readonly outboxUsed: boolean;
  /** Lines of the notes before which nothing of the measured load was placed, and after which. */
  readonly load: Lines;
  /** The same of the backlog; undefined where the program took no orders during the outage. */
  readonly backlog: Lines | undefined;
}

export interface Lines {
  readonly from: number;
  readonly to: number;
}

export function readStory(history: History): Story {
  const [final] = history.notes<Final>('final');
  if (!final) throw new Error('the history has no final state');
  const events = history
    .notes<ObservedNote>('observed')
    .map(({ value: { message }, line, at }) => ({
      messageId: message.id,
      ...tellsOf(message.body),
      sent: message,
      line,
      at,
    }));
  const byOrder = new Map<string, Seen[]>();
  for (const event of events)
    if (event.order !== undefined)
      byOrder.set(event.order, [...(byOrder.get(event.order) ?? []), event]);
  return {
    placed: history.operations<Order, { status: number }>('place'),
    events,
    byOrder,
    committed: new Map(final.value.orders.map((order) => [order.id, order])),
    outboxUsed: final.value.outboxUsed,
    moments: history.notes<Moment>('moment').map(({ value, line }) => ({ ...value, line })),
    load: between(history, 'load-begins', 'load-ends') ?? { from: 0, to: 0 },
    backlog: between(history, 'backlog-begins', 'backlog-ends'),
  };
}

function between(history: History, first: string, last: string): Lines | undefined {
  const [from] = history.notes(first);
  const [to] = history.notes(last);
  return from && to ? { from: from.line, to: to.line } : undefined;
}

/** The order that the body of an event tells of. */
export function tellsOf(body: unknown): Pick<Seen, 'order' | 'customer' | 'amount'> {
  const { id, customer, amount } = (body ?? {}) as Record<string, unknown>;
  return {
    order: typeof id === 'string' ? id : undefined,
    customer: typeof customer === 'string' ? customer : undefined,
    amount: typeof amount === 'number' ? amount : undefined,
  };
}

export const isOk = (p: Placed): boolean => p.outcome === 'ok';
export const isRefused = (p: Placed): boolean => p.outcome === 'fail';
export const lineOf = (p: Placed): number => p.completedOn ?? p.invokedOn;
