/**
 * Where in the experiment a transfer is asked for: among the crowd, with nobody else there, several
 * times at once, about to be held between its two writes, or once more after that. What is invalid
 * is no transfer at all.
 */
export type Part = 'crowd' | 'alone' | 'at-once' | 'held' | 'again' | 'invalid';

export interface Asked {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  readonly part: Part;
}

export interface Answered {
  readonly retries: number;
  /** Of a refusal. `unavailable` says nothing of the effect. */
  readonly reason?:
    'insufficient-funds' | 'unknown-account' | 'id-reused' | 'invalid' | 'unavailable';
}

export interface Balance {
  readonly id: string;
  readonly balance: number;
}

export interface Row {
  readonly id: string;
  readonly payer: string;
  readonly payee: string;
  readonly amount: number;
}

/** Note `read`: all accounts, as the lab saw them in one statement. */
export interface LabRead {
  readonly balances: readonly Balance[];
  /** Milliseconds since it was asked. */
  readonly tookMs: number;
  /** The transfer that was held at that moment. */
  readonly held?: string;
}

/** Before one of its writes; with COMMIT on its way, or with the answer to it. */
export type Moment =
  'before-credit' | 'before-debit' | 'before-record' | 'before-commit' | 'after-commit';

/** Note `held`: a transfer that was to be stopped at one of its writes, before it took effect. */
export interface Held {
  readonly transfer: string;
  readonly fault: 'crash' | 'cut';
  readonly moment: Moment;
  /** False where it never came to that point. */
  readonly reached: boolean;
}

/** Note `looked-up`, the moment after an answer: whether the transfer was in the database. */
export interface LookedUp {
  readonly transfer: string;
  readonly there: boolean;
}

/** Note `read-again`, after the database was cut off: whether all accounts were read in the end. */
export interface ReadAgain {
  readonly isRead: boolean;
  readonly tries: number;
}

/** Note `left-open`, two seconds after an answer at most: transactions that are still open. */
export interface LeftOpen {
  readonly transfer: string;
  readonly sessions: number;
}

/** Note `final`: the database once the program has ended. */
export interface Final {
  readonly balances: readonly Balance[];
  readonly transfers: readonly Row[];
  /** How many the server has counted in this database. */
  readonly deadlocks: number;
}
