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
}

/** The final state, read once all workers had ended. */
export interface Ledger {
  readonly charges: readonly Charge[];
}

export interface Charge extends Payment {
  readonly id: string;
}
