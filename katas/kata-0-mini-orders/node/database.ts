import { readEnvironment } from '../../kit/node/environment.js';
import { openPool } from '../../kit/node/postgres.js';
import type { Order, Strategy } from './orders.js';

/**
 * Orders in the database: the processes are stateless, and any of them can answer for all. The
 * state has not gone away; it moved to where it is shared and outlives whoever wrote it.
 */
export const database: Strategy = async () => {
  const pool = await openPool(readEnvironment().text('DATABASE_URL'));
  async function find(id: string): Promise<Order | undefined> {
    const { rows } = await pool.query<Order>('SELECT id, item FROM orders WHERE id = $1', [id]);
    return rows[0];
  }
  return {
    async place(order) {
      // The primary key recognises an order that is sent again, whichever replica it comes to.
      const { rowCount } = await pool.query(
        'INSERT INTO orders (id, item) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING',
        [order.id, order.item],
      );
      if (rowCount === 1) return order;
      // A statement of its own: the snapshot of the first may be older than the row it ran into.
      const kept = await find(order.id);
      if (!kept) throw new Error(`order ${order.id} was there, and is gone`);
      return kept;
    },
    find,
    close: () => pool.end(),
  };
};
