import type { Arguments, Tap } from './broker-tap.js';

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
   * @param before a proxy that it reaches the broker by: that of a role, with its user
   */
  tap(before?: { readonly url: string }): Promise<Tap>;
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
  readonly kind:
    | 'broker-killed'
    | 'broker-stopped'
    | 'broker-started'
    | 'broker-connections-cut'
    | 'consumers-cancelled';
  readonly target: 'broker';
  readonly detail: { readonly connections?: number; readonly consumers?: number };
}

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
