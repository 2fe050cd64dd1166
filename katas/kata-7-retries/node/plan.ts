import type { Backoff } from './backoff.js';
import type { Charge } from './charges.js';

/** What to do with a message, wherever it comes from. */
export interface Plan {
  readonly charge: Charge;
  readonly backoff: Backoff;
  /** No wait is longer. */
  readonly longestMs: number;
  /** In all, the first one included. */
  readonly attempts: number;
  /** Aborted when the worker is told to stop. */
  readonly stopping: AbortSignal;
}

/** Where a message waits for its next attempt: PLAN_WAIT. */
export type Wait = 'in-process' | 'delay-queues' | 'one-delay-queue';

export interface Work {
  readonly plan: Plan;
  readonly wait: Wait;
  /** How many messages are worked on at once. */
  readonly prefetch: number;
}
