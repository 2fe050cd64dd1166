import type { Handle } from '../../kit/node/amqp.js';
import type { Backoff } from './backoff.js';
import type { Charge } from './charges.js';

export interface Plan {
  readonly charge: Charge;
  readonly backoff: Backoff;
  /** In all, the first one included. */
  readonly attempts: number;
  /** Aborted when the worker is told to stop. */
  readonly stopping: AbortSignal;
}

/** Where a message waits for its next attempt. */
export type Way = (plan: Plan) => Handle;
