import { recordPurchase, type StockRow, type Strategy } from './shop.js';

/**
 * Lock the row before deciding on it. Buyers of the same product stand in line at FOR UPDATE, each
 * reads what the one before left, and at read committed nothing needs a retry. From repeatable read
 * on it does: who waited finds the row newer than its snapshot, and PostgreSQL refuses it (40001).
 * The price: one at a time, think time included, and the connections of those who wait.
 */
export const pessimistic: Strategy = async (tx, order, think) => {
  const { rows } = await tx.query<StockRow>(
    'SELECT quantity FROM stock WHERE sku = $1 FOR UPDATE',
    [order.sku],
  );
  const stock = rows[0]?.quantity ?? 0;
  if (stock < order.quantity) return { sold: false, stock };

  await think();

  // Nobody can have changed the row: the lock is ours until COMMIT.
  await tx.query('UPDATE stock SET quantity = $2 WHERE sku = $1', [
    order.sku,
    stock - order.quantity,
  ]);
  return recordPurchase(tx, order, stock);
};
