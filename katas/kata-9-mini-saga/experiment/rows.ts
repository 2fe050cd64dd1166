import type { Lab } from '../../../src/kata/index.js';
import type {
  Final,
  OrderRow,
  PaymentRow,
  RefundRow,
  ReleaseRow,
  ReservationRow,
} from '../notes.js';

/** What the three databases say. */
export async function readRows(lab: Lab): Promise<Final> {
  const [order, payment, inventory] = (['order', 'payment', 'inventory'] as const).map(
    (role) => lab.role(role).database,
  ) as [Lab['database'], Lab['database'], Lab['database']];
  const [orders, payments, refunds, reservations, releases, [money], stock] = await Promise.all([
    order.query<OrderRow>(
      'SELECT id, customer, sku, quantity, amount, status, reason FROM orders ORDER BY created_at, id',
    ),
    payment.query<PaymentRow>(
      'SELECT order_id AS "order", customer, amount, status FROM payments ORDER BY id',
    ),
    payment.query<RefundRow>('SELECT order_id AS "order", amount FROM refunds ORDER BY id'),
    inventory.query<ReservationRow>(
      'SELECT order_id AS "order", sku, quantity, status FROM reservations ORDER BY id',
    ),
    inventory.query<ReleaseRow>(
      'SELECT order_id AS "order", sku, quantity FROM releases ORDER BY id',
    ),
    payment.query<{ sum: number; overdrawn: number }>(
      `SELECT sum(balance)::integer AS sum, count(*) FILTER (WHERE balance < 0)::integer AS overdrawn
         FROM accounts`,
    ),
    inventory.query<{ sku: string; available: number }>('SELECT sku, available FROM stock'),
  ]);
  return {
    ...{ orders, payments, refunds, reservations, releases },
    money: money?.sum ?? 0,
    overdrawn: money?.overdrawn ?? 0,
    stock: Object.fromEntries(stock.map(({ sku, available }) => [sku, available])),
  };
}

/** Of these every one has ended, and what was rejected keeps nothing: there is nothing left to do. */
export function isAtRest(rows: Final): boolean {
  const { orders, payments, refunds, reservations, releases } = rows;
  const of = <T extends { order: string }>(all: readonly T[], status?: string) =>
    new Set(
      all
        .filter((row) => status === undefined || ('status' in row && row.status === status))
        .map(({ order }) => order),
    );
  const [paid, refunded] = [of(payments, 'AUTHORIZED'), of(refunds)];
  const [reserved, released] = [of(reservations, 'RESERVED'), of(releases)];
  return orders.every(({ id, status }) => {
    if (status === 'PENDING') return false;
    if (status === 'CONFIRMED') return true;
    return (!paid.has(id) || refunded.has(id)) && (!reserved.has(id) || released.has(id));
  });
}
