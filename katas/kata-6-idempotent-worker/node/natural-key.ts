import type { Strategy } from './payments.js';

/**
 * No table of messages: the effect itself can exist only once, because a payment has an id of its
 * own and the database holds it unique. The shortest cure, where the effect has such a key.
 */
export const naturalKey: Strategy = async (pool, { payment: { payment, account, amount } }) => {
  await pool.query(
    `INSERT INTO charges (payment, account, amount, natural_key) VALUES ($1, $2, $3, $1)
     ON CONFLICT (natural_key) DO NOTHING`,
    [payment, account, amount],
  );
};
