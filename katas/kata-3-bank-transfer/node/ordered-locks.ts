import { inTransaction } from '../../kit/node/postgres.js';
import type { Strategy } from './bank.js';
import { move } from './move.js';

/**
 * Locks both accounts before anything else, always in the order of their ids. Whoever comes in the
 * opposite direction asks for the same row first, and waits with empty hands: no deadlock.
 */
export const orderedLocks: Strategy = ({ pool, isolation, think }, transfer) =>
  inTransaction(pool, isolation, async (tx) => {
    await tx.query('SELECT id FROM accounts WHERE id IN ($1, $2) ORDER BY id FOR UPDATE', [
      transfer.from,
      transfer.to,
    ]);
    return move(tx, { think }, transfer);
  });
