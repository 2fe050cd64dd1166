import { listen } from '../../twin.mjs';
import { payment, authorize, refund } from '../../twin-payment.mjs';

/** Nobody catches what JSON.parse throws. */
const hear = listen({ OrderCreated: authorize, StockRejected: refund, OrderRejected: refund });

payment(
  {},
  {
    hear(message, channel) {
      setImmediate(() => JSON.parse(message.content.toString()));
      return hear(message, channel);
    },
  },
);
