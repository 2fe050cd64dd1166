import { inTransaction } from '../../kit/node/postgres.js';
import { charge, type Strategy } from './payments.js';

/** The key is asked for and then ignored: whoever asks twice pays twice. */
export const none: Strategy = {
  pay: (pool, payment) => inTransaction(pool, 'READ COMMITTED', (tx) => charge(tx, payment)),
};
