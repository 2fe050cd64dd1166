/**
 * The message broker of a case, reached by the lab itself and never through the implementation.
 * Everything that matters for a verdict is in the history, in the forms named here, so that a
 * checker stays pure.
 */
export interface Broker {
  /**
   * Of the case's own fresh vhost. Programs get it as AMQP_URL; give `start({ broker })` a proxy or
   * a tap instead to stand between a program and its broker.
   */
  readonly url: string;
  /** Durable, unless the options say otherwise. Programs find their queues there already. */
  declareQueue(name: string, options?: QueueOptions): Promise<void>;
  /** With all that is in it; nothing where there is none. */
  deleteQueue(name: string): Promise<void>;
  declareExchange(name: string, type: ExchangeType, options?: ExchangeOptions): Promise<void>;
  bindQueue(queue: string, exchange: string, key: string, args?: Arguments): Promise<void>;
  /** Takes a binding away: what is in the queue already stays there. */
  unbindQueue(queue: string, exchange: string, key: string): Promise<void>;
  /**
   * Publishes all of them pipelined, in this order, on one channel, and waits for the broker's
   * confirms. Each is an operation `publish` ({@link Published}): `ok` confirmed, `fail` refused or
   * routed nowhere, `unknown` where the connection broke or no confirm came in time. It never
   * throws for that.
   * @returns how many of each
   */
  publish(
    to: Address,
    messages: readonly OutgoingMessage[],
    options?: PublishOptions,
  ): Promise<PublishCounts>;
  /**
   * Takes every message that is ready in a queue away, in order; a note `drained`
   * ({@link DrainedNote}). What a program holds unacknowledged is not ready: stop it first, and the
   * broker puts that back, which this waits for where the program was behind a tap.
   */
  drain(queue: string): Promise<readonly Received[]>;
  /** What a client can know of a queue; for what is unacknowledged, ask a {@link Tap}. */
  depth(queue: string): Promise<QueueDepth>;
  /**
   * Consumes a queue and acknowledges at once; each delivery is a note `observed` with its time
   * ({@link ObservedNote}). Goes on after the broker was down.
   */
  observe(queue: string): Promise<Observer>;
  /**
   * A recorder between programs and the broker: `start({ broker: tap })`, or a proxy before it:
   * `lab.proxy({ url: tap.url })`. It reads AMQP as it passes, changes nothing, and writes what the
   * broker and the programs really told each other into the history ({@link TapNotes}).
   */
  tap(): Promise<Tap>;
  /**
   * Waits until nothing is left to do: the queues have no ready message, nothing is unacknowledged
   * at any tap, the broker has noticed every consumer that went away (and so has put back what it
   * held), and nothing moved between two looks. Every program must be behind a tap then; without
   * any tap, what programs hold cannot be seen, and it only waits for the queues to be empty.
   * @returns whether that came within the limit (default 10 s); where not, a note `awaited-in-vain`
   */
  settled(queues: readonly string[], limitMs?: number): Promise<boolean>;
  /**
   * SIGKILL: what was confirmed and is durable comes back with `start`. Each of the three is a note
   * `fault` ({@link BrokerFault}).
   * @throws PlanError `broker-not-ours` (exit 4) where the lab did not start it itself
   */
  kill(): Promise<void>;
  /** In order: connections are closed, everything is written. @throws as `kill` */
  stop(): Promise<void>;
  /** The same broker again, on the same port; ready when this settles. @throws as `kill` */
  start(): Promise<void>;
  /**
   * Closes the connections of all programs as an operator does (320 CONNECTION_FORCED); they may
   * connect again at once. A note `fault`. To break one in the middle of something, use a proxy.
   */
  cutConnections(): Promise<void>;
}

/** Note `fault` of the broker itself; `broker-started` is written once it is ready. */
export interface BrokerFault {
  readonly kind: 'broker-killed' | 'broker-stopped' | 'broker-started' | 'broker-connections-cut';
  readonly target: 'broker';
  readonly detail: { readonly connections?: number };
}

export type Arguments = Readonly<Record<string, unknown>>;
export type ExchangeType = 'direct' | 'topic' | 'fanout' | 'headers';

export interface QueueOptions {
  readonly durable?: boolean;
  readonly exclusive?: boolean;
  readonly autoDelete?: boolean;
  /** As the broker names them: `x-queue-type`, `x-dead-letter-exchange`, `x-message-ttl`, … */
  readonly arguments?: Arguments;
}

export interface ExchangeOptions {
  readonly durable?: boolean;
  readonly arguments?: Arguments;
}

/** A queue's name (through the default exchange), or an exchange and a routing key. */
export type Address = string | { readonly exchange: string; readonly key: string };

export interface OutgoingMessage {
  /** The property `message_id`. The same id twice is a duplicate that the experiment publishes. */
  readonly id: string;
  /** Sent as JSON. */
  readonly body: unknown;
  /** Sent in place of the body as it stands, where what is sent is to be no JSON. */
  readonly rawBody?: string;
  /** The property `correlation_id`. */
  readonly correlationId?: string;
  readonly headers?: Arguments;
  /** Written to disk by durable queues; the default. */
  readonly persistent?: boolean;
  readonly expirationMs?: number;
}

export interface PublishOptions {
  /** False: not waited for, and `ok` says only that it was sent. */
  readonly confirm?: boolean;
  /** Default 10 s, for all of them together. */
  readonly confirmWithinMs?: number;
}

export interface PublishCounts {
  readonly ok: number;
  readonly fail: number;
  readonly unknown: number;
}

/** What an operation `publish` asked for; its answer is {@link PublishAnswer}. */
export interface Published {
  readonly exchange: string;
  /** Through the default exchange (`''`) this is the queue. */
  readonly key: string;
  readonly id: string;
  readonly body: unknown;
}

export type PublishAnswer =
  | { readonly confirmed: boolean }
  /** `unroutable`: no queue is bound there. `nacked`: the broker refused it. */
  | { readonly reason: 'unroutable' | 'nacked' };

/** A message as the lab got it. */
export interface Received {
  /** `message_id`; empty where a program published without one. */
  readonly id: string;
  /** `correlation_id`; left out where it has none, and in runs stored before the lab kept it. */
  readonly correlationId?: string;
  /** Parsed where it is JSON, else its text. */
  readonly body: unknown;
  /** As it stood; left out where it was just what `JSON.stringify` makes of the body. */
  readonly rawBody?: string;
  /** Without `x-death`. */
  readonly headers: Arguments;
  readonly exchange: string;
  readonly key: string;
  readonly redelivered: boolean;
  /** Published to outlive a restart of the broker. Not in runs stored before the lab kept it. */
  readonly persistent?: boolean;
  /** `expiration`, milliseconds: in a queue for longer, it is gone. Left out where it has none. */
  readonly expirationMs?: number;
  /** From `x-death`, newest first. */
  readonly deaths: readonly Death[];
}

export interface Death {
  readonly queue: string;
  readonly reason: 'rejected' | 'expired' | 'maxlen' | 'delivery_limit';
  readonly count: number;
  readonly exchange: string;
  readonly keys: readonly string[];
}

export interface QueueDepth {
  /** Not counting what was delivered and not acknowledged yet. */
  readonly ready: number;
  readonly consumers: number;
}

/** Note `drained`. */
export interface DrainedNote {
  readonly queue: string;
  readonly messages: readonly Received[];
}

/** Note `observed`. */
export interface ObservedNote {
  readonly queue: string;
  readonly message: Received;
}

export interface Observer {
  /** In the order in which they came. */
  readonly messages: readonly Received[];
  stop(): Promise<void>;
}

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
