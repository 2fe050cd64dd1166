import { inTransaction } from '../../kit/node/postgres.js';
import type { Strategy } from './bank.js';
import { move } from './move.js';

/**
 * The same statements between BEGIN and COMMIT: all of them take effect, or none. Until COMMIT
 * nobody else sees any of it, and a connection that breaks rolls it back. Two transfers in opposite
 * directions can each hold the row that the other waits for: a deadlock, which PostgreSQL ends by
 * refusing one of the two (40P01), and that one has to begin again.
 */
export const transaction: Strategy = ({ pool, isolation, think }, transfer) =>
  inTransaction(pool, isolation, (tx) => move(tx, { think }, transfer));
