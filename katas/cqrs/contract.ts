import type { Acts, Messages, Text } from '../../src/kata/index.js';

export const events = 'events';
/** The stream queue that the view folds, and the name of its role. */
export const stream = 'view';

export const eventNames = ['OrderCreated', 'OrderChanged', 'OrderCancelled'] as const;
export type EventName = (typeof eventNames)[number];

/** Which state an order has once this was told of it. */
export const statusAfter = {
  OrderCreated: 'OPEN',
  OrderChanged: 'OPEN',
  OrderCancelled: 'CANCELLED',
} as const satisfies Readonly<Record<EventName, string>>;
export type Status = (typeof statusAfter)[EventName];

export const isEventName = (name: string): name is EventName => Object.hasOwn(statusAfter, name);

const body = { order: 'text', version: 'integer', customer: 'text', amount: 'integer' } as const;
const event = { kind: 'event', from: 'order', to: ['view'], exchange: events, body } as const;

export const messages: Messages = Object.fromEntries(eventNames.map((name) => [name, event]));

export const whenCut = ['refuse', 'stale'] as const;
export type WhenCut = (typeof whenCut)[number];

/** Asks the write side, and folds nothing. */
export const asksTheWriteSide = 'query-the-write-side';

/** So long after a write nobody may be shown a state without it, where the view is to refuse. */
export const refusesWithinMs = 1_000;
/** Beyond `--wait-ms`: how long a refusal may take. */
export const graceMs = 2_000;
/** So long after it was shown to somebody, a token may not be refused any more. */
export const shownBeforeMs = 500;
/** So long at most others stand in line because somebody waits for a token. */
export const inTheWayMs = 500;
/** So long after its consumer was cancelled a view that consumes again by itself does. */
export const consumesAgainWithinMs = 8_000;
/** How far the age that an answer tells may be off. */
export const ageOffMs = 500;
/** How much older than the cut it may be: not every view knows at each moment that it is current. */
export const ageBeforeMs = 2_000;

/** What the view shows of one order. */
export interface Shown {
  readonly id: string;
  readonly version: number;
  readonly status: Status;
  readonly amount: number;
}

export interface Summary {
  readonly orders: number;
  readonly total: number;
}

export const summaryOf = (orders: readonly Pick<Shown, 'status' | 'amount'>[]): Summary => {
  const open = orders.filter(({ status }) => status === 'OPEN');
  return { orders: open.length, total: open.reduce((sum, { amount }) => sum + amount, 0) };
};

const always = ['token-has-its-write', 'no-reader-sees-less', 'shows-only-what-was'];
const folded = [...always, 'view-equals-the-fold', 'every-change-is-told'];
const served = [...folded, 'serves-while-connected', 'token-is-waited-for', 'age-is-told'];

const act = (title: Text, breaks: readonly string[], covers: readonly string[]) => ({
  ...{ title, breaks, covers },
});

export const acts: Acts = {
  load: act({ en: 'writes and reads at once', es: 'escrituras y lecturas a la vez' }, served, [
    'reads-overlapped-writes',
  ]),
  duplicates: act({ en: 'every event comes again', es: 'cada evento llega otra vez' }, served, [
    'duplicates-came',
  ]),
  reordering: act(
    { en: 'newer events come before older ones', es: 'eventos nuevos llegan antes que los viejos' },
    served,
    ['events-came-out-of-order'],
  ),
  crash: act(
    { en: 'the view is killed in the middle of a batch', es: 'la vista muere en mitad de un lote' },
    [...folded, 'token-is-waited-for'],
    ['killed-in-the-middle'],
  ),
  rebuild: act(
    { en: 'an empty view is rebuilt from the stream', es: 'una vista vacía se reconstruye' },
    [...folded, 'rebuilt-equals-the-old', 'age-is-told'],
    ['rebuilt-from-the-stream'],
  ),
  crowd: act(
    { en: 'many wait for their tokens at once', es: 'muchos esperan sus tokens a la vez' },
    [...folded, 'token-is-waited-for', 'waiting-is-in-nobodys-way'],
    ['many-waited'],
  ),
  token: act(
    { en: 'a token whose write is still on its way', es: 'un token cuya escritura aún no llegó' },
    [...folded, 'token-wait-ends', 'token-is-waited-for'],
    ['token-came-first', 'ended-amid-a-wait'],
  ),
  cancelled: act(
    {
      en: 'the broker cancels the consumer of the view',
      es: 'el broker cancela al consumidor de la vista',
    },
    [...folded, 'age-is-told', 'serves-while-connected'],
    ['consumer-was-cancelled'],
  ),
  'cut-off': act(
    { en: 'the view is cut off from the broker', es: 'la vista queda aislada del broker' },
    [...folded, 'refuse-is-never-stale', 'stale-always-answers', 'age-is-told'],
    ['was-cut-off'],
  ),
};

/** What each is worth seeing in: what it costs, what it takes wrongly, what it does while it is cut off. */
export function actsOfLesson(
  strategy: string,
  { whenCut: choice }: { readonly whenCut: WhenCut },
): readonly string[] | undefined {
  if (strategy === asksTheWriteSide || choice === 'stale') return ['load', 'cut-off'];
  if (strategy === 'naive-projection') return ['load', 'duplicates'];
  if (strategy === 'idempotent-projection') return ['load', 'duplicates', 'reordering'];
  return undefined;
}
