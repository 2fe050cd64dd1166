import { payment, paymentOf, refundAnyway } from '../../twin-payment.mjs';

/** Looks whether there was a payment, and not whether it was given back. */
async function refund(tx, told) {
  if ((await paymentOf(tx, told))?.status === 'AUTHORIZED') await refundAnyway(tx, told);
}

payment({ StockRejected: refund, OrderRejected: refund });
