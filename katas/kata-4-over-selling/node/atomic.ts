import { recordPurchase, type Strategy } from './shop.js';

/**
 * Decide and write in one statement: there is no time between them for anybody to come between.
 * PostgreSQL locks the row, and one that waited for the lock sees the condition checked again on
 * the newest version of the row. The shortest lock of all; only for what fits in one WHERE.
 */
export const atomic: Strategy = async (tx, order, think) => {
  await think();

  const { rows } = await tx.query<{ stock: number }>(
    `UPDATE stock SET quantity = quantity - $2
      WHERE sku = $1 AND quantity >= $2
      RETURNING quantity + $2 AS stock`,
    [order.sku, order.quantity],
  );
  const [taken] = rows;
  if (taken) return recordPurchase(tx, order, taken.stock);

  // No row qualified. How many are left is only for the answer: nothing is decided on it.
  const left = await tx.query<{ quantity: number }>('SELECT quantity FROM stock WHERE sku = $1', [
    order.sku,
  ]);
  return { sold: false, stock: left.rows[0]?.quantity ?? 0 };
};
