import type { Reactions } from '../../../kit/node/inbox.js';
import type { Transaction } from '../../../kit/node/postgres.js';
import type { Told } from './message.js';
import type { Begin } from './orders.js';

/** A way to bring an order to its end through three services. */
export interface Style {
  /** In the transaction that takes the order. */
  readonly begin: Begin;
  /** Once that is committed, before the client is answered. */
  readonly afterwards?: (told: Told) => Promise<void>;
  readonly reactions: Reactions<Told>;
  /** Its deadline has passed. Undefined where nobody looks. */
  readonly giveUp?: (tx: Transaction, told: Told) => Promise<void>;
}
