export type Arguments = Readonly<Record<string, unknown>>;

/** Notes that a tap writes, by name. Times are those of the bytes passing. */
export interface TapNotes {
  /** The broker handed a message to a program. */
  readonly 'amqp-delivered': Delivery;
  /** A program settled a delivery, and it reached the broker. */
  readonly 'amqp-settled': Settled;
  /** A program declared a queue, whether or not it was there. */
  readonly 'amqp-declared': DeclaredQueue;
  /** A program published. */
  readonly 'amqp-published': RelayedPublication;
  /** The broker confirmed (or refused) what a program published. */
  readonly 'amqp-confirmed': RelayedConfirm;
  /** A channel ended, by the broker for an error of the program's, or by the program. */
  readonly 'amqp-channel-closed': ChannelClosed;
  /** A connection ended; what it held goes back into its queue. */
  readonly 'amqp-disconnected': Disconnected;
}

/** Where on a tap it happened: connections are counted from 0 for each tap. */
export interface OnChannel {
  readonly tap: number;
  readonly connection: number;
  readonly channel: number;
}

export interface Delivery extends OnChannel {
  /** Counted from 0 over all taps of the case; settled under the same number. */
  readonly delivery: number;
  /** `message_id`. */
  readonly id: string;
  readonly exchange: string;
  readonly key: string;
  readonly redelivered: boolean;
  readonly headers: Arguments;
  /** Consumed with `no_ack`: it counts as done for the broker when it is sent. */
  readonly autoAck: boolean;
}

export interface Settled extends OnChannel {
  /** Undefined for a tag that the program did not have, or had settled already. */
  readonly delivery: number | undefined;
  readonly id: string | undefined;
  readonly how: 'ack' | 'requeue' | 'discard';
  /** Left out where it is not: the channel is in AMQP transactions, so it counts with their commit. */
  readonly transacted?: true;
}

export interface DeclaredQueue extends OnChannel {
  /** Empty where the broker is to name it. */
  readonly queue: string;
  readonly durable: boolean;
  readonly exclusive: boolean;
}

export interface RelayedPublication extends OnChannel {
  /** Counted from 0 over all taps of the case. */
  readonly publication: number;
  readonly id: string;
  readonly exchange: string;
  readonly key: string;
  readonly headers: Arguments;
  /** Not in runs stored before the lab read it. */
  readonly persistent?: boolean;
}

export interface RelayedConfirm extends OnChannel {
  readonly publication: number;
  readonly id: string;
  readonly how: 'ack' | 'nack';
}

export interface ChannelClosed extends OnChannel {
  readonly by: 'broker' | 'program';
  /** 406 for a delivery tag settled twice, 404 for a queue that is not there, 200 for no error. */
  readonly code: number;
  readonly text: string;
  /** Ids of the messages that were not settled; they go back into their queue. */
  readonly unacked: readonly string[];
}

export interface Disconnected {
  readonly tap: number;
  readonly connection: number;
  /** Ids of the messages that were not settled. */
  readonly unacked: readonly string[];
}

export interface Tap {
  /** The broker's, with host and port replaced. */
  readonly url: string;
  readonly connections: number;
  /** How many consumers programs have through it on this queue. */
  consumers(queue: string): number;
  /** Delivered through it and not settled, on connections that are open. */
  readonly unacked: readonly Delivery[];
  /** All deliveries and settlements until now, in order. */
  readonly deliveries: readonly Delivery[];
  readonly settled: readonly Settled[];
  /** Breaks every connection through it; a note `fault` of kind `cut`. */
  cut(how: 'fin' | 'rst'): void;
  /**
   * Cancels all consumers on a queue, as the broker does that loses it: their programs are told by
   * `basic.cancel`, connection and channel stay open, and nothing more is delivered to them. Let nothing be on
   * its way to them as this is called. A note `fault`.
   * @returns how many there were
   */
  cancelConsumers(queue: string): Promise<number>;
}

/**
 * The start of an acknowledgement as a client sends it, for `proxy.hold('to-server', { pattern })`:
 * a method frame of basic.ack.
 */
export const ackOnTheWire = /\x01[^]{2}\x00\x00\x00\x0d\x00\x3c\x00\x50/;

/**
 * The start of what a broker says once it has what was published, for `proxy.hold('to-client')`:
 * a method frame of basic.ack, basic.nack or tx.commit-ok. A connection still opens meanwhile.
 */
export const confirmOnTheWire =
  /\x01[^]{2}\x00\x00\x00(?:\x0d\x00\x3c\x00\x50|\x0d\x00\x3c\x00\x78|\x04\x00\x5a\x00\x15)/;

/**
 * The start of what a broker says that does not take what was published, for
 * `proxy.hold('to-client')`: a method frame of basic.nack, or of channel.close.
 */
export const refusalOnTheWire =
  /\x01[^]{2}\x00\x00(?:\x00\x0d\x00\x3c\x00\x78|[^]{2}\x00\x14\x00\x28)/;
