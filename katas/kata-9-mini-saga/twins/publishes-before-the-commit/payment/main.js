import { one, publish } from '../../twin.mjs';
import { notePayment, payment, paymentOf } from '../../twin-payment.mjs';

/** The others hear of it before it is true, and again when it is tried again. */
async function authorize(tx, told) {
  if (await paymentOf(tx, told)) return;
  const account = await one(
    tx,
    'SELECT balance FROM accounts WHERE customer = $1 FOR UPDATE',
    told.customer,
  );
  const isEnough = account?.balance >= told.amount;
  await publish(isEnough ? 'PaymentAuthorized' : 'PaymentDeclined', told);
  if (isEnough)
    await tx.query('UPDATE accounts SET balance = balance - $2 WHERE customer = $1', [
      ...[told.customer, told.amount],
    ]);
  await notePayment(tx, told, isEnough ? 'AUTHORIZED' : 'DECLINED');
}

payment({ OrderCreated: authorize });
