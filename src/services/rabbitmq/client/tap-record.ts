import type {
  ChannelClosed,
  DeclaredQueue,
  Delivery,
  Disconnected,
  OnChannel,
  RelayedConfirm,
  RelayedPublication,
  Settled,
  TapNotes,
} from '../../../kata/broker-tap.js';
import type { Recorder } from '../../../history/recorder.js';

/** Numbers that are counted over all taps of a case. */
export interface TapCounters {
  deliveries: number;
  publications: number;
}

/** What passed through one tap, in order, in the history too. */
export class TapRecord {
  readonly deliveries: Delivery[] = [];
  readonly settlements: Settled[] = [];
  readonly #recorder: Recorder;
  readonly #counters: TapCounters;
  /** Goes up with everything that happens. */
  moves = 0;

  constructor(recorder: Recorder, counters: TapCounters) {
    this.#recorder = recorder;
    this.#counters = counters;
  }

  delivered(fields: Omit<Delivery, 'delivery'>): Delivery {
    const delivery = { ...fields, delivery: this.#counters.deliveries };
    this.#counters.deliveries += 1;
    this.deliveries.push(delivery);
    this.#note('amqp-delivered', delivery);
    return delivery;
  }

  settled(
    at: Pick<Settled, keyof OnChannel | 'transacted'>,
    delivery: Delivery | undefined,
    how: Settled['how'],
  ): void {
    const settled = { ...at, delivery: delivery?.delivery, id: delivery?.id, how };
    this.settlements.push(settled);
    this.#note('amqp-settled', settled);
  }

  /** @returns its number */
  published(fields: Omit<RelayedPublication, 'publication'>): number {
    const publication = this.#counters.publications;
    this.#counters.publications += 1;
    this.#note('amqp-published', { ...fields, publication });
    return publication;
  }

  declared(declared: DeclaredQueue): void {
    this.#note('amqp-declared', declared);
  }

  confirmed(confirm: RelayedConfirm): void {
    this.#note('amqp-confirmed', confirm);
  }

  channelClosed(closed: ChannelClosed): void {
    this.#note('amqp-channel-closed', closed);
  }

  disconnected(disconnected: Disconnected): void {
    this.#note('amqp-disconnected', disconnected);
  }

  #note<N extends keyof TapNotes>(f: N, value: TapNotes[N]): void {
    this.moves += 1;
    this.#recorder.note(f, value);
  }
}
