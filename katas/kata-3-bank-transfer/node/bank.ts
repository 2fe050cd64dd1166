import type { Pool } from 'pg';
import type { Isolation, Transaction } from '../../kit/node/postgres.js';

export interface Transfer {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
}

export type Outcome =
  | 'done'
  | 'insufficient-funds'
  | 'unknown-account'
  /** Another transfer has this id. */
  | 'id-reused';

/** Where statements go: to a transaction, or to the pool, and then each is on its own. */
export type Queries = Pick<Transaction, 'query'>;

export interface Bank {
  readonly pool: Pool;
  readonly isolation: Isolation;
  /** The time that a real bank spends between debit and credit: limits, fraud, the other bank. */
  readonly think: () => Promise<void>;
}

/** One way to make a transfer; all of them make it at once, without retries. */
export type Strategy = (bank: Bank, transfer: Transfer) => Promise<Outcome>;
