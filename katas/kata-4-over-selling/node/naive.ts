import { recordPurchase, type StockRow, type Strategy } from './shop.js';

/**
 * Read, decide, write. Alone it is right. Under read committed two buyers may read the same stock,
 * decide on it, and write the same difference: one of the two updates is lost, both are sold.
 */
export const naive: Strategy = async (tx, order, think) => {
  const { rows } = await tx.query<StockRow>('SELECT quantity FROM stock WHERE sku = $1', [
    order.sku,
  ]);
  const stock = rows[0]?.quantity ?? 0;
  if (stock < order.quantity) return { sold: false, stock };

  await think();

  // What was read is old by now. Repeatable read and serializable refuse this write with 40001
  // when somebody else wrote the row since; read committed overwrites what they wrote.
  await tx.query('UPDATE stock SET quantity = $2 WHERE sku = $1', [
    order.sku,
    stock - order.quantity,
  ]);
  return recordPurchase(tx, order, stock);
};
