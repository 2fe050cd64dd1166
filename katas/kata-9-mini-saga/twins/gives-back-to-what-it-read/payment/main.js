import { one, tell } from '../../twin.mjs';
import { notePayment, payment, paymentOf, wasRefunded } from '../../twin-payment.mjs';

/** Reads the balance, adds, and writes the sum: over whatever was paid in between. */
async function refund(tx, told) {
  const { order, customer, amount } = told;
  const paid = await paymentOf(tx, told);
  if (!paid) return notePayment(tx, told, 'CANCELLED');
  if (paid.status !== 'AUTHORIZED' || (await wasRefunded(tx, told))) return;
  const { balance } = await one(tx, 'SELECT balance FROM accounts WHERE customer = $1', customer);
  await tx.query('INSERT INTO refunds (order_id, amount) VALUES ($1, $2)', [order, amount]);
  const sql = 'UPDATE accounts SET balance = $2 WHERE customer = $1';
  await tx.query(sql, [customer, balance + amount]);
  await tell(tx, 'PaymentRefunded', told);
}

payment({ StockRejected: refund, OrderRejected: refund });
