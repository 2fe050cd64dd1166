import type { Transaction } from '../../../kit/node/postgres.js';
import { tell, type Told } from './message.js';

interface Payment {
  readonly customer: string;
  readonly amount: number;
  readonly status: 'AUTHORIZED' | 'DECLINED' | 'CANCELLED';
}

/** Takes the amount off the account, if there is as much; once an order, whatever is asked again. */
export async function authorize(tx: Transaction, told: Told): Promise<Payment['status']> {
  const before = await decided(tx, told.order);
  // Also CANCELLED: the refund was here first, and then there is nothing to take any more.
  if (before) return before.status;
  const { rowCount } = await tx.query(
    'UPDATE accounts SET balance = balance - $2 WHERE customer = $1 AND balance >= $2',
    [told.customer, told.amount],
  );
  const status = rowCount === 1 ? 'AUTHORIZED' : 'DECLINED';
  await decide(tx, told, status);
  await tell(tx, status === 'AUTHORIZED' ? 'PaymentAuthorized' : 'PaymentDeclined', told);
  return status;
}

/** The compensation: gives back what stands, and remembers where it came before its step. */
export async function refund(tx: Transaction, told: Told): Promise<void> {
  const payment = await decided(tx, told.order);
  if (!payment) return decide(tx, told, 'CANCELLED');
  if (payment.status !== 'AUTHORIZED' || (await isRefunded(tx, told.order))) return;
  await tx.query('INSERT INTO refunds (order_id, amount) VALUES ($1, $2)', [
    told.order,
    payment.amount,
  ]);
  await tx.query('UPDATE accounts SET balance = balance + $2 WHERE customer = $1', [
    payment.customer,
    payment.amount,
  ]);
  await tell(tx, 'PaymentRefunded', told);
}

async function decided(tx: Transaction, order: string): Promise<Payment | undefined> {
  const { rows } = await tx.query<Payment>(
    'SELECT customer, amount, status FROM payments WHERE order_id = $1',
    [order],
  );
  return rows[0];
}

async function decide(
  tx: Transaction,
  { order, customer, amount }: Told,
  status: Payment['status'],
): Promise<void> {
  await tx.query(
    'INSERT INTO payments (order_id, customer, amount, status) VALUES ($1, $2, $3, $4)',
    [order, customer, amount, status],
  );
}

async function isRefunded(tx: Transaction, order: string): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT FROM refunds WHERE order_id = $1', [order]);
  return rowCount !== 0;
}
