import type { Payment } from './contract.js';

/** An acknowledgement was on the wire, and so many rows of its payment were there. */
export interface Held {
  readonly id: string;
  readonly rows: number;
  readonly then: 'cut' | 'crash';
}

/** The worker stood at a statement that had no effect yet: no row, until it is `thawed`. */
export interface Frozen {
  readonly id: string;
  readonly at: 'charges' | 'inbox' | 'commit';
  /** `crash` and `error`: the statement never took effect. `go-on`: it did once it was let go. */
  readonly then: 'crash' | 'error' | 'go-on';
  /** What it stood there for, where that has to be told apart. */
  readonly in?:
    'session-lost' | 'commit-lost' | 'slow-database' | 'cut-in-hand' | 'two-workers' | 'sigterm';
}

/** The answer to the statement that took its payment, or to its COMMIT, never came to the worker. */
export interface Unanswered {
  readonly id: string;
}

/** Of messages that were acknowledged by then: which had no row that anybody else could see. */
export interface Audited {
  readonly acknowledged: number;
  readonly without: readonly string[];
}

/** The broker was away for a while, and the worker tried so often to connect. */
export interface Away {
  readonly attempts: number;
}

/** A worker that works alone is told to stop, with statements held back. */
export interface Stopping {
  /** Sessions that stood at the INSERT of a payment. */
  readonly standing: number;
  /** Deliveries that it had in hand, of messages whose statement was held back. */
  readonly inHand: readonly number[];
}

/** It has ended, and its connections are closed; nobody else has begun yet. */
export interface Stopped {
  /** Of messages that were on their way when it was told to stop: which have their row. */
  readonly done: readonly string[];
}

/** The final state, read once all workers had ended. */
export interface Ledger {
  readonly charges: readonly Charge[];
}

export interface Charge extends Payment {
  readonly id: string;
}
