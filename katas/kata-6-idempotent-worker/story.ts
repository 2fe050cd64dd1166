import type {
  Delivery,
  DrainedNote,
  History,
  Operation,
  PublishAnswer,
  Published,
  Settled,
} from '../../src/kata/index.js';
import type { Payment } from './contract.js';
import type { Charge, Frozen, Held, Ledger } from './notes.js';

export type Noted<T> = T & { readonly line: number };

/** Everything that is known of one message, all its copies together. */
export interface Told {
  readonly id: string;
  readonly payment: Payment;
  readonly publications: readonly Operation<Published, PublishAnswer>[];
  readonly deliveries: readonly Noted<Delivery>[];
  /** Of its deliveries. */
  readonly settlements: readonly Noted<Settled>[];
  readonly rows: readonly Charge[];
  /** Copies still in the queue at the end. */
  readonly left: number;
}

export interface Story {
  readonly messages: readonly Told[];
  readonly deliveries: readonly Noted<Delivery>[];
  readonly settlements: readonly Noted<Settled>[];
  readonly held: readonly Noted<Held>[];
  readonly frozen: readonly (Noted<Frozen> & { readonly thawedOn: number })[];
  readonly charges: readonly Charge[];
}

export function readStory(history: History): Story {
  const ledger = history.notes<Ledger>('ledger')[0];
  const drained = history.notes<DrainedNote>('drained')[0];
  if (!ledger || !drained) throw new Error('the history has no ledger or no drained queue');
  const { charges } = ledger.value;
  const deliveries = noted<Delivery>(history, 'amqp-delivered');
  const settlements = noted<Settled>(history, 'amqp-settled');
  const thawed = noted<{ id: string }>(history, 'thawed');
  const frozen = noted<Frozen>(history, 'frozen').map((one) => ({
    ...one,
    thawedOn: thawed.find(({ id, line }) => id === one.id && line > one.line)?.line ?? Infinity,
  }));
  const delivered = grouped(deliveries, ({ id }) => id);
  const settled = grouped(settlements, ({ id }) => id);
  const left = grouped(drained.value.messages, ({ id }) => id);
  const rows = grouped(charges, ({ payment }) => payment);
  const publications = grouped(
    history.operations<Published, PublishAnswer>('publish'),
    ({ asked }) => asked.id,
  );
  const messages = [...publications].map(([id, copies]): Told => {
    const payment = copies[0]?.asked.body as Payment;
    return {
      id,
      payment,
      publications: copies,
      deliveries: delivered.get(id) ?? [],
      settlements: settled.get(id) ?? [],
      rows: rows.get(payment.payment) ?? [],
      left: left.get(id)?.length ?? 0,
    };
  });
  const held = noted<Held>(history, 'held');
  return { messages, deliveries, settlements, held, frozen, charges };
}

function noted<T extends object>(history: History, f: string): Noted<T>[] {
  return history.notes<T>(f).map(({ value, line }) => ({ ...value, line }));
}

function grouped<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
