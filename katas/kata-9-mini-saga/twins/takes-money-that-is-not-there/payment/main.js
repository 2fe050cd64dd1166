import { one, tell } from '../../twin.mjs';
import { notePayment, payment, paymentOf } from '../../twin-payment.mjs';

/** Looks, and then takes: two of the same customer look at once. */
async function authorize(tx, told) {
  if (await paymentOf(tx, told)) return;
  const account = await one(tx, 'SELECT balance FROM accounts WHERE customer = $1', told.customer);
  const status = account?.balance >= told.amount ? 'AUTHORIZED' : 'DECLINED';
  if (status === 'AUTHORIZED')
    await tx.query('UPDATE accounts SET balance = balance - $2 WHERE customer = $1', [
      ...[told.customer, told.amount],
    ]);
  await notePayment(tx, told, status);
  await tell(tx, status === 'AUTHORIZED' ? 'PaymentAuthorized' : 'PaymentDeclined', told);
}

payment({ OrderCreated: authorize });
