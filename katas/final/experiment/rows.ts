import type { Lab } from '../../../src/kata/index.js';
import type { RoleName } from '../contract.js';
import type {
  Final,
  OfOrder,
  OrderRow,
  ParcelRow,
  PaymentRow,
  RefundRow,
  ReleaseRow,
  ReservationRow,
} from '../notes.js';

/** What the four databases say. */
export async function readRows(lab: Lab): Promise<Final> {
  const all =
    (role: RoleName) =>
    <T extends object>(text: string): Promise<T[]> =>
      lab.role(role).database.query<T>(text);
  const [orders, payments, inventory, shipping] = [
    ...[all('orders'), all('payments'), all('inventory'), all('shipping')],
  ] as const;
  const [stock, ...rows] = await Promise.all([
    inventory<{ sku: string; available: number }>('SELECT sku, available FROM stock'),
    orders<OrderRow>(
      `SELECT id, client, customer, sku, quantity, amount, address, status, reason, tracking
         FROM orders ORDER BY created_at, id`,
    ),
    payments<PaymentRow>(
      'SELECT order_id AS "order", amount, status, charge FROM payments ORDER BY id',
    ),
    payments<RefundRow>('SELECT order_id AS "order", amount FROM refunds ORDER BY id'),
    inventory<ReservationRow>(
      'SELECT order_id AS "order", sku, quantity, status FROM reservations ORDER BY id',
    ),
    inventory<ReleaseRow>('SELECT order_id AS "order", sku, quantity FROM releases ORDER BY id'),
    shipping<ParcelRow>(
      'SELECT order_id AS "order", quantity, status, tracking FROM parcels ORDER BY id',
    ),
    shipping<OfOrder>('SELECT order_id AS "order" FROM cancellations ORDER BY id'),
  ]);
  const [taken, paid, refunds, reservations, releases, parcels, cancellations] = rows;
  return {
    ...{ orders: taken, payments: paid, refunds, reservations, releases, parcels, cancellations },
    stock: Object.fromEntries(stock.map(({ sku, available }) => [sku, available])),
  };
}

/** Of these every one has ended, and what was rejected keeps nothing: there is nothing left to do. */
export function isAtRest(rows: Final): boolean {
  const of = (all: readonly (OfOrder & { status?: string })[], status?: string): Set<string> =>
    new Set(all.flatMap((row) => (row.status === status ? [row.order] : [])));
  const steps = [
    [of(rows.payments, 'AUTHORIZED'), of(rows.refunds)],
    [of(rows.reservations, 'RESERVED'), of(rows.releases)],
    [of(rows.parcels, 'BOOKED'), of(rows.cancellations)],
  ] as const;
  const isAsking = [...rows.payments, ...rows.parcels].some(({ status }) => status === 'PENDING');
  return (
    !isAsking &&
    rows.orders.every(
      ({ id, status }) =>
        status === 'CONFIRMED' ||
        (status === 'REJECTED' && steps.every(([done, undone]) => !done.has(id) || undone.has(id))),
    )
  );
}
