/** The honest payment service in parts, on what all services have. */
import { changes, one, serve, style, tell } from './twin.mjs';

export const paymentOf = (tx, { order }) =>
  one(tx, 'SELECT customer, amount, status FROM payments WHERE order_id = $1', order);

export const notePayment = (tx, { order, customer, amount }, status) =>
  tx.query('INSERT INTO payments (order_id, customer, amount, status) VALUES ($1, $2, $3, $4)', [
    ...[order, customer, amount, status],
  ]);

/** Without a look at what was done before. */
export async function authorizeAnyway(tx, told) {
  const sql = 'UPDATE accounts SET balance = balance - $2 WHERE customer = $1 AND balance >= $2';
  const status = (await changes(tx, sql, told.customer, told.amount)) ? 'AUTHORIZED' : 'DECLINED';
  await notePayment(tx, told, status);
  await tell(tx, status === 'AUTHORIZED' ? 'PaymentAuthorized' : 'PaymentDeclined', told);
}

export async function authorize(tx, told) {
  if (!(await paymentOf(tx, told))) await authorizeAnyway(tx, told);
}

export async function refundAnyway(tx, told, { less = 0 } = {}) {
  const amount = told.amount - less;
  await tx.query('INSERT INTO refunds (order_id, amount) VALUES ($1, $2)', [told.order, amount]);
  const sql = 'UPDATE accounts SET balance = balance + $2 WHERE customer = $1';
  await tx.query(sql, [told.customer, amount]);
  await tell(tx, 'PaymentRefunded', told);
}

export const wasRefunded = (tx, { order }) =>
  one(tx, 'SELECT 1 AS yes FROM refunds WHERE order_id = $1', order);

export async function refund(tx, told, how) {
  const payment = await paymentOf(tx, told);
  if (!payment) return notePayment(tx, told, 'CANCELLED');
  if (payment.status === 'AUTHORIZED' && !(await wasRefunded(tx, told)))
    await refundAnyway(tx, told, how);
}

/** @param {object} [parts] reactions that are otherwise */
export const payment = (parts, options) =>
  serve('payment', {
    reactions: {
      ...(style === 'orchestration'
        ? { AuthorizePayment: authorize, RefundPayment: refund }
        : { OrderCreated: authorize, StockRejected: refund, OrderRejected: refund }),
      ...parts,
    },
    ...options,
  });
