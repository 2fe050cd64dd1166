import { inTransaction } from '../../kit/node/postgres.js';
import { charge, markAsSeen, type Strategy } from './payments.js';

/**
 * The inbox: that the message was seen and what it did are written in one transaction, so that
 * there is no moment in which one is true and the other is not. A second delivery at the same time
 * waits for the first at the primary key of the inbox, and then finds its row.
 */
export const dedupTable: Strategy = (pool, { id, payment }) =>
  inTransaction(pool, 'READ COMMITTED', async (tx) => {
    if (await markAsSeen(tx, id)) await charge(tx, payment);
  });
