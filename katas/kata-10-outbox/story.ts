import type { History, ObservedNote, Operation } from '../../src/kata/index.js';
import { tellsOf, type Order, type Told } from './contract.js';
import type { AskedAgain, Final, Late, Moment, NeverTaken, SeenCommitted } from './notes.js';

/** One delivery that the lab's own consumer saw. */
export interface Seen extends Told {
  /** The message id; empty where it has none. */
  readonly messageId: string;
  /** How it was published. */
  readonly sent: Pick<ObservedNote['message'], 'exchange' | 'key' | 'persistent' | 'expirationMs'>;
  readonly line: number;
  /** Microseconds since the case began. */
  readonly at: number;
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
  /** Only where the run asks for it. */
  readonly neverTaken: (NeverTaken & { readonly line: number }) | undefined;
  readonly late: readonly (Late & { readonly line: number })[];
  /** Orders that the lab saw in the table when only one request for each had been sent. */
  readonly seenCommitted: ReadonlySet<string>;
  readonly askedAgain: readonly (AskedAgain & { readonly line: number })[];
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
    neverTaken: history
      .notes<NeverTaken>('never-taken')
      .map(({ value, line }) => ({ ...value, line }))[0],
    late: history.notes<Late>('late').map(({ value, line }) => ({ ...value, line })),
    seenCommitted: new Set(
      history.notes<SeenCommitted>('seen-committed').map(({ value }) => value.order),
    ),
    askedAgain: history
      .notes<AskedAgain>('asked-again')
      .map(({ value, line }) => ({ ...value, line })),
    load: between(history, 'load-begins', 'load-ends') ?? { from: 0, to: 0 },
    backlog: between(history, 'backlog-begins', 'backlog-ends'),
  };
}

function between(history: History, first: string, last: string): Lines | undefined {
  const [from] = history.notes(first);
  const [to] = history.notes(last);
  return from && to ? { from: from.line, to: to.line } : undefined;
}

/** What the broker never takes, and what stands behind it, need not come. */
export function isExcused(id: string, { neverTaken }: Pick<Story, 'neverTaken'>): boolean {
  return neverTaken?.order === id || neverTaken?.behind === id;
}
