import type { Order } from './contract.js';

/** Note `final`: the orders that are committed, once every program has ended. */
export interface Final {
  readonly orders: readonly Order[];
  /** Whether anything was ever written to the outbox. */
  readonly outboxUsed: boolean;
}

/** Note `moment`: whether the experiment met the point that it was after. */
export interface Moment {
  readonly at: 'publish' | 'insert' | 'outbox' | 'mark' | 'late-commit' | 'outage';
  readonly met: boolean;
  /** The order that the point is about; empty where it is about no single one. */
  readonly order: string;
}
