import { changes, deadlineMs, pool, tell, transaction } from '../../twin.mjs';
import { order } from '../../twin-order.mjs';

const overdue = `SELECT id AS "order", customer, sku, quantity, amount FROM orders
  WHERE status = 'PENDING' AND created_at < clock_timestamp() - $1 * interval '1 ms'`;
const giveUp = `UPDATE orders SET status = 'REJECTED', reason = 'deadline'
  WHERE id = $1 AND status = 'PENDING'`;

/** Committed first, and told in a transaction of its own. */
async function giveUpAndTell() {
  const { rows } = await pool.query(overdue, [deadlineMs]);
  for (const told of rows)
    if (await changes(pool, giveUp, told.order))
      await transaction((tx) => tell(tx, 'OrderRejected', { ...told, reason: 'deadline' }));
}

order({}, { every: giveUpAndTell });
