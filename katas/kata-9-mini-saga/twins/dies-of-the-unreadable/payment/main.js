import { listen, payment, authorize, refund } from '../../twin.mjs';

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
