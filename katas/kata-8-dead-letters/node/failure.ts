import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Verdict } from '../../kit/node/amqp.js';

export interface Failure {
  readonly message: ConsumeMessage;
  /** In confirm mode. */
  readonly channel: ConfirmChannel;
  /** Why it failed, for people. */
  readonly reason: string;
}

/** What becomes of a message that could not be done. */
export type OnFailure = (failure: Failure) => Verdict | Promise<Verdict>;
