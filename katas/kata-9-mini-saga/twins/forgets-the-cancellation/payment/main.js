import { payment, paymentOf, refund } from '../../twin-payment.mjs';

/** There is nothing to give back yet, so there is nothing to remember. */
async function onlyWhatIsPaid(tx, told) {
  if (await paymentOf(tx, told)) await refund(tx, told);
}

payment({ StockRejected: onlyWhatIsPaid, OrderRejected: onlyWhatIsPaid });
