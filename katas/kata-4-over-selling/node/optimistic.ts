import { Conflict } from '../../kit/node/retry.js';
import { recordPurchase, type StockRow, type Strategy } from './shop.js';

/**
 * Lock nothing, but write only if the row is still the one that was read: every writer adds one to
 * its version. Who comes second finds the version changed, changes nothing, and starts over from
 * the read. Good while conflicts are rare; under contention work is thrown away.
 */
export const optimistic: Strategy = async (tx, order, think) => {
  const { rows } = await tx.query<StockRow>('SELECT quantity, version FROM stock WHERE sku = $1', [
    order.sku,
  ]);
  const { quantity: stock, version } = rows[0] ?? { quantity: 0, version: 0 };
  if (stock < order.quantity) return { sold: false, stock };

  await think();

  // A version protects only from those who keep it. Who writes without knowing of versions (here the
  // warehouse, when it restocks) is not overwritten, since the quantity is subtracted rather than set;
  // and one who takes some out cannot make it negative, since that is asked again.
  const { rowCount } = await tx.query(
    `UPDATE stock SET quantity = quantity - $3, version = version + 1
      WHERE sku = $1 AND version = $2 AND quantity >= $3`,
    [order.sku, version, order.quantity],
  );
  if (rowCount === 0) throw new Conflict();
  return recordPurchase(tx, order, stock);
};
