import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Verdict } from '../../kit/node/amqp.js';
import type { StreamMessage, Verdict as StreamVerdict } from '../../kit/node/redis.js';

export interface Failure {
  readonly message: ConsumeMessage;
  /** In confirm mode. */
  readonly channel: ConfirmChannel;
  /** Why it failed, for people. */
  readonly reason: string;
}

/** What becomes of a message that could not be done. */
export interface Strategy {
  readonly onRabbitmq: (failure: Failure) => Verdict | Promise<Verdict>;
  readonly onRedis: (message: StreamMessage, reason: string) => StreamVerdict;
}
