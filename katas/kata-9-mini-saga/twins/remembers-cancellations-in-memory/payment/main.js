import { authorize, payment, paymentOf, refund } from '../../twin-payment.mjs';

const cancelled = new Set();

async function undo(tx, told) {
  if (await paymentOf(tx, told)) await refund(tx, told);
  else cancelled.add(told.order);
}

payment({
  async OrderCreated(tx, told) {
    if (!cancelled.has(told.order)) await authorize(tx, told);
  },
  ...{ StockRejected: undo, OrderRejected: undo },
});
