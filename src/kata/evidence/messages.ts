import type { DrainedNote, PublishAnswer, Published, Received } from '../broker.js';
import type { Delivery, Settled } from '../broker-tap.js';
import type { History, Operation } from '../history.js';
import { grouped, noted, type Noted } from './notes.js';

/** What became of one message between its publisher and the queue, all its copies together. */
export interface LifeOfMessage {
  readonly publications: readonly Operation<Published, PublishAnswer>[];
  /** Of these only a tap of the broker tells. */
  readonly deliveries: readonly Noted<Delivery>[];
  readonly settlements: readonly Noted<Settled>[];
}

/** Every message that the history knows of: `of(id)` tells of one that it does not know nothing. */
export interface LivesOfMessages {
  /** In the order in which they were first published. */
  readonly published: readonly string[];
  readonly deliveries: readonly Noted<Delivery>[];
  readonly settlements: readonly Noted<Settled>[];
  of(id: string): LifeOfMessage;
  /** What lay in the queue when it was emptied at the end, by message. */
  left(queue: string): ReadonlyMap<string, readonly Received[]>;
}

export function livesOfMessages(history: History): LivesOfMessages {
  const publications = grouped(
    history.operations<Published, PublishAnswer>('publish'),
    ({ asked }) => asked.id,
  );
  const deliveries = noted<Delivery>(history, 'amqp-delivered');
  const settlements = noted<Settled>(history, 'amqp-settled');
  const delivered = grouped(deliveries, ({ id }) => id);
  const settled = grouped(settlements, ({ id }) => id);
  return {
    published: [...publications.keys()],
    deliveries,
    settlements,
    of: (id) => ({
      publications: publications.get(id) ?? [],
      deliveries: delivered.get(id) ?? [],
      settlements: settled.get(id) ?? [],
    }),
    left: (queue) => grouped(drainedOf(history, queue), ({ id }) => id),
  };
}

/** What lay in the queue when it was emptied at the end. */
export function drainedOf(history: History, queue: string): readonly Received[] {
  const drained = history.notes<DrainedNote>('drained');
  return drained.find(({ value }) => value.queue === queue)?.value.messages ?? [];
}
