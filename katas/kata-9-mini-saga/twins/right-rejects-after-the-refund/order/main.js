import { order, rejects } from '../../twin-order.mjs';

/** Only once the money is back the customer hears that nothing comes. */
order({ StockRejected: undefined, PaymentRefunded: rejects('out-of-stock') });
