import type { History, Operation, UpstreamCall } from '../../../src/kata/index.js';
import {
  orderOf,
  type Abandoned,
  type Came,
  type Final,
  type Order,
  type Read,
  type UpstreamSaid,
} from '../notes.js';

export type Placing = Operation<Order & Read, Order>;
export type Reading = Operation<Read, Order>;

/** What the rules look at, drawn once from the history. */
export interface Story {
  /** Acknowledged orders by id; of several acknowledgements, the first. */
  readonly placed: ReadonlyMap<string, Acknowledged>;
  /** Everything that was ever sent, with the item of the first time. */
  readonly sent: ReadonlyMap<string, string>;
  /** Ids of what was no order, with the lines of the refusals. */
  readonly refused: ReadonlyMap<string, number>;
  /** Whatever was answered with an order: by 201 or 200. */
  readonly told: readonly (Placing | Reading)[];
  readonly reads: readonly Reading[];
  readonly calls: readonly { readonly order: string | undefined; readonly line: number }[];
  /** The line on which upstream first confirmed an order, by id. */
  readonly confirmed: ReadonlyMap<string, number>;
  /** Undefined where that act was not played. */
  readonly abandoned: Abandoned | undefined;
  readonly came: readonly Came[];
  readonly restartLine: number;
  readonly final: Final;
}

export interface Acknowledged {
  readonly id: string;
  readonly replica: string;
  readonly line: number;
}

export function readStory(history: History): Story {
  const [abandoned] = history.notes<Abandoned>('abandoned');
  const [restart] = history.notes('restart');
  const [final] = history.notes<Final>('final');
  if (!restart || !final) throw new Error('the history has no restart or no final state');
  const placings: readonly Placing[] = history.operations<Order & Read, Order>('place');
  const others: readonly Placing[] = history.operations<Order & Read, Order>('place-another');
  const reads = history.operations<Read, Order>('read');
  const nothings = history.operations<{ id: string | null }>('place-none');
  const told = placings.filter(({ outcome }) => outcome === 'ok').map(acknowledged);
  const sent = placings.map(({ asked }) => asked as Order);
  if (abandoned) {
    const { order, replica, status } = abandoned.value;
    sent.unshift(order);
    if (status === 201) told.unshift({ id: order.id, replica, line: abandoned.line });
  }
  const calls = history
    .notes<UpstreamCall>('upstream-call')
    .map(({ value, line }) => ({ order: orderOf(value), line }));
  return {
    placed: firstOf(told.map((one) => [one.id, one])),
    sent: firstOf(sent.map(({ id, item }) => [id, item])),
    refused: firstOf(
      nothings.flatMap((one) => (one.asked.id === null ? [] : [[one.asked.id, lineAt(one)]])),
    ),
    told: [...placings, ...others, ...reads].filter(({ outcome }) => outcome === 'ok'),
    reads,
    calls,
    confirmed: confirmations(history, calls),
    abandoned: abandoned?.value,
    came: history.notes<Came>('came').map(({ value }) => value),
    restartLine: restart.line,
    final: final.value,
  };
}

function acknowledged(placing: Placing): Acknowledged {
  const { id, replica } = placing.asked;
  return { id, replica, line: lineAt(placing) };
}

function lineAt({ completedOn, invokedOn }: Operation): number {
  return completedOn ?? invokedOn;
}

/** Runs of before do not say what upstream answered: it confirmed every call, sooner or later. */
function confirmations(history: History, calls: Story['calls']): Story['confirmed'] {
  const said = history.notes<UpstreamSaid>('upstream-said');
  if (said.length === 0) return firstOf(calls.flatMap(({ order }) => (order ? [[order, 0]] : [])));
  return firstOf(
    said.flatMap(({ value: { order, status }, line }) => (status === 200 ? [[order, line]] : [])),
  );
}

function firstOf<V>(pairs: readonly (readonly [string, V])[]): ReadonlyMap<string, V> {
  return new Map([...pairs].reverse());
}
