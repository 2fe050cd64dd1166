import type { OutgoingMessage, PublishCounts, Received } from './broker.js';
import type { StartOptions } from './lab.js';

/** What an option `broker` of a kata offers: `choice(brokerKinds, …)`. */
export const brokerKinds = ['rabbitmq', 'redis-streams'] as const;
export type BrokerKind = (typeof brokerKinds)[number];

/**
 * Work that programs take from a broker, whichever it is: the same experiment and the same
 * invariants on RabbitMQ and on Redis Streams. What only one of them can do is in `lab.broker`.
 */
export interface WorkQueue {
  readonly kind: BrokerKind;
  /**
   * For `lab.start`: programs reach the broker by the lab's recorder, where there is one (RabbitMQ:
   * a tap, whose notes are in the history). Redis has none, and this is the case's own database;
   * either way `lab.proxy(through.broker)` stands before it.
   */
  readonly through: Required<Pick<StartOptions, 'broker'>>;
  /**
   * RabbitMQ: a durable queue. Redis: a stream; with `consumed`, it has the consumer group
   * {@link groupName} from its beginning on. Before any program starts.
   * @param name `work`; other programs find it under this name
   */
  declare(name: string, options?: WorkQueueOptions): Promise<void>;
  /**
   * Each an operation `publish` as in `lab.broker`: `ok` once the broker has it for good. On Redis
   * an entry has the fields `id` and `body` (JSON), and the headers as further fields.
   */
  publish(queue: string, messages: readonly OutgoingMessage[]): Promise<PublishCounts>;
  /**
   * What lies there and nobody has in hand. Redis: of a stream with the group, entries that were
   * not delivered yet; of one without, all.
   */
  waiting(queue: string): Promise<number>;
  /**
   * How many programs would be handed a message that came now. RabbitMQ: consumers on this queue.
   * Redis: whoever waits in a read; undefined where the lab may not ask for that.
   */
  takers(queue: string): Promise<number | undefined>;
  /**
   * Once every program has stopped: all that is there, in order, also what was delivered and never
   * acknowledged, taken away; a note `drained` ({@link DrainedNote}). On Redis the fields beside
   * `id` and `body` are the headers, and there are no `deaths`.
   */
  drain(queue: string): Promise<readonly Received[]>;
  /** SIGKILL; what was confirmed comes back with `start`. A note `fault`, as of `lab.broker`. */
  kill(): Promise<void>;
  /** In order. A note `fault`. */
  stop(): Promise<void>;
  /** The same broker again, on the same port, with what it had; ready when this settles. */
  start(): Promise<void>;
}

export interface WorkQueueOptions {
  /** Redis: programs consume it in the group; left out, it is only written to. */
  readonly consumed?: boolean;
  /** RabbitMQ alone: the queue's arguments, `x-queue-type`, `x-dead-letter-exchange`, … */
  readonly arguments?: Readonly<Record<string, unknown>>;
}

/** The consumer group of every stream that programs consume. */
export const groupName = 'workers';
