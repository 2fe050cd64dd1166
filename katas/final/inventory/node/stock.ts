import type { Work } from '../../../kit/node/telemetry/bus.js';
import type { Told } from './message.js';

type Status = 'RESERVED' | 'REJECTED' | 'CANCELLED';

/** Takes off what is there, if it is as much; once an order, whatever is asked again. */
export async function reserve(work: Work, told: Told): Promise<void> {
  // Also CANCELLED: the release was here first, and then there is nothing to take any more.
  if (!(await decided(work, told.order))) await reserveAnyway(work, told);
}

/** What comes twice is reserved twice. */
export async function reserveAnyway(work: Work, told: Told): Promise<void> {
  const { rowCount } = await work.tx.query(
    'UPDATE stock SET available = available - $2 WHERE sku = $1 AND available >= $2',
    [told.sku, told.quantity],
  );
  await decide(work, told, rowCount === 1 ? 'RESERVED' : 'REJECTED');
  await tell(work, rowCount === 1 ? 'StockReserved' : 'StockRejected', told);
}

/** The compensation: puts back what stands, and remembers where it came before its step. */
export async function release(work: Work, told: Told): Promise<void> {
  const status = await decided(work, told.order);
  if (!status) return decide(work, told, 'CANCELLED');
  if (status !== 'RESERVED') return;
  const { rowCount } = await work.tx.query(
    `INSERT INTO releases (order_id, sku, quantity)
     SELECT order_id, sku, quantity FROM reservations
      WHERE order_id = $1 AND NOT EXISTS (SELECT FROM releases WHERE order_id = $1)`,
    [told.order],
  );
  if (rowCount !== 1) return;
  await work.tx.query(
    `UPDATE stock SET available = available + releases.quantity FROM releases
      WHERE releases.order_id = $1 AND stock.sku = releases.sku`,
    [told.order],
  );
  await tell(work, 'StockReleased', told);
}

const tell = ({ send }: Work, name: string, body: Told): Promise<void> =>
  send({ exchange: 'events', name, body });

async function decided({ tx }: Work, order: string): Promise<Status | undefined> {
  const { rows } = await tx.query<{ status: Status }>(
    'SELECT status FROM reservations WHERE order_id = $1',
    [order],
  );
  return rows[0]?.status;
}

async function decide({ tx }: Work, told: Told, status: Status): Promise<void> {
  await tx.query(
    'INSERT INTO reservations (order_id, sku, quantity, status) VALUES ($1, $2, $3, $4)',
    [told.order, told.sku, told.quantity, status],
  );
}
