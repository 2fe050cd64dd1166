import type { Order } from './contract.js';

/** Note `final`: the orders that are committed, once every program has ended. */
export interface Final {
  readonly orders: readonly Order[];
  /** Whether anything was ever written to the outbox. */
  readonly outboxUsed: boolean;
}

/** Note `moment`: whether the experiment met the point that it was after. */
export interface Moment {
  readonly at:
    | 'publish'
    | 'insert'
    | 'outbox'
    | 'commit'
    | 'lost-before-commit'
    | 'lost-after-commit'
    | 'refused'
    | 'mark'
    | 'late-commit'
    | 'outage';
  readonly met: boolean;
  /** The order that the point is about; empty where it is about no single one. */
  readonly order: string;
}

/** Note `late`: everything was up, nothing else waited, and after ten seconds there was no event. */
export interface Late {
  readonly order: string;
}

/**
 * Note `numbers`: whether the server's transaction ids get a digit more while the broker is down. Where
 * it is too far from that, a program that compares them as text cannot be told from one that does not.
 */
export interface Numbers {
  readonly xids: 'one-digit-more' | 'not-applicable';
  /** Transactions until then. */
  readonly missing: number;
}

/** Note `seen-committed`: the lab saw it in the table, when only one request for it had been sent. */
export interface SeenCommitted {
  readonly order: string;
}

/** Note `never-taken`: an event that the broker always refuses, and what came meanwhile. */
export interface NeverTaken {
  readonly order: string;
  /** A later one of the same customer. */
  readonly behind: string;
  /** Of other customers, acknowledged meanwhile. */
  readonly others: readonly string[];
  /** Those of them whose event did not come, though it had five seconds. */
  readonly heldUp: readonly string[];
}

/** Note `asked-again`: an order that had no 201 was asked for until it had, or for ten seconds. */
export interface AskedAgain {
  readonly order: string;
  readonly taken: boolean;
}
