import { changes, read, tell } from '../../twin.mjs';
import { notePayment, payment, paymentOf } from '../../twin-payment.mjs';

/** A field with the name of a column is for that column: so the table grows with the message. */
const reading = (text) => ({ ...read(text), status: JSON.parse(text).status });

async function authorize(tx, { status, ...told }) {
  if (await paymentOf(tx, told)) return;
  const sql = 'UPDATE accounts SET balance = balance - $2 WHERE customer = $1 AND balance >= $2';
  const isPaid = await changes(tx, sql, told.customer, told.amount);
  await notePayment(tx, told, status ?? (isPaid ? 'AUTHORIZED' : 'DECLINED'));
  await tell(tx, isPaid ? 'PaymentAuthorized' : 'PaymentDeclined', told);
}

payment({ OrderCreated: authorize }, { reading });
