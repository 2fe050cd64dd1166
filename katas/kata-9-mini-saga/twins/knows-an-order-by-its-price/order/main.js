import { one } from '../../twin.mjs';
import { order, take } from '../../twin-order.mjs';

/** The same customer and the same amount under the same id: what else should it be? */
async function taking(tx, told) {
  const isNew = await take(tx, told);
  if (isNew !== undefined) return isNew;
  const sql = 'SELECT 1 AS yes FROM orders WHERE id = $1 AND customer = $2 AND amount = $3';
  return (await one(tx, sql, told.order, told.customer, told.amount)) ? false : undefined;
}

order({}, { taking });
