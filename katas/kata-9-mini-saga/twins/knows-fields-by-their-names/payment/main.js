import { listen } from '../../twin.mjs';
import { authorize, payment, refund } from '../../twin-payment.mjs';

/** All that a message has is there; what it is, nobody looks at before the database does. */
function reading(text) {
  const told = JSON.parse(text) ?? {};
  const fields = ['order', 'customer', 'sku', 'quantity', 'amount'];
  if (fields.some((name) => told[name] === undefined))
    throw new Error('not a message of this saga');
  return told;
}

const reactions = { OrderCreated: authorize, StockRejected: refund, OrderRejected: refund };
payment({}, { hear: listen(reactions, { reading }) });
